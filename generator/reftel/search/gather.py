"""From documents to a run: all their postings as arrays, sorted by term.

A run covers some consecutive documents. Runs are pure functions of their documents, so that they can be made side by
side; `merge` joins them. What each array means stands at `Run`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reftel.search.arrays import Array, changes, running, slices, sorting, totals
from reftel.search.chunks import BREAK_CODE, END_CODE, JOINED_CODE, TERM_CODE, Chunks, chunks_seen, forget_too_many
from reftel.search.document import SearchDocument
from reftel.search.fields import BODY, LONG_FIELDS, NAMES, READ_FIELDS, SUBJECT, field_bytes

AT_ONCE = 32
"""Documents whose words are worked on together, so few that their arrays stay near the processor."""
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
    """Their codes, in the order of the tokens, with a 0 behind each token's."""


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
        return Tokens(*(getattr(self, name).take(order) for name in Tokens.__slots__))


@dataclass(slots=True)
class Text:
    """What stands in some documents, in reading order. Words are terms, stop words, breaks and ends."""

    tokens: Tokens
    codes: Array
    """The code of each word."""
    field_starts: Array
    """The first word of each field of each document."""


def gather(documents: Sequence[SearchDocument]) -> Run:
    """The run of some documents."""
    seen = chunks_seen()
    texts = []
    for start in range(0, len(documents), AT_ONCE):
        packed = b"".join(map(field_bytes, documents[start : start + AT_ONCE]))
        texts.append(_text(seen, seen.numbers_in(packed)))
    text = _joined(texts) if texts else _text(seen, np.zeros(0, np.int32))
    tokens, fields = text.tokens, len(text.field_starts)
    lengths = np.bincount(tokens.field, minlength=fields).astype(np.int32).reshape(-1, len(NAMES))
    terms, place = _used(tokens.term, *seen.terms.in_order())
    tokens.term = place.take(tokens.term)
    text.tokens = tokens.pick(sorting(tokens.term))
    run = _run(text, terms, seen, lengths)
    forget_too_many()
    return run


def _text(seen: Chunks, chunks: Array) -> Text:
    """What stands in documents of these chunks."""
    starts = np.frombuffer(seen.starts, np.int32)
    first = starts.take(chunks)
    steps = slices(first, starts.take(chunks + 1) - first)
    code = np.frombuffer(seen.code, np.uint8).take(steps)
    has_place = code != JOINED_CODE
    word = np.cumsum(has_place, dtype=np.int32) - 1
    token = np.flatnonzero((code == TERM_CODE) | ~has_place)
    ends = np.flatnonzero(code == END_CODE)
    field = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=-1))
    steps, word_of_token, codes = steps.take(token), word.take(token), code[has_place]
    tokens = Tokens(
        np.frombuffer(seen.term, np.int32).take(steps),
        np.frombuffer(seen.form, np.int32).take(steps),
        field.take(token),
        word_of_token,
        *_gaps(codes, word_of_token),
    )
    return Text(tokens, codes, np.concatenate(([0], word[ends[:-1]] + 1))[: len(ends)])


def _joined(texts: Sequence[Text]) -> Text:
    """Texts one after the other."""
    words = fields = 0
    for text in texts:
        text.tokens.word += words
        text.tokens.field += fields
        text.field_starts += words
        words, fields = words + len(text.codes), fields + len(text.field_starts)
    return Text(
        Tokens(*(np.concatenate([getattr(text.tokens, name) for text in texts]) for name in Tokens.__slots__)),
        np.concatenate([text.codes for text in texts]),
        np.concatenate([text.field_starts for text in texts]),
    )


def _gaps(codes: Array, word: Array) -> tuple[Array, Array]:
    """How many stop words stand before and after the words of tokens."""
    solid = (codes == TERM_CODE) | (codes >= BREAK_CODE)
    places = np.concatenate(([-1], np.flatnonzero(solid))).astype(np.int32)
    following = np.cumsum(solid, dtype=np.int32).take(word) + 1
    before = word - places.take(following - 1 - solid.take(word)) - 1
    after = places.take(following) - word - 1
    return np.minimum(before, LONGEST_GAP).astype(np.uint8), np.minimum(after, LONGEST_GAP).astype(np.uint8)


def _used(numbers: Array, spelled: list[str], order: Array) -> tuple[list[str], Array]:
    """Which of the words the numbers name, in their order, and the place of each number among these."""
    is_used = np.bincount(numbers, minlength=len(spelled)) > 0
    found = order[is_used[order]]
    place = np.zeros(len(spelled), np.int32)
    place[found] = np.arange(len(found))
    return [spelled[number] for number in found.tolist()], place


def _run(text: Text, terms: list[str], seen: Chunks, lengths: Array) -> Run:
    """The run of a text whose tokens stand in the order of terms."""
    tokens = text.tokens
    entries = np.flatnonzero(changes(tokens.term, tokens.field))
    field = tokens.field[entries]
    entry_term, entry_document, entry_field = tokens.term[entries], field // len(NAMES), field % len(NAMES)
    entry_sizes = np.diff(entries, append=len(tokens.term)).astype(np.int32)
    entry_tokens = entry_sizes * _IS_READ.take(entry_field)
    postings = np.flatnonzero(changes(entry_term, entry_document))
    read = tokens.pick(np.flatnonzero(np.repeat(_IS_READ.take(entry_field), entry_sizes)))
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
            running(_IS_SHORT.take(entry_field))[first_entry],
            first_token,
            running(read.before)[first_token] + first_token,
            running(read.after)[first_token] + first_token,
        )).astype(np.int32),
        posting_document=entry_document[postings],
        posting_mask=totals(np.bitwise_or, np.left_shift(1, entry_field, dtype=np.int32), postings).astype(np.uint8),
        posting_tokens=totals(np.add, entry_tokens, postings).astype(np.int32),
        entry_frequency=entry_sizes,
        entry_short=lengths.ravel()[field[_IS_SHORT.take(entry_field)]],
        token_position=_positions(read, text.field_starts),
        token_form=place.take(read.form),
        token_before=read.before,
        token_after=read.after,
        gaps_before=_ended(text.codes, read.word - read.before, read.before),
        gaps_after=_ended(text.codes, read.word + 1, read.after),
    )  # fmt: skip


def _ended(codes: Array, starts: Array, sizes: Array) -> Array:
    """Codes that begin at some words, so many each, with a 0 behind them."""
    found: Array = codes.take(slices(starts, sizes + 1))
    found[running(sizes)[1:] + np.arange(len(sizes))] = 0
    return found


def _positions(read: Tokens, field_starts: Array) -> Array:
    """Where tokens stand in their field."""
    kind = np.arange(len(field_starts)) % len(NAMES)
    position: Array = read.word - np.where(kind == BODY, field_starts - BODY_START, field_starts).take(read.field)
    long = np.flatnonzero((kind == SUBJECT) & (np.diff(field_starts, append=field_starts[-1:]) > BODY_START))
    if len(long):
        beyond = np.isin(read.field, long)
        position[beyond] = np.minimum(position[beyond], BODY_START - 1)
    return position
