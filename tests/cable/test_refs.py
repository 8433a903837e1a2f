"""References: the REF line's items, what each names, and what is left undecided."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reftel.cable.furniture import mark_furniture
from reftel.cable.model import Ref
from reftel.cable.preamble import read_preamble
from reftel.cable.refs import find_refs
from reftel.cable.sheet import Sheet

OWN = "08BRASILIA43"


def read(field: str, mrn: str | None = OWN) -> tuple[list[Ref], Sheet]:
    """The references of a REF field's text, and the sheet with its problems."""
    sheet = Sheet(field)
    return find_refs(sheet.join(0, len(field)), mrn, sheet), sheet


def mrns(field: str, mrn: str | None = OWN) -> list[tuple[str | None, str | None]]:
    return [(ref.label, ref.mrn) for ref in read(field, mrn)[0]]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("MOSCOW 4008 (EXDIS)", [(None, "08MOSCOW4008")]),
        ("A. MOSCOW 12 B. 07 MOSCOW 345", [("A", "08MOSCOW12"), ("B", "07MOSCOW345")]),
        ("A) LIMA 12 B) LIMA 13", [("A", "08LIMA12"), ("B", "08LIMA13")]),
        ("(A)STATE 071143, (B)STATE 073601", [("A", "08STATE71143"), ("B", "08STATE73601")]),
        ("A.) LIMA 12 \n B.) LIMA 13", [("A", "08LIMA12"), ("B", "08LIMA13")]),
        ("A: Sao Paulo 31; B: La Paz 462", [("A", "08SAOPAULO31"), ("B", "08LAPAZ462")]),
        ("A - Kabul 28", [("A", "08KABUL28")]),
        ("[A] LIMA 12 [B] LIMA 13", [("A", "08LIMA12"), ("B", "08LIMA13")]),
        ("(1) 2005 LIMA 12, (2) 2005 LIMA 13", [("1", "05LIMA12"), ("2", "05LIMA13")]),
        ("A Lima 12, B Quito 406, C 05 Quito 2970", [("A", "08LIMA12"), ("B", "08QUITO406"), ("C", "05QUITO2970")]),
        ("a. 05 state 201650 b. 05 berlin 3726", [("A", "05STATE201650"), ("B", "05BERLIN3726")]),
        ("A. A) LIMA 12 B. B) 07 LIMA 13", [("A", "08LIMA12"), ("B", "07LIMA13")]),
        ("A. A. LIMA 1 B. LIMA 2 B. C. LIMA 3", [("A", "08LIMA1"), ("B", "08LIMA2"), ("C", "08LIMA3")]),
        ("A. REF A LIMA 12 B. REF B QUITO 26", [("A", "08LIMA12"), ("B", "08QUITO26")]),
        ("A. LIMA 12 \n ¶B. LIMA 13", [("A", "08LIMA12"), ("B", "08LIMA13")]),
        ("A. LIMA 12 AND 14 B. QUITO 26", [("A", "08LIMA12"), ("A", "08LIMA14"), ("B", "08QUITO26")]),
        ("LIMA 12, 14 AND 15 (NOTAL)", [(None, "08LIMA12"), (None, "08LIMA14"), (None, "08LIMA15")]),
        ("LIMA 12; 06 STATE 14; QUITO 15", [(None, "08LIMA12"), (None, "06STATE14"), (None, "08QUITO15")]),
        ("LIMA 12 07 QUITO 5138", [(None, "08LIMA12"), (None, "07QUITO5138")]),
        ("LIMA 12 (WHAT IT IS ABOUT IN 2006)  LIMA 33 (PARIS 2007 AND ON)", [(None, "08LIMA12"), (None, "08LIMA33")]),
        ("A. LIMA 12 AND PREVIOUS", [("A", "08LIMA12")]),
    ],
)
def test_items(field: str, expected: list[tuple[str | None, str | None]]) -> None:
    """Items are found by letters in order, in all their shapes, or by what they name."""
    assert mrns(field) == expected


