"""One range of terms: a pure piece of work for any process. It writes the shards of its terms and says what the
vocabulary needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reftel.search.directory import plain_name
from reftel.search.gather import Array
from reftel.search.merge import Scratch, read_range
from reftel.search.shards import cut, rank_forms, shown_words
from reftel.search.store import Store


class RangeTask(NamedTuple):
    """A range of terms, of which the first has the number `start`."""

    number: int
    terms: Sequence[str]
    start: int
    scratch: Scratch
    folder: str
    target: int
    """Bytes of a shard."""


@dataclass(slots=True)
class RangeReport:
    """What a range has come to."""

    firsts: list[str]
    """The first term of each shard."""
    names: list[str]
    """The file names of the shards that do not begin with a plain word."""
    documents: Array
    """Of each term the number of documents."""
    shown: list[str]
    """Of each term how it is written mostly."""
    files: list[str]
    size: int


def write_range(task: RangeTask) -> RangeReport:
    """Do one range."""
    store = Store(Path(task.folder))
    whole = read_range(task.scratch, task.terms, task.start)
    ranked = rank_forms(whole, task.scratch.forms)
    firsts: list[str] = []
    names: list[str] = []
    for shard in cut(whole, ranked, task.scratch.lengths, task.target):
        name = plain_name(shard.first)
        if not name:
            name = f"t~{task.number}-{len(names)}"
            names.append(name)
        firsts.append(shard.first)
        store.write(f"terms/{name}", shard.terms)
        store.write(f"phrases/{name}", shard.phrases)
    return RangeReport(firsts, names, np.diff(whole.starts[:, 0]), shown_words(whole, ranked), store.files, store.size)
