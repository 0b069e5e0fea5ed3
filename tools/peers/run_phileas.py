# SPDX-License-Identifier: Apache-2.0
"""phileas-redact with every identifier of its own but amounts of money."""

import runner

IDENTIFIERS = [
    "age", "emailAddress", "creditCard", "ssn", "phoneNumber", "ipAddress",
    "url", "zipCode", "vin", "bitcoinAddress", "bankRoutingNumber", "date",
    "macAddress", "streetAddress", "trackingNumber", "driversLicense",
    "ibanCode", "passportNumber",
]  # fmt: skip


def load(_):
    from phileas.policy.policy import Policy
    from phileas.services.filter_service import FilterService

    policy = Policy.from_dict(
        {"name": "all", "identifiers": {name: {} for name in IDENTIFIERS}}
    )
    service = FilterService()

    def find(text):
        found = service.filter(
            policy=policy, context="c", document_id="d", text=text
        ).spans
        return [
            (s.character_start, s.character_end, s.filter_type, s.confidence)
            for s in found
            if not s.ignored
        ]

    return find, runner.versions_of("phileas-redact")


if __name__ == "__main__":
    runner.run(load)
