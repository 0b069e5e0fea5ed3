# SPDX-License-Identifier: Apache-2.0
"""presidio-rs: Presidio's patterns in Rust. Its module function would build an
analyzer at every call; one is kept here."""

import runner


def load(_):
    import presidio_rs

    analyzer = presidio_rs.Analyzer()

    def find(text):
        return [
            (r["start"], r["end"], r["entity_type"], r["score"])
            for r in analyzer.analyze(text)
        ]

    return find, runner.versions_of("presidio-rs")


if __name__ == "__main__":
    runner.run(load)
