"""Term shards: the postings of some consecutive terms, and beside them, in a shard of its own, where the words stand.

A term shard's sections: the terms (front-coded); for each its number of documents; then for each posting the gap to
the document before (less 1), the mask of its fields, and for each field of the mask the frequency (less 1) and, for
short fields, the field's length. A phrase shard's: for each term its number of forms, the forms; then for each token
the gap to the position before, the form, and the stop words before and after it (a byte each, ended by 0).

A term of very many documents has shards to itself, each for the documents of a range of numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
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

    def part(self, start: int, end: int) -> bytes:
        """The bytes of the rows [start, end)."""
        return self.packed[self.bounds[start] : self.bounds[end]].tobytes()


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


def pack(whole: Postings, rows: Rows, ranked: RankedForms, ends: Sequence[int]) -> Iterator[Shard]:
    """The shards of rows, each up to one of the ends."""
    postings, tokens = _posting_streams(whole, rows), _token_streams(whole, rows, ranked)
    every = np.arange(len(rows.words) + 1)
    counts, form_counts = _stream(np.diff(rows.postings), every), _stream(np.diff(ranked.bounds), every)
    words = Streams(*front_coded_rows(rows.words, [0, *ends]))
    start = 0
    for end in ends:
        forms = "\n".join(ranked.forms[ranked.bounds[start] : ranked.bounds[end]]).encode()
        yield Shard(
            sections([stream.part(start, end) for stream in (words, counts, *postings)]),
            sections([form_counts.part(start, end), forms, *(stream.part(start, end) for stream in tokens)]),
        )
        start = end


def _posting_streams(whole: Postings, rows: Rows) -> list[Streams]:
    before = np.concatenate(([-1], whole.document[:-1]))
    firsts = rows.postings[:-1]
    before[firsts[firsts < len(before)]] = -1
    return [
        _stream(whole.document - before[: len(whole.document)] - 1, rows.postings),
        Streams(whole.mask, rows.postings),
        _stream(whole.frequency - 1, rows.entries),
        _stream(whole.short, rows.shorts),
    ]


def _token_streams(whole: Postings, rows: Rows, ranked: RankedForms) -> list[Streams]:
    before = np.concatenate(([0], whole.position[:-1]))
    first = np.concatenate(([0], np.cumsum(whole.tokens)))[:-1]
    before[first[whole.tokens > 0]] = 0
    several = np.repeat(np.diff(ranked.bounds) > 1, np.diff(rows.tokens))
    several_bounds = np.concatenate(([0], np.cumsum(several)))[rows.tokens]
    return [
        _stream(whole.position - before[: len(whole.position)], rows.tokens),
        _stream(ranked.of_token[several], several_bounds),
        _ended(whole.gaps_before, whole.before, rows.tokens),
        _ended(whole.gaps_after, whole.after, rows.tokens),
    ]


def _stream(values: Array, bounds: Array) -> Streams:
    packed, starts = varints(values)
    return Streams(packed, starts[bounds])


def _ended(codes: Array, sizes: Array, bounds: Array) -> Streams:
    """Codes with a 0 after each run of `sizes`."""
    ends = np.cumsum(sizes.astype(np.int64) + 1)
    packed = np.zeros(len(codes) + len(sizes), np.uint8)
    inside = np.ones(len(packed), bool)
    inside[ends - 1] = False
    packed[inside] = codes
    return Streams(packed, np.concatenate(([0], ends))[bounds])
