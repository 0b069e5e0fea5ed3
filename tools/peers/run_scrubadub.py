# SPDX-License-Identifier: Apache-2.0
"""scrubadub with its default detectors (no names: those need NLTK's data)."""

import runner


def load(_):
    import scrubadub

    scrubber = scrubadub.Scrubber()

    def find(text):
        return [(f.beg, f.end, f.type, 1.0) for f in scrubber.iter_filth(text)]

    return find, runner.versions_of("scrubadub")


if __name__ == "__main__":
    runner.run(load)
