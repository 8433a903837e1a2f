"""The transmission header."""

import pytest

from reftel.cable.header import Header, read_header
from reftel.cable.sheet import Sheet

FULL = """VZCZCXRO5660
OO RUEHAB RUEHCD
RUEHEF
DE RUEHOR #4307/01 2431351
ZNY CCCCC ZZH
O P 311351Z AUG 07 ZDK
FM AMEMBASSY ORRIN
TO RUEHC/SECSTATE WASHDC IMMEDIATE 3484
INFO RUCNCIS/TARN COLLECTIVE PRIORITY
RUEHXD/ORRIN POLITICAL COLLECTIVE PRIORITY

C O N F I D E N T I A L ORRIN 004307
"""


def names(header: Header) -> tuple[list[str], list[str]]:
    """The names of the action and the info addressees."""
    return [one.name for one in header.action], [one.name for one in header.info]


def test_full_header() -> None:
    """Every part of a header is read, with its place."""
    sheet = Sheet(FULL)
    header = read_header(sheet, 0)
    assert (header.transmission_id, header.precedence) == ("VZCZCXRO5660", "IMMEDIATE PRIORITY")
    assert (header.dtg, header.created) == ("311351Z AUG 07", "2007-08-31T13:51:00Z")
    assert (header.station, header.serial, header.from_) == ("RUEHOR", "4307", "AMEMBASSY ORRIN")
    assert names(header) == (["SECSTATE WASHDC"], ["TARN COLLECTIVE", "ORRIN POLITICAL COLLECTIVE"])
    printed = {key: FULL[start:end] for key, (start, end) in header.spans.items()}
    assert printed == {
        "transmission_id": "VZCZCXRO5660",
        "dtg": "311351Z AUG 07",
        "from": "AMEMBASSY ORRIN",
        "action": "RUEHC/SECSTATE WASHDC IMMEDIATE 3484",
        "info": "RUCNCIS/TARN COLLECTIVE PRIORITY\nRUEHXD/ORRIN POLITICAL COLLECTIVE PRIORITY",
    }
    assert sheet.labels == ["header"] * 10 + ["", "", ""]
    assert FULL[header.body :].startswith("\nC O N F")


@pytest.mark.parametrize(
    ("text", "action", "info"),
    [
        ("FM SECSTATE WASHDC\nINFO AMEMBASSY ORRIN", [], ["AMEMBASSY ORRIN"]),
        ("INFO AMEMBASSY ORRIN", [], ["AMEMBASSY ORRIN"]),
        (
            "TO AMEMBASSY ORRIN\nAMCONSUL TARN\n\nAMEMBASSY VELL\n",
            ["AMEMBASSY ORRIN", "AMCONSUL TARN", "AMEMBASSY VELL"],
            [],
        ),
        (
            "FM X\nTO PAGE 02        STATE   023763  071504Z\nAMEMBASSY ORRIN\nINFO B COLLECTIVE",
            ["AMEMBASSY ORRIN"],
            ["B COLLECTIVE"],
        ),
        (
            "FM X\nTO AMEMBASSY ORRIN\nINFO PAGE 02        STATE   023763  071504Z\nAMEMBASSY TARN",
            ["AMEMBASSY ORRIN"],
            ["AMEMBASSY TARN"],
        ),
        ("FM X\nTO AMEMBASSY ORRIN\n\nNSC FOR BOUND\nSTATE FOR EUR\n", ["AMEMBASSY ORRIN"], []),
        ("FM X\nTO AMEMBASSY ORRIN\nSIPDIS\nDEPT OF X", ["AMEMBASSY ORRIN"], []),
        ("FM X\nTO AMEMBASSY ORRIN\nE.O. 12958: N/A\n", ["AMEMBASSY ORRIN"], []),
    ],
)
def test_addressees(text: str, action: list[str], info: list[str]) -> None:
    """Names without a route follow TO and INFO; page lines are skipped, and what is no name ends the list."""
    assert names(read_header(Sheet(text), 0)) == (action, info)


def test_reflowed_header() -> None:
    """A header on one line is read as one over several, and ends where the classification line begins."""
    text = " ".join(FULL.split()) + " SUBJECT: A TEST 1. (C) Text."
    header = read_header(Sheet(text), 0)
    assert header.created == "2007-08-31T13:51:00Z"
    assert header.from_ == "AMEMBASSY ORRIN"
    assert names(header) == (["SECSTATE WASHDC"], ["TARN COLLECTIVE", "ORRIN POLITICAL COLLECTIVE"])
    assert text[header.body :].startswith("C O N F I D E N T I A L ORRIN 004307 SUBJECT")


def test_distribution_and_preface() -> None:
    """The Department's own distribution is no addressee; lines above the header are a preface."""
    text = (
        "This record is a partial extract of the original cable. The rest is not here.\n\nnull\n"
        "ACTION AF-00\nINFO  LOG-00   NP-00    AID-00\n      CTME-00  DINT-00    /012W\n"
        "O 291359Z NOV 00\nFM AMEMBASSY ORRIN\nTO SECSTATE WASHDC IMMEDIATE 7738\n"
    )
    sheet = Sheet(text)
    header = read_header(sheet, 0)
    assert header.partial
    assert names(header) == (["SECSTATE WASHDC"], [])
    assert sheet.labels == ["partial", "", "preface", *["header"] * 6, ""]


def test_header_twice() -> None:
    """Of a header that is printed twice, the second counts."""
    header = read_header(Sheet(FULL.partition("\n\n")[0] + "\n\n<<21>>\n8/31/2007 13:51\nEmbassy Orrin\n\n" + FULL), 0)
    assert names(header) == (["SECSTATE WASHDC"], ["TARN COLLECTIVE", "ORRIN POLITICAL COLLECTIVE"])


def test_addressees_below_the_classification_line() -> None:
    """Addressees that stray into the body are read, and the body still begins above them."""
    text = "S E C R E T ORRIN 001178\n\nSIPDIS\n\nINFO AMEMBASSY TARN PRIORITY\nAMEMBASSY VELL\n\nE.O. 12958: N/A\n"
    header = read_header(Sheet(text), 0)
    assert names(header) == ([], ["AMEMBASSY TARN", "AMEMBASSY VELL"])
    assert header.body == 0


def test_impossible_group() -> None:
    """A date-time group that is no date is kept as printed and reported."""
    sheet = Sheet("O 321351Z AUG 07\nFM AMEMBASSY ORRIN\n")
    header = read_header(sheet, 0)
    assert (header.dtg, header.created) == ("321351Z AUG 07", None)
    assert [problem.message for problem in sheet.problems] == ["no such date-time group: 321351Z AUG 07"]


def test_no_header() -> None:
    """A text without a header gives an empty one that claims nothing."""
    sheet = Sheet("1. (C) To be or not to be.\nTO SUM UP, nothing.\n")
    assert read_header(sheet, 0) == Header(end=0, body=0)
    assert not any(sheet.labels)
