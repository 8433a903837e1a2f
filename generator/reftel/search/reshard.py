"""Which term shards a change of documents touches: they are made anew, and the directory is told."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from reftel.search.arrays import Array
from reftel.search.cuts import parts_of, shard_target
from reftel.search.directory import Directory, part_names
from reftel.search.gather import Run
from reftel.search.packing import in_utf16_order, utf16_order
from reftel.search.postings import of_run, rows_of
from reftel.search.shards import Shard, pack, rank_forms
from reftel.search.splice import Done, Interval, intervals, replaced, settle
from reftel.search.store import Store
from reftel.search.terms import Change, PartOf, Piece, Stretch, change_piece
from reftel.search.vocabulary import Known, how_common
from reftel.search.word_numbers import words_of
from reftel.search.work import IndexReport, Work

PIECES = 12
"""So many pieces of work, when there are enough shards."""

Sizes = dict[str, tuple[int, int]]
"""Of terms that are cut into parts, how many postings and tokens they have."""


class Documents(NamedTuple):
    """Documents that went, or came: their postings and numbers."""

    run: Run
    numbers: Array
    terms: list[str]
    forms: list[str]

    def sizes(self) -> Sizes:
        """How many postings and tokens each term has."""
        starts = self.run.starts
        rows = zip(np.diff(starts[:, 0]).tolist(), np.diff(starts[:, 3]).tolist(), strict=True)
        return dict(zip(self.terms, rows, strict=True))

    def numbers_of(self, term: str) -> list[int]:
        """The numbers of the documents that hold a term."""
        at = bisect_left(self.terms, utf16_order(term), key=utf16_order)
        if at == len(self.terms) or self.terms[at] != term:
            return []
        start, end = self.run.starts[at : at + 2, 0].tolist()
        found: list[int] = self.numbers[self.run.posting_document[start:end]].tolist()
        return found

    def shards(self) -> dict[str, Shard]:
        """What would stand of each term in a shard of these documents."""
        count = len(self.terms)
        whole = of_run(self.run, 0, count, np.arange(count), np.arange(len(self.forms)), self.numbers)
        rows = rows_of(whole, self.terms, [1] * count, 0)
        ranked = rank_forms(whole, rows, lambda numbers: [self.forms[number] for number in numbers.tolist()])
        return dict(zip(self.terms, pack(whole, rows, ranked, range(1, count + 1)), strict=True))


def documents_of(run: Run, numbers: Array) -> Documents:
    """Documents of these numbers."""
    return Documents(run, numbers, words_of(run.terms), words_of(run.forms))


def change_terms(
    change: Change,
    directory: Directory,
    before: Documents,
    after: Documents,
    there: Store,
    store: Store,
    report: IndexReport,
    work: Work,
) -> dict[str, Known | None]:
    """Make the shards anew and note in the directory where they begin; returns what has changed in the vocabulary."""
    firsts = directory.shards
    sizes = msgspec.json.decode(there.read("sizes"), type=Sizes)
    touched = _touched(before, after)
    steady = _steady(change, directory.parts, sizes, before, after, touched)
    parts = list(_parts(change, directory.parts, before, after, steady))
    known: dict[str, Known | None] = {}
    parted: dict[str, tuple[int, int, int]] = {}
    written: list[str] = []

    def redo(waiting: list[Interval]) -> list[Done]:
        made: list[Done] = []
        stretches = [_stretch(at, directory, after.terms) for at in waiting]
        for done in work(change_piece, _pieces(change, stretches, parts)):
            made += done.done
            known.update(done.known)
            parted.update(done.parted)
            report.files += done.files
            written.extend(file.name for file in done.files)
        parts.clear()
        return made

    start = _apart(firsts, directory.parts, intervals(firsts, [term for term in touched if term not in steady]))
    settled = settle(start, len(firsts), redo)
    for term, (postings, tokens) in steady.items():
        _tell(known, term, sizes[term][0], postings)
        sizes[term] = postings, tokens
    old = {name for at, _ in settled for number in range(at.start, at.end) for name in directory.shard_names(number)}
    for at, new in settled:
        for first in firsts[at.start : at.end]:
            directory.parts.pop(first, None)
            sizes.pop(first, None)
        for first in new:
            if first in parted:
                directory.parts[first], *size = parted[first]
                sizes[first] = size[0], size[1]
    directory.shards = replaced(firsts, settled)
    store.write("sizes", msgspec.json.encode({term: sizes[term] for term in in_utf16_order(sizes)}))
    new_names = {
        name for _, new in settled for first in new for name in part_names(first, directory.parts.get(first, 1))
    } | {part_names(term, directory.parts[term])[part] for term in steady for part in range(directory.parts[term])}
    gone = {f"{kind}/{name}.js" for kind in ("terms", "phrases") for name in old - new_names}
    kept = {f"{kind}/{name}.js" for kind in ("terms", "phrases") for name in new_names}
    report.gone += gone | (set(written) - kept)
    report.files = [file for file in report.files if file.name not in set(written) or file.name in kept]
    report.shards = len(directory.shards)
    return known


def _touched(before: Documents, after: Documents) -> list[str]:
    """The terms of which something is another, in order."""
    old, new = before.shards(), after.shards()
    return in_utf16_order(term for term in {**old, **new} if old.get(term) != new.get(term))


def _steady(
    change: Change,
    parts: Mapping[str, int],
    sizes: Sizes,
    before: Documents,
    after: Documents,
    touched: Sequence[str],
) -> Sizes:
    """The touched terms in parts that stay in as many parts, with their new sizes."""
    terms = [term for term in touched if term in parts]
    less, more = before.sizes(), after.sizes()
    new = {
        term: tuple(
            size - minus + plus
            for size, minus, plus in zip(sizes[term], less.get(term, (0, 0)), more.get(term, (0, 0)), strict=True)
        )
        for term in terms
    }
    table = np.array(list(new.values()), np.int64).reshape(-1, 2)
    counts = parts_of(table[:, 0], table[:, 1], shard_target(change.bits))
    return {
        term: (size[0], size[1])
        for (term, size), count in zip(new.items(), counts, strict=True)
        if count == parts[term]
    }


def _parts(
    change: Change, parts: Mapping[str, int], before: Documents, after: Documents, steady: Sizes
) -> Iterator[PartOf]:
    """The parts of these terms in which documents went or came."""
    for term in steady:
        count = parts[term]
        width = (1 << change.bits) // count
        numbers = {*before.numbers_of(term), *after.numbers_of(term)}
        for part in sorted({min(number // width, count - 1) for number in numbers}):
            yield PartOf(term, part, count)


def _tell(known: dict[str, Known | None], term: str, before: int, after: int) -> None:
    """Note how common a term in parts is now, where that, or how it is written, has changed."""
    now = known.get(term)
    if now or how_common(before) != how_common(after):
        known[term] = Known(term, how_common(after), now.shown if now else "")


def _apart(firsts: Sequence[str], parts: Mapping[str, int], found: Sequence[Interval]) -> list[Interval]:
    """The intervals without the shards of terms in parts, unless these terms themselves are to be cut anew; then with
    the shard before, which may have ended only because of them.
    """
    made: list[Interval] = []
    for at in found:
        first = firsts[at.start] if at.start < len(firsts) else ""
        if first in parts and first in at.words:
            is_apart = at.start == 0 or firsts[at.start - 1] in parts
            one = Interval(at.start if is_apart else at.start - 1, at.end, at.words)
        elif first in parts:
            place = at.start if utf16_order(at.words[-1]) < utf16_order(first) else at.end
            is_open = place == at.end and place < len(firsts) and firsts[place] not in parts
            one = Interval(place, place + is_open, at.words)
        else:
            one = at
        if made and (one.start < made[-1].end or one.start == made[-1].start):
            made[-1] = Interval(
                min(one.start, made[-1].start), max(one.end, made[-1].end), [*made[-1].words, *one.words]
            )
        else:
            made.append(one)
    return made


def _stretch(at: Interval, directory: Directory, after: Sequence[str]) -> Stretch:
    firsts = directory.shards
    names = [name for number in range(at.start, at.end) for name in directory.shard_names(number)]
    inside = set(at.words)
    if at.start < at.end:
        low = bisect_left(after, utf16_order(firsts[at.start]), key=utf16_order)
        high = bisect_left(after, utf16_order(firsts[at.end]), key=utf16_order) if at.end < len(firsts) else len(after)
        inside.update(after[low:high])
    known = set(after)
    return Stretch(
        names,
        at.words,
        [term for term in inside if term in known],
        at.end == len(firsts) or firsts[at.end] in directory.parts,
    )


def _pieces(change: Change, stretches: Sequence[Stretch], parts: Sequence[PartOf]) -> Iterator[Piece]:
    """About PIECES pieces of like size, in order; the parts go with them."""
    most = max(1, -(-len(stretches) // PIECES), -(-len(parts) // PIECES))
    for start in range(0, max(len(stretches), len(parts)), most):
        yield Piece(change, stretches[start : start + most], parts[start : start + most])
