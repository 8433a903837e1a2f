"""Make a site's search data from its documents: parts of the documents, then ranges of the terms, each a piece of work
for any process.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from reftel.search.columns import Columns, write_lengths
from reftel.search.directory import Directory, totals_of, write_directory
from reftel.search.document import SearchDocument
from reftel.search.fields import NAMES
from reftel.search.gather import Array
from reftel.search.merge import Scratch, bounds, join
from reftel.search.parts import DOCUMENTS_IN_PART, Part, index_part
from reftel.search.ranges import RangeTask, write_range
from reftel.search.store import Store
from reftel.search.vocabulary import write_vocabulary

SMALLEST_SHARD, LARGEST_SHARD = 4_000, 40_000
"""Bytes before deflating."""

Given = TypeVar("Given")
Made = TypeVar("Made")


class Work(Protocol):
    """How pieces of work are done: `map`, or the same by several processes, results in order."""

    def __call__(self, function: Callable[[Given], Made], parts: Iterable[Given], /) -> Iterator[Made]:
        """The function of each part, in order."""


@dataclass(slots=True)
class IndexReport:
    """What was indexed, and the files that were written, relative to the search folder."""

    documents: int = 0
    terms: int = 0
    shards: int = 0
    files: list[str] = field(default_factory=list)
    size: int = 0


def build_index(
    documents: Iterable[SearchDocument], folder: Path, work: Work = map, scratch: Path | None = None
) -> IndexReport:
    """Index the documents, in their order, and write what the search page loads into `folder`.

    `work` does the pieces (`crew.work` of several processes; `map` does them here); what it does makes no difference
    to the files. Postings lie meanwhile in a folder of their own in `scratch` (about 16 KB a cable; the system's
    folder for such things when None).
    """
    report = IndexReport()
    with tempfile.TemporaryDirectory(prefix="search-", dir=scratch) as name:
        columns, lengths, counts = Columns(), [np.zeros((0, len(NAMES)), np.int32)], []
        for done in work(index_part, _parts(documents, folder, name)):
            columns.add(done.facts)
            lengths.append(done.lengths)
            counts.append(done.documents)
            _note(report, done.files, done.size)
        store = Store(folder)
        table = np.concatenate(lengths)
        posts = columns.write(store)
        write_lengths(table, store)
        report.documents = len(table)
        directory = Directory(len(table), totals_of(table), [post.lower() for post in posts], [], [], [], [])
        _write_terms(Scratch(Path(name), counts), table, directory, store, work, report)
        write_directory(directory, store)
        _note(report, store.files, store.size)
    return report


def _parts(documents: Iterable[SearchDocument], folder: Path, scratch: str) -> Iterator[Part]:
    rest = iter(documents)
    number = 0
    while chunk := list(islice(rest, DOCUMENTS_IN_PART)):
        yield Part(number, chunk, str(folder), scratch)
        number += 1


def _write_terms(
    scratch: Scratch, lengths: Array, directory: Directory, store: Store, work: Work, report: IndexReport
) -> None:
    """Write shards and vocabulary, and note in the directory where each begins."""
    terms = join(scratch, lengths)
    postings = sum(int(run.starts[-1, 0]) for run, _, _, _ in scratch.parts)
    target = min(LARGEST_SHARD, max(SMALLEST_SHARD, int((8 * postings) ** 0.5)))
    task = partial(
        RangeTask, scratch=Scratch(scratch.folder, scratch.documents), folder=str(store.folder), target=target
    )
    tasks = (task(number, terms[start:end], start) for number, (start, end) in enumerate(bounds(scratch, len(terms))))
    counts: list[Array] = [np.zeros(0, np.int64)]
    shown: list[str] = []
    for done in work(write_range, tasks):
        directory.shards += done.firsts
        directory.names += done.names
        counts.append(done.documents)
        shown += done.shown
        _note(report, done.files, done.size)
    directory.beginnings, directory.endings = write_vocabulary(terms, np.concatenate(counts), shown, store)
    report.terms, report.shards = len(terms), len(directory.shards)


def _note(report: IndexReport, files: list[str], size: int) -> None:
    report.files += files
    report.size += size
