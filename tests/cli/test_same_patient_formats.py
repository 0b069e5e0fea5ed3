# SPDX-License-Identifier: Apache-2.0
"""One patient in a note, an HL7 message, a FHIR bundle, a C-CDA document and a
CSV row: the same name, number and date offset under `research` and `surrogate`."""

import csv
import datetime
import io
import json
import re

import pytest

NOTE = """Patient: DOE, JOHN Q   MRN: 00471822   DOB: 03/14/1958
Mr. Doe is a 64-year-old man. John was seen by Dr. Anna Kowalski.
"""
HL7 = (
    "MSH|^~\\&|EPIC|H|X|Y|20240101120000||ADT^A01|1|P|2.5\r"
    "PID|1||00471822^^^H^MR||DOE^JOHN^Q||19580314|M\r"
    "OBX|1|TX|N^note||Mr. Doe seen on 03/14/1958. John was well.\r"
)
FHIR = json.dumps(
    {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {
                "fullUrl": "urn:uuid:5c6db3d0-c0fc-4eb7-8eae-dbc7847be741",
                "resource": {
                    "resourceType": "Patient",
                    "id": "5c6db3d0-c0fc-4eb7-8eae-dbc7847be741",
                    "identifier": [
                        {"type": {"coding": [{"code": "MR"}]}, "value": "00471822"}
                    ],
                    "name": [{"family": "Doe", "given": ["John", "Q"]}],
                    "birthDate": "1958-03-14",
                },
            },
            {
                "resource": {
                    "resourceType": "Observation",
                    "id": "o1",
                    "status": "final",
                    "code": {"text": "note"},
                    "subject": {
                        "reference": "urn:uuid:5c6db3d0-c0fc-4eb7-8eae-dbc7847be741"
                    },
                    "valueString": "Mr. Doe seen on 03/14/1958. John was well.",
                }
            },
        ],
    }
)
CCDA = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole>
<id root="2.16.840.1.113883.19.5" extension="00471822"/>
<patient><name><given>John</given><given>Q</given><family>Doe</family></name>
<birthTime value="19580314"/></patient></patientRole></recordTarget>
<component><structuredBody><component><section><title>Note</title>
<text><paragraph>Mr. Doe seen on 03/14/1958. John was well.</paragraph></text>
</section></component></structuredBody></component></ClinicalDocument>
"""
CSV = """mrn,last_name,first_name,dob,visit_note
00471822,Doe,John,03/14/1958,Mr. Doe seen on 03/14/1958. John was well.
00999999,Roe,Ann,1/2/1970,No complaints.
"""
BIRTH = datetime.date(1958, 3, 14)


def written(text):
    month, day, year = map(int, re.search(r"(\d+)/(\d+)/(\d{4})", text).groups())
    return datetime.date(year, month, day)


def stamp(text):
    return datetime.datetime.strptime(text, "%Y%m%d").date()


def of_note(text):
    family, given = re.search(r"Patient: (\w+)(?:, (\w+))?", text).groups()
    return family, given, re.search(r"MRN: (\w+)", text)[1], written(text), text


def of_hl7(text):
    mrn, family, given, birth = re.search(
        r"PID\|1\|\|(\w+)\^[^|]*\|\|(\w+)\^(\w+)[^|]*\|\|(\d{8})\|", text
    ).groups()
    return family, given, mrn, stamp(birth), text.split("|")[-1]


def of_fhir(text):
    bundle = json.loads(text)
    patient, observation = (entry["resource"] for entry in bundle["entry"])
    # The graph holds.
    assert bundle["entry"][0]["fullUrl"] == observation["subject"]["reference"]
    assert bundle["entry"][0]["fullUrl"] == f"urn:uuid:{patient['id']}"
    name = patient["name"][0]
    return (
        name["family"],
        name["given"][0],
        patient["identifier"][0]["value"],
        datetime.date.fromisoformat(patient["birthDate"]),
        observation["valueString"],
    )


def of_ccda(text):
    def one(pattern):
        return re.search(pattern, text)[1]

    return (
        one(r"<family>([^<]*)<"),
        one(r"<given>([^<]*)<"),
        one(r'extension="([^"]*)"'),
        stamp(one(r'birthTime value="(\d{8})"')),
        one(r"<paragraph>([^<]*)<"),
    )


def of_csv(text):
    row = next(csv.DictReader(io.StringIO(text)))
    return (
        row["last_name"],
        row["first_name"],
        row["mrn"],
        written(row["dob"]),
        row["visit_note"],
    )


DOCUMENTS = {
    "note.txt": (NOTE, of_note),
    "message.hl7": (HL7, of_hl7),
    "bundle.json": (FHIR, of_fhir),
    "document.xml": (CCDA, of_ccda),
    "table.csv": (CSV, of_csv),
}


@pytest.mark.parametrize("policy", ["research", "surrogate"])
def test_one_patient_in_all_formats(phiwire, tmp_path, policy):
    key = tmp_path / "k.key"
    key.touch(mode=0o600)
    key.write_bytes(b"phiwire tests: one patient, one key")
    seen = {}
    for name, (text, read) in DOCUMENTS.items():
        (tmp_path / name).write_text(text)
        run = ["deid", tmp_path / name, "--policy", policy, "--key", key]
        if name == "note.txt":
            run += ["--subject", "00471822"]
        done = phiwire(*run)
        assert done.returncode == 0, (name, done.stderr)
        seen[name] = read(done.stdout.decode())
    reference = seen["message.hl7"]
    family, given = reference[0].casefold(), reference[1].casefold()
    assert family != "doe" and given != "john"
    assert reference[2] != "00471822" and reference[3] != BIRTH
    for name, (last, first, mrn, birth, note) in seen.items():
        assert last.casefold() == family, name
        assert first is None or first.casefold() == given, name
        assert mrn == reference[2], name
        assert birth == reference[3], name
        if name == "note.txt":
            continue
        assert written(note) == birth, name
        assert re.search(r"Mr\. (\w+)", note)[1].casefold() == family, name
        assert re.search(r"(\w+) was well", note)[1].casefold() == given, name
