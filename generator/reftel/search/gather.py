"""From documents to a run: all their postings as arrays, sorted by term.

A run covers some consecutive documents. Runs are pure functions of their documents, so that they can be made side by
side; `merge` joins them. What each array means stands at `Run`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reftel.search.arrays import Array, changes, running, sorting
from reftel.search.chunks import Chunks, chunks_seen, forget_too_many
from reftel.search.document import SearchDocument
from reftel.search.fields import BODY, LONG_FIELDS, NAMES, READ_FIELDS, SUBJECT, field_bytes
from reftel.search.texts import Text, joined, text_of
from reftel.search.word_numbers import Words

AT_ONCE = 32
"""Documents whose words are worked on together, so few that their arrays stay near the processor."""
BODY_START = 512
"""The body's first word has this position, the subject's first has 0; a subject's words from here on share the last
position.
"""
_IS_READ = np.isin(np.arange(len(NAMES)), READ_FIELDS)
_IS_SHORT = np.array([name not in LONG_FIELDS for name in NAMES])
_BIT = (1 << np.arange(len(NAMES))).astype(np.uint8)


@dataclass(slots=True)
class Run:
    """The postings of consecutive documents.

    A posting is a term in a document; an entry is a posting's part in one field; a token is an occurrence in a field
    that is read for phrases. All three stand in the order term, document, field, position.
    """

    documents: int
    lengths: Array
    """Terms in each field of each document, [documents, fields]."""
    terms: bytes
    forms: bytes
    """Words with new lines between them: terms in their order, forms in any."""
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


def gather(documents: Sequence[SearchDocument]) -> Run:
    """The run of some documents."""
    seen = chunks_seen()
    texts = []
    for start in range(0, len(documents), AT_ONCE):
        packed = b"".join(map(field_bytes, documents[start : start + AT_ONCE]))
        texts.append(text_of(seen, seen.numbers_in(packed)))
    text = joined(texts) if texts else text_of(seen, np.zeros(0, np.int32))
    run = _run(text, seen)
    forget_too_many()
    return run


def _used(words: Words, numbers: Array, is_sorted: bool) -> tuple[bytes, Array]:
    """The words that the numbers name, joined, in the order of words or else of their numbers; and the place of each
    number among these.
    """
    found = np.flatnonzero(np.bincount(numbers, minlength=words.count))
    if is_sorted:
        found = words.in_order(found)
    place = np.zeros(words.count, np.int32)
    place[found] = np.arange(len(found))
    return words.joined(found), place.take(numbers)


def _run(text: Text, seen: Chunks) -> Run:
    """The run of a text: its tokens in the order of terms."""
    term = np.frombuffer(seen.term, np.int32).take(text.step)
    terms, term = _used(seen.terms, term, is_sorted=True)
    order = sorting(term)
    term, field = term.take(order), text.field.take(order)
    lengths = np.bincount(text.field, minlength=len(text.field_starts)).astype(np.int32)
    is_read = np.tile(_IS_READ, len(lengths) // len(NAMES))
    read = _read(text, order.take(np.flatnonzero(is_read.take(field))), seen)
    entries = np.flatnonzero(changes(term, field))
    term, field = term.take(entries), field.take(entries)
    document = field // len(NAMES)
    kind = field - document * len(NAMES)
    sizes = np.diff(entries, append=len(order)).astype(np.int32)
    is_short = _IS_SHORT.take(kind)
    first_entry = np.append(np.flatnonzero(changes(term)), len(term))
    is_first = changes(term, document)
    postings, others = np.flatnonzero(is_first), np.flatnonzero(~is_first)
    postings_until = running(is_first)
    tokens = sizes * _IS_READ.take(kind)
    first_token = running(tokens).take(first_entry)
    posting_of_other = postings_until.take(others) - 1
    starts = (
        postings_until.take(first_entry), first_entry, running(is_short).take(first_entry), first_token,
        read.starts_before.take(first_token), read.starts_after.take(first_token),
    )  # fmt: skip
    return Run(
        documents=len(lengths) // len(NAMES),
        lengths=lengths.reshape(-1, len(NAMES)),
        terms=terms,
        forms=read.forms,
        starts=np.column_stack(starts).astype(np.int32),
        posting_document=document.take(postings),
        posting_mask=_summed(_BIT.take(kind), postings, others, posting_of_other),
        posting_tokens=_summed(tokens, postings, others, posting_of_other),
        entry_frequency=sizes,
        entry_short=lengths.take(field[is_short]),
        token_position=read.position,
        token_form=read.form,
        token_before=read.before,
        token_after=read.after,
        gaps_before=read.gaps_before,
        gaps_after=read.gaps_after,
    )


def _summed(values: Array, firsts: Array, others: Array, whose: Array) -> Array:
    """The sums of the values of entries by posting: the first of each, and those that others add to it. Most postings
    have one entry.
    """
    found: Array = values.take(firsts)
    np.add.at(found, whose, values.take(others))
    return found


@dataclass(slots=True)
class _Read:
    """Tokens in fields that are read for phrases: columns as those of `Run`, and where each token's gaps begin."""

    forms: bytes
    position: Array
    form: Array
    before: Array
    after: Array
    gaps_before: Array
    gaps_after: Array
    starts_before: Array
    starts_after: Array


def _read(text: Text, order: Array, seen: Chunks) -> _Read:
    """Some tokens, in this order."""
    word, before, after = text.word.take(order), text.before.take(order), text.after.take(order)
    form = np.frombuffer(seen.form, np.int32).take(text.step.take(order))
    forms, form = _used(seen.forms, form, is_sorted=False)
    gaps_before, starts_before = _ended(text.codes, word - before, before)
    gaps_after, starts_after = _ended(text.codes, word + 1, after)
    return _Read(
        forms, _positions(text.field.take(order), word, text.field_starts), form, before, after,
        gaps_before, gaps_after, starts_before, starts_after,
    )  # fmt: skip


def _ended(codes: Array, firsts: Array, sizes: Array) -> tuple[Array, Array]:
    """Codes that begin at some words, so many each, with a 0 behind them; and where each begins in the result. Most are
    few, so they are taken one of each at a time.
    """
    starts = running(sizes + 1)
    found = np.zeros(int(starts[-1]), np.uint8)
    some = np.flatnonzero(sizes > 0)
    number = 0
    while len(some):
        found[starts.take(some) + number] = codes.take(firsts.take(some) + number)
        number += 1
        some = some[sizes.take(some) > number]
    return found, starts


def _positions(field: Array, word: Array, field_starts: Array) -> Array:
    """Where tokens stand in their field."""
    kind = np.arange(len(field_starts)) % len(NAMES)
    firsts = np.where(kind == BODY, field_starts - BODY_START, field_starts).astype(np.int32)
    position: Array = word - firsts.take(field)
    long = np.flatnonzero((kind == SUBJECT) & (np.diff(field_starts, append=field_starts[-1:]) > BODY_START))
    if len(long):
        beyond = np.isin(field, long)
        position[beyond] = np.minimum(position[beyond], BODY_START - 1)
    return position
