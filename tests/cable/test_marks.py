"""Portion marks: their normal form, what they mean, and what only looks like one."""

import pytest

from reftel.cable.marks import mark_at, mark_meaning, normal_mark


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("C", "C"),
        (" C ", "C"),
        ("c", "C"),
        ("SBU", "SBU"),
        ("S/NF", "S//NF"),
        ("S//NF", "S//NF"),
        ("SNF", "S//NF"),
        ("C NF", "C//NF"),
        ("C/NOFORN", "C//NF"),
        ("U//FOUO", "U//FOUO"),
        ("S//FGI//NF", "S//FGI//NF"),
        ("S/Rel Freedonia", "S//REL TO FREEDONIA"),
        ("S//REL to USA,\nFVEY", "S//REL TO USA, FVEY"),
        ("SECRET//REL FREEDONIA", "S//REL TO FREEDONIA"),
        ("S//REL", "S//REL"),
        ("C - ENTIRE TEXT", "C"),
        ("Unclassified", "U"),
    ],
)
def test_marks_have_one_form(printed: str, normal: str) -> None:
    """Slashes, blanks, case and spelled-out words do not matter: a mark has one normal form."""
    assert normal_mark(printed) == normal


@pytest.mark.parametrize(
    "printed", ["Iran", "R-AZ", "S/OFFICE", "N/SF", "C, d", "b", "S&ED", "REL", "Note: see below", ""]
)
def test_false_friends(printed: str) -> None:
    """A bracket any of whose parts is no word of the vocabulary is text."""
    assert normal_mark(printed) is None


def test_meaning() -> None:
    """A mark can be said in words."""
    assert mark_meaning("S//NF") == "Secret, not for foreign nationals"
    assert mark_meaning("C//REL TO USA, FVEY") == "Confidential, releasable to USA, FVEY"
    assert mark_meaning("S//REL") == "Secret, releasable to those named"


def test_place() -> None:
    """A mark is found where its bracket opens, over a line end too."""
    assert mark_at("4. (S//REL TO USA,\nFVEY) Text", 3) == ((3, 24), "S//REL TO USA, FVEY")
    assert mark_at("4. (Freedonia) Text", 3) is None
    assert mark_at("4. (C", 3) is None
