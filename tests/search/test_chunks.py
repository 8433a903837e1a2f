"""Words by numbers, and chunks by steps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reftel.search import table
from reftel.search.chunks import MARKS, Chunks
from reftel.search.fields import BREAK, END, TERM
from reftel.search.packing import in_utf16_order
from reftel.search.word_numbers import AllWords, Words
from reftel.search.words import terms

WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters=" \n\0"), min_size=1, max_size=5)
    | st.sampled_from(["a", "b", "ab", "\uff5e", "\U0001f4a5"])
    | st.text(st.sampled_from("ab\xe9"), min_size=14, max_size=20)
)


@given(WORDS, WORDS)
def test_words_in_order(first: list[str], second: list[str]) -> None:
    """Numbers follow the order of coming, and the order of words is JavaScript's, also when more have come since."""
    known = Words()
    for come in (first, second):
        numbers = [known[word] for word in come]
        assert known.listed(np.array(numbers, np.int64)) == come
        assert known.listed(known.in_order(np.arange(len(known)))) == in_utf16_order(set(known))


def test_spellings_share_a_number() -> None:
    """Capitals and the marks behind a plain word make no difference."""
    chunks = Chunks()
    assert (
        len({chunks[chunk] for chunk in ("port", "Port", "PORT,", "port.", '("port', "--Port?)", "\u201cPort\u2019")})
        == 1
    )
    assert chunks["ports"] != chunks["port"]
    assert len(chunks.terms) == 1


@given(
    st.text(st.sampled_from(MARKS)), st.text(st.sampled_from(MARKS)), st.sampled_from(["port", "s", "the", "U", "us"])
)
def test_marks_around_a_word(before: str, after: str, word: str) -> None:
    """The analysis of what stands between blanks has the word alone, whatever marks stand around it."""
    assert terms(before + word + after) == terms(word)


@given(st.lists(WORDS))
def test_words_of_lists(lists: list[list[str]]) -> None:
    """Words that come in lists have numbers as words that come one by one."""
    known = AllWords()
    for come in lists:
        different = list(dict.fromkeys(come))
        numbers = known.numbers_of("\n".join(different).encode())
        assert known.listed(numbers) == different
    every = {word for come in lists for word in come}
    assert known.listed(known.in_order(np.arange(known.count))) == in_utf16_order(every)


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
    known = AllWords()
    assert len({tuple(known.numbers_of(b"one\ntwo\nthree\nfour").tolist()) for _ in range(2)}) == 1
    assert known.count == 4
