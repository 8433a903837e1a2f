"""TAGS."""

import json
from pathlib import Path

import pytest

from reftel.cable.furniture import mark_furniture
from reftel.cable.preamble import read_preamble
from reftel.cable.sheet import Sheet
from reftel.cable.tags import KINDS, kind_of, looks_like_tags, read_tags, split_tags


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("PREL PGOV RS", "PREL PGOV RS"),
        ("PREL, PGOV,RS;", "PREL PGOV RS"),
        ("prel, pgov, tu", "PREL PGOV TU"),
        ("PREL PREL PGOV", "PREL PGOV"),
        ("PTER MOPPS", "PTER MOPS"),
        ("PHUMBA", "PHUM BA"),
        ("KCRMKJUSASECEG", "KCRM KJUS ASEC EG"),
        ("IT, ITPHUM", "IT PHUM"),
        ("ETRD SIPDIS", "ETRD"),
        ("PREL, UNGA/C-6", "PREL UNGA/C-6"),
        ("PREL/PGOV", "PREL PGOV"),
        ("PREL NATO, IT     SECRET  PAGE 02   ORRIN 03067  211833Z", "PREL NATO IT"),
        ("", ""),
    ],
)
def test_codes(line: str, tags: str) -> None:
    """Codes are separated by blanks or commas, glued ones are parted, each is kept once."""
    assert read_tags(line) == tags.split()


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("OVIP TARN HILDA PREL", ["OVIP", "TARN, HILDA", "PREL"]),
        ("OVIP (TARN, HILDA B.) PREL", ["OVIP", "TARN, HILDA B.", "PREL"]),
        ("OVIP, TARN, HILDA, PREL", ["OVIP", "TARN, HILDA", "PREL"]),
        ("OVIP TARN HILDA VELL OSCAR PREL", ["OVIP", "TARN, HILDA", "VELL, OSCAR", "PREL"]),
        ("OVIP TARN HILDA B PREL", ["OVIP", "TARN, HILDA B.", "PREL"]),
        ("OVIP PREL PGOV", ["OVIP", "PREL", "PGOV"]),
        ("IS GAZA DISENGAGEMENT POLITICAL PARTIES", ["IS", "GAZA DISENGAGEMENT", "POLITICAL PARTIES"]),
        ("IS ORRINESE FISHERIES", ["IS", "ORRINESE FISHERIES"]),
        ("MASS COUNTER TERRORISM", ["MASS", "COUNTERTERRORISM"]),
    ],
)
def test_persons_and_phrases(line: str, tags: list[str]) -> None:
    """Names behind OVIP are visitors, words longer than a code are one phrase."""
    assert read_tags(line) == tags


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("PREL", "subject"),
        ("RS", "geographic"),
        ("NATO", "organization"),
        ("KNNP", "program"),
        ("KQQQ", "program"),
        ("TARN, HILDA", "person"),
        ("ZZZZ", "unknown"),
    ],
)
def test_kinds(tag: str, kind: str) -> None:
    """Every K code is a program, a name with a comma a person, what nobody knows unknown."""
    assert kind_of(tag) == kind


@pytest.mark.parametrize(
    ("line", "expected"),
    [("NATO, UK, CN", True), ("UK", True), ("MINBU", False), ("STATE FOR EUR", False), ("SUBJECT: PREL", False)],
)
def test_looks_like_tags(line: str, expected: bool) -> None:
    """A line goes on with TAGS when most of its words are codes."""
    assert looks_like_tags(line) is expected


def test_as_printed() -> None:
    """Before they are made canonical, glued codes stand as printed."""
    assert split_tags("PHUMBA PREL") == ["PHUMBA", "PREL"]


def test_vocabulary() -> None:
    """Tags are in capitals, of a known kind, and the State Department's own country codes are meant."""
    assert set(KINDS.values()) <= {"subject", "geographic", "organization", "program", "person"}
    assert all(tag == tag.upper() for tag in KINDS)
    assert {tag: KINDS[tag] for tag in ("IZ", "GM", "CH", "SP")} == dict.fromkeys(
        ("IZ", "GM", "CH", "SP"), "geographic"
    )


def test_peer_cases(reference: Path) -> None:
    """At least 98% of the older parser's cases (tags-082 wants the tags as printed)."""
    cases = json.loads((reference / "peer_cases/tags.json").read_text("utf-8"))
    failed = [
        case["id"] for case in cases if _tags(case["input"]["text"], case["input"]["canonicalize"]) != case["expected"]
    ]
    assert len(failed) <= 0.02 * len(cases), failed


def _tags(text: str, canonical: bool) -> list[str]:
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    preamble = read_preamble(sheet, 0)
    return preamble.tags if canonical else split_tags(text[slice(*preamble.spans["tags"])])
