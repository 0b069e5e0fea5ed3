# SPDX-License-Identifier: Apache-2.0
"""The XML reader held against lxml: the same elements, attribute names and
values, text and comments; and the raw bytes at each attribute's range, decoded
by lxml, are its value. Over our own documents and, beside the checkout, the
C-CDA samples."""

import json
import os
import pathlib
import subprocess

import pytest
from lxml import etree

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples" / "ccda"
BUILD = pathlib.Path(os.environ.get("PHIWIRE_BUILD_DIR", ROOT / "build"))
DUMP = BUILD / "tests" / "ccda_dump"

TRICKY = {
    "quotes": """<a x='"' y="'" z = '&quot;&#65;&#x42;>' w="\n\t"><b/>t</a>""",
    "crlf": '<a x="1\r\n2\r3">\r\none\rtwo\r\n</a>',
    "cdata": "<a>x&lt;<![CDATA[<y>&amp;]]]]><![CDATA[>]]>z</a>",
    "unicode": '\ufeff<a \u00e9="\U0001f600">\u4e2d</a>',
    "comments": "<!-- a --><a><!-- b --><?p q?><b><!----></b></a><!-- c -->",
    "blanks": "  \n<?xml version='1.0'?>\n<a\n x\n=\n'1'\n>\n</a\n>\n",
    "duplicate": "<a x='1' x='2'/>",
    "open": "<a><b></a>",
    "two": "<a/><b/>",
    "entity": "<a>&nbsp;</a>",
}


def documents(folder):
    for name, text in TRICKY.items():
        path = folder / f"{name}.xml"
        path.write_bytes(text.encode())
        yield path
    cases = (ROOT / "tests/formats/ccda/fields.cases").read_text()
    for i, case in enumerate(cases.split("\n--- ")[1:]):
        if case.startswith("expect"):
            continue
        path = folder / f"case{i}.xml"
        path.write_text(case.split("\n", 1)[1])
        yield path
    if SAMPLES.exists():
        yield from sorted(SAMPLES.rglob("*.xml"))


def dump(paths):
    out = subprocess.run(
        [DUMP],
        input="\n".join(map(str, paths)) + "\n",
        text=True,
        capture_output=True,
        check=True,
    ).stdout
    for block in out.split(".\n")[: len(paths)]:
        yield [json.loads(line) for line in block.splitlines()]


class Target:
    """lxml's own events, in the shape of ccda_dump's."""

    def __init__(self):
        self.events = []

    def start(self, tag, attributes):
        names = [(k, v) for k, v in attributes.items()]
        self.events.append(("s", tag, names))

    def end(self, tag):
        self.events.append(("e",))

    def data(self, text):
        if self.events and self.events[-1][0] == "t":
            text = self.events.pop()[1] + text
        self.events.append(("t", text))

    def comment(self, text):
        self.events.append(("c", text))

    def pi(self, target, data):
        self.events.append(("p",))

    def close(self):
        return self.events


# Prefixes that fragments leave undeclared: lxml must not refuse them.
PREFIXES = ("xsi", "sdtc", "voc", "cda")


def reference(data):
    """None when lxml refuses it."""
    data = data.lstrip(b" \t\r\n")
    try:
        return etree.fromstring(data, etree.XMLParser(target=Target()))
    except etree.XMLSyntaxError as error:
        if "Namespace prefix" not in str(error):
            return None
    for prefix in PREFIXES:
        data = data.replace(f" {prefix}:".encode(), f" {prefix}.".encode())
        data = data.replace(f"<{prefix}:".encode(), f"<{prefix}.".encode())
        data = data.replace(f"</{prefix}:".encode(), f"</{prefix}.".encode())
    try:
        return etree.fromstring(data, etree.XMLParser(target=Target()))
    except etree.XMLSyntaxError:
        return None


def local(name):
    return name.rsplit("}", 1)[-1].replace(":", ".").rsplit(".", 1)[-1]


def text_of(raw):
    return etree.fromstring(b"<a>" + raw + b"</a>").text or ""


def value_of(raw, quote):
    return etree.fromstring(b"<a b=" + quote + raw + quote + b"/>").get("b")


def ours(events, data):
    """The dump's events as lxml has them; checks each attribute's range."""
    out = []

    def put_text(text):
        if not text:
            return
        if out and out[-1][0] == "t":
            text = out.pop()[1] + text
        out.append(("t", text))

    for event in events:
        if "s" in event:
            names = []
            for name, begin, end, value in event["a"]:
                assert data[begin - 1 : begin] == data[end : end + 1]
                assert data[end : end + 1] in (b'"', b"'")
                assert value_of(data[begin:end], data[end : end + 1]) == value
                if name != "xmlns" and not name.startswith("xmlns:"):
                    names.append((local(name), value))
            out.append(("s", local(event["s"]), names))
        elif "e" in event:
            out.append(("e",))
        elif "t" in event:
            put_text(text_of(data[slice(*event["t"])]))
        elif "d" in event:
            put_text(data[slice(*event["d"])].decode().replace("\r\n", "\n"))
        elif "c" in event:
            out.append(("c", data[slice(*event["c"])].decode().replace("\r\n", "\n")))
    return out


def theirs(events):
    """lxml's, with texts joined over instructions as ours are."""
    out = []
    for event in events:
        if event[0] == "p":
            continue
        if event[0] == "t" and out and out[-1][0] == "t":
            out[-1] = ("t", out[-1][1] + event[1])
        elif event[0] == "s":
            out.append(("s", local(event[1]), [(local(k), v) for k, v in event[2]]))
        else:
            out.append(event)
    return out


@pytest.mark.skipif(not DUMP.exists(), reason="ccda_dump is not built")
def test_the_reader_agrees_with_lxml(tmp_path):
    paths = list(documents(tmp_path))
    refused = []
    for path, events in zip(paths, dump(paths), strict=True):
        data = path.read_bytes().lstrip(b" \t\r\n")
        want = reference(data)
        if events and "f" in events[-1]:
            assert want is None, path.name
            refused.append(path.stem)
            continue
        assert want is not None, path.name
        assert ours(events, data) == theirs(want), path.name
    assert set(refused) >= {"duplicate", "open", "two", "entity"}
    assert len(refused) <= 5
