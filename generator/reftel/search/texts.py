"""What stands in documents, in reading order: their words, by chunks whose numbers are known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reftel.search.arrays import Array, short_slices
from reftel.search.chunks import BREAK_CODE, END_CODE, JOINED_CODE, TERM_CODE, Chunks

LONGEST_GAP = 200
"""Stop words in a row that are kept on either side of a word."""


@dataclass(slots=True)
class Text:
    """What stands in some documents, in reading order, as columns. Words are terms, stop words, breaks and ends."""

    step: Array
    """Of each token, the step (of `Chunks`) that says its term and form."""
    field: Array
    """Its field among the fields of all documents."""
    word: Array
    """Its word among all words."""
    before: Array
    after: Array
    """How many stop words stand before and after it."""
    codes: Array
    """The code of each word."""
    field_starts: Array
    """The first word of each field of each document."""


def text_of(seen: Chunks, chunks: Array) -> Text:
    """What stands in documents of these chunks."""
    starts = np.frombuffer(seen.starts, np.int32)
    first = starts.take(chunks)
    steps = short_slices(first, starts.take(chunks + 1) - first)
    code = np.frombuffer(seen.code, np.uint8).take(steps)
    has_place = code != JOINED_CODE
    word = np.cumsum(has_place, dtype=np.int32) - 1
    token = np.flatnonzero((code == TERM_CODE) | ~has_place)
    ends = np.flatnonzero(code == END_CODE)
    field = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=-1))
    word_of_token, codes = word.take(token), code[has_place]
    return Text(
        steps.take(token),
        field.take(token),
        word_of_token,
        *_gaps(codes, word_of_token),
        codes,
        np.concatenate(([0], word[ends[:-1]] + 1))[: len(ends)],
    )


def joined(texts: Sequence[Text]) -> Text:
    """Texts one after the other."""
    words = fields = 0
    for text in texts:
        text.word += words
        text.field += fields
        text.field_starts += words
        words, fields = words + len(text.codes), fields + len(text.field_starts)
    return Text(*(np.concatenate([getattr(text, name) for text in texts]) for name in Text.__slots__))


def _gaps(codes: Array, word: Array) -> tuple[Array, Array]:
    """How many stop words stand before and after the words of tokens."""
    solid = (codes == TERM_CODE) | (codes >= BREAK_CODE)
    places = np.concatenate(([-1], np.flatnonzero(solid), [len(codes)]))
    gaps = np.minimum(np.diff(places) - 1, LONGEST_GAP).astype(np.uint8)
    number = np.cumsum(solid, dtype=np.int64).take(word)
    before, after = gaps.take(number - 1), gaps.take(number)
    loose = np.flatnonzero(codes.take(word))  # joined forms that begin with a stop word
    at, number = word[loose], number[loose]
    before[loose] = np.minimum(at - places[number] - 1, LONGEST_GAP)
    after[loose] = np.minimum(places[number + 1] - at - 1, LONGEST_GAP)
    return before, after
