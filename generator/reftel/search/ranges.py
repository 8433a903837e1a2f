"""One range of terms: a pure piece of work for any process. It writes the shards of its terms and says what the
vocabulary needs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
from reftel.search.directory import part_names
from reftel.search.merge import Scratch, read_range
from reftel.search.packing import QUICK
from reftel.search.postings import Postings, rows_of
from reftel.search.shards import Shard, pack, rank_forms
from reftel.search.store import Store
from reftel.search.work import Put, Written


class RangeTask(NamedTuple):
    """A range of terms, of which the first has the number `start`: into how many parts each is cut, and where the
    shards end.
    """

    terms: Sequence[str]
    start: int
    parts: Sequence[int]
    ends: Sequence[int]
    bits: int
    scratch: Scratch
    put: Put


@dataclass(slots=True)
class RangeReport:
    """What a range has come to."""

    shown: list[str]
    """Of each term how it is written mostly."""
    files: list[Written]


def write_range(task: RangeTask) -> RangeReport:
    """Do one range."""
    store = Store(Path(), task.put)
    whole = read_range(task.scratch, task.start, task.start + len(task.terms))
    shown = write_shards(whole, Cut(task.terms, task.parts, task.ends, task.bits), task.scratch.forms, store)
    return RangeReport(shown, store.files)


class Cut(NamedTuple):
    """Terms, into how many parts each is cut, where the shards end, and the bits of document numbers."""

    terms: Sequence[str]
    parts: Sequence[int]
    ends: Sequence[int]
    bits: int


def write_shards(whole: Postings, cut: Cut, spelled: Callable[[Array], list[str]], store: Store) -> list[str]:
    """Write the shards of terms; returns of each term how it is written mostly."""
    rows = rows_of(whole, cut.terms, cut.parts, cut.bits)
    ranked = rank_forms(whole, rows, spelled)
    first_row = np.concatenate(([0], np.cumsum(cut.parts))).tolist()
    names: list[str] = []
    ends: list[int] = []
    start = 0
    for end in cut.ends:
        names += part_names(cut.terms[start], cut.parts[start])
        ends += range(first_row[start] + 1, first_row[end] + 1) if cut.parts[start] > 1 else [first_row[end]]
        start = end
    for name, shard in zip(names, pack(whole, rows, ranked, ends), strict=True):
        write_shard(name, shard, store)
    return ranked.shown_each(first_row[:-1], cut.terms)


def write_shard(name: str, shard: Shard, store: Store) -> None:
    """Write a term shard and its phrase shard."""
    store.write(f"terms/{name}", shard.terms)
    store.write(f"phrases/{name}", shard.phrases, QUICK)
