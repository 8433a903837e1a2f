"""The term shards that a change of documents touches, made anew; a pure piece of work for any process for some of them.

Of a term that is cut into parts only those parts are touched whose documents have changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
from reftel.search.cuts import ends, parts_of, shard_target, term_sizes
from reftel.search.directory import part_names
from reftel.search.gather import Run
from reftel.search.opened import Opened, open_shards
from reftel.search.packing import in_utf16_order
from reftel.search.parts import open_run
from reftel.search.postings import Postings, concatenated, merged, of_run, pick, rows_at
from reftel.search.ranges import Cut, write_shard, write_shards
from reftel.search.shards import Shard, pack, rank_forms
from reftel.search.splice import Done
from reftel.search.store import Store
from reftel.search.vocabulary import Known, how_common
from reftel.search.word_numbers import words_of
from reftel.search.work import Put, Written


class Change(NamedTuple):
    """Where the old shards are, where the runs "before" and "after" of the documents that went and came, the bits of
    document numbers, and how to write.
    """

    old: str
    scratch: str
    bits: int
    put: Put


class Stretch(NamedTuple):
    """Some consecutive shards: their file names, the terms in them that have changed, those that the documents that
    came have in them, and whether the shards end where they end whatever stands in them.
    """

    names: Sequence[str]
    changed: Sequence[str]
    after: Sequence[str]
    is_end: bool


class PartOf(NamedTuple):
    """A part of a term's documents: its number and how many there are."""

    term: str
    part: int
    parts: int


class Piece(NamedTuple):
    """Stretches and parts for one worker."""

    change: Change
    stretches: Sequence[Stretch]
    parts: Sequence[PartOf]


@dataclass(slots=True)
class PieceReport:
    """What has become of the stretches; the terms in parts that are new (parts, postings, tokens); what has changed in
    the vocabulary; the files written.
    """

    done: list[Done] = field(default_factory=list)
    parted: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    known: dict[str, Known | None] = field(default_factory=dict)
    files: list[Written] = field(default_factory=list)


@dataclass(slots=True)
class Came:
    """The postings of the documents that came, and the numbers of those that went."""

    run: Run
    terms: dict[str, int]
    forms: list[str]
    numbers: Array
    gone: Array

    def postings(self, wanted: Mapping[str, int]) -> Postings:
        """The postings of wanted terms, with these numbers; forms are counted in `forms`."""
        number_of = np.full(len(self.terms), -1)
        for term, number in wanted.items():
            if (own := self.terms.get(term)) is not None:
                number_of[own] = number
        found = of_run(self.run, 0, len(self.terms), number_of, np.arange(len(self.forms)), self.numbers)
        return pick(found, np.flatnonzero(found.term >= 0))


@lru_cache(maxsize=1)
def came(scratch: str) -> Came:
    """What lies in the scratch folder of a change."""
    after = Path(scratch, "after")
    terms, forms = (words_of((after / kind).read_bytes()) for kind in ("terms", "forms"))
    run, numbers = open_run(after)
    _, gone = open_run(Path(scratch, "before"))
    return Came(run, {term: at for at, term in enumerate(terms)}, forms, numbers, gone)


def change_piece(piece: Piece) -> PieceReport:
    """Do one piece."""
    report = PieceReport()
    store = Store(Path(piece.change.old), piece.change.put)
    if piece.stretches:
        _change_stretches(piece.change, piece.stretches, store, report)
    if piece.parts:
        _change_parts(piece.change, piece.parts, store, report)
    report.files = store.files
    return report


def _read(store: Store, names: Sequence[str]) -> Opened:
    return open_shards([Shard(store.read(f"terms/{name}"), store.read(f"phrases/{name}")) for name in names])


class _Merged(NamedTuple):
    """Old postings without those of documents that went, with those of the ones that came; how forms are spelled."""

    postings: Postings
    spelled: Callable[[Array], list[str]]


def _merged(opened: Opened, number: Mapping[str, int], came: Postings, there: Came) -> _Merged:
    """Merge, with these numbers of the terms; `came` has them already, but its forms are those of `there`."""
    forms = in_utf16_order({*opened.forms, *there.forms})
    form_number = {form: at for at, form in enumerate(forms)}
    old = opened.postings
    old.term = np.array([number[word] for word in opened.words], np.int64)[old.term]
    old.form = np.array([form_number[form] for form in opened.forms], np.int64)[old.form]
    came.form = np.array([form_number[form] for form in there.forms], np.int64)[came.form]
    return _Merged(merged(old, there.gone, came), lambda numbers: [forms[number] for number in numbers.tolist()])


@dataclass(slots=True)
class _Terms:
    """The terms of some stretches, by number: which there are, and what they come to."""

    words: list[str]
    bounds: list[int]
    """Where each stretch's terms begin, [stretches + 1]."""
    was: dict[str, Known]
    """What the vocabulary said of those that have changed."""


