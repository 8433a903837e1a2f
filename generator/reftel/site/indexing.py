"""The search index of a site: built whole, or brought up to date where only some cables have changed."""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property, partial
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from reftel.archive.model import Entry
from reftel.search.document import SearchDocument
from reftel.search.work import IndexReport, Source, Work, alone
from reftel.site import addresses
from reftel.site.crew import Beside, Crew
from reftel.site.frame import Site
from reftel.site.ledger import Made
from reftel.site.making import SEARCH, Making
from reftel.site.prints import Prints
from reftel.site.records import Read
from reftel.site.render import Shop, save_site, workshop
from reftel.site.search_documents import search_documents
from reftel.site.stages import Tell
from reftel.site.trees import File, Trees
from reftel.site.versions import code_version

GROUP = b"search"
"""In place of inputs, for what is noted beside the rest of the index."""

FEW = 100
"""Cables up to which the index is brought up to date by one process, beside the pages."""

RENEWED = 64
"""Parts of the index until workers are made anew."""

Given = TypeVar("Given")
Done = TypeVar("Done")


class Indexed(msgspec.Struct, frozen=True, array_like=True):
    """What an index was made from: the code, and the cables' keys with a hash of eight bytes for each."""

    code: bytes
    keys: list[str]
    hashes: bytes

    def changed(self, now: "Indexed") -> set[str]:
        """The keys that came, and those whose cables are others."""
        before = self._by_key().get
        return {key for key, found in now._by_key().items() if before(key) != found}

    def _by_key(self) -> dict[str, int]:
        """The hash of each key."""
        return dict(zip(self.keys, np.frombuffer(self.hashes, "<u8").tolist(), strict=False))


class Indexing:
    """The making of a site's search index."""

    def __init__(
        self, searched: Sequence[Entry], prints: Prints, read: Read, shop: Shop, crew: Crew, making: Making
    ) -> None:
        """Of the cables that are `searched`, whose hashes `prints` has; `read` reads their records."""
        self._shop, self._crew, self._making = shop, crew, making
        code = code_version(Path(shop.theme))
        self._indexed = Indexed(code, addresses.cable_names(searched), prints.searched)
        self._now = msgspec.msgpack.encode(self._indexed)
        self._known = making.known(SEARCH)
        self._is_current = self._known.get(SEARCH) == self._now
        here_and_there = partial(search_documents, searched, read), partial(_documents_elsewhere, shop)
        self._source = Source(self._indexed.keys, *here_and_there)
        self._early: Beside[IndexReport | None] | None = None

    @cached_property
    def _before(self) -> Indexed | None:
        """What the index of the last build was made from; None where that is not known, or was of other code."""
        try:
            before = msgspec.msgpack.decode(self._known.get(SEARCH, b""), type=Indexed)
        except msgspec.DecodeError:
            return None
        return before if before.code == self._indexed.code else None

    @cached_property
    def _changed(self) -> set[str] | None:
        """The keys of cables that came since, or are others; None where that is not known."""
        return self._before.changed(self._indexed) if self._before else None

    @property
    def is_early(self) -> bool:
        """Whether it is being made already, beside the pages."""
        return self._early is not None

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Where few cables have changed, bring the index up to date while all else is made."""
        if not self._is_current and self._changed is not None and len(self._changed) <= FEW:
            self._early = self._crew.beside(partial(self._updated, alone))
        with self._early or nullcontext():
            yield

    def finish(self, site: Site, tell: Tell, meanwhile: Iterator[object]) -> None:
        """Make the index of `site`, or wait for it. Where workers make it, steps of what can be done `meanwhile`
        are.
        """
        making, trees = self._making, self._making.trees
        if self._is_current:
            making.keep(self._known)
            return
        work = partial(self._work, site, tell, meanwhile)
        report = self._early.result() if self._early else self._updated(work)
        if report:
            for name in report.gone:
                trees.remove(_address(name))
            _note(report, self._known, making, self._now)
        else:
            from reftel.search.build import build_index  # large, and seldom needed here

            report = build_index(self._source, Path(trees.fresh), work, trees.scratch, partial(_put, trees))
            _note(report, (), making, self._now)

    def _work(
        self,
        site: Site,
        tell: Tell,
        meanwhile: Iterator[object],
        function: Callable[[Given], Done],
        parts: Iterable[Given],
        /,
        here: Callable[[Given], Done] | None = None,
    ) -> Iterator[Done]:
        todo = list(parts)
        if self._crew.is_elsewhere(len(todo)):
            save_site(site, self._shop.cache)
        for number, done in enumerate(self._crew.work(function, todo, here, RENEWED, meanwhile), 1):
            tell(number, len(todo))
            yield done

    def _updated(self, work: Work) -> IndexReport | None:
        """The index of the last build brought up to date; None where that is not to be had."""
        before, changed, trees = self._before, self._changed, self._making.trees
        if before is None or changed is None:
            return None
        from reftel.search.update import update_index  # large, and most often needed in a copy of this process alone

        old = Path(trees.old, addresses.SEARCH_DATA)
        try:
            return update_index(
                before.keys,
                changed,
                self._source,
                old,
                work=work,
                scratch=trees.scratch,
                put=partial(_put, trees),
            )
        except (ValueError, FileNotFoundError, zlib.error):  # whatever is there is not ours
            return None


def _note(report: IndexReport, known: Collection[str], making: Making, inputs: bytes) -> None:
    """Note the files in groups, so that a change touches few of these; what is `known` of others stays."""
    groups: dict[str, list[tuple[File, bool]]] = {SEARCH: []}
    for file in report.files:
        found = File(_address(file.name), file.size, file.sha256)
        groups.setdefault(_group(file.name), []).append((found, file.changed))
    for name in report.gone:
        groups.setdefault(_group(name), [])
    making.keep(name for name in known if name not in groups)
    standing = making.regroup(groups, set(map(_address, report.gone))) if known else {}
    made: list[Made] = []
    for name, files in groups.items():
        whole = standing[name] if known else [file for file, _ in files]
        if whole:
            changed = [file.address for file, is_changed in files if is_changed]
            made.append(Made(name, inputs if name == SEARCH else GROUP, 0, whole, changed))
    making.add(made)


def _group(name: str) -> str:
    """The name in the ledger of what a file is noted with: the texts of a month, a shard's two files, all others."""
    kind, _, rest = name.partition("/")
    if kind == "text":
        return SEARCH + name.rpartition("/")[0]
    return SEARCH + rest if kind in ("terms", "phrases") else SEARCH


def _documents_elsewhere(shop: Shop, places: Sequence[int]) -> list[SearchDocument]:
    found = workshop(shop)
    return search_documents(found.site.searched, found.read, places)


def _put(trees: Trees, name: str, data: bytes) -> bool:
    return trees.write(_address(name), data)


def _address(name: str) -> str:
    return addresses.SEARCH_DATA + name
