# SPDX-License-Identifier: Apache-2.0
"""HL7 v2 through the command line: hl7 check, character sets, documents."""

import base64
import json

HEAD = "MSH|^~\\&|A|B|C|D|20240101120000||{type}|{n}|P|2.5{charset}\r"
GOOD = (
    HEAD.format(type="ADT^A01", n=1, charset="")
    + "EVN||20240101\rPID|1||123456^^^HOSP^MR||DOE^JOHN||19800101|M\rPV1|1|I\r"
)


def message(body, n=1, charset=""):
    if charset:
        charset = "||||||" + charset
    return HEAD.format(type="ORU^R01", n=n, charset=charset) + body


def test_check_says_nothing_of_a_good_message(phiwire, tmp_path):
    (tmp_path / "good.hl7").write_text(GOOD)
    done = phiwire("hl7", "check", tmp_path / "good.hl7")
    assert done.returncode == 0
    assert done.stdout == b"1 messages, 0 refused, 0 findings\n"


def test_check_says_what_is_wrong_and_where(phiwire, tmp_path):
    (tmp_path / "good.hl7").write_text(GOOD)
    (tmp_path / "bad.hl7").write_text(GOOD.replace("DOE^JOHN", "") + "MSH|^~\r")
    done = phiwire("hl7", "check", tmp_path / "good.hl7", tmp_path / "bad.hl7")
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert len(lines) == 3 and lines[0].startswith("input 2 ")
    assert "message 1, PID (segment 3), field 5: required field" in lines[0]
    assert ": message 2: refused: message that ends within MSH" in lines[1]
    assert lines[2] == "3 messages, 1 refused, 2 findings"
    assert b"123456" not in done.stdout


