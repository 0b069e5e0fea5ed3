from phiwire import AnalyzerEngine, AnonymizerEngine
analyzer = AnalyzerEngine()
anonymizer = AnonymizerEngine()
text = "Patient John Doe (MRN 12345) was born on 01/01/1980."
results = analyzer.analyze(text=text, language="en")
anonymized = anonymizer.anonymize(text=text, analyzer_results=results)
print(anonymized.text)   # Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE].
