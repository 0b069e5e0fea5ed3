# SPDX-License-Identifier: Apache-2.0
"""The text of DESIGN.md that must come out exactly."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

SEED = "Patient John Doe (MRN 12345) was born on 01/01/1980."
SEED_OUT = "Patient [NAME] (MRN [MEDICALRECORD]) was born on [DATE]."