def test_check_as_json(phiwire, tmp_path):
    (tmp_path / "bad.hl7").write_text(GOOD.replace("DOE^JOHN", ""))
    done = phiwire("hl7", "check", "--json", tmp_path / "bad.hl7")
    assert done.returncode == 1
    (found,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (found["input"], found["message"], found["name"], found["field"]) == (
        1,
        1,
        "PID",
        5,
    )


def test_check_of_what_is_no_file(phiwire, tmp_path):
    assert phiwire("hl7", "check", tmp_path / "none.hl7").returncode == 2


def test_messages_of_different_character_sets(phiwire, tmp_path):
    parts = []
    for n, charset, codec in [
        (1, "8859/1", "latin-1"),
        (2, "8859/2", "iso-8859-2"),
        (3, "UNICODE UTF-8", "utf-8"),
        (4, "~ISO IR87", "iso2022_jp"),
    ]:
        name = {1: "Jos\u00e9", 2: "\u0141ukasz", 3: "Zo\u00eb", 4: "\u5c71\u7530"}[n]
        note = f"tr\u00e8s bien, {name}" if n == 1 else f"for {name} seen"
        body = f"PID|1||{n}||DOE^{name}\rNTE|1||{note}\r"
        parts.append(message(body, n, charset).encode(codec))
    (tmp_path / "in.hl7").write_bytes(b"".join(parts))
    done = phiwire("deid", tmp_path / "in.hl7", "-o", tmp_path / "out.hl7")
    assert done.returncode == 0, done.stderr
    out = (tmp_path / "out.hl7").read_bytes()
    assert out.count(b"MSH|") == 4
    assert "tr\u00e8s bien".encode("latin-1") in out
    for gone in ("Jos\u00e9".encode("latin-1"), "\u0141ukasz".encode("iso-8859-2")):
        assert gone not in out
    assert "Zo\u00eb".encode() not in out and b";3ED" not in out


def test_bytes_that_contradict_their_set_are_refused(phiwire, tmp_path):
    body = "PID|1||1||DOE^Jos\u00e9\r"
    bad = message(body, 1, "ASCII").encode("latin-1")
    (tmp_path / "in.hl7").write_bytes(
        bad + message(body, 2, "8859/1").encode("latin-1")
    )
    done = phiwire("deid", tmp_path / "in.hl7", "-o", tmp_path / "out.hl7")
    assert done.returncode == 1
    assert b"record 1" in done.stderr and b"record 2" not in done.stderr
    assert (tmp_path / "out.hl7").read_bytes().count(b"MSH|") == 1


def test_documents_inside_are_opened(phiwire, tmp_path):
    note = base64.b64encode(b"Patient John Doe, MRN 4711223, was seen.").decode()
    pdf = base64.b64encode(b"%PDF-1.4 John Doe").decode()
    body = (
        f"OBR|1|||1^X^L\rOBX|1|ED|1^N^L||^TEXT^PLAIN^Base64^{note}||||||F\r"
        f"OBX|2|ED|2^P^L||^AP^PDF^Base64^{pdf}||||||F\r"
    )
    (tmp_path / "in.hl7").write_text(message(body))
    done = phiwire("deid", tmp_path / "in.hl7", "-o", tmp_path / "out.hl7")
    out = (tmp_path / "out.hl7").read_text()
    cleaned = out.split("PLAIN^Base64^")[1].split("|")[0]
    text = base64.b64decode(cleaned).decode()
    assert "Doe" not in text and "4711223" not in text and "was seen" in text
    assert "PDF^Base64^||" in out and pdf not in out
    assert b"OBX-5.5" in done.stderr


def test_a_name_broken_over_lines_of_a_report(phiwire, tmp_path):
    body = (
        "PID|1||1||ROE^JANE\rOBR|1|||1^X^L\r"
        "OBX|1|TX|1^N^L||Seen today by Dr. Marcus||||||F|||20240102\r"
        "OBX|2|TX|1^N^L||Welby, who agrees.||||||F|||20240102\r"
    )
    (tmp_path / "in.hl7").write_text(message(body))
    done = phiwire("deid", tmp_path / "in.hl7", "-o", tmp_path / "out.hl7")
    assert done.returncode == 0
    out = (tmp_path / "out.hl7").read_bytes().decode()
    assert "Marcus" not in out and "Welby" not in out and "who agrees." in out
    assert out.count("\rOBX|") == 2 and out.count("20240102") == 0


def test_site_rules_come_first(phiwire, tmp_path):
    policy = tmp_path / "site.yaml"
    policy.write_text(
        "version: 1\nextends: safe-harbor\nformats:\n  hl7:\n    fields:\n"
        "      ZPI-2: {as: keep}\n      ZPI-3: {as: drop}\n      ZPI-4: {as: NAME}\n"
    )
    (tmp_path / "in.hl7").write_text(message("ZPI|1|as it was|dropped|Roe\r"))
    done = phiwire(
        "deid", "--policy", policy, tmp_path / "in.hl7", "-o", tmp_path / "out.hl7"
    )
    assert done.returncode == 0, done.stderr
    assert "ZPI|1|as it was||[NAME]\r" in (tmp_path / "out.hl7").read_bytes().decode()


def test_offsets_where_a_text_lies_over_other_fields(phiwire):
    # OBX-5 of both lines is one text, read before the name between them.
    lines = "".join(
        f"OBX|{n}|TX|NOTE^Note||Seen by Dr. Quixotly{n}|||||||||||"
        "77^\u00c5ngstr\u00f6m^Zo\u00eb\r"
        for n in (1, 2, 3)
    )
    text = message("PID|1||||Andrews^Bo\r" + lines, charset="UNICODE UTF-8")
    spans = {}
    for unit, encoding, width in (
        ("byte", "utf-8", 1),
        ("codepoint", "utf-32-le", 4),
        ("utf16", "utf-16-le", 2),
    ):
        done = phiwire(
            "analyze", "--format", "hl7", "--offsets", unit, stdin=text.encode()
        )
        assert done.returncode == 0
        raw = text.encode(encoding)
        spans[unit] = [
            raw[width * s["start"] : width * s["end"]].decode(encoding)
            for s in json.loads(done.stdout)["spans"]
        ]
    assert spans["codepoint"] == spans["utf16"] == spans["byte"]
    assert spans["byte"].count("Zo\u00eb") == 3

    done = phiwire("explain", "--format", "hl7", stdin=text.encode())
    assert done.returncode == 0
    assert b"line 1, characters" in done.stdout
