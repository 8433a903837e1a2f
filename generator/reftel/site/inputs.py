"""What each page depends on, as a hash: a page whose hash is that of the last build is neither made nor written again.

A hash may cover more than its page shows (then the page is made in vain, and the same bytes are not written), never
less; the tests compare builds after random edits with clean ones. It takes a few microseconds for each page.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

import reftel
from reftel.archive.missing import group_of
from reftel.archive.model import Entry
from reftel.site.frame import Site
from reftel.site.plan import Task
from reftel.site.thread_pages import thread_title
from reftel.site.timeline import periods

CODE = (".py", ".csv", ".html")
_encode = msgspec.msgpack.Encoder(enc_hook=str).encode


def digest(*parts: bytes) -> bytes:
    """One hash of several parts."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8))
        found.update(part)
    return found.digest()


@lru_cache(maxsize=4)
def code_version(theme: Path) -> bytes:
    """A hash of the program and of a theme's templates."""
    parts: list[bytes] = []
    for top in (Path(reftel.__file__).parent, theme / "templates"):
        for path in sorted(top.rglob("*")):
            if path.suffix in CODE and "static" not in path.parts:
                parts += (path.relative_to(top).as_posix().encode(), path.read_bytes())
    return digest(*parts)


class Inputs:
    """The hashes of a site's pages."""

    def __init__(self, site: Site, theme: Path) -> None:
        self._site = site
        menu = [(page.menu, page.slug) for page in site.prose]
        self._common = digest(
            code_version(theme), _encode((site.settings, menu, site.around, list(site.archive.left_out.values())))
        )
        entries = site.archive.everything
        self._card = {(entry.mrn, entry.twin): _card(entry) for entry in entries}
        self._links = {entry.mrn: self._links_of(entry) for entry in site.archive.entries}
        self._shown: dict[tuple[str, str], bytes] = {}
        self.all_cards = digest(*self._card.values())
        self.all_links = digest(self.all_cards, *self._links.values())

    @cached_property
    def everything(self) -> bytes:
        """A hash of all cables and pages, texts too."""
        prose = _encode(list(self._site.prose))
        return digest(self._common, prose, self.all_links, *map(self._own, self._site.archive.everything))

    def of(self, task: Task) -> bytes:
        """The hash of what a task's pages and files show."""
        how = _KINDS.get(task.kind, Inputs._whole)
        return digest(self._common, task.kind.encode(), *(a.encode() for a in task.addresses), *how(self, task.key))

    def _own(self, entry: Entry) -> bytes:
        """All that the cable's own record and file say, and its sidecar."""
        held = self._site.sidecars.get(entry.mrn)
        return digest(_encode(entry), _encode(held.sidecar) if held else b"")

    def _links_of(self, entry: Entry) -> bytes:
        """What others show of a cable that cites them, or stands with it in a drawing."""
        cited = [self._held(mrn) for mrn in entry.cited()]
        return digest(self._card[entry.mrn, ""], _encode((entry.refs, entry.mentions)), *cited)

    def _held(self, mrn: str) -> bytes:
        archive = self._site.archive
        if missing := archive.missing.get(mrn):
            return _encode(missing.sent)
        return b"left out" if mrn in archive.left_out else b"held"

    def _cited_one(self, mrn: str) -> bytes:
        """What a page shows of a cable that it cites."""
        archive = self._site.archive
        if entry := archive.get(mrn) or archive.left_out.get(mrn):
            return digest(self._held(mrn), _card(entry), entry.anchors.encode())
        missing = archive.missing.get(mrn)
        return _encode((len(missing.citers), missing.sent)) if missing else b""

    def _with_links(self, entry: Entry) -> bytes:
        """A cable with what it cites and what cites it."""
        key = entry.mrn, entry.twin
        if key not in self._shown:
            cited = [self._cited_one(mrn) for mrn in entry.cited()]
            citers = [self._links[citer.mrn] for citer in self._site.archive.cited_by(entry.mrn)]
            self._shown[key] = digest(self._own(entry), self._card[key], *cited, b"cited by", *citers)
        return self._shown[key]

    def _cable(self, key: str) -> Iterator[bytes]:
        archive = self._site.archive
        entry = archive.everything[int(key)]
        yield self._with_links(entry)
        first = archive.get(entry.mrn)
        for other in (first, *archive.twins.get(entry.mrn, ())):
            yield digest(self._card[entry.mrn, other.twin], other.path.encode()) if other else b""
        if entry.twin:
            return
        yield from (self._card[beside.mrn, ""] if beside else b"none" for beside in archive.neighbours(entry.mrn))
        if thread := archive.thread(entry.mrn):
            place = archive.place_in_thread(entry.mrn)
            yield _encode((thread.name, place, len(thread.mrns)))
            yield from (self._links[mrn] for mrn in thread.around(place))

    def _thread(self, key: str) -> Iterator[bytes]:
        archive = self._site.archive
        thread = archive.threads[int(key)]
        beside = [
            (one.name, len(one.mrns), thread_title(self._site, one)) for one in archive.threads_beside(thread) if one
        ]
        yield _encode((thread, beside, [one is None for one in archive.threads_beside(thread)]))
        yield from (self._with_links(entry) for entry in archive.entries_of(thread.mrns))

    def _period(self, key: str) -> Iterator[bytes]:
        found = periods(self._site, len(key))
        names = list(found)
        here = names.index(key)
        yield _encode((names[max(0, here - 1) : here + 2], len(key)))
        yield from (self._with_links(entry) for entry in self._site.archive.entries_of(found[key]))

    def _listing(self, key: str) -> Iterator[bytes]:
        kind, slug = key.split("/", 1)
        listing = self._site.listings[kind][slug]
        yield _encode((listing.name, listing.group, len(listing.mrns)))
        for entry in self._site.archive.entries_of(listing.mrns):
            yield digest(self._card[entry.mrn, ""], *((ref.mrn or "").encode() for ref in entry.refs))
        if kind == "origin":
            yield from (_encode(self._site.archive.serials.gap_before(mrn)) for mrn in listing.mrns)
            for group in dict.fromkeys(map(group_of, listing.mrns)):
                yield _encode([missing.mrn for missing in self._site.missing.get(group, ())])

    def _missing(self, key: str) -> Iterator[bytes]:
        post = key.lstrip("0123456789")
        row = self._site.archive.serials.of_group(self._site.missing[key][0].mrn)
        yield _encode([entry.origin for entry in row])
        yield _encode([len(self._site.missing.get(f"{year:02}{post}", ())) for year in range(100)])
        yield _encode([(page.title, page.slug, page.request) for page in self._site.prose if page.request])
        for missing in self._site.missing[key]:
            yield _encode(missing)
            yield from (self._links[mrn] for mrn in missing.citers)

    def _prose(self, key: str) -> Iterator[bytes]:
        yield from (_encode(page) for page in self._site.prose if page.slug == key)

    def _whole(self, _: str) -> Iterable[bytes]:
        """Pages that stand for the whole archive."""
        return self.all_links, _encode([page for page in self._site.prose if page.slug == "index"])


def _card(entry: Entry) -> bytes:
    """What others show of a cable, and where they list it: all but its place, its bytes and what it cites."""
    shown = msgspec.structs.replace(entry, key="", path="", line=0, sha256="", refs=[], mentions=[], anchors="")
    return digest(_encode(shown))


_KINDS: Mapping[str, Callable[[Inputs, str], Iterable[bytes]]] = {
    "cable": Inputs._cable,
    "thread": Inputs._thread,
    "month": Inputs._period,
    "year": Inputs._period,
    "listing": Inputs._listing,
    "missing": Inputs._missing,
    "prose": Inputs._prose,
}
