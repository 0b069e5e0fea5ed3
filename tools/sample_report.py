#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""De-identifies sample files of structured formats and checks what comes out.

    tools/sample_report.py SAMPLES [--phiwire PROGRAM] [--only hl7,fhir,ccda]
        [--show] [--update docs/formats.md]

SAMPLES is a folder with hl7/messages.jsonl, fhir/*.json and ccda/**/*.xml. Of
each file: is it refused or de-identified; does the output parse again with an
independent reader (hl7, json with fhir.resources, lxml); does a second pass
over the output change nothing; and is every value of the subject's identifying
fields, as the independent reader finds them, gone from the whole output. The
policy is safe-harbor; the second pass keeps the tokens of the first. --show names
what fails: file and field, never a value. The exit code is 1 when a value stays
or a second pass finds more.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import hl7
from lxml import etree
from pages import markdown_table, plain_table, update

ROOT = Path(__file__).resolve().parents[1]
# The random tokens of the first pass stay in the second, so that the two can be
# compared; in free text nothing stays.
SECOND = "version: 1\nextends: safe-harbor\nslots:\n" + "".join(
    f"  {kind}: {{anonymizer: keep}}\n"
    for kind in ("ID", "MEDICALRECORD", "ACCOUNT", "HEALTHPLAN")
)
CDA = {"h": "urn:hl7-org:v3"}


def hl7_samples(samples):
    """Messages that begin with MSH; (name, bytes)."""
    with open(samples / "hl7" / "messages.jsonl", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            yield f"m{number:04}.hl7", json.loads(line)["text"].encode()


def file_samples(folder, suffix):
    for number, path in enumerate(sorted(folder.rglob("*" + suffix))):
        yield f"s{number:04}{suffix}", path.read_bytes()


PID_FIELDS = {
    2: "id", 3: "id", 4: "id", 5: "name", 6: "name", 7: "date", 9: "name",
    11: "address", 13: "phone", 14: "phone", 18: "id", 19: "id", 20: "id",
}  # fmt: skip


def hl7_values(text):
    """(field, value) of PID's identifying fields, first components of each."""
    message = hl7.parse(text.replace("\r\n", "\r").replace("\n", "\r"))
    for segment in message:
        if str(segment[0]) != "PID":
            continue
        for number, kind in PID_FIELDS.items():
            if number >= len(segment):
                continue
            for repetition in str(segment[number]).split("~"):
                parts = re.split(r"[\^&]", repetition)
                count = {"name": 2, "address": 1, "date": 1}.get(kind, 1)
                for part in parts[:count]:
                    yield f"PID-{number}", part


def fhir_values(text):
    """(field, value) of the Patients' identifying elements."""
    bundle = json.loads(text)
    for entry in bundle.get("entry", [{"resource": bundle}]):
        patient = entry.get("resource", {})
        if patient.get("resourceType") != "Patient":
            continue
        yield "id", patient.get("id", "")
        yield "birthDate", patient.get("birthDate", "")
        for name in patient.get("name", []):
            yield "name.family", name.get("family", "")
            for given in name.get("given", []):
                yield "name.given", given
        for identifier in patient.get("identifier", []):
            yield "identifier", identifier.get("value", "")
        for telecom in patient.get("telecom", []):
            yield "telecom", telecom.get("value", "")
        for address in patient.get("address", []):
            for line in address.get("line", []):
                yield "address.line", line


def ccda_values(text):
    root = etree.fromstring(text.encode())
    role = "//h:recordTarget/h:patientRole"
    paths = {
        "id": f"{role}/h:id/@extension",
        "name.family": f"{role}/h:patient/h:name/h:family/text()",
        "name.given": f"{role}/h:patient/h:name/h:given/text()",
        "addr": f"{role}/h:addr/h:streetAddressLine/text()",
        "telecom": f"{role}/h:telecom/@value",
        "birthTime": f"{role}/h:patient/h:birthTime/@value",
    }
    for field, path in paths.items():
        for value in root.xpath(path, namespaces=CDA):
            yield field, re.sub(r"^(tel|mailto):", "", str(value))


def parses_hl7(text):
    hl7.parse(text.replace("\r\n", "\r").replace("\n", "\r"))


def parses_fhir(text):
    from fhir.resources.R4B import get_fhir_model_class

    resource = json.loads(text)
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)


