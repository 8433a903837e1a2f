"""The analysis: what becomes of words, and that the browser's side makes the same of them."""

import json
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reftel.search.stemmer import stem
from reftel.search.words import analyse, surfaces, terms

JS = Path(__file__).resolve().parent.parent / "js"
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")

TERMS = [
    ("turkey money key", ["turkey", "money", "key"]),
    ("try lay", ["tri", "lay"]),
    ("NEGOTIATIONS negotiation", ["negoti", "negoti"]),
    ("al-Qa'ida's", ["al", "alqaida", "qaida"]),
    ("al qaida, al-Qaida.", ["al", "qaida", "al", "alqaida", "qaida"]),
    ("S//NF", ["s", "snf", "nf"]),
    ("07-MOSCOW-004307", ["7", "07moscow4307", "moscow", "4307"]),
    ("07MOSCOW004307 07moscow4307", ["07moscow4307", "07moscow4307"]),
    ("004307 000 1,000,000 12.5", ["4307", "0", "1000000", "12.5"]),
    ("08/31/2017", ["8", "31", "2017"]),
    ("the U.S. and US", ["us", "us"]),
    ("E.O.12958 e.g. J.F.K.", ["eo", "12958", "eg", "jfk"]),
    ("XXXXXXXXXXXX xxx MohammedXXXXXXX", ["moham"]),
    ("the country,s country's countries'", ["countri", "countri", "countri"]),
    ("state-of-the-art", ["state", "stateoftheart", "art"]),
    ("AT&T F-16s 1990s", ["att", "t", "f", "f16", "16", "1990"]),
    ("Paris,London end.The word--word", ["pari", "london", "end", "word", "word"]),
    ("naïve Kyïv Ørsted Müller's", ["naiv", "kyiv", "orst", "muller"]),
    ("½ ﬁne", ["1", "2", "fine"]),
    ("the of and", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TERMS)
def test_terms(text: str, expected: list[str]) -> None:
    """Each word as printed becomes these terms."""
    assert terms(text) == expected


def test_a_long_run_is_cut_and_costs_little() -> None:
    """A hostile unbroken run becomes one short term."""
    assert [len(term) for term in terms("a" * 1_000_000)] == [40]


def in_the_browser(texts: list[str]) -> list[object]:
    """What `words.js` makes of texts."""
    done = subprocess.run(
        ["node", str(JS / "analyse.js")], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    answer: list[object] = json.loads(done.stdout)
    return answer


def here(text: str) -> object:
    """What `words.py` makes of a text, in the same form."""
    pieces = []
    for surface in surfaces(text):
        made = [
            [[list(word) for word in piece.words], list(piece.joined) if piece.joined else None, piece.strict]
            for piece in analyse(surface)
        ]
        pieces.append([surface, made])
    return {"pieces": pieces, "terms": terms(text)}


@needs_node
def test_both_sides_agree_on_the_table() -> None:
    """Python and JavaScript make the same of every line of the table."""
    texts = [text for text, _ in TERMS]
    assert in_the_browser(texts) == [here(text) for text in texts]


@needs_node
@pytest.mark.slow
def test_both_sides_agree_on_every_letter() -> None:
    """Letters and numbers of the basic plane, alone and within a word; those newer than either side's Unicode tables
    apart.
    """
    letters = [
        chr(code)
        for code in range(0x20, 0xFFFF)
        if not 0xD800 <= code < 0xE000 and unicodedata.category(chr(code)) != "Cn"
    ]
    texts = [f"{letter} ab{letter}cd" for letter in letters]
    different = [text for text, there in zip(texts, in_the_browser(texts), strict=True) if there != here(text)]
    assert different == []


@needs_node
@settings(max_examples=4, deadline=None)
@given(st.lists(st.text("abcxyz019 -/.&',XYÉß’`‐", max_size=30), min_size=100, max_size=300))
def test_both_sides_agree_on_any_glue(texts: list[str]) -> None:
    """Whatever the mixture of letters, digits and glue."""
    assert in_the_browser(texts) == [here(text) for text in texts]


@needs_node
@pytest.mark.slow
def test_both_sides_agree_on_the_corpus(reference: Path) -> None:
    """Every distinct surface of the corpus becomes the same on both sides."""
    found = set[str]()
    for path in (reference / "corpus" / "raw").iterdir():
        found.update(surfaces(path.read_text("utf-8", "replace")))
    texts = sorted(found)
    different = [text for text, there in zip(texts, in_the_browser(texts), strict=True) if there != here(text)]
    assert different == []


def test_the_stemmer_is_quick_on_hostile_words() -> None:
    """No word of the longest length makes a pattern backtrack for long."""
    for word in ("y" * 40, "ay" * 20, "b" * 40, "ational" * 5, "eed" * 13):
        assert re.fullmatch("[a-z]+", stem(word))