@pytest.mark.parametrize(
    ("field", "mrn"),
    [
        ("ASHGABAT687", "08ASHGABAT687"),
        ("REFTEL KABUL 02245", "08KABUL2245"),
        ("05 CASA 1220", "05CASABLANCA1220"),
        ("DUBAI RPO 378", "08RPODUBAI378"),
        ("05-OTTAWA-57", "05OTTAWA57"),
        ("'06 LIMA 1491", "06LIMA1491"),
        ("LIMA 701 (06)", "06LIMA701"),
        ("STATE (01) 201265", "01STATE201265"),
        ("(99) ROME 2196", "99ROME2196"),
        ("O4 CHENNAI 944", "04CHENNAI944"),
        ("05 0TTAWA 3518", "05OTTAWA3518"),
        ("COTON0U 348", "08COTONOU348"),
        ("BAGHDAD #3565", "08BAGHDAD3565"),
        ("STATE: 73097", "08STATE73097"),
        ("KUWAIT (C)02293", "08KUWAIT2293"),
        ("QUITO 4525-91", "91QUITO4525"),
        ("MOSCOW 03242 2007", "07MOSCOW3242"),
        ("STATE 05 201650", "05STATE201650"),
        ("377 KATHMANDU", "08KATHMANDU377"),
        ("EMBASSY VIENNA 1450", "08VIENNA1450"),
        ("SECSTATE WASHDC 1450", "08STATE1450"),
        ("07 SAO PAULO \n0953", "07SAOPAULO953"),
        ("ST. PETERSBURG 75", "08STPETERSBURG75"),
        ("TALLIN 309", "08TALLINN309"),
        ("PORT A 76", "08PORTAUPRINCE76"),
        ("05 KYIV 1261", "05KIEV1261"),
    ],
)
def test_sloppy_forms(field: str, mrn: str) -> None:
    """A cable is known in all the ways it is printed."""
    assert [ref.mrn for ref in read(field)[0]] == [mrn]


@pytest.mark.parametrize(
    ("field", "own", "mrn"),
    [
        ("BRASILIA 1664", "08BRASILIA43", "07BRASILIA1664"),  # above the cable's own serial: the year before
        ("BRASILIA 12", "08BRASILIA43", "08BRASILIA12"),
        ("LIMA 1664", "08BRASILIA43", "08LIMA1664"),  # another post's serials say nothing
        ("BRASILIA 44", "08BRASILIA43", "07BRASILIA44"),  # a serial above its own: the year before, however near
        ("06 BRASILIA 1664", "08BRASILIA43", "06BRASILIA1664"),  # a printed year holds
        ("STATE 305348", "00STATE1000", "99STATE305348"),
        ("TAIPEI 900", "09AITTAIPEI183", "08TAIPEI900"),
    ],
)
def test_year(field: str, own: str, mrn: str) -> None:
    """The year: as printed, else the citing cable's, else the one before it."""
    assert [ref.mrn for ref in read(field, own)[0]] == [mrn]


@pytest.mark.parametrize(
    ("field", "own", "message"),
    [
        ("BRASILIA 43", OWN, "REF 'BRASILIA 43': names this cable itself"),
        ("09 LIMA 12", OWN, "REF '09 LIMA 12': its year is later than the cable's own"),
        ("LIMA 12", None, "REF 'LIMA 12': the year is not printed"),
        ("USDEL 00007", OWN, "REF 'USDEL 00007': no post is known by this name"),
        ("FREETOWN", OWN, "REF 'FREETOWN': the number is not printed"),
        ("09 XXXXXXXXXXXX 167", OWN, "REF '09 XXXXXXXXXXXX 167': redacted"),
    ],
)
def test_undecided(field: str, own: str | None, message: str) -> None:
    """A cable that cannot be decided is kept without an MRN, and a problem says why, on its line."""
    refs, sheet = read(f"A. QUITO 1\nB. {field}" if own else field, own)
    assert (refs[-1].kind, refs[-1].mrn) == ("cable", None)
    assert [(problem.line, problem.message) for problem in sheet.problems] == [(2 if own else 1, message)]


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("EMBASSY MADRID E-MAIL TO EUR/WE OF OCTOBER 14", "email"),
        ("E-mails J. Smith-K. Jones", "email"),
        ("SMITH - OPS CENTER TELCONS 9/28 AND 29", "telcon"),
        ("STATE-LONDON SVTC MAY 9", "telcon"),
        ("IIR 6 832 0617 08", "report"),
        ("USDAO RANGOON IIR 6 812 0131 08", "report"),
        ("OSC EUP20080707950031", "report"),
        ("TD-314/63777-05 LIMITED DISTRIBUTION", "report"),
        ("314/07696-07", "report"),
        ("PARIS POINTS JULY 15", "report"),
        ("SMITH MEMO OF MAY 1", "memo"),
        ("9 FAM Appendix K, 406 (6)", "other"),
        ("7 FAM 180", "other"),
        ("UNSCR 1737", "other"),
        ("MTCR POC 201/2006 - MAY 16 2006", "other"),
        ("STATE CA-3400 NOV 2, 1966", "other"),
        ("SECDEF MSG DTG 301601Z SEP 08", "other"),
        ("MAY 1 SMITH-JONES LETTER", "other"),
    ],
)
def test_other_kinds(field: str, kind: str) -> None:
    """What is no cable is kept with its kind and its text, and is no problem."""
    refs, sheet = read(field)
    assert [(ref.kind, ref.mrn, ref.text) for ref in refs] == [(kind, None, field)]
    assert not sheet.problems


