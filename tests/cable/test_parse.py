"""One whole record; and what holds for every real cable."""

import hashlib
import json
import re
from pathlib import Path

import msgspec
import pytest

from reftel.cable.model import Cable
from reftel.cable.parse import parse, same_time
from reftel.source.model import Source
from reftel.source.page import read_page

MARK = re.compile(r"^\(?[A-Za-z/]{1,7}\) *")
METADATA = """Reference ID Created Released Classification Origin
07MOSCOW4307 2007-08-31 13:51 2011-08-30 01:44 CONFIDENTIAL Embassy Moscow

"""
CABLE = """VZCZCXRO5660
OO RUEHDBU
DE RUEHMO #4307/01 2431351
ZNY CCCCC ZZH
O 311351Z AUG 07
FM AMEMBASSY MOSCOW
TO RUEHC/SECSTATE WASHDC IMMEDIATE 3484
INFO RUCNCIS/CIS COLLECTIVE PRIORITY

C O N F I D E N T I A L SECTION 01 OF 02 MOSCOW 004307

NOFORN

E.O. 12958: DECL: 08/31/2017
TAGS: PREL RS
SUBJECT: A TEST

REF: MOSCOW 4008

Classified By: DCM Oscar Tarn, reason 1.4 (d)

1. (C) SUMMARY: Text of an invented cable. END SUMMARY.

TARN
"""


def parsed(text: str) -> Cable:
    """The record of a text."""
    raw = text.encode()
    return parse(Source("a.txt", "text", raw, hashlib.sha256(raw).hexdigest(), text))


def test_record() -> None:
    """The record of a cable has every field, under the names that are promised."""
    cable = parsed(METADATA + CABLE)
    record = msgspec.to_builtins(cable)
    assert (record["mrn"], record["post"], record["origin"]) == ("07MOSCOW4307", "MOSCOW", "Embassy Moscow")
    assert (record["created"], record["created_source"]) == ("2007-08-31T13:51:00Z", "dtg")
    assert record["released"] == "2011-08-30T01:44:00Z"
    assert (record["classification"], record["captions"]) == ("CONFIDENTIAL", ["NOFORN"])
    assert (record["from"], record["dtg"], record["precedence"]) == ("AMEMBASSY MOSCOW", "311351Z AUG 07", "IMMEDIATE")
    assert record["tag_kinds"] == {"PREL": "subject", "RS": "geographic"}
    assert [ref["mrn"] for ref in record["refs"]] == ["07MOSCOW4008"]
    assert (record["declassify_on"], record["declassify_text"]) == ("2017-08-31", None)
    assert record["sections"] == {"number": 1, "of": 2}
    assert (record["corrected"], record["partial"]) == (False, False)
    assert record["source"] == {
        "path": "a.txt",
        "sha256": hashlib.sha256((METADATA + CABLE).encode()).hexdigest(),
        "format": "text",
    }


def test_order_of_names() -> None:
    """The JSON names stand in the order of the model, so that the same text gives the same bytes."""
    names = [field.encode_name for field in msgspec.structs.fields(Cable)]
    assert list(json.loads(msgspec.json.encode(parsed(CABLE)))) == names


def test_without_metadata_line() -> None:
    """Without a metadata line the cable itself says what it is called, when, and how it was classified."""
    cable = parsed(CABLE)
    assert (cable.mrn, cable.created_source) == ("07MOSCOW4307", "dtg")
    assert (cable.classification, cable.origin, cable.released) == ("CONFIDENTIAL//NOFORN", None, None)
    cable = parsed(CABLE.replace("C O N F I D E N T I A L SECTION 01 OF 02 MOSCOW 004307\n", ""))
    assert (cable.mrn, cable.classification) == ("07MOSCOW4307", None)


def test_without_anything() -> None:
    """A text that is no cable gives an empty record with a problem, and never an exception."""
    cable = parsed("Just words.")
    assert (cable.mrn, cable.created, cable.created_source) == (None, None, None)
    assert "no MRN" in cable.problems[0].message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "2007-08-31 13:51",
            "2007-08-30 13:51",
            "the date-time group 311351Z AUG 07 and the metadata line's 2007-08-30T13:51 differ",
        ),
        (
            "07MOSCOW4307 2007-08-31 13:51 2011-08-30 01:44",
            "08MOSCOW4307",
            "the date-time group 311351Z AUG 07 is not of the year of 08MOSCOW4307",
        ),
        ("01:44 CONFIDENTIAL", "01:44 SECRET", "the text is marked CONFIDENTIAL, the metadata line says SECRET"),
        ("MOSCOW 004307", "KYIV 000001", "the text calls itself KYIV 000001, the metadata line 07MOSCOW4307"),
    ],
)
def test_contradictions(old: str, new: str, message: str) -> None:
    """Where metadata line, header and text contradict each other, the record says so."""
    assert message in [problem.message for problem in parsed((METADATA + CABLE).replace(old, new)).problems]


@pytest.mark.parametrize(
    ("catalogued", "same"),
    [
        ("2007-08-31T13:51:00Z", True),
        ("2007-08-31T13:01:00Z", True),
        ("2007-08-31T13:30:00Z", True),
        ("2007-08-31T00:00:00Z", True),
        ("2007-08-31T14:02:00Z", False),
        ("2007-08-31T12:51:00Z", False),
        ("2007-08-30T13:01:00Z", False),
    ],
)
def test_same_time(catalogued: str, same: bool) -> None:
    """Minutes that repeat the hour on a 12-hour clock are the 2010 site's and say nothing."""
    assert same_time("2007-08-31T13:51:00Z", catalogued) is same


@pytest.mark.slow
def test_real_cables(reference: Path) -> None:
    """`created` is the date-time group's, every TAGS line is read, and a page's subject begins the subject."""
    gold = {
        row["mrn"]: row for row in map(json.loads, (reference / "corpus/gold.jsonl").read_text("utf-8").splitlines())
    }
    without_tags, other_subjects = [], []
    for path in sorted((reference / "corpus/raw").glob("*.txt")):
        text = path.read_text("utf-8")
        cable = parsed(text)
        assert cable.mrn == path.stem
        assert cable.created_source == ("dtg" if cable.dtg else "metadata")
        assert all(0 <= start < end <= len(text) for start, end in cable.spans.values())
        if "\nTAGS" in text and not cable.tags:
            without_tags.append(cable.mrn)
        subject, of_page = _squeezed(cable.subject or ""), _squeezed(gold[cable.mrn]["page_subject"])
        if not (subject.startswith(of_page) or (subject and of_page.startswith(subject))):
            other_subjects.append(cable.mrn)
    assert without_tags == []
    assert len(other_subjects) <= 2, other_subjects


def _squeezed(text: str) -> str:
    """A subject's letters and digits, without its portion mark, whose bracket the 2010 site lost."""
    return "".join(filter(str.isalnum, MARK.sub("", text, count=1).upper()))


def test_pages_of_the_older_parser(reference: Path) -> None:
    """The subjects of the pages in the older parser's cases are found through the page reader."""
    for case in json.loads((reference / "peer_cases/header_from_html.json").read_text("utf-8")):
        (page,) = read_page(case["input"]["html"])
        assert (parsed(page.text).subject or "") == case["expected"]["subject"], case["id"]
