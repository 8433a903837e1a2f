"""Words by numbers, and chunks by steps."""

from hypothesis import given
from hypothesis import strategies as st

from reftel.search.chunks import Chunks, Words
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
