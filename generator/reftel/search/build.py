"""Make a site's search data from its documents: parts of the documents, then ranges of the terms, each a piece of work
for any process.
"""

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np

from reftel.search.arrays import Array
from reftel.search.columns import Columns, long_lengths, write_lengths
from reftel.search.cuts import ends, parts_of, shard_target, term_sizes
from reftel.search.directory import Directory, totals_of, write_directory
from reftel.search.document import SearchDocument
from reftel.search.fields import NAMES
from reftel.search.merge import Numbering, Scratch
from reftel.search.numbers import Numbers, number, write_numbers
from reftel.search.parts import Part, index_part
from reftel.search.ranges import RangeTask, write_range
from reftel.search.store import Store, put_in
from reftel.search.vocabulary import Terms, by_endings, how_common_each, tasks_of, write_files
from reftel.search.work import IndexReport, Put, Source, Work, alone

AT_ONCE = 6_000_000
"""Bytes of postings and tokens in a range of terms."""

LEAST_PART_BITS, MOST_PART_BITS = 9, 11
"""Documents whose numbers differ in so many last bits make one part: 128 to 680 of them."""


def given(documents: Sequence[SearchDocument]) -> Source:
    """Documents that are in memory."""
    read = partial(_pick, documents)
    return Source([document.key for document in documents], read, read)


def _pick(documents: Sequence[SearchDocument], places: Sequence[int]) -> list[SearchDocument]:
    return [documents[place] for place in places]


def build_index(
    source: Source | Sequence[SearchDocument],
    folder: Path,
    work: Work = alone,
    scratch: Path | None = None,
    put: Put | None = None,
) -> IndexReport:
    """Index the documents and write what the search page loads into `folder`, or with `put`.

    The files do not depend on the order of the documents, nor on `work`, which does the pieces (`crew.work` of several
    processes). Postings lie meanwhile in a folder of their own in `scratch` (about 12 KB a cable; the system's folder
    for such things when None).
    """
    source = source if isinstance(source, Source) else given(source)
    numbers, put = number(source.keys), put or put_in(folder)
    report = IndexReport(documents=len(source.keys))
    with tempfile.TemporaryDirectory(prefix="search-", dir=scratch) as name:
        store = Store(folder, put)
        columns, lengths, numbering = Columns(), [np.zeros((0, len(NAMES)), np.int32)], Numbering()
        parts = list(_parts(numbers, put, name))
        scratch_folder = Scratch(Path(name), len(parts))
        results = work(partial(index_part, source.elsewhere), parts, here=partial(index_part, source.here))
        for place, done in zip(scratch_folder.places, results, strict=True):
            numbering.add(place)
            columns.add(done.facts)
            lengths.append(done.lengths)
            report.files += done.files
        table = np.concatenate(lengths)
        directory = Directory(
            len(table), numbers.bits, totals_of(table), [post.lower() for post in columns.write(store)]
        )
        write_numbers(numbers.numbers, store)
        write_lengths(long_lengths(table), store)
        terms = numbering.finish(scratch_folder)
        del numbering  # its tables are as large as a range's postings
        _write_terms(terms, scratch_folder, directory, store, work, report)
        write_directory(directory, store)
        report.files += store.files
    return report


def _parts(numbers: Numbers, put: Put, scratch: str) -> Iterator[Part]:
    """Parts of consecutive numbers: at least some, for several processes, and none too large for memory."""
    bits = min(MOST_PART_BITS, max(LEAST_PART_BITS, numbers.bits - 3))
    which = np.minimum(numbers.numbers >> bits, max(0, (1 << numbers.bits >> bits) - 1))
    bounds = [*np.flatnonzero(np.diff(which, prepend=-1)).tolist(), len(which)]
    for place, (start, end) in enumerate(pairwise(bounds)):
        yield Part(place, numbers.order[start:end].tolist(), numbers.numbers[start:end], put, scratch)


def _write_terms(
    terms: list[str], scratch: Scratch, directory: Directory, store: Store, work: Work, report: IndexReport
) -> None:
    """Write shards and vocabulary, and note in the directory where each begins."""
    postings, tokens = scratch.sizes(len(terms))
    target = shard_target(directory.bits)
    parts = parts_of(postings, tokens, target)
    found = ends(terms, term_sizes(postings), target, [count > 1 for count in parts])
    found += [len(terms)] if terms and found[-1:] != [len(terms)] else []
    directory.shards = [terms[start] for start in [0, *found[:-1]] if terms]
    directory.parts = {term: count for term, count in zip(terms, parts, strict=True) if count > 1}
    sizes = {term: [int(postings[n]), int(tokens[n])] for n, term in enumerate(terms) if parts[n] > 1}
    store.write("sizes", msgspec.json.encode(sizes))
    tasks = [
        RangeTask(
            terms[start:end], start, parts[start:end], [stop - start for stop in found[low:high]], directory.bits,
            Scratch(scratch.folder, scratch.parts_count), store.put or put_in(store.folder),
        )
        for start, end, low, high in _ranges(found, 3 * postings + 4 * tokens)
    ]  # fmt: skip
    shown: list[str] = []
    for done in work(write_range, tasks):
        shown += done.shown
        report.files += done.files
    _write_vocabulary(Terms(terms, how_common_each(postings), shown), directory, store, work, report)
    report.terms, report.shards = len(terms), len(directory.shards)


def _write_vocabulary(terms: Terms, directory: Directory, store: Store, work: Work, report: IndexReport) -> None:
    """Write all terms in both orders, and note in the directory where each file begins."""
    put = store.put or put_in(store.folder)
    beginnings, endings = tasks_of(terms, "b", put), tasks_of(by_endings(terms), "e", put)
    firsts: list[str] = []
    for found, files in work(write_files, [*beginnings, *endings]):
        firsts += found
        report.files += files
    count = sum(len(task.files) for task in beginnings)
    directory.beginnings, directory.endings = firsts[:count], firsts[count:]


def _ranges(ends: Sequence[int], sizes: Array) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of whole shards that have about AT_ONCE bytes: terms [start, end), ends [low, high)."""
    sums = np.concatenate(([0], np.cumsum(sizes))).tolist()
    start = low = 0
    for high, end in enumerate(ends, 1):
        if sums[end] - sums[start] >= AT_ONCE or high == len(ends):
            yield start, end, low, high
            start, low = end, high
