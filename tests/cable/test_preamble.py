"""The preamble's values, and the older parser's cases for declassification and addressees."""

import json
from pathlib import Path

import pytest

from reftel.cable.header import read_header
from reftel.cable.model import Addressee
from reftel.cable.preamble import read_preamble
from reftel.cable.sheet import Sheet

TEXT = """C O N F I D E N T I A L SECTION 01 OF 02 ORRIN 004307

NOFORN
SIPDIS

E.O. 12958: DECL: 08/31/2017
TAGS: PREL OVIP TARN HILDA RS
SUBJECT: (C) A TEST

REF: ORRIN 4008 (EXDIS)

Classified By: Political Minister-Counselor Oscar B. Tarn.  Reason:  1
.4 (b, d)

1. (C) Text.
"""


def test_values() -> None:
    """Each field has its value."""
    preamble = read_preamble(Sheet(TEXT), 0)
    assert (preamble.classification, preamble.post, preamble.serial) == ("CONFIDENTIAL", "ORRIN", "004307")
    assert preamble.sections is not None
    assert (preamble.sections.number, preamble.sections.of) == (1, 2)
    assert preamble.captions == ["NOFORN", "SIPDIS"]
    assert (preamble.declassify_on, preamble.declassify_text) == ("2017-08-31", None)
    assert preamble.tags == ["PREL", "OVIP", "TARN, HILDA", "RS"]
    assert preamble.tag_kinds["TARN, HILDA"] == "person"
    assert preamble.subject == "A TEST"
    assert preamble.refs is not None
    assert (preamble.refs.text, preamble.refs.origin(6)) == ("ORRIN 4008 (EXDIS)", TEXT.index("4008"))
    assert preamble.classified_by is not None
    assert (preamble.classified_by.name, preamble.classified_by.reasons) == ("Oscar B. Tarn", ["1.4(b)", "1.4(d)"])
    assert TEXT[preamble.end :].startswith("1. (C) Text.")


@pytest.mark.parametrize(
    "paragraph",
    [
        "1. (U) Classified by DCM Oscar Tarn for reasons 1.5 (b) and (d).",
        "1.  CONFIDENTIAL - ENTIRE TEXT.  CLASSIFIED BY DCM\nOSCAR TARN, REASON 1.5 B AND D.",
    ],
)
def test_held_in_the_first_paragraph(paragraph: str) -> None:
    """Where the first paragraph says who classified the cable, the field is read and the paragraph stays."""
    text = f"SUBJECT: A TEST\n\n{paragraph}\n\n2. (C) Text.\n"
    preamble = read_preamble(Sheet(text), 0)
    assert preamble.classified_by is not None
    assert preamble.classified_by.name in ("Oscar Tarn", "OSCAR TARN")
    assert preamble.classified_by.reasons == ["1.5(b)", "1.5(d)"]
    assert text[preamble.end :].startswith("1.")


def test_empty_fields() -> None:
    """A label without a value gives nothing, and no span."""
    preamble = read_preamble(Sheet("TAGS:\nSUBJECT:\nREF:\n\n1. (C) Text."), 0)
    assert (preamble.tags, preamble.subject, preamble.refs, preamble.spans) == ([], None, None, {})


def test_nondisclosure_cases(reference: Path) -> None:
    """All of the older parser's cases for the declassification date."""
    for case in json.loads((reference / "peer_cases/nondisclosure.json").read_text("utf-8")):
        assert read_preamble(Sheet(case["input"]["text"]), 0).declassify_on == case["expected"], case["id"]


@pytest.mark.parametrize("name", ["recipients", "info_recipients"])
def test_recipient_cases(reference: Path, name: str) -> None:
    """All of the older parser's cases for the addressees."""
    for case in json.loads((reference / f"peer_cases/{name}.json").read_text("utf-8")):
        header = read_header(Sheet(case["input"]["header"]), 0)
        found = header.action if name == "recipients" else header.info
        expected = [
            Addressee(one["route"], one["name"], one["precedence"], one["mcn"], one["excluded"])
            for one in case["expected"]
        ]
        assert found == expected, case["id"]


def test_text_behind_the_reasons() -> None:
    """What follows the reasons is the body's, from the next line on where nothing else stands on theirs."""
    text = "Classified By: DCM Oscar Tarn, reason 1.4 (b)\nthat the ministry would wait.\n"
    sheet = Sheet(text)
    assert text[read_preamble(sheet, 0).end :] == "that the ministry would wait.\n"
    assert sheet.labels == ["classified by", "", ""]


def test_no_field_is_endless() -> None:
    """A field of more than some thousand letters ends there, and the rest is the body's."""
    text = "SUBJECT: " + "A TEST " * 2000 + "\n"
    preamble = read_preamble(Sheet(text), 0)
    assert preamble.subject is not None
    assert len(preamble.subject) < 4001
    assert preamble.end == preamble.spans["subject"][1]


def test_furniture_in_a_line() -> None:
    """Furniture inside a line hides no caption."""
    sheet = Sheet("S E C R E T ORRIN 000001\nSIPDIS <br>\n\nSUBJECT: A TEST <br>\n")
    sheet.cuts = [(32, 36), (54, 58)]
    preamble = read_preamble(sheet, 0)
    assert (preamble.captions, preamble.subject) == (["SIPDIS"], "A TEST")
