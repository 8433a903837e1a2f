"""Shards read again: for questions term by term, and as `Postings` to be put together with others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
from reftel.search.fields import READ_FIELDS
from reftel.search.packing import read_front_coded, read_sections, read_varints
from reftel.search.postings import BITS, LONG_BITS, Postings, mask_fields, nothing
from reftel.search.shards import Shard


@dataclass(slots=True)
class TermPostings:
    """One term's postings: documents, masks, and for each entry frequency and (of a short field) length."""

    term: str
    documents: Array
    masks: Array
    frequencies: Array
    lengths: Array
    """As long as `frequencies`; -1 for fields whose length stands in a table."""


class _Terms(NamedTuple):
    """The sections of a term shard."""

    words: list[str]
    counts: Array
    gaps: Array
    masks: Array
    frequencies: Array
    short: Array

    def documents(self) -> Array:
        """Each posting's document number."""
        return _running(self.gaps, self.counts) - 1


def _terms(payload: Sequence[bytes]) -> _Terms:
    words, counts, gaps, masks, frequencies, short = payload
    return _Terms(
        read_front_coded(words),
        read_varints(counts),
        read_varints(gaps) + 1,
        np.frombuffer(masks, np.uint8),
        read_varints(frequencies) + 1,
        read_varints(short),
    )


def _running(steps: Array, sizes: Array) -> Array:
    """Running sums that begin anew with each run of `sizes`."""
    sums = np.cumsum(steps)
    starts = np.cumsum(sizes) - sizes
    there = sizes > 0
    before = sums[starts[there]] - steps[starts[there]]
    found: Array = sums - np.repeat(before, sizes[there])
    return found


def read_terms(payload: bytes, ranks: Array) -> dict[str, TermPostings]:
    """The postings of a term shard; `ranks` says how documents are counted whose numbers the files know."""
    shard = _terms(read_sections(payload))
    documents = ranks[shard.documents()]
    fields = mask_fields(shard.masks)
    lengths = np.full(len(fields), -1)
    lengths[(LONG_BITS >> fields) & 1 == 0] = shard.short
    bounds = np.concatenate(([0], np.cumsum(shard.counts))).tolist()
    entry_bounds = np.concatenate(([0], np.cumsum(BITS[shard.masks])))[bounds].tolist()
    found = {}
    for number, word in enumerate(shard.words):
        here = slice(bounds[number], bounds[number + 1])
        entries = slice(entry_bounds[number], entry_bounds[number + 1])
        found[word] = TermPostings(
            word, documents[here], shard.masks[here], shard.frequencies[entries], lengths[entries]
        )
    return found


def joined(pieces: Sequence[TermPostings]) -> TermPostings:
    """The parts of a term's postings as one."""
    if len(pieces) == 1:
        return pieces[0]
    columns = ("documents", "masks", "frequencies", "lengths")
    return TermPostings(
        pieces[0].term, *(np.concatenate([getattr(piece, name) for piece in pieces]) for name in columns)
    )


@dataclass(slots=True)
class Tokens:
    """Where one term stands: for each token position, form, and the codes of the stop words around it."""

    forms: list[str]
    gaps: Array
    """To the position before, in the same document; the first of a document from 0."""
    form: Array
    before: list[bytes]
    after: list[bytes]


def read_phrases(payload: bytes, terms: dict[str, TermPostings]) -> dict[str, Tokens]:
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


def tokens_of(postings: TermPostings) -> int:
    """How many tokens a term has in the fields that are read for phrases."""
    fields = mask_fields(postings.masks)
    return int(postings.frequencies[np.isin(fields, READ_FIELDS)].sum())


class Opened(NamedTuple):
    """Shards as postings. Their terms count the rows of the shards, their forms `forms`; both may name a word twice."""

    postings: Postings
    words: list[str]
    forms: list[str]
    first_form: Array
    """Of each row the number of its first form, [rows + 1]."""
    rows: list[int]
    """How many rows each shard has."""

    def shown(self, row: int) -> str:
        """How a row's term was written mostly."""
        first = int(self.first_form[row])
        return self.forms[first] if first < self.first_form[row + 1] else self.words[row]


def open_shards(shards: Sequence[Shard]) -> Opened:
    """The postings of several shards: their sections make sense one after the other."""
    if not shards:
        return Opened(nothing(), [], [], np.zeros(1, np.int64), [])
    sections = list(zip(*(read_sections(shard.terms) for shard in shards), strict=True))
    terms = _terms([b"".join(parts) for parts in sections])
    phrases = list(zip(*(read_sections(shard.phrases) for shard in shards), strict=True))
    forms = b"\n".join(filter(None, phrases[1])).decode().split("\n")
    form_counts, _, gaps, form, before, after = (b"".join(parts) for parts in phrases)
    rows = np.arange(len(terms.words))
    row = np.repeat(rows, terms.counts)
    entries = BITS[terms.masks]
    read = np.isin(mask_fields(terms.masks), READ_FIELDS)
    owner = np.repeat(np.arange(len(row)), entries)[read]
    tokens = np.bincount(owner, terms.frequencies[read], len(row)).astype(np.int64)
    first_form = np.concatenate(([0], np.cumsum(read_varints(form_counts))))
    token_row = np.repeat(row, tokens)
    several = (np.diff(first_form) > 1)[token_row]
    chosen = first_form[token_row]
    chosen[several] += read_varints(form)
    (before_sizes, before_codes), (after_sizes, after_codes) = _runs(before), _runs(after)
    found = Postings(
        term=row,
        document=terms.documents(),
        mask=terms.masks,
        tokens=tokens,
        frequency=terms.frequencies,
        short=terms.short,
        position=_running(read_varints(gaps), tokens),
        form=chosen,
        before=before_sizes,
        after=after_sizes,
        gaps_before=before_codes,
        gaps_after=after_codes,
    )
    return Opened(found, terms.words, forms, first_form, [len(read_varints(counts)) for counts in sections[1]])


def _runs(packed: bytes) -> tuple[Array, Array]:
    """The sizes of runs that end with 0, without it, and the codes."""
    codes = np.frombuffer(packed, np.uint8)
    return np.diff(np.flatnonzero(codes == 0), prepend=-1) - 1, codes
