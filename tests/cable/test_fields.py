"""Which lines of the preamble belong to which field."""

import pytest

from reftel.cable.fields import walk
from reftel.cable.furniture import mark_furniture
from reftel.cable.preamble import read_preamble
from reftel.cable.sheet import Sheet


def recognised(text: str) -> list[str]:
    """What each line of a preamble is claimed as, "|" where the body begins."""
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    preamble = read_preamble(sheet, 0)
    labels = list(sheet.labels)
    if preamble.end < len(text):
        labels.insert(sheet.line_at(preamble.end), "|")
    return [label for label, line in zip(labels, [*sheet.lines, ""], strict=False) if label or line.strip()]


def test_usual_order() -> None:
    """Each line of a usual preamble has its field, and the body begins at the first paragraph."""
    text = (
        "S E C R E T ORRIN 000001\n\nSIPDIS\n\nSTATE FOR EUR/TARN\nBONN, PARIS\n\nE.O. 12958: DECL: 08/31/2017\n"
        "TAGS: PREL, PGOV,\nRS\nSUBJECT: A TEST OF\nLINES\n\nREF: A. ORRIN 1\nB. ORRIN 2\n\n"
        "Classified By: DCM Oscar Tarn for reasons \n1.4 (b) and (d).\n\n1. (S) Text.\n"
    )
    sheet = Sheet(text)
    preamble = read_preamble(sheet, 0)
    assert [label for label in sheet.labels if label] == [
        *("classification", "caption", "attention", "attention", "E.O. line", "TAGS", "TAGS", "subject", "subject"),
        *("REF", "REF", "classified by", "classified by"),
    ]
    assert text[preamble.end :] == "1. (S) Text.\n"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("", ""),
        ("1. (C) Text.", "1. (C) Text."),
        ("Some text.\n\nMore.", "Some text.\n\nMore."),
        ("S E C R E T ORRIN 000001\n\nText at once.", "Text at once."),
        ("SUBJECT: A TEST\n\nSUMMARY\n-------\n1. (C) Text.", "SUMMARY\n-------\n1. (C) Text."),
        (
            "SUBJECT: A TEST\n\nSENSITIVE BUT UNCLASSIFIED.\n\n1. (C) Text.",
            "SENSITIVE BUT UNCLASSIFIED.\n\n1. (C) Text.",
        ),
        ("REF: ORRIN 1\n (SBU) Poloff delivered reftel.", " (SBU) Poloff delivered reftel."),
        (
            "REF: ORRIN 1 (U) THIS CABLE IS SENSITIVE, AND NOT FOR THE INTERNET.",
            "(U) THIS CABLE IS SENSITIVE, AND NOT FOR THE INTERNET.",
        ),
        ("REF: A. ORRIN 1\n\nB. ORRIN 2\n\nText.", "Text."),
        (  # as 86MADRID5480, whose author marked it
            "REF: A) ORRIN 1\n\n1.  TARN MAY 12 ANSWERED THE LETTER OF THE\nHARBOUR.\n",
            "1.  TARN MAY 12 ANSWERED THE LETTER OF THE\nHARBOUR.\n",
        ),
        ("Classified By: Oscar Tarn, DCM; REASON: 1.4(B), (D) 1. (C) Text.", "1. (C) Text."),
        ("E.O. 12958: N/A TAGS: PREL SUBJECT: A TEST REF: ORRIN 1 1. (U) Text.", "1. (U) Text."),
        (
            "1. (U) CLASSIFIED BY DCM OSCAR TARN; REASON 1.5 (D).\n",
            "1. (U) CLASSIFIED BY DCM OSCAR TARN; REASON 1.5 (D).\n",
        ),
    ],
)
def test_where_the_body_begins(text: str, body: str) -> None:
    """The body begins at the first text that is no field, in mid-line too; a paragraph stays one whatever it says."""
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    assert text[read_preamble(sheet, 0).end :].lstrip("\n") == body.lstrip("\n")


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("REF: A. ORRIN 1\nB. TARN 2 (NOTAL)\n", "A. ORRIN 1 B. TARN 2 (NOTAL)"),
        ("REFS: (A) ORRIN 1, (B) TARN 2\n", "(A) ORRIN 1, (B) TARN 2"),
        ("REFTEL: ORRIN 1\n", "ORRIN 1"),
        ("REF(S): ORRIN 1\n", "ORRIN 1"),
        ("Ref: a. Orrin 1\nb. Tarn 2\n", "a. Orrin 1 b. Tarn 2"),
        ("References: ORRIN 1\n", "ORRIN 1"),
        ("REF A. ORRIN 1\nREF B. TARN 2\n", "A. ORRIN 1 REF B. TARN 2"),
        ("REF ORRIN 1234\n", "ORRIN 1234"),
        ("REF: A. ORRIN 1\n\nORRIN 00000001  001.2 OF 003\n\nB. TARN 2\n", "A. ORRIN 1 B. TARN 2"),
        ("REF: A. ORRIN 1\nSIPDIS\nB. TARN 2\n", "A. ORRIN 1 B. TARN 2"),
        ("Classified By: A B, REASON 1.4 (D)\n\nREF: ORRIN 1\n", "ORRIN 1"),
        ("REF: (1) ORRIN 12\n(2) TARN 34\n", "(1) ORRIN 12 (2) TARN 34"),
        ("REF: (1) ORRIN 12\n\n(2) TARN 34 AND PREVIOUS (NOTAL)\n", "(1) ORRIN 12 (2) TARN 34 AND PREVIOUS (NOTAL)"),
        ("REF: ORRIN 1\n---\nA. TARN 2", "ORRIN 1"),
        ("REFUGEES: MANY\n", None),
    ],
)
def test_refs(text: str, refs: str | None) -> None:
    """The REF field is its items, over blank lines, page markers and captions, without its label."""
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    found = read_preamble(sheet, 0).refs
    assert (found.text if found else None) == refs


