"""Feeds of the cables by their release, as Atom and JSON Feed, for all, each TAG and origin.

They need the archive's public address: a feed that is read elsewhere can only name its cables by it. Without one there
are none. `updated` comes from the cable (its release, else its date), never from the clock; an entry's id is a tag URI
(RFC 4151) that stays the same wherever a page moves on its host.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

import reftel
from reftel.archive import fingerprints
from reftel.archive.model import Entry
from reftel.publish.atom import PAGE, UNKNOWN, Feed, Item, Shown, atom_page, json_feed, page_names, paged, shown, turned
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.prints import print_rows
from reftel.site.publishing import Finished, Later, Published

ALL = "feeds/cables.xml"
ALL_JSON = "feeds/cables.json"
MOST = 60_000
"""Entries that are remembered while feeds are made: most stand in several."""


def publish_feeds(finished: Finished) -> Published:
    """All feeds of the archive; none without a public address, and none of a hub."""
    site = finished.site
    if not site.settings.public_address or site.settings.federation.hub:
        return
    entries = site.archive.entries
    order = newest_first(entries)
    newest = [entries[place] for place in order]
    title = site.settings.title
    common = hashlib.blake2b(repr((site.settings, reftel.__version__)).encode("utf-8", "replace")).digest()
    cards = print_rows(newest)[:, fingerprints.CARD]
    everything = Feed("feeds/cables", f"{title}: newly released", addresses.HOME)
    made = lru_cache(MOST)(lambda place: shown(site, _item(newest[place])))
    yield from _all_pages(site, everything, newest, made, cards, common)
    yield ALL_JSON, json_feed(site, everything, list(map(_item, newest[:PAGE])))
    rank = np.empty(len(newest), np.int64)
    rank[order] = np.arange(len(newest))
    for kind in ("tag", "origin"):
        for slug, listing in site.listings[kind].items():
            stem, page = f"feeds/{kind}/{slug}", addresses.listing(kind, slug)
            feed, names = Feed(stem, f"{title}: {listing.name}", page), (f"{stem}.xml",)
            first = np.sort(rank[listing.places])[:PAGE]
            inputs = _inputs(feed, common, "", cards[first].tobytes())
            yield names[0], Later(inputs, partial(_page_of, site, feed, made, first.tolist(), names, 0))


def _inputs(feed: Feed, common: bytes, links: str, cards: bytes) -> bytes:
    """A hash of what a page of the feed depends on: what all feeds do, the links to other pages, its cables."""
    about = repr((feed.title, feed.page, links)).encode("utf-8", "replace")
    return hashlib.blake2b(common + about + cards, digest_size=16).digest()


def _all_pages(
    site: Site,
    feed: Feed,
    newest: Sequence[Entry],
    made: Callable[[int], Shown],
    cards: NDArray[np.uint64],
    common: bytes,
) -> Iterator[tuple[str, Later]]:
    """A feed's pages, each made only when one of its cables has changed (`cards` are hashes of what feeds show of
    them), or how the pages are turned; `common` is what all feeds depend on.
    """
    parts = paged(newest, attrgetter("mrn"))
    names = page_names(feed.stem, len(parts))
    ends = accumulate(map(len, parts))
    for at, (name, part, end) in enumerate(zip(names, parts, ends, strict=True)):
        places = range(end - len(part), end)
        inputs = _inputs(feed, common, repr(turned(names, at)), cards[places.start : end].tobytes())
        yield name, Later(inputs, partial(_page_of, site, feed, made, places, names, at))


def _page_of(
    site: Site, feed: Feed, made: Callable[[int], Shown], places: Iterable[int], names: Sequence[str], at: int
) -> bytes:
    """The page of a feed that holds the cables at these places among the newest."""
    return atom_page(site, feed, list(map(made, places)), names, at)


def newest_first(entries: Sequence[Entry]) -> list[int]:
    """Where entries stand, by their release, else their date, the newest first; those of one moment by MRN."""
    moments: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        moments[updated(entry)].append(place)
    mrns = [entry.mrn for entry in entries]
    return [at for moment in sorted(moments, reverse=True) for at in sorted(moments[moment], key=mrns.__getitem__)]


def updated(entry: Entry) -> str:
    """When a cable became readable here, as far as its content says: "2010-12-01T21:00:00Z"."""
    moment = entry.released or entry.created or UNKNOWN
    return moment if "T" in moment else f"{moment}T00:00:00Z"


def _item(entry: Entry) -> Item:
    title = f"{entry.mrn}: {entry.subject}" if entry.subject else entry.mrn
    return Item(
        entry.mrn,
        addresses.cable(entry),
        title,
        updated(entry),
        entry.preview,
        entry.origin or "Unknown origin",
        tuple(dict.fromkeys(entry.tags)),
    )
