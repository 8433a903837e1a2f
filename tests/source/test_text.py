"""Cables in plain texts: where they begin and end, and what a blog put around them. All cables here are invented."""

import pytest

from reftel.source.model import METADATA_LABELS
from reftel.source.text import pieces

VALUES = "07PORTSORREL12 2007-03-01 10:20 2011-08-30 01:44 CONFIDENTIAL Embassy Port Sorrel"
BODY = """
DE RUEHPS #0012/01 0601020
O 011020Z MAR 07
FM AMEMBASSY PORT SORREL

C O N F I D E N T I A L SECTION 01 OF 02 PORT SORREL 000012

SUBJECT: THE FERRY

1. (C) The ferry sailed.

MERROW
"""
CABLE = f"{METADATA_LABELS}\n{VALUES}\n{BODY}"
BEFORE = """07PORTSORREL12, THE FERRY

WikiLeaks Link

To understand the justification used for the classification of each cable, please use this article as reference.
Discussing cables
If you find meaningful or important information in a cable, please link directly to its unique reference number.
"""
AFTER = """
Wikileaks

Advertisements
Post a comment or leave a trackback: Trackback URL.

Leave a Reply

%d bloggers like this:"""
OTHER = (
    CABLE.replace("07PORTSORREL12", "07HALVERN9").replace("RUEHPS #0012", "RUEHHV #0009").replace("000012", "000009")
)


def message(station: str, serial: int, section: str = "") -> str:
    """A message without metadata lines, as it went over the wire."""
    part = f"/{section}" if section else ""
    return f"""VZCZCXRO{serial:04}
OO RUEHC RUEHTO
RUEHXD
DE {station} #{serial:04}{part} 0601020
ZNY CCCCC ZZH
O 011020Z MAR 07
FM AMEMBASSY PORT SORREL
TO RUEHC/SECSTATE WASHDC 0001

C O N F I D E N T I A L PORT SORREL {serial:06}

1. (C) Words.
"""


def texts(text: str) -> list[str]:
    return [piece.text for piece in pieces(text)]


def test_a_plain_cable_is_left_as_it_is() -> None:
    """A file that is one cable is its text, byte for byte."""
    assert texts(CABLE) == [CABLE]


def test_a_blog_copy_loses_its_furniture() -> None:
    """Headline and help texts before, links and comment form after; weak lines go only beside sure ones."""
    (piece,) = pieces(BEFORE + CABLE + AFTER)
    assert piece.text == CABLE
    assert piece.line == 8
    assert piece.lost == 0


def test_a_weak_line_is_no_furniture_by_itself() -> None:
    """A cable may end with a word such as "Print": only a blog's page has it cut."""
    assert texts(CABLE + "\nRelated\n") == [CABLE + "\nRelated\n"]
    assert texts(BEFORE + CABLE + "\nRelated\n") == [CABLE]


@pytest.mark.parametrize(
    "line",
    [
        "leave a comment on the port's page.",
        "LEAVE A REPLY WITHIN THE DAY.",
        "Viewing cable television is forbidden.",
        "Share this with the minister.",
        "Leave a reply at the desk, she said.",
        "Related to this, the ferry is late.",
    ],
)
def test_a_wrapped_line_is_no_furniture(line: str) -> None:
    """A line of prose that begins like a blog's phrase stays, and all after it."""
    cable = CABLE.replace("MERROW", f"{line}\n\nMERROW")
    assert texts(cable) == [cable]


def test_paragraphs_after_furniture_are_reported() -> None:
    """Furniture in the middle of a cable: what is cut with it is not lost in silence."""
    (piece,) = pieces(CABLE + "Share this:\nPrint\n\n2. (C) It came back.\n")
    assert piece.text == CABLE
    assert (CABLE + "Share this:\nPrint\n\n2. (C) It came back.\n").split("\n")[piece.lost - 1].startswith("2. (C)")


def test_a_cable_without_metadata_begins_behind_the_furniture() -> None:
    """A copy of a page that lost its table still begins with its header."""
    (piece,) = pieces(BEFORE + BODY + AFTER)
    assert piece.text == BODY.lstrip("\n")
    assert piece.line == 9


