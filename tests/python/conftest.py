# SPDX-License-Identifier: Apache-2.0
"""Shared by the Python tests, which import the phiwire on sys.path."""

import phiwire
import pytest
from hypothesis import settings

# No timing assertions and no folder of examples in the checkout; `print_blob`
# shows how to repeat a failure.
settings.register_profile("phiwire", deadline=None, database=None, print_blob=True)
settings.load_profile("phiwire")


@pytest.fixture(scope="session")
def deid() -> phiwire.Deidentifier:
    return phiwire.Deidentifier()


@pytest.fixture(scope="session")
def analyzer(deid) -> phiwire.AnalyzerEngine:
    return phiwire.AnalyzerEngine(deidentifier=deid)
