"""Phrases: documents in which words stand one after the other, stop words included, as written (case, accents and glue
apart).
"""

from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
from reftel.search.chunks import STOP_CODES
from reftel.search.fields import BODY, SUBJECT
from reftel.search.gather import BODY_START
from reftel.search.index import Index
from reftel.search.opened import TermPostings, Tokens
from reftel.search.postings import BITS
from reftel.search.words import Word, analyse, surfaces

PLACES = 1 << 32


class Spot(NamedTuple):
    """A word of a phrase that is indexed: its place among all words, and the codes of the stop words around it."""

    word: Word
    place: int
    before: bytes
    after: bytes
    first: bool
    last: bool


def spots(text: str) -> list[Spot]:
    """The indexed words of a phrase."""
    words = [word for surface in surfaces(text) for piece in analyse(surface) for word in piece.words]
    places = [place for place, word in enumerate(words) if word.term]
    found = []
    for order, place in enumerate(places):
        start = places[order - 1] + 1 if order else 0
        end = places[order + 1] if order + 1 < len(places) else len(words)
        before = bytes(STOP_CODES[word.form] for word in words[start:place])
        after = bytes(STOP_CODES[word.form] for word in words[place + 1 : end])
        found.append(Spot(words[place], place, before, after, order == 0, order + 1 == len(places)))
    return found


def phrase_documents(index: Index, wanted: list[Spot], fields: tuple[int, ...]) -> Array:
    """The documents in which the phrase stands, in these fields."""
    starts: Array | None = None
    for spot in wanted:
        here = _occurrences(index, spot, fields) - spot.place
        starts = here if starts is None else np.intersect1d(starts, here)
        if not len(starts):
            break
    return np.unique(starts // PLACES) if starts is not None else np.zeros(0, np.int64)


def _occurrences(index: Index, spot: Spot, fields: tuple[int, ...]) -> Array:
    """Where the word stands with these stop words around it: document * PLACES + position + 512 (a phrase may begin
    before its first spot).
    """
    pieces = index.pieces(spot.word.term)
    found = [_in_piece(*piece, spot, fields) for piece in pieces if spot.word.form in piece[1].forms]
    return np.concatenate([np.zeros(0, np.int64), *found])


def _in_piece(postings: TermPostings, tokens: Tokens, spot: Spot, fields: tuple[int, ...]) -> Array:
    right = tokens.form == tokens.forms.index(spot.word.form)
    sizes = token_counts(postings)
    position = _positions(tokens.gaps, sizes)
    subject = position < BODY_START
    right &= (subject & (SUBJECT in fields)) | (~subject & (BODY in fields))
    for number in np.flatnonzero(right).tolist():
        before, after = tokens.before[number], tokens.after[number]
        fits_before = before.endswith(spot.before) if spot.first else before == spot.before
        right[number] = fits_before and (not spot.last or after.startswith(spot.after))
    found: Array = (np.repeat(postings.documents, sizes) * PLACES + position + BODY_START)[right]
    return found


def token_counts(postings: TermPostings) -> Array:
    """For each posting the number of its tokens."""
    owner = np.repeat(np.arange(len(postings.documents)), BITS[postings.masks])
    fields = np.nonzero(np.unpackbits(postings.masks[:, None], axis=1, bitorder="little"))[1]
    read = (fields == SUBJECT) | (fields == BODY)
    return np.bincount(owner[read], postings.frequencies[read], len(postings.documents)).astype(np.int64)


def _positions(gaps: Array, sizes: Array) -> Array:
    """Positions from the gaps, which begin anew in each document."""
    sums = np.cumsum(gaps)
    starts = np.cumsum(sizes) - sizes
    before = np.concatenate(([0], sums))[starts]
    positions: Array = sums - np.repeat(before, sizes)
    return positions