def _terms(opened: Opened, stretches: Sequence[Stretch]) -> _Terms:
    found = _Terms([], [0], {})
    shard = row = 0
    counts = np.bincount(opened.postings.term, minlength=len(opened.words)).tolist()
    for stretch in stretches:
        rows = sum(opened.rows[shard : shard + len(stretch.names)])
        found.words += in_utf16_order({*opened.words[row : row + rows], *stretch.after})
        found.bounds.append(len(found.words))
        shard, row = shard + len(stretch.names), row + rows
    changed = {word for stretch in stretches for word in stretch.changed}
    for row, word in enumerate(opened.words):
        if word not in changed:
            continue
        before = found.was.get(word) or Known(word, 0, opened.shown(row))
        found.was[word] = before._replace(common=before.common + counts[row])
    return found


def _change_stretches(change: Change, stretches: Sequence[Stretch], store: Store, report: PieceReport) -> None:
    opened, there = _read(store, [name for stretch in stretches for name in stretch.names]), came(change.scratch)
    terms = _terms(opened, stretches)
    number = {word: at for at, word in enumerate(terms.words)}
    new = there.postings({word: number[word] for stretch in stretches for word in stretch.after})
    whole, spelled = _merged(opened, number, new, there)
    postings = np.bincount(whole.term, minlength=len(number))
    tokens = np.bincount(whole.term, whole.tokens, len(number)).astype(np.int64)
    parts, sizes = parts_of(postings, tokens, shard_target(change.bits)), term_sizes(postings)
    chosen: list[int] = []
    cuts: list[int] = []
    for stretch, (start, end) in zip(stretches, pairwise(terms.bounds), strict=True):
        here = [at for at in range(start, end) if postings[at]]
        found = _ends(here, terms.words, sizes, parts, shard_target(change.bits))
        is_whole = not here or found[-1:] == [len(here)]
        if is_whole or stretch.is_end:
            found += [] if is_whole else [len(here)]
            report.done.append(Done([terms.words[here[at]] for at in [0, *found[:-1]] if here], True))
            cuts += [len(chosen) + at for at in found]
            chosen += here
            report.known |= dict.fromkeys(stretch.changed)
        else:
            report.done.append(Done([], False))
    place = np.full(len(number), -1)
    place[chosen] = np.arange(len(chosen))
    whole.term = place[whole.term]
    if len(whole.term) and whole.term.min() < 0:
        whole = pick(whole, np.flatnonzero(whole.term >= 0))
    cut = Cut([terms.words[at] for at in chosen], [parts[at] for at in chosen], cuts, change.bits)
    shown = dict(zip(cut.terms, write_shards(whole, cut, spelled, store), strict=True))
    report.parted = {terms.words[at]: (parts[at], int(postings[at]), int(tokens[at])) for at in chosen if parts[at] > 1}
    for word in list(report.known):
        was = terms.was.get(word)
        if word in shown:
            report.known[word] = Known(word, how_common(int(postings[number[word]])), shown[word])
            if was and report.known[word] == was._replace(common=how_common(was.common)):
                del report.known[word]


def _ends(
    here: Sequence[int], words: Sequence[str], sizes: Sequence[int], parts: Sequence[int], target: int
) -> list[int]:
    return ends([words[at] for at in here], [sizes[at] for at in here], target, [parts[at] > 1 for at in here])


def _change_parts(change: Change, parts: Sequence[PartOf], store: Store, report: PieceReport) -> None:
    """Change parts of terms; the vocabulary is told how a term is written when its first part says it otherwise."""
    names = [part_names(one.term, one.parts)[one.part] for one in parts]
    opened, there = _read(store, names), came(change.scratch)
    shown = [opened.shown(row) for row in range(len(parts))]
    number = {f"{one.term}~{one.part}": row for row, one in enumerate(parts)}
    opened.words[:] = number
    shares = []
    for row, one in enumerate(parts):
        share = there.postings({one.term: row})
        part = np.minimum(share.document // ((1 << change.bits) // one.parts), one.parts - 1)
        shares.append(pick(share, np.flatnonzero(part == one.part)))
    whole, spelled = _merged(opened, number, concatenated(shares), there)
    bounds = np.searchsorted(whole.term, np.arange(len(parts) + 1))
    rows = rows_at(whole, bounds, [one.term for one in parts], [one.part for one in parts])
    ranked = rank_forms(whole, rows, spelled)
    for name, shard in zip(names, pack(whole, rows, ranked, range(1, len(parts) + 1)), strict=True):
        write_shard(name, shard, store)
    for row, one in enumerate(parts):
        if one.part == 0 and ranked.shown(row, one.term) != shown[row]:
            report.known[one.term] = Known(one.term, 0, ranked.shown(row, one.term))
