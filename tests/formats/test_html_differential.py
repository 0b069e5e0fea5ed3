# SPDX-License-Identifier: Apache-2.0
"""Random tag soup is cut as html5lib's tokenizer cuts it.

What html5lib calls characters is running text, in order; its attribute values
and comments stand aside, unless they only say how things look.
"""

import os
import pathlib
import random
import re
import subprocess

import html5lib._tokenizer as tokenizer
import pytest
from html5lib.constants import tokenTypes

DUMP = pathlib.Path(os.environ["PHIWIRE_BUILD_DIR"]) / "tests" / "html_dump"
RAW = {"script", "style", "iframe", "noembed", "noframes", "xmp"}
TEXT = {"textarea", "title"}
PIECES = [
    *("<", ">", "/", "=", "'", '"', "!", "-", "--", "&", ";", "#", "?", " ", "\n"),
    *("a", "John", "12", "\u00e9", "<b>", "</b>", "<p>", "<td>", "<br/>", "<John>"),
    *("<a href=", "<a title='", '<img alt="', "<p x y=z ", " title=q", "<!--", "-->"),
    *("<!-->", "--!>", "<!DOCTYPE html>", "<!x", "<?y", "</", "</ ", "</>", "</a b=c>"),
    *("<script>", "</script>", "</scriptx", "<style>", "</STYLE >", "<title>"),
    *("</title>", "<textarea>", "</textarea/>", "&amp;", "&ampx", "&lt", "&#65;"),
    *("&#x41", "&notit;", "&copy=", "&eacute;", "&nbsp;", "&shy;", "&CounterClock"),
    *("&#0;", "&#xD800;", "&#150;", "&ngE;", "<pre>", "</pre>", "<plaintext>"),
]


def reference(page):
    """(running text, attribute values, comments, raw text) of a page."""
    stream = tokenizer.HTMLTokenizer(page)
    text, values, comments, raw = "", [], [], ""
    in_raw = False
    for token in stream:
        kind = token["type"]
        if kind in (tokenTypes["Characters"], tokenTypes["SpaceCharacters"]):
            if in_raw:
                raw += token["data"]
            else:
                text += token["data"]
        elif kind == tokenTypes["Comment"]:
            comments.append(token["data"])
        elif kind in (tokenTypes["StartTag"], tokenTypes["EndTag"]):
            in_raw = False
            attributes = token["data"]
            pairs = attributes.items() if hasattr(attributes, "items") else attributes
            values += [value for _, value in pairs]
            if kind == tokenTypes["EndTag"] or token["selfClosing"]:
                continue
            stream.currentToken = token
            if token["name"] in RAW:
                stream.state = stream.rawtextState
                in_raw = True
            elif token["name"] in TEXT:
                stream.state = stream.rcdataState
            elif token["name"] == "plaintext":
                stream.state = stream.plaintextState
    return text, values, comments, raw


def flat(text):
    return re.sub(r"[\s\u00ad\x00\ufffd]", "", text)


def pages(seed, count):
    rng = random.Random(seed)
    return ["".join(rng.choices(PIECES, k=rng.randint(1, 25))) for _ in range(count)]


def dump(batch):
    lines = "".join(page.encode().hex() + "\n" for page in batch)
    out = subprocess.run([DUMP], input=lines.encode(), capture_output=True, check=True)
    for line in out.stdout.decode().splitlines():
        text, aside = line.split(" ")
        yield (
            bytes.fromhex(text[1:]).decode(),
            bytes.fromhex(aside[1:]).decode(),
        )


@pytest.mark.parametrize("seed", range(8))
def test_agrees_with_html5lib(seed):
    batch = pages(seed, 500)
    for page, (text, aside) in zip(batch, dump(batch), strict=True):
        expected, values, comments, raw = reference(page)
        ours, theirs = flat(text), flat(expected)
        # A tag that the page ends in is text here and nothing there.
        assert ours == theirs or (
            ours.startswith(theirs) and ours[len(theirs)] == "<"
        ), (seed, page, text, expected)
        scanned = flat(aside)
        if ours != theirs:
            continue
        for value in [*values, *comments]:
            assert flat(value).removeprefix("?") in scanned, (seed, page, value, aside)
        assert len(flat(raw)) <= len(scanned), (seed, page)