@pytest.mark.parametrize("field", ["NONE", "N/A", "", "(NONE)", " . "])
def test_no_references(field: str) -> None:
    """`REF: NONE` cites nothing."""
    assert read(field)[0] == []
    assert find_refs(None, OWN, Sheet("")) == []


def test_mixed_kinds_without_letters() -> None:
    """Parts between semicolons are items of their own."""
    refs = read("E-MAIL SMITH; 05 STATE 1234; LIMA 12")[0]
    assert [(ref.text, ref.kind, ref.mrn) for ref in refs] == [
        ("E-MAIL SMITH", "email", None),
        ("05 STATE 1234", "cable", "05STATE1234"),
        ("LIMA 12", "cable", "08LIMA12"),
    ]


def test_text_captions_and_span() -> None:
    """An item's text is as printed, without its letter; its span covers it in the cable's text; captions are read."""
    field = (
        "A. LIMA 12 (EXDIS) AND 14 \n  B. STATE 1234 (NOTAL), \n  C. SMITH E-MAIL \n OF MAY 3 D. RIO DE JANEIRO \n0091"
    )
    refs, sheet = read(field)
    assert [(ref.text, ref.captions) for ref in refs] == [
        ("LIMA 12 (EXDIS)", ["EXDIS"]),
        ("14", []),
        ("STATE 1234 (NOTAL)", ["NOTAL"]),
        ("SMITH E-MAIL OF MAY 3", []),
        ("RIO DE JANEIRO 0091", []),
    ]
    for ref in refs:
        assert " ".join(sheet.text[slice(*ref.span)].split()) == ref.text


@given(st.text("AB C.()1230;/-'LIMAREFSTAO\n", max_size=120), st.sampled_from([OWN, None, "x"]))
@settings(deadline=None)
def test_any_field(field: str, own: str | None) -> None:
    """Reading never fails, spans lie in the field and cover the text."""
    refs, sheet = read(field, own)
    for ref in refs:
        start, end = ref.span
        assert 0 <= start < end <= len(field)
        assert ref.text
        assert " ".join(sheet.text[start:end].split()) == ref.text


@pytest.mark.parametrize(
    "unit", ["A. ", "(", "LIMA 1 AND ", "1 ", "LIMA ", "LIMA 12; ", "X", "'", "REF ", "(A) ", " (08", '1 "']
)
def test_hostile_field(unit: str) -> None:
    """A field without end is read in time that grows with its length only."""
    assert isinstance(read(unit * (40_000 // len(unit)))[0], list)


def printed(row: dict[str, Any]) -> list[Ref]:
    """The references of a peer case, its REF line found as in any cable."""
    text = row["input"]["text"]
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    own = row["input"]["reference_id"] or row.get("cable") or f"{str(row['input']['year'])[2:]}STATE9999999"
    return find_refs(read_preamble(sheet, 0).refs, own, sheet)


def test_peer_references(reference: Path) -> None:
    """At least 97% of the older parser's table of references."""
    rows = json.loads((reference / "peer_cases/references.json").read_text("utf-8"))
    wrong = [row["id"] for row in rows if [ref.mrn for ref in printed(row) if ref.mrn] != row["expected"]]
    assert len(wrong) <= 0.03 * len(rows), wrong


def test_peer_kinds(reference: Path) -> None:
    """At least 80% of its table of kinds and letters; "book" is `other` here."""
    rows = json.loads((reference / "peer_cases/references_ng.json").read_text("utf-8"))
    wrong = []
    for row in rows:
        expected = [(one["value"], one["kind"].replace("book", "other"), one["bullet"]) for one in row["expected"]]
        if [(ref.mrn or ref.text, ref.kind, ref.label) for ref in printed(row)] != expected:
            wrong.append(row["id"])
    assert len(wrong) <= 0.2 * len(rows), wrong
