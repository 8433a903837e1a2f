"""Subjects."""

import html
import json
from pathlib import Path

import pytest

from reftel.cable.furniture import mark_furniture
from reftel.cable.header import read_header
from reftel.cable.preamble import read_preamble
from reftel.cable.sheet import Sheet
from reftel.cable.subject import clean_subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("(S) ORRIN:  A TEST", "ORRIN: A TEST"),
        ("(S/REL TARN) A TEST", "A TEST"),
        ("A TEST \\", "A TEST"),
        ("A TEST Sensitive but unclassified", "A TEST"),
        ("(1) FIRST, (2) SECOND", "(1) FIRST, (2) SECOND"),
        ("ORRIN 55th SESSION", "ORRIN 55th SESSION"),
        (" ", None),
    ],
)
def test_clean_subject(text: str, subject: str | None) -> None:
    """A portion mark, signs of the transmission and a notice behind it are no part of a subject."""
    assert clean_subject(text) == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("SUBJECT: ONE LINE\n\nREF: ORRIN 1\n", "ONE LINE"),
        ("SUBJECT: ONE LINE AND\nA SECOND \n\nREF: ORRIN 1\n", "ONE LINE AND A SECOND"),
        ("SUBJ: ORRIN RES 1267 (TARN) AND\n1373 COMMITTEES\n1. (U) Text.", "ORRIN RES 1267 (TARN) AND 1373 COMMITTEES"),
        ("SUBJECT ORRIN: NO COLON\nREF A. ORRIN 1\n", "ORRIN: NO COLON"),
        ("SUBJECT:\n\nBelow Its Label\n1. (U) Text.", "Below Its Label"),
        ("SUBJECT: ONE LINE\n-----\n1. SUMMARY", "ONE LINE"),
        ("SUBJECT: ONE LINE\nThis is an action request. Please see paragraph 2.\n", "ONE LINE"),
        ("SUBJECT: ONE LINE\nSUMMARY\n-------\n", "ONE LINE"),
        ("SUBJECT: ONE LINE REF: A. ORRIN 1 Classified By: A B", "ONE LINE"),
        ("SUBJECT: VISIT TO ORRINREF: TARN 493\n", "VISIT TO ORRIN"),
        (
            "SUBJECT: A TITLE THAT IS CUT BY A PAGE MARKER IN IT,\nORRIN 00000954  001.2 OF 004\nAND GOES ON\n",
            "A TITLE THAT IS CUT BY A PAGE MARKER IN IT, AND GOES ON",
        ),
        (
            "SUBJECT: A LONG TITLE THAT GOES ON BELOW AN EMPTY LINE OF\n\nITS CABLE\n\nREF: ORRIN 1\n",
            "A LONG TITLE THAT GOES ON BELOW AN EMPTY LINE OF ITS CABLE",
        ),
        (
            "SUBJECT: A LONG TITLE ABOVE A HEADING THAT IS NO PART OF IT\n\nFISHERIES\n\n1. (U) Text.",
            "A LONG TITLE ABOVE A HEADING THAT IS NO PART OF IT",
        ),
        ("UBJECT: CUT LABEL\n", "CUT LABEL"),
        ("TAGS: PREL\n\n", None),
    ],
)
def test_in_a_cable(text: str, subject: str | None) -> None:
    """A subject ends at a blank line, a label, a heading or a paragraph, wherever on the line that stands."""
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    assert read_preamble(sheet, 0).subject == subject


def test_peer_cases(reference: Path) -> None:
    """All of the older parser's cases (entities are the source's business: they are decoded first)."""
    for case in json.loads((reference / "peer_cases/subject.json").read_text("utf-8")):
        sheet = Sheet(html.unescape(case["input"]["text"]))
        header = read_header(sheet, 0)
        mark_furniture(sheet, header.end)
        assert (read_preamble(sheet, header.body).subject or "") == case["expected"], case["id"]
