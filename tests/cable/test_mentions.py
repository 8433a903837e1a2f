"""Mentions: what the prose points to, and what must stay text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reftel.cable.mentions import with_mentions
from reftel.cable.model import Block, Mention, Ref
from reftel.cable.refs import find_refs
from reftel.cable.sheet import Sheet

OWN = "07MOSCOW4307"
LETTERED = "A. MOSCOW 4008 B. 06 TBILISI 12 C. SMITH E-MAIL D. STATE 100 AND 200 E. KABUL 5"


def refs_of(field: str) -> list[Ref]:
    sheet = Sheet(field)
    return find_refs(sheet.join(0, len(field)), OWN, sheet)


def mentions(text: str, field: str = LETTERED, paragraphs: int = 20, repeated: int = 6) -> list[Mention]:
    """The mentions of a text in a cable of so many paragraphs, of which one number is printed twice."""
    sheet = Sheet(text)
    piece = sheet.join(0, len(text))
    numbered = [Block("paragraph", f"par{n}", n, "C", "(C)", "", (0, 0)) for n in range(2, paragraphs + 1)]
    twice = Block("paragraph", f"par{repeated}-2", repeated, "C", "(C)", "", (0, 0))
    sub = Block("subparagraph", "par4-a", 4, None, None, "", (0, 0))
    first = Block("paragraph", "par1", 1, "C", "(C)", piece.text, (0, len(text)))
    empty = Sheet("").join(0, 0)
    blocks = [first, *numbered, twice, sub]
    done = with_mentions(blocks, [piece, *[empty] * (len(blocks) - 1)], refs_of(field), OWN)
    assert done[1:] == blocks[1:]
    for mention in done[0].mentions:
        assert done[0].text[slice(*mention.at)] == mention.text
        assert " ".join(text[slice(*mention.span)].split()) == mention.text
    return done[0].mentions


def pointed(text: str, field: str = LETTERED) -> list[tuple[str, str | None, str | None]]:
    """Each mention's text, with what it points to: the cable, else the item's letter; and the paragraph."""
    return [(one.text, one.mrn or one.label, one.anchor) for one in mentions(text, field)]


A, B, E = "07MOSCOW4008", "06TBILISI12", "07KABUL5"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As reported in REF A, he left.", [("REF A", A, None)]),
        ("(ref b)", [("ref b", B, None)]),
        ("(Ref (A)) and (Ref. B).", [("Ref (A)", A, None), ("Ref. B", B, None)]),
        ("As ref a demonstrates", [("ref a", A, None)]),
        ("reftel A's points", [("reftel A", A, None)]),
        ("Refs A and B", [("Refs A", A, None), ("B", B, None)]),
        ("(refs. a, b), the", [("refs. a", A, None), ("b", B, None)]),
        ("Refs A, B, and E", [("Refs A", A, None), ("B", B, None), ("E", E, None)]),
        ("Refs A,B & E", [("Refs A", A, None), ("B", B, None), ("E", E, None)]),
        ("refs A-E", [("refs A", A, None), ("E", E, None)]),
        ("reftels A through E show", [("reftels A", A, None), ("E", E, None)]),
        ("did not pass ref A or B papers", [("ref A", A, None), ("B", B, None)]),
        ("REF B para 4", [("REF B para 4", B, "par4")]),
        ("(Ref B, paragraphs 6-7)", [("Ref B, paragraphs 6", B, "par6"), ("7", B, "par7")]),
        ("paragraph 3 of ref B", [("paragraph 3 of ref B", B, "par3")]),
        ("Ref C shows", [("Ref C", "C", None)]),  # an e-mail: the item of the REF line
        ("Ref D shows", [("Ref D", "D", None)]),  # two cables by one letter: the item
        ("Ref C, para 4", [("Ref C", "C", None), ("para 4", None, "par4")]),
        ("see Ref\nB", [("Ref B", B, None)]),
        ("reftel A \n and \n B", [("reftel A", A, None), ("B", B, None)]),
    ],
)
def test_letters(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    """A letter of the REF line points to its one cable, else to the item itself; each letter of a list is a mention."""
    assert pointed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ref F shows",  # the REF line has no F
        "reftel shows",  # which of them?
        "(reftels)",
        "in reference to A and B",
        "a point of reference a man needs",
        "the reform of Ref-A",
        "They prefer A.",
        "septel",
        "REF: A. MOSCOW",
        "See reftel. A source said so.",
        "refugees A and B",
    ],
)
def test_no_letter(text: str) -> None:
    """What the REF line does not have, or what may mean several, is text."""
    assert pointed(text) == []


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("(reftel).", "MOSCOW 4008", [("reftel", A, None)]),
        ("Reftels A source said", "MOSCOW 4008", [("Reftels A", A, None)]),
        ("reftel a few days ago", "MOSCOW 4008", [("reftel", A, None)]),
        ("See reftel. A source said so.", "MOSCOW 4008", [("reftel", A, None)]),
        ("reftel paragraph 3", "MOSCOW 4008", [("reftel paragraph 3", A, "par3")]),
        ("drawing on ref points", "MOSCOW 4008", [("ref", A, None)]),
        ("reftel", "A. MOSCOW 4008 B. SMITH E-MAIL", [("reftel", A, None)]),  # one telegram
        ("see ref", "A. MOSCOW 4008 B. SMITH E-MAIL", []),
        ("reftel", "SMITH E-MAIL", []),
        ("reftel", "", []),
        ("ref B says", "MOSCOW 4008", []),
        ("reftel A and reftel B", "MOSCOW 4008; KABUL 5", [("reftel A", A, None), ("reftel B", E, None)]),
        ("reftel A and reftel C", "MOSCOW 4008; KABUL 5", []),  # the letters are of another list
    ],
)
def test_reftel(text: str, field: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    """ "reftel" is the one cable cited; letters that the REF line lost count its items, if none goes beyond them."""
    assert pointed(text, field) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see para 4", [("para 4", "par4")]),
        ("paragraph 4 above", [("paragraph 4", "par4")]),
        ("See Paragraph four.", [("Paragraph four", "par4")]),
        ("(Para. 13)", [("Para. 13", "par13")]),
        ("paras 5-7", [("paras 5", "par5"), ("7", "par7")]),
        ("paras 7 - 12 below", [("paras 7", "par7"), ("12", "par12")]),
        ("paragraphs 1 and 3 through 13.", [("paragraphs 1", "par1"), ("3", "par3"), ("13", "par13")]),
        ("(para 3-5, 14)", [("para 3", "par3"), ("5", "par5"), ("14", "par14")]),
        ("paragraph 4(a) above", [("paragraph 4(a)", "par4-a")]),
        ("paragraph 5(e) above", [("paragraph 5", "par5")]),
        ("the law enforcement points in para 4", [("para 4", "par4")]),
        ("see para 99", []),
        ("see para 6", []),  # printed twice: which?
        ("the state of Para 4", [("Para 4", "par4")]),
        ("Para and Mato Grosso", []),
        ("para 5% of", []),
        ("paragraph 4 of the Riga declaration", []),
        ("Resolution 1747, paragraph 5", []),
        ("UNSCR 1737 per paragraph 3", []),
        ("Article 12 paragraph 4", []),
        ("paragraphs 3 or 4 of the resolution", []),
        ("the following paragraphs", []),
        ("paramilitary 4", []),
    ],
)
def test_paragraphs(text: str, expected: list[tuple[str, str]]) -> None:
    """A paragraph that this cable has, printed once, is pointed to; another text's is not."""
    assert [(one.text, one.anchor) for one in mentions(text)] == expected
    assert all(one.mrn is None and one.label is None for one in mentions(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Jakarta 4212).", [("Jakarta 4212", "07JAKARTA4212")]),
        ("(06 Paris 5733 -- about it)", [("06 Paris 5733", "06PARIS5733")]),
        ("(see 05 BUENOS AIRES 1564)", [("05 BUENOS AIRES 1564", "05BUENOSAIRES1564")]),
        ("see 06MOSCOW11490.", [("06MOSCOW11490", "06MOSCOW11490")]),
        ("see 06MOSCOW 11490.", [("06MOSCOW 11490", "06MOSCOW11490")]),
        ("In response to State 112368, the", [("State 112368", "07STATE112368")]),
        ("Moscow 4008 tells", [("Moscow 4008", A)]),  # the REF line has it
        ("as in Moscow 5008, he", [("Moscow 5008", "06MOSCOW5008")]),  # above this cable's own: the year before
        ("2005 Kabul 12 has it", [("2005 Kabul 12", "05KABUL12")]),
        ("Baghdad 2007", []),
        ("Geneva 1949.", []),
        ("UNSCR 1737", []),
        ("the Paris 2004 conference", []),
        ("In Moscow 10 days later", []),
        ("in Kabul 3000 people", []),
        ("Kabul 300%", []),
        ("Kabul 1,500.", []),
        ("Rome 3-2.", []),
        ("Moscow 4307.", []),  # this cable
        ("State 12.", []),
        ("narnia 4008.", []),
        ("USDAO TEL AVIV 3188.", []),  # the attaché's
        ("Rio 1992.", []),
        ("May 05 Moscow 1234.", [("Moscow 1234", "07MOSCOW1234")]),
        ("See 05 Paris 123.", [("05 Paris 123", "05PARIS123")]),
        ("(See STATE 100, 200)", [("STATE 100", "07STATE100"), ("200", "07STATE200")]),
    ],
)
def test_cables_named(text: str, expected: list[tuple[str, str]]) -> None:
    """A cable written out is pointed to; a place and a number mostly are none."""
    assert [(one.text, one.mrn) for one in mentions(text)] == expected


@given(st.text("Ref telspar A(B)-,.and0123456789 Moscow'\nİ", max_size=80))
@settings(deadline=None)
def test_any_text(text: str) -> None:
    """Reading never fails, and each mention's offsets and span cover its text."""
    found = mentions(text)
    assert all(one.at[1] <= following.at[0] for one, following in pairwise(found))


@pytest.mark.parametrize(
    "unit", ["Ref A, ", "para 4, ", "ref A-", "Moscow 4008 ", "REF", "A", "1 ", "(", "paras 4 and "]
)
def test_hostile_text(unit: str) -> None:
    """A block without end is read in time that grows with its length only."""
    assert isinstance(mentions(unit * (50_000 // len(unit))), list)
