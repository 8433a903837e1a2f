"""The directory: what a reader of the index must know first.

Where the shards begin stands in lists of some of them, in files of their own, of which the directory knows the first
terms: a question needs the lists of its own terms alone.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain, pairwise

from reftel.search.arrays import Array
from reftel.search.cuts import ends
from reftel.search.fields import FIELDS, NAMES
from reftel.search.packing import front_coded, read_front_coded, read_sections, sections, utf16_order
from reftel.search.store import Store

VERSION = 3
SHARDS_IN_LIST = 64


@dataclass(slots=True)
class Directory:
    """How many documents, how large the table of their numbers is, how long each field is in all, which posts there
    are, and where each file of terms begins.
    """

    documents: int = 0
    bits: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    """Terms in each field, over all documents."""
    posts: list[str] = field(default_factory=list)
    """Posts in MRNs, lower case."""
    parts: dict[str, int] = field(default_factory=dict)
    """Into how many parts the terms are cut that are."""
    shards: list[str] = field(default_factory=list)
    """The first term of each shard."""
    beginnings: list[str] = field(default_factory=list)
    endings: list[str] = field(default_factory=list)
    """The first term of each file of the vocabulary, reversed in `endings`."""

    def shard_of(self, term: str) -> int:
        """The number of the shard that would hold the term; -1 before the first."""
        return place(self.shards, term)

    def shard_names(self, number: int) -> list[str]:
        """A shard's file name, or those of its parts."""
        return part_names(self.shards[number], self.parts.get(self.shards[number], 1))


def part_names(first: str, parts: int) -> list[str]:
    """The file name of the shard that begins with this term, or the names of its parts."""
    name = "t-" + file_name(first)
    return [name] if parts == 1 else [f"{name}~{part}" for part in range(parts)]


def file_name(first: str) -> str:
    """The name of a file of terms that begins with this one. Those of words with other letters stand in the
    directory.
    """
    return first.replace(".", "_") if first.isascii() else "~" + blake2b(first.encode(), digest_size=8).hexdigest()


def place(firsts: Sequence[str], word: str) -> int:
    """The last of the sorted beginnings that is not after the word; -1 where it stands before all."""
    return bisect_right(firsts, utf16_order(word), key=utf16_order) - 1


def totals_of(lengths: Array) -> dict[str, int]:
    """The sum of each field's lengths."""
    return {name: int(lengths[:, number].sum(dtype="int64")) for number, name in enumerate(NAMES)}


def write_directory(directory: Directory, store: Store) -> None:
    """Write it."""
    shards = lists_of(directory.shards)
    for firsts in shards:
        parts = {first: directory.parts[first] for first in firsts if first in directory.parts}
        facts = {"parts": parts, "names": _names(firsts)}
        store.write(list_name(firsts[0]), sections([_json(facts), front_coded(firsts)]))
    lists = ([firsts[0] for firsts in shards], directory.beginnings, directory.endings)
    facts = {
        "version": VERSION, "documents": directory.documents, "bits": directory.bits, "fields": FIELDS,
        "totals": directory.totals, "posts": directory.posts, "names": _names(chain.from_iterable(lists)),
    }  # fmt: skip
    store.write("directory", sections([_json(facts), *map(front_coded, lists)]))


def read_directory(store: Store) -> Directory | None:
    """Read it; None where it is of another version."""
    packed, *firsts = read_sections(store.read("directory"))
    facts = json.loads(packed)
    if facts["version"] != VERSION or facts["fields"] != FIELDS:
        return None
    lists, beginnings, endings = map(read_front_coded, firsts)
    parts: dict[str, int] = {}
    shards: list[str] = []
    for first in lists:
        packed, words = read_sections(store.read(list_name(first)))
        parts |= json.loads(packed)["parts"]
        shards += read_front_coded(words)
    return Directory(
        facts["documents"], facts["bits"], facts["totals"], facts["posts"], parts, shards, beginnings, endings
    )


def lists_of(shards: Sequence[str]) -> list[Sequence[str]]:
    """The first terms of shards, in lists."""
    found = ends(shards, [1] * len(shards), SHARDS_IN_LIST)
    return [shards[start:end] for start, end in pairwise(sorted({0, *found, len(shards)}))]


def list_name(first: str) -> str:
    """The name of the list that begins with this first term."""
    return f"shards/l-{file_name(first)}"


def _names(firsts: Iterable[str]) -> dict[str, str]:
    """The file names that a reader cannot tell from the terms."""
    return {first: file_name(first) for first in firsts if not first.isascii()}


def _json(facts: object) -> bytes:
    return json.dumps(facts, separators=(",", ":")).encode()
