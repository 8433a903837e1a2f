"""A built index, opened for questions. Nothing is read before it is asked for."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from reftel.search.cards import Card, read_card, read_text
from reftel.search.columns import Labels, read_days, read_labels, read_lengths
from reftel.search.directory import Directory, place, read_directory
from reftel.search.fields import LONG_FIELDS, NAMES
from reftel.search.gather import Array
from reftel.search.shards import Postings, Tokens, read_phrases, read_terms
from reftel.search.store import Store
from reftel.search.vocabulary import Known, read_beginnings, read_endings


@dataclass
class Index:
    """The index of a built site's `search/` folder."""

    folder: Path
    _terms: dict[int, dict[str, Postings]] = field(default_factory=dict)
    _tokens: dict[int, dict[str, Tokens]] = field(default_factory=dict)
    _labels: dict[str, Labels] = field(default_factory=dict)
    _lengths: dict[str, Array] = field(default_factory=dict)

    @cached_property
    def store(self) -> Store:
        """Where it is read from."""
        return Store(self.folder)

    @cached_property
    def directory(self) -> Directory:
        """The directory."""
        return read_directory(self.store)

    @cached_property
    def days(self) -> Array:
        """Each document's day number, 0 for undated."""
        return read_days(self.store)

    def shard(self, number: int) -> dict[str, Postings]:
        """The postings of a shard."""
        if number not in self._terms:
            self._terms[number] = read_terms(self.store.read(f"terms/{self.directory.shard_name(number)}"))
        return self._terms[number]

    def postings(self, term: str) -> Postings | None:
        """The postings of a term, None where it is not in the index."""
        number = self.directory.shard_of(term)
        return self.shard(number).get(term) if number >= 0 else None

    def tokens(self, term: str) -> Tokens | None:
        """Where a term stands in subjects and texts."""
        number = self.directory.shard_of(term)
        if number < 0:
            return None
        if number not in self._tokens:
            packed = self.store.read(f"phrases/{self.directory.shard_name(number)}")
            self._tokens[number] = read_phrases(packed, self.shard(number))
        return self._tokens[number].get(term)

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
            found += [known for known in read_beginnings(number, self.store) if known.term.startswith(prefix)]
        return found

    def ending_with(self, suffix: str) -> list[Known]:
        """The terms that end so, in the order of their reversals."""
        firsts, wanted = self.directory.endings, suffix[::-1]
        found: list[Known] = []
        for number in range(max(0, place(firsts, wanted)), len(firsts)):
            if found_past(firsts[number], wanted):
                break
            found += [known for known in read_endings(number, self.store) if known.term.endswith(suffix)]
        return found

    def card(self, number: int) -> Card:
        """A document's card."""
        return read_card(number, self.store)

    def text(self, address: str) -> list[tuple[str, str]]:
        """A document's paragraphs."""
        return read_text(address, self.store)

    def all_documents(self) -> Array:
        """The numbers of all documents."""
        return np.arange(self.directory.documents)


def found_past(first: str, prefix: str) -> bool:
    """Whether a file that begins with this term lies behind all terms with the prefix."""
    return first > prefix and not first.startswith(prefix)
