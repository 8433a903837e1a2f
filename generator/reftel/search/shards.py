"""Term shards: the postings of some consecutive terms, and beside them, in a shard of its own, where the words stand.

A term shard's sections: the terms (front-coded); for each its place in the field where it is seen first; its number of
documents; then for each posting the gap to the document before (less 1), the mask of its fields, and for each field of
the mask the frequency (less 1) and, for short fields, the field's length. A phrase shard's: for each term its number
of forms, the forms; then for each token the gap to the position before, the form, and the stop words before and after
it (a byte each, ended by 0).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from reftel.search.fields import LONG_FIELDS, NAMES, READ_FIELDS
from reftel.search.gather import Array
from reftel.search.merge import BITS, Range
from reftel.search.packing import (
    front_coded,
    read_front_coded,
    read_sections,
    read_varints,
    sections,
    varints,
)

LONG_BITS = sum(1 << NAMES.index(name) for name in LONG_FIELDS)


@dataclass(slots=True)
class Shard:
    """A term shard, or phrase shard, ready to be written; `first` is the first term of it."""

    first: str
    terms: bytes
    phrases: bytes


@dataclass(slots=True)
class Streams:
    """The bytes of a range by kind, and at which byte each term begins in them."""

    packed: Array
    bounds: Array

    def part(self, start: int, end: int) -> bytes:
        """The bytes of the terms [start, end)."""
        return self.packed[self.bounds[start] : self.bounds[end]].tobytes()


@dataclass(slots=True)
class RankedForms:
    """Each term's forms, most frequent first, and which of them each token has."""

    terms: Array
    forms: list[str]
    of_token: Array


def rank_forms(whole: Range, spelled: Callable[[Array], list[str]]) -> RankedForms:
    """The forms of a range's terms; `spelled` says how those of some numbers are written."""
    term = np.repeat(np.arange(len(whole.terms)), np.diff(whole.starts[:, 2]))
    uses = np.bincount(whole.token_form)
    forms = np.flatnonzero(uses)
    term_of = np.zeros(len(uses), np.int64)
    term_of[whole.token_form] = term  # a form belongs to one term
    order = np.lexsort((forms, -uses[forms], term_of[forms]))
    forms = forms[order]
    terms = term_of[forms]
    rank = np.zeros(len(uses), np.int64)
    rank[forms] = np.arange(len(forms)) - np.searchsorted(terms, terms)
    return RankedForms(terms, spelled(forms), rank[whole.token_form])


def shown_words(whole: Range, ranked: RankedForms) -> list[str]:
    """How each term is written mostly: its most frequent form, itself where it stands in no text."""
    first = np.searchsorted(ranked.terms, np.arange(len(whole.terms) + 1)).tolist()
    return [
        ranked.forms[first[number]] if first[number] < first[number + 1] else term
        for number, term in enumerate(whole.terms)
    ]


def cut(whole: Range, ranked: RankedForms, lengths: Array, target: int) -> Iterator[Shard]:
    """The shards of a range, each of about `target` bytes before deflating; a longer term has one to itself."""
    postings = _posting_streams(whole, lengths)
    tokens = _token_streams(whole, ranked)
    sizes = np.sum([np.diff(stream.bounds) for stream in postings], axis=0) + 8
    form_bounds = np.searchsorted(ranked.terms, np.arange(len(whole.terms) + 1))
    every = np.arange(len(whole.terms) + 1)
    places, counts = _stream(whole.first_place, every), _stream(np.diff(whole.starts[:, 0]), every)
    form_counts = _stream(np.diff(form_bounds), every)
    start = 0
    for end in _ends(sizes.tolist(), target):
        forms = "\n".join(ranked.forms[form_bounds[start] : form_bounds[end]]).encode()
        words = front_coded(whole.terms[start:end])
        yield Shard(
            whole.terms[start],
            sections([words, *(stream.part(start, end) for stream in (places, counts, *postings))]),
            sections([form_counts.part(start, end), forms, *(stream.part(start, end) for stream in tokens)]),
        )
        start = end


def _ends(sizes: list[int], target: int) -> Iterator[int]:
    """Where shards end."""
    size = 0
    for number, more in enumerate(sizes):
        if size and size + more > target:
            yield number
            size = 0
        size += more
    if sizes:
        yield len(sizes)


