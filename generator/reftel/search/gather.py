"""From documents to a run: all their postings as arrays, sorted by term. Each distinct chunk is analysed once.

A run covers some consecutive documents. Runs are pure functions of their documents, so that they can be made side by
side; `merge` joins them. What each array means stands at `Run`.
"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reftel.search.document import SearchDocument
from reftel.search.fields import BODY, BREAK, NAMES, READ_FIELDS, TERM, field_chunks
from reftel.search.packing import in_utf16_order
from reftel.search.words import STOP_WORDS, Word, analyse, is_plain, plain_word, surfaces

STOP_CODES = {word: code for code, word in enumerate(sorted(STOP_WORDS), 1)}
"""How a stop word is written in a gap: one byte, 1 to 119."""
BREAK_CODE = 255
MOST_CHUNKS = 500_000
"""How many different chunks a process remembers (some 150 bytes each)."""
LONGEST_GAP = 200
"""Stop words in a row that are kept on either side of a word."""
BODY_START = 512
"""The body's first word has this position, the subject's first has 0; a subject's words from here on share the last
position.
"""

Array = NDArray[Any]


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
    """Where each term's postings, entries, tokens, gap codes before and after begin, [terms + 1, 5]."""
    posting_document: Array
    posting_mask: Array
    """Bit i: the term stands in field i."""
    posting_tokens: Array
    """How many tokens follow for it."""
    entry_frequency: Array
    token_position: Array
    token_form: Array
    token_before: Array
    token_after: Array
    """How many stop words stand before and after it."""
    gaps_before: Array
    gaps_after: Array
    """Their codes, in the order of the tokens."""


class Chunks(dict[str, int]):
    """Numbers for the chunks seen so far, with what each becomes: its words and its tokens."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: dict[str, int] = {}
        self.forms: dict[str, int] = {}
        self.codes = array("B")
        self.places, self.term, self.form = array("i"), array("i"), array("i")
        """Of each token its place among the chunk's words, its term and form."""
        self.word_starts, self.token_starts = array("i", [0]), array("i", [0])

    def __missing__(self, chunk: str) -> int:
        if chunk.isascii() and (lower := chunk.lower()) != chunk:
            number = self[lower]
        else:
            number = len(self.word_starts) - 1
            self._add(chunk)
        self[chunk] = number
        return number

    def _add(self, chunk: str) -> None:
        if chunk == BREAK:
            self.codes.append(BREAK_CODE)
        elif chunk.startswith(TERM):
            self._token(0, Word(chunk[1:], chunk[1:]))
            self.codes.append(0)
        elif is_plain(plain := chunk.rstrip(".,;:")):
            word = plain_word(plain)
            if word.term:
                self._token(0, word)
            self.codes.append(0 if word.term else STOP_CODES[word.form])
        else:
            self._analyse(chunk)
        self.word_starts.append(len(self.codes))
        self.token_starts.append(len(self.term))

    def _analyse(self, chunk: str) -> None:
        start = 0
        for surface in surfaces(chunk):
            for piece in analyse(surface):
                for place, word in piece.tokens():
                    self._token(start + place, word)
                self.codes.extend(0 if word.term else STOP_CODES[word.form] for word in piece.words)
                start += len(piece.words)

    def _token(self, place: int, word: Word) -> None:
        self.places.append(place)
        self.term.append(self.terms.setdefault(word.term, len(self.terms)))
        self.form.append(self.forms.setdefault(word.form, len(self.forms)))


@lru_cache(maxsize=1)
def _chunks() -> Chunks:
    """The chunks that this process has seen: most of those in one part have been in another before."""
    return Chunks()


def gather(documents: Iterable[SearchDocument]) -> Run:
    """The run of some documents."""
    chunks: list[str] = []
    sizes: list[int] = []
    for document in documents:
        for found in field_chunks(document):
            sizes.append(len(found))
            chunks += found
    seen = _chunks()
    run = _run(seen, np.fromiter(map(seen.__getitem__, chunks), np.int32, len(chunks)), np.array(sizes, np.int32))
    if len(seen) > MOST_CHUNKS:
        _chunks.cache_clear()
    return run


def _used(numbers: Array, words: Mapping[str, int], in_order: bool) -> tuple[list[str], Array]:
    """Which of the words the numbers name, sorted where they are to be `in_order`, and the place of each number among
    these.
    """
    found = np.flatnonzero(np.bincount(numbers, minlength=len(words)))
    spelled = list(words)
    used = [spelled[number] for number in found.tolist()]
    if in_order:
        used = in_utf16_order(used)
        found = np.fromiter(map(words.__getitem__, used), np.int32, len(used))
    place = np.zeros(len(words), np.int32)
    place[found] = np.arange(len(found))
    return used, place


