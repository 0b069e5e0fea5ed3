# SPDX-License-Identifier: Apache-2.0
"""phiwire deid on HTML, RTF and Markdown: no value left, mark-up kept."""

import base64
import re
from html.parser import HTMLParser

import pytest

VALUES = [
    "Smith",
    "Whitfield",
    "01/02/1980",
    "12345678",
    "mercy.org",
    "123-4567",
    "555-222-3333",
]

PACKED = base64.b64encode(b"Patient John Smith was seen on 01/02/2020.").decode()
HTML = f"""<!DOCTYPE html>
<html><head><title>Discharge summary John Smith</title>
<meta name="author" content="Dr. Karen Whitfield"></head>
<body><p>Patient: <b>John</b> <i>Smi</i>th, DOB 01/02/1980, MRN 12345678.</p>
<p>Mr. Smith saw Dr. <a href="mailto:karen.whitfield@mercy.org">Whitfield</a>.
<table><tr><td>Phone<td>(617) 123-4567</table>
<input name="dob" value='01/02/1980'>
<img alt="John Smith" src="data:image/png;base64,iVBORw0KGgo=">
<a href="data:text/plain;base64,{PACKED}">file</a>
<!-- entered by Jane Doe RN 555-222-3333 -->
</body></html>
"""

RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}
{\info{\author Karen Whitfield}{\creatim\yr2020\mo3\dy4}}
{\header Patient: John Smith\par}Patient: {\b John} Smi\b0 th, DOB 01/02/1980,
 MRN 12345678, seen by Dr. Karen Whitfield.\par Phone: (617) 123-4567
{\field{\*\fldinst{HYPERLINK "mailto:karen.whitfield@mercy.org"}}{\fldrslt mail}}
{\pict\pngblip 89504e470d0a}{\footnote Dictated by Karen Whitfield, 555-222-3333.}}
"""

MARKDOWN = """---
author: Karen Whitfield
---
# Visit of **John Smith**

- **DOB:** 01/02/1980
- MRN: `12345678`
- [Dr. Karen Whitfield](mailto:karen.whitfield@mercy.org)

| Phone | (617) 123-4567 |
|---|---|
"""


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.seen = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, [name for name, _ in attrs]))

    def handle_endtag(self, tag):
        self.seen.append(("/", tag))


def deid(phiwire, name, text):
    done = phiwire("deid", "--format", name, stdin=text.encode())
    assert done.returncode == 0, done.stderr
    return done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "text"), [("html", HTML), ("rtf", RTF), ("markdown", MARKDOWN)]
)
def test_nothing_identifying_is_left(phiwire, name, text):
    out, _ = deid(phiwire, name, text)
    for value in VALUES:
        assert value not in out, value
    again, _ = deid(phiwire, name, out)
    assert again == out


def test_html_keeps_its_tags(phiwire):
    out, err = deid(phiwire, "html", HTML)
    assert Tags(out).seen == Tags(HTML).seen
    assert "<b>[NAME]</b>" in out
    assert "John" not in out
    # The picture is gone and said; the text document is de-identified.
    assert "iVBORw0KGgo" not in out
    assert "an image" in err
    inner = re.search(r"text/plain;base64,([^\"]*)", out)[1]
    assert base64.b64decode(inner) == b"Patient [NAME] was seen on [DATE]."


def test_rtf_keeps_its_words_and_groups(phiwire):
    out, err = deid(phiwire, "rtf", RTF)
    words = re.compile(r"\\[a-z]+|[{}]")
    assert words.findall(out) == words.findall(RTF)
    assert r"{\author [NAME]}" in out
    assert r"\yr2020\mo\dy" in out
    assert "89504e47" not in out
    assert "an image" in err


def test_markdown_keeps_its_lines(phiwire):
    out, _ = deid(phiwire, "markdown", MARKDOWN)
    assert out.count("\n") == MARKDOWN.count("\n")
    assert "# Visit of **[NAME]**\n" in out
    assert "- MRN: `[MEDICALRECORD]`\n" in out


def test_broken_rtf_is_refused(phiwire):
    done = phiwire("deid", "--format", "rtf", stdin=RTF[:-10].encode())
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"a group without its end" in done.stderr
    assert b"Smith" not in done.stderr


def test_latin1_html_comes_back_in_latin1(phiwire):
    page = "<p>Patient: José García, née Müller</p><b>café</b>".encode("latin-1")
    done = phiwire("deid", "--format", "html", "--encoding", "iso-8859-1", stdin=page)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(b"<b>caf\xe9</b>")
