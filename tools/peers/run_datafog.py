# SPDX-License-Identifier: Apache-2.0
"""datafog's patterns; --rust: those of its core in Rust."""

import runner


def load(options):
    import datafog

    backend = "rust" if "--rust" in options else "python"
    packages = ["datafog"] + (["datafog-core"] if backend == "rust" else [])

    def find(text):
        found = datafog.engine.scan(text, engine="regex", backend=backend)
        return [(e.start, e.end, e.type, e.confidence) for e in found.entities]

    return find, runner.versions_of(*packages)


if __name__ == "__main__":
    runner.run(load)
