"""Term shards: the postings of some consecutive terms, and beside them, in a shard of its own, where the words stand.

A term shard's sections: the terms (front-coded); for each its number of documents; then for each posting the gap to
the document before (less 1), the mask of its fields, and for each field of the mask the frequency (less 1) and, for
short fields, the field's length. A phrase shard's: for each term its number of forms, the forms; then for each token
the gap to the position before, the form, and the stop words before and after it (a byte each, ended by 0).

A term of very many documents has shards to itself, each for the documents of a range of numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array, running
from reftel.search.packing import front_coded_rows, sections, varints
from reftel.search.postings import Postings, Rows


class Shard(NamedTuple):
    """A term shard's and a phrase shard's payload."""

    terms: bytes
    phrases: bytes


@dataclass(slots=True)
class Streams:
    """The bytes of some rows by kind, and at which byte each row begins in them."""

    packed: Array
    bounds: Array

    def cut(self, ends: Sequence[int]) -> list[bytes]:
        """The bytes of the rows up to each of the ends."""
        packed, bounds = self.packed.tobytes(), self.bounds[[0, *ends]].tolist()
        return [packed[start:end] for start, end in pairwise(bounds)]


@dataclass(slots=True)
class RankedForms:
    """Each row's forms, most frequent first, and which of them each token has."""

    bounds: Array
    """Where each row's forms begin, [rows + 1]."""
    forms: list[str]
    of_token: Array

    def shown(self, row: int, term: str) -> str:
        """How a row's term is written mostly: its most frequent form, itself where it stands in no text."""
        first = int(self.bounds[row])
        return self.forms[first] if first < self.bounds[row + 1] else term

    def shown_each(self, rows: Sequence[int], terms: Sequence[str]) -> list[str]:
        """The same of some rows."""
        firsts, ends = self.bounds[rows].tolist(), self.bounds[1:][rows].tolist()
        found = zip(firsts, ends, terms, strict=True)
        return [self.forms[first] if first < end else term for first, end, term in found]


def rank_forms(whole: Postings, rows: Rows, spelled: Callable[[Array], list[str]]) -> RankedForms:
    """The forms of rows; `spelled` says how those of some numbers are written. Forms in their order have ascending
    numbers.
    """
    count = len(rows.words)
    row_of_token = np.repeat(np.arange(count), np.diff(rows.tokens))
    used = np.flatnonzero(np.bincount(whole.form))
    compact = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.int64)
    compact[used] = np.arange(len(used))
    parts = max(rows.part, default=0) + 1
    key = compact[whole.form]
    if parts > 1:  # a form belongs to one term, but to each part of it
        key = key * parts + np.array(rows.part)[row_of_token]
    uses = np.bincount(key, minlength=len(used) * parts)
    found = np.flatnonzero(uses)
    row_of = np.zeros(len(uses), np.int64)
    row_of[key] = row_of_token
    found = found[np.lexsort((found, -uses[found], row_of[found]))]
    bounds = np.searchsorted(row_of[found], np.arange(count + 1))
    rank = np.zeros(len(uses), np.int64)
    rank[found] = np.arange(len(found)) - bounds[row_of[found]]
    return RankedForms(bounds, spelled(used[found // parts]), rank[key])


def pack(whole: Postings, rows: Rows, ranked: RankedForms, ends: Sequence[int]) -> list[Shard]:
    """The shards of rows, each up to one of the ends."""
    postings, tokens = _posting_streams(whole, rows), _token_streams(whole, rows, ranked)
    every = np.arange(len(rows.words) + 1)
    counts, form_counts = _stream(np.diff(rows.postings), every), _stream(np.diff(ranked.bounds), every)
    words = Streams(*front_coded_rows(rows.words, [0, *ends]))
    forms = ["\n".join(ranked.forms[start:end]).encode() for start, end in pairwise(ranked.bounds[[0, *ends]].tolist())]
    term_sections = zip(*(stream.cut(ends) for stream in (words, counts, *postings)), strict=True)
    phrase_sections = zip(form_counts.cut(ends), forms, *(stream.cut(ends) for stream in tokens), strict=True)
    return [Shard(*map(sections, pair)) for pair in zip(term_sections, phrase_sections, strict=True)]


def _posting_streams(whole: Postings, rows: Rows) -> list[Streams]:
    return [
        _stream(_gaps(whole.document + 1, rows.postings[:-1]) - 1, rows.postings),
        Streams(whole.mask, rows.postings),
        _stream(whole.frequency - 1, rows.entries),
        _stream(whole.short, rows.shorts),
    ]


def _token_streams(whole: Postings, rows: Rows, ranked: RankedForms) -> list[Streams]:
    several = np.repeat(np.diff(ranked.bounds) > 1, np.diff(rows.tokens))
    return [
        _stream(_gaps(whole.position, running(whole.tokens)[:-1]), rows.tokens),
        _stream(ranked.of_token[several], running(several)[rows.tokens]),
        Streams(whole.gaps_before, running(whole.before)[rows.tokens] + rows.tokens),
        Streams(whole.gaps_after, running(whole.after)[rows.tokens] + rows.tokens),
    ]


def _gaps(values: Array, firsts: Array) -> Array:
    """What is between each value and the one before; the first ones as they are."""
    gaps = values.copy()
    gaps[1:] -= values[:-1]
    firsts = firsts[firsts < len(values)]
    gaps[firsts] = values[firsts]
    return gaps


def _stream(values: Array, bounds: Array) -> Streams:
    packed, starts = varints(values)
    return Streams(packed, starts[bounds])
