# SPDX-License-Identifier: Apache-2.0
"""Shared by the Python tests, which import the phiwire on sys.path."""

import pathlib

import phiwire
import pytest
from hypothesis import settings

# No timing assertions and no folder of examples in the checkout; `print_blob`
# shows how to repeat a failure.
settings.register_profile("phiwire", deadline=None, database=None, print_blob=True)
settings.load_profile("phiwire")

ROOT = pathlib.Path(__file__).resolve().parents[2]

SEED = "Patient John Doe (MRN 12345) was born on 01/01/1980."
SEED_OUT = "Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE]."


@pytest.fixture(scope="session")
def deid() -> phiwire.Deidentifier:
    return phiwire.Deidentifier()


@pytest.fixture(scope="session")
def analyzer(deid) -> phiwire.AnalyzerEngine:
    return phiwire.AnalyzerEngine(deidentifier=deid)
