# SPDX-License-Identifier: Apache-2.0
"""Two ways to use the package: its own two calls, and Presidio's."""

import phiwire
from phiwire import AnalyzerEngine, AnonymizerEngine

text = "Patient John Doe (MRN 12345) was born on 01/01/1980."
print(phiwire.deidentify(text))

analyzer = AnalyzerEngine()
anonymizer = AnonymizerEngine()
results = analyzer.analyze(text=text, language="en")
anonymized = anonymizer.anonymize(text=text, analyzer_results=results)
print(anonymized.text)
