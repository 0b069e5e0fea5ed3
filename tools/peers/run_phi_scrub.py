# SPDX-License-Identifier: Apache-2.0
"""phi-scrub: SSN, phone, e-mail. Its offsets are bytes of UTF-8."""

import runner


def code_points(text):
    """-> byte offset -> code point offset."""
    if text.isascii():
        return lambda offset: offset
    data = text.encode()
    return lambda offset: len(data[:offset].decode(errors="ignore"))


def load(_):
    import phi_scrub

    scrubber = phi_scrub.Scrubber()

    def find(text):
        at = code_points(text)
        return [
            (at(f.start), at(f.end), str(f.category), 1.0)
            for f in scrubber.detect(text)
        ]

    return find, runner.versions_of("phi-scrub")


if __name__ == "__main__":
    runner.run(load)
