"""From documents to a run: all their postings as arrays, sorted by term.

A run covers some consecutive documents. Runs are pure functions of their documents, so that they can be made side by
side; `merge` joins them. What each array means stands at `Run`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from reftel.search.arrays import Array, changes, running, slices, sorting, totals
from reftel.search.chunks import BREAK_CODE, JOINED_CODE, TERM_CODE, Chunks, chunks_seen, forget_too_many, numbers_of
from reftel.search.document import SearchDocument
from reftel.search.fields import BODY, BREAK, LONG_FIELDS, NAMES, READ_FIELDS, SUBJECT, field_chunks

LONGEST_GAP = 200
"""Stop words in a row that are kept on either side of a word."""
BODY_START = 512
"""The body's first word has this position, the subject's first has 0; a subject's words from here on share the last
position.
"""
_IS_READ = np.isin(np.arange(len(NAMES)), READ_FIELDS)
_IS_SHORT = np.array([name not in LONG_FIELDS for name in NAMES])


@dataclass(slots=True)
class Run:
    """The postings of consecutive documents.

    A posting is a term in a document; an entry is a posting's part in one field; a token is an occurrence in a field
    that is read for phrases. All three stand in the order term, document, field, position.
    """

    documents: int
    lengths: Array
    """Terms in each field of each document, [documents, fields]."""
    terms: list[str]
    forms: list[str]
    starts: Array
    """Where each term's postings, entries, short entries, tokens, gap codes before and after begin, [terms + 1, 6]."""
    posting_document: Array
    posting_mask: Array
    """Bit i: the term stands in field i."""
    posting_tokens: Array
    """How many tokens follow for it."""
    entry_frequency: Array
    entry_short: Array
    """Of the entries of short fields the field's length."""
    token_position: Array
    token_form: Array
    token_before: Array
    token_after: Array
    """How many stop words stand before and after it."""
    gaps_before: Array
    gaps_after: Array
    """Their codes, in the order of the tokens."""


@dataclass(slots=True)
class Tokens:
    """Tokens as columns: the number of the term and of the form, the field among the fields of all documents, the
    word among all words, how many stop words stand before and after it.
    """

    term: Array
    form: Array
    field: Array
    word: Array
    before: Array
    after: Array

    def pick(self, order: Array) -> "Tokens":
        """Some of them."""
        return Tokens(*(getattr(self, name)[order] for name in Tokens.__slots__))


def gather(documents: Iterable[SearchDocument]) -> Run:
    """The run of some documents."""
    numbers: list[Array] = []
    sizes: list[int] = []
    for document in documents:
        chunks: list[str] = []
        for found in field_chunks(document):
            chunks += found
            chunks.append(BREAK)
            sizes.append(len(found) + 1)
        numbers.append(numbers_of(chunks))
    found_numbers = np.concatenate(numbers) if numbers else np.zeros(0, np.int32)
    run = _run(chunks_seen(), found_numbers, np.array(sizes, np.int64))
    forget_too_many()
    return run


def _run(seen: Chunks, chunks: Array, sizes: Array) -> Run:
    """The run of chunks, of which each field of each document has so many."""
    starts = np.array(seen.starts)
    steps_of_chunk = np.diff(starts)[chunks]
    steps = slices(starts[chunks], steps_of_chunk)
    field_ends = running(steps_of_chunk)[np.cumsum(sizes)]
    field = np.repeat(np.arange(len(sizes), dtype=np.int32), np.diff(field_ends, prepend=0))
    code = np.array(seen.code, np.uint8)[steps]
    has_place = code != JOINED_CODE
    word = np.cumsum(has_place, dtype=np.int32) - 1
    token = np.flatnonzero((code == TERM_CODE) | (code == JOINED_CODE))
    steps, word_of_token = steps[token], word[token]
    codes = code[has_place]
    tokens = Tokens(
        np.array(seen.term)[steps],
        np.array(seen.form)[steps],
        field[token],
        word_of_token,
        *_gaps(codes, word_of_token),
    )
    lengths = np.bincount(tokens.field, minlength=len(sizes)).astype(np.int32).reshape(-1, len(NAMES))
    terms, place = _used(tokens.term, *seen.terms.in_order())
    tokens.term = place[tokens.term]
    field_starts = word[np.concatenate(([0], field_ends[:-1]))] if len(sizes) else word
    return _sorted_run(tokens.pick(sorting(tokens.term)), terms, seen, lengths, codes, field_starts)


