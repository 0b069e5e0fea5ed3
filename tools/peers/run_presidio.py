# SPDX-License-Identifier: Apache-2.0
"""Presidio analyzer, all its recognizers for English, no threshold.

Without options its patterns only, words split by a blank spaCy pipeline;
--model PACKAGE adds the names that a spaCy model finds. PACKAGE is spaCy's
name of an installed model or a package with model_path(). Its own configuration
leaves out organizations (hospitals among them); --organizations keeps them.
"""

import importlib
import os
import tempfile

import runner


def resolve(package):
    try:
        return str(importlib.import_module(package).model_path())
    except (ImportError, AttributeError):
        return package


def blank():
    import spacy

    folder = os.path.join(tempfile.mkdtemp(), "blank")
    spacy.blank("en").to_disk(folder)
    return folder


def configuration(model, organizations):
    """Presidio's own, with another model."""
    import presidio_analyzer
    import yaml

    folder = os.path.dirname(presidio_analyzer.__file__)
    with open(os.path.join(folder, "conf", "default.yaml"), encoding="utf-8") as file:
        settings = yaml.safe_load(file)
    settings["models"] = [{"lang_code": "en", "model_name": model}]
    if organizations:
        ner = settings["ner_model_configuration"]
        ignored = {"ORG", "ORGANIZATION"}
        ner["labels_to_ignore"] = [
            label for label in ner["labels_to_ignore"] if label not in ignored
        ]
    return settings


def load(options):
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = options[1] if options[:1] == ["--model"] else None
    nlp = NlpEngineProvider(
        nlp_configuration=configuration(
            resolve(model) if model else blank(), "--organizations" in options
        )
    ).create_engine()
    engine = AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    versions = runner.versions_of("presidio-analyzer", "spacy")
    if model:
        versions += f", {model.replace('_', '-')} {runner.metadata.version(model)}"

    def find(text):
        found = engine.analyze(text=text, language="en")
        return [(r.start, r.end, r.entity_type, r.score) for r in found]

    return find, versions


if __name__ == "__main__":
    runner.run(load)
