"""The search index of a site: built whole, or brought up to date where only some cables have changed."""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from reftel.search import IndexReport, SearchDocument, Source, Work, build_index, update_index
from reftel.site import addresses
from reftel.site.crew import Crew
from reftel.site.inputs import Inputs, code_version
from reftel.site.making import SEARCH, Making
from reftel.site.render import Shop, Workshop, save_site, workshop
from reftel.site.search_documents import search_documents, search_keys
from reftel.site.stages import Tell
from reftel.site.trees import File, Trees

GROUP = b"search"
"""In place of inputs, for what is noted beside the rest of the index."""

Given = TypeVar("Given")
Done = TypeVar("Done")


class Indexed(msgspec.Struct, frozen=True, array_like=True):
    """What an index was made from: the code, and the cables' keys with a hash of eight bytes for each."""

    code: bytes
    keys: list[str]
    hashes: bytes

    def by_key(self) -> dict[str, bytes]:
        """The hash of each key."""
        return {key: self.hashes[8 * place : 8 * place + 8] for place, key in enumerate(self.keys)}


def index(here: Workshop, shop: Shop, inputs: Inputs, crew: Crew, making: Making, tell: Tell) -> None:
    """Make the search index of the site."""
    indexed = Indexed(code_version(here.theme.folder), search_keys(here.site), inputs.cables())
    now = msgspec.msgpack.encode(indexed)
    known = making.known(SEARCH)
    if known.get(SEARCH) == now:
        making.keep(known)
        return
    source = Source(indexed.keys, partial(search_documents, here.site, here.read), partial(_documents_elsewhere, shop))

    def work(
        function: Callable[[Given], Done], parts: Iterable[Given], /, here: Callable[[Given], Done] | None = None
    ) -> Iterator[Done]:
        todo = list(parts)
        if crew.is_elsewhere(len(todo)):
            save_site(site, shop.cache)
        for number, done in enumerate(crew.work(function, todo, here), 1):
            tell(number, len(todo))
            yield done

    site, trees = here.site, making.trees
    report = _updated(known.get(SEARCH, b""), indexed, source, trees, work)
    if report:
        for name in report.gone:
            trees.remove(_address(name))
        _note(report, known, making, now)
    else:
        _note(build_index(source, Path(trees.fresh), work, trees.scratch, partial(_put, trees)), (), making, now)


def _note(report: IndexReport, known: Collection[str], making: Making, inputs: bytes) -> None:
    """Note the files in groups, so that a change touches few of these; what is `known` of others stays."""
    groups: dict[str, list[tuple[File, bool]]] = {SEARCH: []}
    for file in report.files:
        made = File(_address(file.name), file.size, file.sha256)
        groups.setdefault(_group(file.name), []).append((made, file.changed))
    for name in report.gone:
        groups.setdefault(_group(name), [])
    making.keep(name for name in known if name not in groups)
    standing = making.regroup(groups, set(map(_address, report.gone))) if known else {}
    for name, files in groups.items():
        whole = standing[name] if known else [file for file, _ in files]
        if whole:
            changed = [file.address for file, is_changed in files if is_changed]
            making.note(name, whole, changed, inputs if name == SEARCH else GROUP)


def _group(name: str) -> str:
    """The name in the ledger of what a file is noted with: the texts of a month, a shard's two files, all others."""
    kind, _, rest = name.partition("/")
    if kind == "text":
        return SEARCH + name.rpartition("/")[0]
    return SEARCH + rest if kind in ("terms", "phrases") else SEARCH


def _updated(inputs: bytes, now: Indexed, source: Source, trees: Trees, work: Work) -> IndexReport | None:
    """The index of the last build brought up to date; None where that is not to be had."""
    try:
        before = msgspec.msgpack.decode(inputs, type=Indexed)
        if before.code != now.code:
            return None
        hashes = before.by_key()
        changed = {key for key, found in now.by_key().items() if hashes.get(key) != found}
        old = Path(trees.old, addresses.SEARCH_DATA)
        return update_index(
            before.keys, changed, source, old, work=work, scratch=trees.scratch, put=partial(_put, trees)
        )
    except (ValueError, FileNotFoundError, zlib.error):  # also msgspec's errors; whatever is there is not ours
        return None


def _documents_elsewhere(shop: Shop, places: Sequence[int]) -> list[SearchDocument]:
    found = workshop(shop)
    return search_documents(found.site, found.read, places)


def _put(trees: Trees, name: str, data: bytes) -> bool:
    return trees.write(_address(name), data)


def _address(name: str) -> str:
    return addresses.SEARCH_DATA + name