@pytest.mark.parametrize(
    "labels",
    [
        "Reference ID\tCreated\tReleased\tClassification\tOrigin",
        "  Reference ID   Created  Released  Classification  Origin  ",
        "Reference ID\nCreated\nReleased\nClassification\nOrigin",
        "REFERENCE ID | CREATED | RELEASED | CLASSIFICATION | ORIGIN",
        "\ufeffReference ID Created Released Classification Origin",
    ],
)
def test_metadata_labels_come_in_one_form(labels: str) -> None:
    """Labels that a copied table left with tabs, bars or line ends become the one line the parser knows."""
    assert texts(f"{labels}\n{VALUES}\n{BODY}") == [CABLE]


def test_metadata_values_one_below_the_other() -> None:
    """Values of a pasted table stand on five lines: they become one; the lines after them keep their numbers."""
    stacked = "07PORTSORREL12\n2007-03-01 10:20\n2011-08-30 01:44\nCONFIDENTIAL\nEmbassy Port Sorrel"
    (piece,) = pieces(f"Reference ID\nCreated\nReleased\nClassification\nOrigin\n{stacked}\n{BODY}")
    assert piece.text == CABLE
    assert piece.line == 9


def test_what_a_copied_page_of_the_2010_site_leaves() -> None:
    """Paragraph signs and the row of articles are the page's, not the cable's."""
    copied = f"{METADATA_LABELS}\n{VALUES}\nAppears in these articles:\nhttp://example.org/ferry\n"
    assert texts(copied + BODY.replace("1. (C)", "¶1. (C)")) == [CABLE]


def test_several_cables_with_metadata() -> None:
    """A new cable begins at each pair of metadata lines; a blog's second entry does not end up in the first cable."""
    found = list(pieces(BEFORE + CABLE + AFTER + "\n" + BEFORE + OTHER + AFTER))
    assert [piece.text for piece in found] == [CABLE, OTHER]
    assert found[0].start == 0
    whole = BEFORE + CABLE + AFTER + "\n" + BEFORE + OTHER + AFTER
    assert whole[found[1].start :].startswith(METADATA_LABELS)
    assert whole.split("\n")[found[1].line - 1] == METADATA_LABELS


def test_a_message_before_the_first_metadata() -> None:
    """A cable without metadata in front of one with them is a cable, not furniture."""
    assert texts(message("RUEHPS", 12) + "NNNN\n\n" + OTHER) == [message("RUEHPS", 12) + "NNNN\n\n", OTHER]


@pytest.mark.parametrize("end", ["NNNN\n", "NNNN\n\n\n", "\nNNNN \n\n", "\n"])
def test_several_messages(end: str) -> None:
    """Messages without metadata: each begins at its header, with or without the end of the one before."""
    first, second = message("RUEHPS", 12), message("RUEHPS", 13)
    assert texts(first + end + second) == [first + end, second]


@pytest.mark.parametrize("end", ["NNNN\n", "NNNN\n\n", "\n"])
def test_a_second_section_is_no_cable(end: str) -> None:
    """A second section repeats its cable's station and serial in its header (90CAPETOWN97)."""
    whole = message("RUEHPS", 12, "01") + end + message("RUEHPS", 12, "02")
    assert texts(whole) == [whole]


def test_an_empty_line_may_hold_a_blank() -> None:
    """As telex lines do."""
    first, second = message("RUEHPS", 12), message("RUEHPS", 13)
    assert texts(first + " \n" + second) == [first + " \n", second]


def test_a_quoted_header_is_no_cable() -> None:
    """A header in the middle of a text, without the message's end before it or a body of its own, begins nothing."""
    quoted = CABLE.replace("MERROW", "The text we got:\nDE RUEHHV #0077 0601020\nand no more.\n\nMERROW")
    assert texts(quoted) == [quoted]
    labelled = CABLE.replace("MERROW", "Quote:\n\n" + message("RUEHHV", 77) + "Unquote.\n\nMERROW")
    assert texts(labelled) == [labelled]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C O N F I D E N T I A L PORT SORREL 000012\n\nWords.", 1),
        ("S e c r e t port sorrel 000012\nwords", 1),
        ("E.O. 12958: DECL: 03/01/2017\nSUBJECT: THE FERRY\nThe ferry sailed.", 1),
        ("TAGS PREL\nREF: HALVERN 9\nWords.", 1),
        ("DE RUEHPS #0012 0601020\nwords", 1),
        ("A letter.\n\nDear Ann,\nit is a secret.", 0),
        ("Subject: your invoice\n\nDear Sir,", 0),
        ("# About this archive\n\nAll cables are invented.", 0),
        ("", 0),
    ],
)
def test_what_is_a_cable(text: str, number: int) -> None:
    """One sure sign or two lesser ones make a cable; a letter with a subject is none."""
    assert len(texts(text)) == number
