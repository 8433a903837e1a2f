"""Stage three: tasks rendered and written, in chunks that any process may work on.

A worker loads the site once, from a file of the build cache that holds its light entries, and reads the records it
needs from there.
"""

from collections import deque
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import msgspec
from markupsafe import Markup

from reftel.archive.archive import Archive, in_order
from reftel.archive.hub import Hub
from reftel.archive.model import Entry
from reftel.config import Settings
from reftel.editorial.prose import Prose
from reftel.editorial.sidecars import Held, Sidecars, apply
from reftel.site.frame import Around, Site, new_site
from reftel.site.ledger import Made
from reftel.site.plan import make
from reftel.site.records import CachePlace, Kept, shared_records
from reftel.site.theme import Theme
from reftel.site.thread_pages import Reader
from reftel.site.trees import File, Trees, figures

SITE = "site.msgpack"


class SiteFile(msgspec.Struct, frozen=True):
    """A site as it lies in the build cache for the workers."""

    settings: Settings
    entries: list[Entry]
    twins: dict[str, list[Entry]]
    left_out: dict[str, Entry]
    prose: list[Prose]
    sidecars: dict[str, Held]
    around: Around
    hub: Hub


class Shop(NamedTuple):
    """Where a worker finds what it needs: the cache, the theme's folder, the trees to write to."""

    cache: CachePlace
    theme: str
    trees: Trees


class Order(NamedTuple):
    """A task for a worker: its name in the ledger, the hash of its inputs."""

    kind: str
    key: str
    name: str
    inputs: bytes


class Chunk(NamedTuple):
    """Tasks for one worker."""

    shop: Shop
    orders: Iterable[Order]


class Workshop(NamedTuple):
    """What a process needs to make any page."""

    site: Site
    read: Reader
    theme: Theme

    def ready(self) -> None:
        """Load what pages are made with, so that copies of this process need not, each for itself."""
        deque(self.theme.ready(), maxlen=0)
        if self.site.forms.raw_views:
            import_module("reftel.site.lexer")


def save_site(site: Site, cache: CachePlace) -> None:
    """Leave the site where the workers find it."""
    archive = site.archive
    twins = {mrn: list(found) for mrn, found in archive.twins.items()}
    file = SiteFile(
        settings=site.settings,
        entries=list(archive.entries),
        twins=twins,
        left_out=dict(archive.left_out),
        prose=list(site.prose),
        sidecars=dict(site.sidecars),
        around=site.around,
        hub=site.hub,
    )
    Path(cache.folder, SITE).write_bytes(msgspec.msgpack.encode(file, enc_hook=str))


def render_chunk(chunk: Chunk) -> list[Made]:
    """Make the pages of a chunk and write them, in a worker."""
    return make_chunk(workshop(chunk.shop), chunk)


def make_chunk(shop: Workshop, chunk: Chunk) -> list[Made]:
    """The same with a workshop that is open already."""
    return [_made(shop, order, chunk.shop.trees) for order in chunk.orders]


def _made(shop: Workshop, order: Order, trees: Trees) -> Made:
    files: list[File] = []
    changed: list[str] = []
    pages = 0
    for address, made in make(shop.site, shop.read, order.kind, order.key):
        if isinstance(made, bytes):
            data = made
        else:
            data = shop.theme.bytes_of(made)
            pages += 1
        if trees.write(address, data):
            changed.append(address)
        files.append(figures(address, data))
    return Made(order.name, order.inputs, pages, files, changed)


class SiteReader(NamedTuple):
    """Reads a site's records, each with what its sidecar says."""

    sidecars: Sidecars
    cache: CachePlace

    def __call__(self, key: str, /) -> Kept:
        """The whole record."""
        kept = shared_records(self.cache).read(key)
        held = self.sidecars.get(kept.cable.mrn or "")
        return msgspec.structs.replace(kept, cable=apply(kept.cable, held.sidecar)) if held else kept

    def summary(self, entry: Entry, /) -> str | None:
        """Its summary."""
        is_told = entry.mrn in self.sidecars
        return self(entry.key).cable.summary if is_told else shared_records(self.cache).summary(entry.key)


@lru_cache(maxsize=1)
def workshop(shop: Shop) -> Workshop:
    """What a worker needs, loaded once."""
    data = Path(shop.cache.folder, SITE).read_bytes()
    file = msgspec.msgpack.decode(data, type=SiteFile, dec_hook=_as_markup)
    archive = Archive(in_order(file.entries, file.twins), file.left_out)
    site = new_site(file.settings, archive, file.prose, file.sidecars, file.around, file.hub)
    return Workshop(site, SiteReader(site.sidecars, shop.cache), Theme(Path(shop.theme)))


def _as_markup(kind: type, value: object) -> object:
    if kind is Markup:
        return Markup(value)
    raise NotImplementedError(kind)
