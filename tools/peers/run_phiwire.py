# SPDX-License-Identifier: Apache-2.0
"""phiwire itself, through Python: `analyze`, or with --text the whole of it,
`text`, which gives the de-identified text (one find each)."""

import runner


def load(options):
    import phiwire

    engine = phiwire.Deidentifier()
    versions = f"phiwire {phiwire.__version__}"
    if "--text" in options:
        return lambda text: [(0, 0, engine.text(text) and "", 1.0)], versions

    def find(text):
        return [(f.start, f.end, f.type, f.score) for f in engine.analyze(text)]

    return find, versions


if __name__ == "__main__":
    runner.run(load)