def _gaps(codes: Array, word: Array) -> tuple[Array, Array]:
    """How many stop words stand before and after the words of tokens."""
    solid = (codes == TERM_CODE) | (codes == BREAK_CODE)
    places = np.concatenate(([-1], np.flatnonzero(solid))).astype(np.int32)
    following = (np.cumsum(solid, dtype=np.int32) + 1)[word]
    before = word - places[following - 1 - solid[word]] - 1
    after = places[following] - word - 1
    return np.minimum(before, LONGEST_GAP).astype(np.uint8), np.minimum(after, LONGEST_GAP).astype(np.uint8)


def _used(numbers: Array, spelled: list[str], order: Array) -> tuple[list[str], Array]:
    """Which of the words the numbers name, in their order, and the place of each number among these."""
    is_used = np.bincount(numbers, minlength=len(spelled)) > 0
    found = order[is_used[order]]
    place = np.zeros(len(spelled), np.int32)
    place[found] = np.arange(len(found))
    return [spelled[number] for number in found.tolist()], place


def _sorted_run(
    tokens: Tokens, terms: list[str], seen: Chunks, lengths: Array, codes: Array, field_starts: Array
) -> Run:
    """The run of tokens that stand in the order of terms."""
    entries = np.flatnonzero(changes(tokens.term, tokens.field))
    field = tokens.field[entries]
    entry_term, entry_document, entry_field = tokens.term[entries], field // len(NAMES), field % len(NAMES)
    entry_sizes = np.diff(entries, append=len(tokens.term)).astype(np.int32)
    entry_tokens = entry_sizes * _IS_READ[entry_field]
    postings = np.flatnonzero(changes(entry_term, entry_document))
    read = tokens.pick(np.flatnonzero(np.repeat(_IS_READ[entry_field], entry_sizes)))
    first_entry = np.searchsorted(entry_term, np.arange(len(terms) + 1))
    first_token = np.searchsorted(read.term, np.arange(len(terms) + 1))
    forms, place = _used(read.form, list(seen.forms), np.arange(len(seen.forms)))
    return Run(
        documents=len(lengths),
        lengths=lengths,
        terms=terms,
        forms=forms,
        starts=np.column_stack((
            np.searchsorted(postings, first_entry),
            first_entry,
            running(_IS_SHORT[entry_field])[first_entry],
            first_token,
            running(read.before)[first_token],
            running(read.after)[first_token],
        )).astype(np.int32),
        posting_document=entry_document[postings],
        posting_mask=totals(np.bitwise_or, np.left_shift(1, entry_field, dtype=np.int32), postings).astype(np.uint8),
        posting_tokens=totals(np.add, entry_tokens, postings).astype(np.int32),
        entry_frequency=entry_sizes,
        entry_short=lengths.ravel()[field[_IS_SHORT[entry_field]]],
        token_position=_positions(read, field_starts),
        token_form=place[read.form],
        token_before=read.before,
        token_after=read.after,
        gaps_before=codes[slices(read.word - read.before, read.before)],
        gaps_after=codes[slices(read.word + 1, read.after)],
    )  # fmt: skip


def _positions(read: Tokens, field_starts: Array) -> Array:
    """Where tokens stand in their field."""
    kind = np.arange(len(field_starts)) % len(NAMES)
    position: Array = read.word - np.where(kind == BODY, field_starts - BODY_START, field_starts)[read.field]
    long = np.flatnonzero((kind == SUBJECT) & (np.diff(field_starts, append=field_starts[-1:]) > BODY_START))
    if len(long):
        beyond = np.isin(read.field, long)
        position[beyond] = np.minimum(position[beyond], BODY_START - 1)
    return position
