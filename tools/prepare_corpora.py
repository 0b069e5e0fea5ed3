#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns the corpora of ../shared into gold files of phiwire's types.

usage: tools/prepare_corpora.py SHARED OUT_DIR

Writes JSON lines that `phiwire fit` and `phiwire eval` read:
  notes_fit.jsonl, notes_test.jsonl   the annotated notes; the documents whose
                                      number ends in 4 or 9 are the test part
  <set>.jsonl                         each public set, its types mapped by the
                                      table below (its own conventions are in
                                      SHARED/corpus/public/README.md)
  negative_<set>.jsonl                text without PHI
A type mapped to OPTIONAL is neither learned nor counted: the set's convention
for it differs from phiwire's, or it is no PHI in one place and PHI in another.
"""

import json
import os
import re
import subprocess
import sys

# Public sets' types -> phiwire's. A type that is not here stops the program.
TYPES = {
    "asq_phi_dev": {
        "NAME": "NAME",
        "GEOGRAPHIC_LOCATION": "FACILITY",
        "DATE": "DATE",
        "UNIQUE_IDENTIFIER": "ID",
        "MEDICAL_RECORD_NUMBER": "MEDICALRECORD",
        "EMAIL_ADDRESS": "EMAIL",
        "HEALTH_PLAN_BENEFICIARY_NUMBER": "HEALTHPLAN",
        "SOCIAL_SECURITY_NUMBER": "SSN",
        "PHONE_NUMBER": "PHONE",
        "ACCOUNT_NUMBER": "ACCOUNT",
        "CERTIFICATE_LICENSE_NUMBER": "LICENSE",
        "FAX_NUMBER": "FAX",
    },
    "mtsamples_resynth_a": {
        "PROVIDER_NAME": "NAME",
        "PATIENT_NAME": "NAME",
        "NAME_ORIGINAL": "NAME",
        "MRN": "MEDICALRECORD",
        "DATE": "DATE",
        "STREET": "STREET",
        "CITY": "CITY",
        "ZIP": "ZIP",
        "PHONE": "PHONE",
        "HOSPITAL": "FACILITY",
        "SSN": "SSN",
        "EMAIL": "EMAIL",
    },
    "ambientmeta_contextual": {
        "PERSON": "NAME",
        "LOCATION": "OPTIONAL",
        "ORGANIZATION": "OPTIONAL",
        "NPI": "LICENSE",
        "PHONE": "PHONE",
        "MRN": "MEDICALRECORD",
    },
    "synthea_notes_silver": {
        "DATE": "DATE",
        "PATIENT_NAME": "NAME",
        "AGE": "OPTIONAL",
        "AGE_OVER_89": "AGE",
    },
    "presidio_synth_v2": {
        "PERSON": "NAME",
        "STREET_ADDRESS": "STREET",
        "ZIP_CODE": "ZIP",
        "PHONE_NUMBER": "PHONE",
        "EMAIL_ADDRESS": "EMAIL",
        "US_SSN": "SSN",
        "IP_ADDRESS": "IPADDRESS",
        "CREDIT_CARD": "ACCOUNT",
        "IBAN_CODE": "ACCOUNT",
        "US_DRIVER_LICENSE": "LICENSE",
        "DOMAIN_NAME": "URL",
        "DATE_TIME": "OPTIONAL",
        "AGE": "OPTIONAL",
        "GPE": "OPTIONAL",
        "ORGANIZATION": "OPTIONAL",
        "TITLE": "OPTIONAL",
        "NRP": "OPTIONAL",
    },
    "presidio_generated_large": {
        "PERSON": "NAME",
        "ADDRESS": "STREET",
        "PHONE_NUMBER": "PHONE",
        "EMAIL_ADDRESS": "EMAIL",
        "US_SSN": "SSN",
        "IP_ADDRESS": "IPADDRESS",
        "CREDIT_CARD": "ACCOUNT",
        "IBAN_CODE": "ACCOUNT",
        "US_DRIVER_LICENSE": "LICENSE",
        "DOMAIN_NAME": "URL",
        "DATE_TIME": "OPTIONAL",
        "LOCATION": "OPTIONAL",
        "ORGANIZATION": "OPTIONAL",
        "TITLE": "OPTIONAL",
        "PREFIX": "OPTIONAL",
    },
}
NEGATIVES = ["medmcqa_val", "pubmedqa_pqaa"]
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
# Dates of a study are dates, but no one's: left out of fit and count.
STUDY_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}\b\.?(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?,?(?:\s+\d{{4}})?"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
)


def write(path, documents):
    with open(path, "w", encoding="utf-8") as out:
        for document in documents:
            out.write(json.dumps(document, ensure_ascii=False) + "\n")
    print(f"{os.path.basename(path)}: {len(documents)} documents")


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def notes(shared, out):
    build = next(
        os.path.join(folder, "build.py")
        for folder in (f"{shared}/corpus/notes", f"{shared}/corpus", f"{shared}/tools")
        if os.path.exists(os.path.join(folder, "build.py"))
    )
    text = subprocess.run(
        [sys.executable, build],
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ).stdout
    documents = [json.loads(line) for line in text.splitlines()]

    def is_test(d):
        return int(d["id"].split("-")[0]) % 5 == 4

    write(f"{out}/notes_fit.jsonl", [d for d in documents if not is_test(d)])
    write(f"{out}/notes_test.jsonl", [d for d in documents if is_test(d)])


def public(shared, out):
    for name, types in TYPES.items():
        documents = lines(f"{shared}/corpus/public/{name}.jsonl")
        for document in documents:
            document["spans"] = [
                {"start": s["start"], "end": s["end"], "type": types[s["type"]]}
                for s in document["spans"]
            ]
        write(f"{out}/{name}.jsonl", documents)


def negatives(shared, out):
    for name in NEGATIVES:
        documents = lines(f"{shared}/corpus/negatives/{name}.jsonl")
        for document in documents:
            document["spans"] = [
                {"start": m.start(), "end": m.end(), "type": "OPTIONAL"}
                for m in STUDY_DATE.finditer(document["text"])
            ]
        write(f"{out}/negative_{name}.jsonl", documents)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    shared, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    notes(shared, out)
    public(shared, out)
    negatives(shared, out)


if __name__ == "__main__":
    main()
