"""The directory: what a reader of the index must know first."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reftel.search.fields import FIELDS, NAMES
from reftel.search.gather import Array
from reftel.search.packing import front_coded, read_front_coded, read_sections, sections, utf16_order
from reftel.search.store import Store

VERSION = 1


@dataclass(slots=True)
class Directory:
    """How many documents, how long each field is in all, which posts there are, and where each file of terms begins."""

    documents: int
    totals: dict[str, int]
    """Terms in each field, over all documents."""
    posts: list[str]
    """Posts in MRNs, lower case."""
    shards: list[str]
    """The first term of each shard."""
    names: list[str]
    """The file names of those whose first term is no plain word, in order."""
    beginnings: list[str]
    endings: list[str]
    """The first term of each file of the vocabulary, reversed in `endings`."""

    def shard_of(self, term: str) -> int:
        """The number of the shard that would hold the term; -1 before the first."""
        return place(self.shards, term)

    def shard_name(self, number: int) -> str:
        """A shard's file name."""
        first = self.shards[number]
        return plain_name(first) or self.names[sum(not plain_name(word) for word in self.shards[:number])]


def plain_name(first: str) -> str:
    """The file name of a shard that begins with a plain word; "" for others, whose names stand in the directory."""
    return "t-" + first.replace(".", "_") if first.isascii() else ""


def place(firsts: Sequence[str], word: str) -> int:
    """The last of the sorted beginnings that is not after the word; -1 where it stands before all."""
    return bisect_right(firsts, utf16_order(word), key=utf16_order) - 1


def totals_of(lengths: Array) -> dict[str, int]:
    """The sum of each field's lengths."""
    return {name: int(lengths[:, number].sum(dtype=np.int64)) for number, name in enumerate(NAMES)}


def write_directory(directory: Directory, store: Store) -> None:
    """Write it."""
    facts = {
        "version": VERSION, "documents": directory.documents, "fields": FIELDS, "totals": directory.totals,
        "posts": directory.posts, "names": directory.names,
    }  # fmt: skip
    parts = [json.dumps(facts, separators=(",", ":")).encode()]
    parts += [front_coded(firsts) for firsts in (directory.shards, directory.beginnings, directory.endings)]
    store.write("directory", sections(parts))


def read_directory(store: Store) -> Directory:
    """Read it."""
    packed, *firsts = read_sections(store.read("directory"))
    facts = json.loads(packed)
    shards, beginnings, endings = map(read_front_coded, firsts)
    return Directory(facts["documents"], facts["totals"], facts["posts"], shards, facts["names"], beginnings, endings)
