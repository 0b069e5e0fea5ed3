# SPDX-License-Identifier: Apache-2.0
"""The map between Presidio's entity names and phiwire's types, both ways.

Presidio's names are its docs/supported_entities.md, and ORGANIZATION, AGE and
ID of its NER mappings. LOCATION and ID are names of both sides; asked for
through the Presidio interface they have Presidio's wider meaning.

>>> TO_PHIWIRE["PERSON"], TO_PRESIDIO["NAME"]
(('NAME',), 'PERSON')
>>> TO_PHIWIRE["LOCATION"]
('STREET', 'CITY', 'COUNTY', 'ZIP', 'LOCATION')
"""

from __future__ import annotations

__all__ = ["NOT_FOUND_BY_PHIWIRE", "TO_PHIWIRE", "TO_PRESIDIO"]

TO_PHIWIRE: dict[str, tuple[str, ...]] = {
    "PERSON": ("NAME",),
    "LOCATION": ("STREET", "CITY", "COUNTY", "ZIP", "LOCATION"),
    "ORGANIZATION": ("FACILITY", "EMPLOYER"),
    "DATE_TIME": ("DATE",),
    "AGE": ("AGE",),
    "PHONE_NUMBER": ("PHONE", "FAX"),
    "EMAIL_ADDRESS": ("EMAIL",),
    "URL": ("URL",),
    "IP_ADDRESS": ("IPADDRESS",),
    "MAC_ADDRESS": ("DEVICE",),
    "ID": (
        "ID",
        "MEDICALRECORD",
        "HEALTHPLAN",
        "ACCOUNT",
        "LICENSE",
        "VEHICLE",
        "DEVICE",
        "BIOMETRIC",
    ),
    "US_SSN": ("SSN",),
    "US_MBI": ("HEALTHPLAN",),
    "US_NPI": ("LICENSE",),
    "US_DRIVER_LICENSE": ("LICENSE",),
    "MEDICAL_LICENSE": ("LICENSE",),
    "US_PASSPORT": ("LICENSE",),
    "US_BANK_NUMBER": ("ACCOUNT",),
    "CREDIT_CARD": ("ACCOUNT",),
    "IBAN_CODE": ("ACCOUNT",),
    "UK_NHS": ("MEDICALRECORD",),
    "UK_NINO": ("ID",),
    "UK_PASSPORT": ("LICENSE",),
    "UK_POSTCODE": ("ZIP",),
    "CA_SIN": ("ID",),
}
"""Presidio's name to the types of ours that may hold it: ours are coarser,
so US_NPI also brings other licences."""

TO_PRESIDIO: dict[str, str] = {
    "NAME": "PERSON",
    "STREET": "LOCATION",
    "CITY": "LOCATION",
    "COUNTY": "LOCATION",
    "ZIP": "LOCATION",
    "LOCATION": "LOCATION",
    "DATE": "DATE_TIME",
    "AGE": "AGE",
    "PHONE": "PHONE_NUMBER",
    "FAX": "PHONE_NUMBER",
    "EMAIL": "EMAIL_ADDRESS",
    "SSN": "US_SSN",
    "MEDICALRECORD": "ID",
    "HEALTHPLAN": "ID",
    "ACCOUNT": "ID",
    "LICENSE": "ID",
    "VEHICLE": "ID",
    "DEVICE": "ID",
    "URL": "URL",
    "IPADDRESS": "IP_ADDRESS",
    "BIOMETRIC": "ID",
    "ID": "ID",
    "FACILITY": "ORGANIZATION",
    "EMPLOYER": "ORGANIZATION",
}
"""Our type to the narrowest of Presidio's names that covers all of it. PHOTO,
USERNAME and PROFESSION have none."""

NOT_FOUND_BY_PHIWIRE: frozenset[str] = frozenset(
    {
        "CRYPTO",
        "NRP",
        "US_ITIN",
        "UK_VEHICLE_REGISTRATION",
        "ES_NIF",
        "ES_NIE",
        "IT_FISCAL_CODE",
        "IT_DRIVER_LICENSE",
        "IT_VAT_CODE",
        "IT_PASSPORT",
        "IT_IDENTITY_CARD",
        "PL_PESEL",
        "SG_NRIC_FIN",
        "SG_UEN",
        "AU_ABN",
        "AU_ACN",
        "AU_TFN",
        "AU_MEDICARE",
        "IN_PAN",
        "IN_AADHAAR",
        "IN_VEHICLE_REGISTRATION",
        "IN_VOTER",
        "IN_PASSPORT",
        "FI_PERSONAL_IDENTITY_CODE",
        "KR_RRN",
        "TH_TNIN",
    }
)
"""Names of Presidio's that no type of ours stands for."""