def _posting_streams(whole: Range, lengths: Array) -> list[Streams]:
    bounds = whole.starts[:, 0]
    before = np.concatenate(([-1], whole.posting_document[:-1]))
    if len(before):
        before[bounds[:-1]] = -1
    documents = np.repeat(whole.posting_document, BITS[whole.posting_mask])
    fields = _mask_fields(whole.posting_mask)
    short = (LONG_BITS >> fields) & 1 == 0
    short_bounds = np.concatenate(([0], np.cumsum(short)))[whole.starts[:, 1]]
    return [
        _stream(whole.posting_document - before - 1, bounds),
        Streams(whole.posting_mask, bounds),
        _stream(whole.entry_frequency - 1, whole.starts[:, 1]),
        _stream(lengths[documents[short], fields[short]], short_bounds),
    ]


def _mask_fields(masks: Array) -> Array:
    """The numbers of the fields that the masks name, one after the other."""
    return np.nonzero(np.unpackbits(masks[:, None], axis=1, bitorder="little"))[1]


def _token_streams(whole: Range, ranked: RankedForms) -> list[Streams]:
    bounds = whole.starts[:, 2]
    before = np.concatenate(([0], whole.token_position[:-1]))
    first = np.concatenate(([0], np.cumsum(whole.posting_tokens)))[:-1]
    before[first[whole.posting_tokens > 0]] = 0
    return [
        _stream(whole.token_position - before, bounds),
        _form_stream(whole, ranked),
        _ended(whole.gaps_before, whole.token_before, bounds),
        _ended(whole.gaps_after, whole.token_after, bounds),
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


def _form_stream(whole: Range, ranked: RankedForms) -> Streams:
    """The forms' ranks, of terms that have several."""
    several = np.bincount(ranked.terms, minlength=len(whole.terms)) > 1
    wanted = np.repeat(several, np.diff(whole.starts[:, 2]))
    bounds = np.concatenate(([0], np.cumsum(wanted)))[whole.starts[:, 2]]
    return _stream(ranked.of_token[wanted], bounds)


@dataclass(slots=True)
class Postings:
    """One term's postings: documents, masks, and for each entry frequency and (of a short field) length."""

    first_place: int
    documents: Array
    masks: Array
    frequencies: Array
    lengths: Array
    """As long as `frequencies`; -1 for fields whose length stands in a table."""


def read_terms(payload: bytes) -> dict[str, Postings]:
    """The postings of a term shard."""
    words, places, counts, gaps, masks, frequencies, lengths = read_sections(payload)
    mask = np.frombuffer(masks, np.uint8)
    fields = _mask_fields(mask)
    all_lengths = np.full(len(fields), -1)
    all_lengths[(LONG_BITS >> fields) & 1 == 0] = read_varints(lengths)
    bounds = np.concatenate(([0], np.cumsum(read_varints(counts))))
    entry_bounds = np.concatenate(([0], np.cumsum(BITS[mask])))[bounds].tolist()
    gap, frequency = read_varints(gaps) + 1, read_varints(frequencies) + 1
    found = {}
    for number, (word, place) in enumerate(zip(read_front_coded(words), read_varints(places).tolist(), strict=True)):
        here = slice(bounds[number], bounds[number + 1])
        entries = slice(entry_bounds[number], entry_bounds[number + 1])
        found[word] = Postings(place, np.cumsum(gap[here]) - 1, mask[here], frequency[entries], all_lengths[entries])
    return found


@dataclass(slots=True)
class Tokens:
    """Where one term stands: for each token position, form, and the codes of the stop words around it."""

    forms: list[str]
    gaps: Array
    """To the position before, in the same document; the first of a document from 0."""
    form: Array
    before: list[bytes]
    after: list[bytes]


def read_phrases(payload: bytes, terms: dict[str, Postings]) -> dict[str, Tokens]:
    """The tokens of a phrase shard, whose term shard's postings say how many each term has."""
    form_counts, form_words, gaps, form, before, after = read_sections(payload)
    words = form_words.decode().split("\n")
    gap, chosen = read_varints(gaps), read_varints(form)
    all_before, all_after = before.split(b"\0"), after.split(b"\0")
    found = {}
    at = form_at = word_at = 0
    for (term, postings), forms in zip(terms.items(), read_varints(form_counts).tolist(), strict=True):
        size = tokens_of(postings)
        several = size if forms > 1 else 0
        found[term] = Tokens(
            words[word_at : word_at + forms],
            gap[at : at + size],
            chosen[form_at : form_at + several] if several else np.zeros(size, np.int64),
            all_before[at : at + size],
            all_after[at : at + size],
        )
        at, form_at, word_at = at + size, form_at + several, word_at + forms
    return found


def tokens_of(postings: Postings) -> int:
    """How many tokens a term has in the fields that are read for phrases."""
    fields = _mask_fields(postings.masks)
    return int(postings.frequencies[np.isin(fields, READ_FIELDS)].sum())