def test_no_tags_line() -> None:
    """The note of a corrected copy is no TAGS line."""
    preamble = read_preamble(Sheet("C O R R E C T E D  C O P Y (ADDED TAG)\n\nTAGS: PREL\n"), 0)
    assert preamble.corrected
    assert preamble.tags == ["PREL"]


def test_printed_twice() -> None:
    """Fields above a classification line are a first print; of fields printed twice below it the first counts."""
    above = "TAGS: PREL\nSUBJECT: CUT\nS E C R E T ORRIN 000001\n"
    text = above + "SUBJECT: WHOLE\n\nREF: ORRIN 1\n\nSUBJECT: AGAIN\n\n1. (C) Text."
    sheet = Sheet(text)
    preamble = read_preamble(sheet, 0)
    assert (preamble.subject, preamble.tags) == ("WHOLE", [])
    assert [label for label in sheet.labels if label] == [
        "TAGS",
        "subject",
        "classification",
        "subject",
        "REF",
        "subject",
    ]


def test_unknown_line_stays() -> None:
    """A line between two fields that nobody knows stays in the body; the field below it is read all the same."""
    text = "SUBJECT: A TEST\n\nSomething else altogether.\n\nREF: ORRIN 1\n\n1. (C) Text."
    sheet = Sheet(text)
    preamble = read_preamble(sheet, 0)
    assert preamble.refs is not None
    assert text[preamble.end :].startswith("Something else")


def test_spans() -> None:
    """Each field's span covers what it was read from."""
    above = "S E C R E T ORRIN 000001\nSIPDIS\nNOFORN\nE.O. 12958: DECL: 08/31/2017\n"
    text = above + "TAGS: PREL\nSUBJECT: A TEST\n\nREF: ORRIN 1\n"
    spans = read_preamble(Sheet(text), 0).spans
    assert {key: text[slice(*span)].strip() for key, span in spans.items()} == {
        "classification": "S E C R E T ORRIN 000001",
        "captions": "SIPDIS\nNOFORN",
        "declassify_on": ": DECL: 08/31/2017",
        "tags": "PREL",
        "subject": "A TEST",
        "refs": "ORRIN 1",
    }


def test_walk_of_nothing() -> None:
    """An empty text has an empty preamble."""
    assert walk(Sheet(""), 0).parts == {}
