"""Postings of some terms as arrays that are put together, sorted and picked from, whole postings at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array, running, slices, sorting
from reftel.search.fields import LONG_FIELDS, NAMES
from reftel.search.gather import Run

BITS = np.array([number.bit_count() for number in range(256)], np.int8)
"""How many fields a mask names."""
LONG_BITS = sum(1 << NAMES.index(name) for name in LONG_FIELDS)


@dataclass(slots=True)
class Postings:
    """Postings, their entries (one for each field of the mask) and tokens; columns as those of `Run`.

    `term` counts in a list of words that somebody else has, `document` is the document's number, `short` holds for the
    entries of short fields the field's length.
    """

    term: Array
    document: Array
    mask: Array
    tokens: Array
    frequency: Array
    short: Array
    position: Array
    form: Array
    before: Array
    after: Array
    gaps_before: Array
    gaps_after: Array


COLUMNS = Postings.__slots__
KINDS = (
    ("document", "mask", "tokens"), ("frequency",), ("short",), ("position", "form", "before", "after"),
    ("gaps_before",), ("gaps_after",),
)  # fmt: skip
"""Which columns go with which of `Run.starts`."""


def of_run(run: Run, low: int, high: int, terms: Array, forms: Array, documents: Array) -> Postings:
    """The postings of a run's terms [low, high), with the numbers that these, the forms and the documents have."""
    postings, entries, shorts, tokens, before, after = run.starts[low].tolist()
    postings_end, entries_end, shorts_end, tokens_end, before_end, after_end = run.starts[high].tolist()
    return Postings(
        term=np.repeat(terms, np.diff(run.starts[low : high + 1, 0])),
        document=documents.take(run.posting_document[postings:postings_end]),
        mask=run.posting_mask[postings:postings_end],
        tokens=run.posting_tokens[postings:postings_end],
        frequency=run.entry_frequency[entries:entries_end],
        short=run.entry_short[shorts:shorts_end],
        position=run.token_position[tokens:tokens_end],
        form=forms.take(run.token_form[tokens:tokens_end]),
        before=run.token_before[tokens:tokens_end],
        after=run.token_after[tokens:tokens_end],
        gaps_before=run.gaps_before[before:before_end],
        gaps_after=run.gaps_after[after:after_end],
    )


def mask_fields(masks: Array) -> Array:
    """The numbers of the fields that the masks name, one after the other."""
    return np.nonzero(np.unpackbits(masks[:, None], axis=1, bitorder="little"))[1]


class Share(NamedTuple):
    """A part's share of some terms: their numbers, the sizes of each as of `Run.starts`, and the postings."""

    terms: Array
    sizes: Array
    postings: Postings


def put_together(shares: Sequence[Share]) -> Postings:
    """The postings of shares in the order of terms; those of a term stand in the order of the shares."""
    terms = np.concatenate([share.terms for share in shares])
    sizes = np.concatenate([share.sizes for share in shares]).astype(np.int64)
    starts = np.cumsum(sizes, axis=0) - sizes
    counted = np.arange(int(sizes.sum(axis=0).max(initial=0)))
    order = sorting(terms)
    terms, starts, sizes = terms[order], starts[order], sizes[order]
    found = {"term": np.repeat(terms, sizes[:, 0])}
    for number, names in enumerate(KINDS):
        places = slices(starts[:, number], sizes[:, number], counted)
        for name in names:
            found[name] = np.concatenate([getattr(share.postings, name) for share in shares]).take(places)
    return Postings(**found)


def concatenated(shares: Sequence[Postings]) -> Postings:
    """The postings of shares, one after the other, in arrays of their own."""
    return Postings(*(np.concatenate([getattr(share, name) for share in shares]) for name in COLUMNS))


def merged(old: Postings, gone: Array, new: Postings) -> Postings:
    """Old postings, which stand in the order of terms and documents, without those of documents that are gone, with new
    ones. Postings of terms below 0 are left out.
    """
    kept = np.flatnonzero(~np.isin(old.document, gone) & (old.term >= 0))
    added = np.flatnonzero(new.term >= 0)
    keys, new_keys = (part.term[those] << 40 | part.document[those] for part, those in ((old, kept), (new, added)))
    added = added[np.argsort(new_keys)]
    places = np.searchsorted(keys, np.sort(new_keys))
    return pick(concatenated([old, new]), np.insert(kept, places, added + len(old.term)))


def pick(whole: Postings, order: Array) -> Postings:
    """Some of the postings, in the order in which they are named."""
    shorts = BITS[whole.mask & (0xFF ^ LONG_BITS)]
    tokens = spread(order, whole.tokens)
    entries = spread(order, BITS[whole.mask])
    return Postings(
        term=whole.term[order],
        document=whole.document[order],
        mask=whole.mask[order],
        tokens=whole.tokens[order],
        frequency=whole.frequency[entries],
        short=whole.short[spread(order, shorts)],
        position=whole.position[tokens],
        form=whole.form[tokens],
        before=whole.before[tokens],
        after=whole.after[tokens],
        gaps_before=whole.gaps_before[spread(tokens, whole.before + 1)],
        gaps_after=whole.gaps_after[spread(tokens, whole.after + 1)],
    )


def spread(order: Array, sizes: Array) -> Array:
    """The order of the parts, from the order of the wholes and the number of parts of each."""
    sizes = sizes.astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    return slices(starts[order], sizes[order])


@dataclass(slots=True)
class Rows:
    """Postings by rows: a term, or one part of its documents where it has many. Where each row's postings, entries,
    short entries and tokens begin, [rows + 1].
    """

    words: list[str]
    part: list[int]
    """Of each row: which part of its term it is, from 0."""
    postings: Array
    entries: Array
    shorts: Array
    tokens: Array


def rows_of(whole: Postings, words: Sequence[str], parts: Sequence[int], bits: int) -> Rows:
    """The rows of terms that are cut into so many parts each, in a table of 2^bits document numbers."""
    bounds = np.searchsorted(whole.term, np.arange(len(words) + 1))
    cuts = [
        bounds[number] + np.searchsorted(
            whole.document[bounds[number] : bounds[number + 1]], np.arange(1, count) * ((1 << bits) // count)
        )
        for number, count in enumerate(parts)
        if count > 1
    ]  # fmt: skip
    places = np.repeat([number + 1 for number, count in enumerate(parts) if count > 1], [len(cut) for cut in cuts])
    if cuts:
        bounds = np.insert(bounds, places, np.concatenate(cuts))
    names, part = list(words), [0] * len(words)
    for number in reversed([number for number, count in enumerate(parts) if count > 1]):
        names[number : number + 1] = [words[number]] * parts[number]
        part[number : number + 1] = range(parts[number])
    return rows_at(whole, bounds, names, part)


def rows_at(whole: Postings, bounds: Array, words: list[str], part: list[int]) -> Rows:
    """Rows that begin at these postings."""
    sums = [
        running(sizes)[bounds]
        for sizes in (BITS.take(whole.mask), BITS.take(whole.mask & (0xFF ^ LONG_BITS)), whole.tokens)
    ]
    return Rows(words, part, bounds, *sums)


def nothing() -> Postings:
    """No postings."""
    return Postings(*(np.zeros(0, np.uint8 if name == "mask" else np.int64) for name in COLUMNS))
