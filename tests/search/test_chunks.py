"""Words by numbers, and chunks by steps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reftel.search import table
from reftel.search.chunks import Chunks, Words
from reftel.search.fields import BREAK, END, TERM
from reftel.search.packing import in_utf16_order

WORDS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=5) | st.sampled_from("ab\uff5e\U0001f4a5"))


@given(WORDS, WORDS)
def test_words_in_order(first: list[str], second: list[str]) -> None:
    """Numbers follow the order of coming, and the order of words is JavaScript's, also when more have come since."""
    known = Words()
    for come in (first, second):
        numbers = [known[word] for word in come]
        words, order = known.in_order()
        assert [words[number] for number in numbers] == come
        assert [words[number] for number in order.tolist()] == in_utf16_order(set(known))


def test_spellings_share_a_number() -> None:
    """Capitals and the marks behind a plain word make no difference."""
    chunks = Chunks()
    assert len({chunks[chunk] for chunk in ("port", "Port", "PORT,", "port.")}) == 1
    assert chunks["ports"] != chunks["port"]
    assert len(chunks.terms) == 1


CHUNKS = st.text(st.characters(codec="utf-8", exclude_characters=" \n\0\1"), min_size=1, max_size=20) | st.sampled_from(
    ["a", "port", "Port,", "sixteen-letters-", "sixteen-letters-x", "é" * 8, "é" * 9, BREAK, TERM + "07riga1"]
)


@given(st.lists(st.lists(CHUNKS)), st.sampled_from([" ", "\n", "  \n"]))
def test_chunks_are_looked_up(texts: list[list[str]], blank: str) -> None:
    """However long chunks are, and whether or not they have been seen, each has the number that it has alone."""
    many, alone = Chunks(), Chunks()
    for text in texts:
        packed = "".join(blank + chunk for chunk in text).encode() + b" " + END
        assert many.numbers_in(packed).tolist() == [*(alone[chunk] for chunk in text), alone["\udcff"]]


def test_chunks_that_want_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where chunks want one place in the table, each still has its own number."""
    monkeypatch.setattr(table, "_BITS", 1)
    chunks = Chunks()
    numbers = [chunks.numbers_in(b" one two three four five six seven").tolist() for _ in range(2)]
    assert numbers[0] == numbers[1]
    assert len(set(numbers[0])) == 7