def _run(seen: Chunks, found: Array, sizes: Array) -> Run:
    """The arrays: from chunks to words and tokens, then sorted by term."""
    documents = len(sizes) // len(NAMES)
    word_starts, token_starts = np.array(seen.word_starts), np.array(seen.token_starts)
    field_of_chunk = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    words_of_chunk, tokens_of_chunk = np.diff(word_starts)[found], np.diff(token_starts)[found]
    first_word = _before(words_of_chunk)
    codes = np.array(seen.codes, np.uint8)[slices(word_starts[found], words_of_chunk)]
    field_of_word = np.repeat(field_of_chunk, words_of_chunk)

    which = slices(token_starts[found], tokens_of_chunk)
    field = np.repeat(field_of_chunk, tokens_of_chunk)
    word = np.repeat(first_word, tokens_of_chunk) + np.array(seen.places)[which]
    lengths = np.bincount(field, minlength=len(sizes)).astype(np.int32)

    term, form = np.array(seen.term)[which], np.array(seen.form)[which]
    terms, place = _used(term, seen.terms, in_order=True)
    term = place[term]
    order = sorting(term)
    term, field, word, form = term[order], field[order], word[order], form[order]
    forms, place = _used(form, seen.forms, in_order=False)

    new_entry = _changes(term, field)
    entries = np.flatnonzero(new_entry)
    entry_term, entry_document, entry_field = term[entries], field[entries] // len(NAMES), field[entries] % len(NAMES)
    new_posting = _changes(entry_term, entry_document)
    postings = np.flatnonzero(new_posting)
    entry_read = np.isin(entry_field, READ_FIELDS)
    entry_sizes = np.diff(entries, append=len(term)).astype(np.int32)
    read = np.repeat(entry_read, entry_sizes)
    first_entry = np.searchsorted(entry_term, np.arange(len(terms) + 1))
    gaps = _gaps(codes, field_of_word, word[read], field[read])
    first_token = np.searchsorted(term[read], np.arange(len(terms) + 1))
    return Run(
        documents=documents,
        lengths=lengths.reshape(-1, len(NAMES)),
        terms=terms,
        forms=forms,
        starts=np.column_stack((
            np.searchsorted(entry_term[postings], np.arange(len(terms) + 1)),
            first_entry,
            first_token,
            _sums(gaps["token_before"])[first_token],
            _sums(gaps["token_after"])[first_token],
        )).astype(np.int32),
        posting_document=entry_document[postings],
        posting_mask=_totals(np.bitwise_or, 1 << entry_field, postings).astype(np.uint8),
        posting_tokens=_totals(np.add, entry_sizes * entry_read, postings).astype(np.int32),
        entry_frequency=entry_sizes,
        token_form=place[form[read]],
        **gaps,
    )  # fmt: skip


def _gaps(codes: Array, field_of_word: Array, word: Array, field: Array) -> dict[str, Array]:
    """Positions of the tokens, and the stop words around each."""
    places = np.arange(len(codes), dtype=np.int32)
    start_of_field = np.maximum.accumulate(np.where(_changes(field_of_word), places, 0)) if len(codes) else places
    solid = (codes == 0) | (codes == BREAK_CODE)
    left = np.maximum.accumulate(np.where(solid, places + 1, 0)) if len(codes) else places
    right = np.minimum.accumulate(np.where(solid, places, len(codes))[::-1])[::-1] if len(codes) else places
    ends = np.flatnonzero(_changes(field_of_word[::-1])[::-1]).astype(np.int32) + 1
    end_of_field = np.repeat(ends, np.diff(ends, prepend=0))
    begin, end = np.maximum(left[word - 1] * (word > 0), start_of_field[word]), end_of_field[word]
    stop = np.minimum(np.where(word + 1 < end, right[np.minimum(word + 1, len(codes) - 1)], end), end)
    before, after = np.minimum(word - begin, LONGEST_GAP), np.minimum(stop - word - 1, LONGEST_GAP)
    position = word - start_of_field[word]
    position = np.where(field % len(NAMES) == BODY, position + BODY_START, np.minimum(position, BODY_START - 1))
    return {
        "token_position": position.astype(np.int32),
        "token_before": before.astype(np.uint8),
        "token_after": after.astype(np.uint8),
        "gaps_before": codes[slices(word - before, before)],
        "gaps_after": codes[slices(word + 1, after)],
    }


def sorting(numbers: Array) -> Array:
    """The stable order of small non-negative numbers: by their lower, then by their upper 16 bits, for which numpy
    counts instead of comparing.
    """
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    if len(numbers) and int(numbers.max()) > 0xFFFF:
        order = order[np.argsort((numbers >> 16).astype(np.uint16)[order], kind="stable")]
    return order


def slices(starts: Array, sizes: Array) -> Array:
    """The indexes of slices in a row: starts [5, 2] of sizes [2, 3] are 5 6 2 3 4."""
    total = int(sizes.sum(dtype=np.int64))
    kind = np.int32 if total < 1 << 31 else np.int64
    places: Array = np.arange(total, dtype=kind)
    places += np.repeat((starts - _before(sizes)).astype(kind), sizes)
    return places


def _before(sizes: Array) -> Array:
    """The sums of the sizes before each."""
    sums: Array = np.cumsum(sizes, dtype=np.int64) - sizes
    return sums


def _sums(sizes: Array) -> Array:
    """Running sums, from 0."""
    sums: Array = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
    return sums


def _changes(*columns: Array) -> Array:
    """True where any column differs from the row before; the first row differs."""
    changed = np.zeros(len(columns[0]), bool)
    changed[:1] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return changed


def _totals(sum_up: np.ufunc, values: Array, starts: Array) -> Array:
    """The sums (of a kind) of the values from each start to the next."""
    totals: Array = sum_up.reduceat(values, starts) if len(starts) else np.zeros(0, np.int64)
    return totals