FAMILIES = {
    "hl7": (hl7_samples, hl7_values, parses_hl7),
    "fhir": (
        lambda samples: file_samples(samples / "fhir", ".json"),
        fhir_values,
        parses_fhir,
    ),
    "ccda": (
        lambda samples: file_samples(samples / "ccda", ".xml"),
        ccda_values,
        lambda text: etree.fromstring(text.encode()),
    ),
}


def attempt(call, *arguments):
    try:
        call(*arguments)
        return True
    except Exception:
        return False


def tells(value):
    """Values that name somebody wherever they stand: not "A", "1111" or "0", nor
    the test patients' TEST, PATIENT and NAME, which are words and placeholders."""
    value = value.strip()
    if value.upper() in ("TEST", "PATIENT", "NAME"):
        return False
    plain = re.sub(r"\W", "", value)
    if len(plain) < 4 or not re.search(r"[A-Za-z0-9]", plain):
        return False
    return len(set(plain.lower())) > 2


def stays(value, text):
    return re.search(rf"(?<!\w){re.escape(value.strip())}(?!\w)", text) is not None


def deid(program, policy, source, target):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [program, "deid", source, "-o", target, "--policy", policy],
        capture_output=True,
        check=False,
        env=environment,
    )
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode(errors="replace")[:2000])


def outputs(folder):
    return {
        path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def check(family, samples, program, work):
    """One row of counts, and the failures as (file, what)."""
    read, values_of, parses = FAMILIES[family]
    inputs = dict(read(samples))
    source, once, twice = (work / family / n for n in ("in", "once", "twice"))
    source.mkdir(parents=True)
    for name, content in inputs.items():
        (source / name).write_bytes(content)
    second_pass = work / "second.yaml"
    second_pass.write_text(SECOND)
    deid(program, "safe-harbor", source, once)
    deid(program, second_pass, once, twice)
    first = {n: b for n, b in outputs(once).items() if n in inputs}
    second = outputs(twice)
    failures = []
    counts = dict.fromkeys(["files", "refused", "same", "parsed", "values"], 0)
    counts["files"] = len(inputs)
    counts["refused"] = len(inputs) - len(first)
    could = 0
    for name, out in sorted(first.items()):
        text, before = out.decode(), inputs[name].decode(errors="replace")
        counts["same"] += out == inputs[name]
        if second.get(name) != out:
            failures.append((name, "second pass"))
        if attempt(parses, before):
            could += 1
            if attempt(parses, text):
                counts["parsed"] += 1
            else:
                failures.append((name, "no longer parses"))
        try:
            values = {v for v in values_of(before) if tells(v[1])}
        except Exception:
            continue
        counts["values"] += len(values)
        for field, value in sorted(values):
            if stays(value, text):
                failures.append((name, f"{field} stays"))
    parsed = f"{counts['parsed']} of {could}"
    kinds = {
        "second": sum(what == "second pass" for _, what in failures),
        "stay": sum(what.endswith("stays") for _, what in failures),
    }
    row = [
        family,
        counts["files"],
        counts["refused"],
        counts["same"],
        parsed,
        kinds["second"],
        counts["values"],
        kinds["stay"],
    ]
    return [str(cell) for cell in row], failures


HEAD = [
    "samples",
    "files",
    "refused",
    "unchanged",
    "parse as before",
    "second pass differs",
    "subjects' values",
    "of them still there",
]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("samples", type=Path)
    parser.add_argument("--phiwire", default=ROOT / "build" / "release" / "phiwire")
    parser.add_argument("--only", default=",".join(FAMILIES))
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--update", type=Path)
    arguments = parser.parse_args()
    table, failures = [HEAD], []
    with tempfile.TemporaryDirectory() as work:
        for family in arguments.only.split(","):
            row, failed = check(
                family, arguments.samples, str(arguments.phiwire), Path(work)
            )
            table.append(row)
            failures += [(family, *failure) for failure in failed]
    print(plain_table(table))
    if arguments.show:
        for family, name, what in failures:
            print(f"{family} {name}: {what}")
    if arguments.update:
        update(arguments.update, "samples", markdown_table(table) + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
