"""A built index, opened for questions. Nothing is read before it is asked for."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from reftel.problems import Refusal
from reftel.search.arrays import Array
from reftel.search.cards import CARD_BITS, Card, read_cards, read_text
from reftel.search.columns import Labels, read_labels, read_lengths, read_month_days, read_months
from reftel.search.directory import Directory, place, read_directory
from reftel.search.fields import LONG_FIELDS, NAMES
from reftel.search.numbers import read_numbers
from reftel.search.opened import TermPostings, Tokens, joined, read_phrases, read_terms
from reftel.search.store import Store
from reftel.search.vocabulary import Known, read_beginnings, read_endings


@dataclass
class Index:
    """The index of a built site's `search/` folder."""

    folder: Path
    _terms: dict[str, dict[str, TermPostings]] = field(default_factory=dict)
    _joined: dict[str, TermPostings | None] = field(default_factory=dict)
    _tokens: dict[str, dict[str, Tokens]] = field(default_factory=dict)
    _labels: dict[str, Labels] = field(default_factory=dict)
    _lengths: dict[str, Array] = field(default_factory=dict)

    @cached_property
    def store(self) -> Store:
        """Where it is read from."""
        return Store(self.folder)

    @cached_property
    def directory(self) -> Directory:
        """The directory; raises Refusal where another reftel has made it."""
        found = read_directory(self.store)
        if found is None:
            raise Refusal(f"{self.folder}: search data of another version of reftel; build the site again")
        return found

    @cached_property
    def numbers(self) -> Array:
        """Each document's number in the files."""
        return read_numbers(self.store)

    @cached_property
    def _ranks(self) -> Array:
        """How documents are counted, by their number in the files."""
        ranks = np.zeros(int(self.numbers[-1]) + 1 if len(self.numbers) else 0, np.int64)
        ranks[self.numbers] = np.arange(len(self.numbers))
        return ranks

    @cached_property
    def months(self) -> Array:
        """The number of the first day of each document's month, 0 for undated."""
        return read_months(self.store)

    @cached_property
    def days(self) -> Array:
        """Each document's day number, 0 for undated."""
        days: Array = np.maximum(self.months + read_month_days(self.store) - 1, 0)
        return days

    def shard(self, name: str) -> dict[str, TermPostings]:
        """The postings of a shard, or of a part of one."""
        if name not in self._terms:
            self._terms[name] = read_terms(self.store.read(f"terms/{name}"), self._ranks)
        return self._terms[name]

    def _shard_names(self, term: str) -> list[str]:
        number = self.directory.shard_of(term)
        return self.directory.shard_names(number) if number >= 0 else []

    def pieces(self, term: str) -> list[tuple[TermPostings, Tokens]]:
        """The parts of a term's postings, with where it stands in subjects and texts; none where it is not in the
        index.
        """
        found = []
        for name in self._shard_names(term) if self.postings(term) else []:
            if name not in self._tokens:
                self._tokens[name] = read_phrases(self.store.read(f"phrases/{name}"), self.shard(name))
            found.append((self.shard(name)[term], self._tokens[name][term]))
        return found

    def postings(self, term: str) -> TermPostings | None:
        """The postings of a term, None where it is not in the index."""
        if term not in self._joined:
            shards = [self.shard(name) for name in self._shard_names(term)]
            pieces = [shard[term] for shard in shards if term in shard]
            self._joined[term] = joined(pieces) if pieces else None
        return self._joined[term]

    def lengths(self, number: int, documents: Array, given: Array) -> Array:
        """The lengths of a field (by its number) in some documents: from the table, or as given with the postings."""
        name = NAMES[number]
        if name not in LONG_FIELDS:
            return given
        if name not in self._lengths:
            self._lengths[name] = read_lengths(name, self.store)
        table: Array = self._lengths[name][documents]
        return table

    def labels(self, name: str) -> Labels:
        """A column of labels."""
        if name not in self._labels:
            self._labels[name] = read_labels(name, self.store)
        return self._labels[name]

    def beginning_with(self, prefix: str) -> list[Known]:
        """The terms that begin so, in order ("": all)."""
        firsts = self.directory.beginnings
        found: list[Known] = []
        for number in range(max(0, place(firsts, prefix)), len(firsts)):
            if found_past(firsts[number], prefix):
                break
            found += [known for known in read_beginnings(firsts[number], self.store) if known.term.startswith(prefix)]
        return found

    def ending_with(self, suffix: str) -> list[Known]:
        """The terms that end so, in the order of their reversals."""
        firsts, wanted = self.directory.endings, suffix[::-1]
        found: list[Known] = []
        for number in range(max(0, place(firsts, wanted)), len(firsts)):
            if found_past(firsts[number], wanted):
                break
            found += [known for known in read_endings(firsts[number], self.store) if known.term.endswith(suffix)]
        return found

    def card(self, document: int) -> Card:
        """A document's card."""
        block = int(self.numbers[document]) >> CARD_BITS
        return read_cards(block, self.store)[document - int(np.searchsorted(self.numbers, block << CARD_BITS))]

    def text(self, address: str) -> list[tuple[str, str]]:
        """A document's paragraphs."""
        return read_text(address, self.store)

    def all_documents(self) -> Array:
        """The numbers of all documents."""
        return np.arange(self.directory.documents)


def found_past(first: str, prefix: str) -> bool:
    """Whether a file that begins with this term lies behind all terms with the prefix."""
    return first > prefix and not first.startswith(prefix)
