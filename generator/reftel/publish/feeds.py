"""Feeds: Atom (RFC 4287, paged by RFC 5005) and JSON Feed of the cables by their release, for all, each TAG and origin.

They need the archive's public address: a feed that is read elsewhere can only name its cables by it. Without one there
are none. `updated` comes from the cable (its release, else its date), never from the clock; an entry's id is a tag URI
(RFC 4151) that stays the same wherever a page moves on its host.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

import reftel
from reftel.archive import fingerprints
from reftel.archive.model import Entry
from reftel.publish.xml_text import escaped, quoted
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.listings import page_ends
from reftel.site.markup import clean
from reftel.site.prints import print_rows
from reftel.site.publishing import Finished, Later, Published

ALL = "feeds/cables.xml"
ALL_JSON = "feeds/cables.json"
PAGE = 50
"""Entries on one page of a feed."""
UNKNOWN = "1970-01-01T00:00:00Z"
"""The date of what has none: a feed cannot do without."""
TAG_DATE = "2026"
"""The year of the tag URIs: whoever has the host's name then has given out these names."""


Row = TypeVar("Row")


class Item(NamedTuple):
    """An entry of a feed. `address` is from the top of the site, `updated` a time with its zone."""

    name: str
    address: str
    title: str
    updated: str
    summary: str
    author: str
    terms: tuple[str, ...]


class Feed(NamedTuple):
    """A feed: its file without ending, its title, the page it belongs to, its items from the newest on."""

    stem: str
    title: str
    page: str
    items: Sequence[Item]


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
    everything = _Draft("feeds/cables", f"{title}: newly released", addresses.HOME)
    yield from _all_pages(site, everything, newest, cards, common)
    yield ALL_JSON, json_feed(site, everything.finished(newest[:PAGE]))
    rank = np.empty(len(newest), np.int64)
    rank[order] = np.arange(len(newest))
    for kind in ("tag", "origin"):
        for slug, listing in site.listings[kind].items():
            stem, page = f"feeds/{kind}/{slug}", addresses.listing(kind, slug)
            draft, names = _Draft(stem, f"{title}: {listing.name}", page), (f"{stem}.xml",)
            first = np.sort(rank[listing.places])[:PAGE]
            inputs = draft.inputs(common, "", cards[first].tobytes())
            yield names[0], Later(inputs, partial(_page_of, site, draft, newest, first, names, 0))


class _Draft(NamedTuple):
    """A feed of cables before its items are made."""

    stem: str
    title: str
    page: str

    def inputs(self, common: bytes, links: str, cards: bytes) -> bytes:
        """A hash of what a page of the feed depends on: what all feeds do, the links to other pages, its cables."""
        about = repr((self.title, self.page, links)).encode("utf-8", "replace")
        return hashlib.blake2b(common + about + cards, digest_size=16).digest()

    def finished(self, entries: Iterable[Entry]) -> Feed:
        """The feed with the items of these entries."""
        return Feed(self.stem, self.title, self.page, [_item(entry) for entry in entries])


def _all_pages(
    site: Site, draft: _Draft, newest: Sequence[Entry], cards: NDArray[np.uint64], common: bytes
) -> Iterator[tuple[str, Later]]:
    """A feed's pages, each made only when one of its cables has changed (`cards` are hashes of what feeds show of
    them), or how the pages are turned; `common` is what all feeds depend on.
    """
    parts = paged(newest, attrgetter("mrn"))
    names = page_names(draft.stem, len(parts))
    ends = accumulate(map(len, parts))
    for at, (name, part, end) in enumerate(zip(names, parts, ends, strict=True)):
        places = range(end - len(part), end)
        inputs = draft.inputs(common, repr(turned(names, at)), cards[places.start : end].tobytes())
        yield name, Later(inputs, partial(_page_of, site, draft, newest, places, names, at))


def _page_of(
    site: Site, draft: _Draft, newest: Sequence[Entry], places: Iterable[int], names: Sequence[str], at: int
) -> bytes:
    """The page of a feed that holds the cables at these places among the newest."""
    return _atom(site, draft.finished(newest[place] for place in places), names, at)


def paged(rows: Sequence[Row], name: Callable[[Row], str]) -> list[Sequence[Row]]:
    """Rows from the newest on as pages: the newest `PAGE` first, then pages that are cut from the oldest on, so that a
    new row changes one or two of them.
    """
    older = rows[PAGE:]
    cuts = [0, *page_ends([name(row) for row in reversed(older)], PAGE)] if older else []
    found = [older[len(older) - end : len(older) - start] for start, end in pairwise(cuts)]
    return [rows[:PAGE], *reversed(found)]


def page_names(stem: str, count: int) -> list[str]:
    """The addresses of a feed's pages, the newest first: it has the feed's own address, the older ones are numbered
    from the oldest on, so that they keep their numbers.
    """
    return [f"{stem}.xml", *(f"{stem}.p{number}.xml" for number in range(count - 1, 0, -1))]


def turned(names: Sequence[str], at: int) -> dict[str, str]:
    """The links between the pages of a feed (RFC 5005), from the one at a place."""
    if len(names) == 1:
        return {}
    links = {"first": names[0], "previous": names[at - 1]} if at else {"first": names[0]}
    return links | ({"next": names[at + 1]} if at + 1 < len(names) else {}) | {"last": names[-1]}


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


def tag_uri(public: str, name: str) -> str:
    """The name of a thing of this archive, the same for ever."""
    return f"{_authority(public)}{name}"


@lru_cache(maxsize=4)
def _authority(public: str) -> str:
    parts = urlsplit(public)
    return f"tag:{parts.hostname},{TAG_DATE}:{parts.path.strip('/')}/".replace(":/", ":")


def atom_pages(site: Site, feed: Feed) -> Iterator[tuple[str, bytes]]:
    """A feed's pages, linked by RFC 5005; the first has the feed's own address."""
    parts = paged(feed.items, attrgetter("name"))
    names = page_names(feed.stem, len(parts))
    for at, (name, items) in enumerate(zip(names, parts, strict=True)):
        yield name, _atom(site, feed._replace(items=items), names, at)


def _atom(site: Site, feed: Feed, names: Sequence[str], at: int) -> bytes:
    """The page of a feed that holds these items; `names` are those of all its pages, this is the one `at` a place."""
    public = site.settings.public_address

    def link(rel: str, target: str, kind: str = "application/atom+xml") -> str:
        return f'<link rel="{rel}" type="{kind}" href={quoted(addresses.public(public, target))}/>\n'

    links = [link("self", names[at]), link("alternate", feed.page, "text/html")]
    links += [link(rel, name) for rel, name in turned(names, at).items()]
    moment = max((item.updated for item in feed.items), default=UNKNOWN)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoted(site.settings.language)}>\n'
        f"<id>{_text(tag_uri(public, feed.stem))}</id>\n<title>{_text(feed.title)}</title>\n"
        f"<updated>{moment}</updated>\n<author><name>{_text(_publisher(site))}</name></author>\n"
        "<generator>reftel</generator>\n"
    )
    return "".join([head, *links, *(_entry(public, item) for item in feed.items), "</feed>\n"]).encode()


def _entry(public: str, item: Item) -> str:
    terms = "".join(f"<category term={quoted(clean(term))}/>" for term in item.terms)
    summary = f"<summary>{_text(item.summary)}</summary>\n" if item.summary else ""
    return (
        f"<entry>\n<id>{_text(tag_uri(public, item.name))}</id>\n<title>{_text(item.title)}</title>\n"
        f"<updated>{item.updated}</updated>\n<author><name>{_text(item.author)}</name></author>\n"
        f'<link rel="alternate" type="text/html" href={quoted(addresses.public(public, item.address))}/>\n'
        f"{terms}{summary}</entry>\n"
    )


def json_feed(site: Site, feed: Feed) -> bytes:
    """The newest items as JSON Feed 1.1."""
    public = site.settings.public_address
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": addresses.public(public, feed.page),
        "feed_url": addresses.public(public, f"{feed.stem}.json"),
        "language": site.settings.language,
        "authors": [{"name": _publisher(site)}],
        "items": [
            {
                "id": tag_uri(public, item.name),
                "url": addresses.public(public, item.address),
                "title": item.title,
                "content_text": item.summary or item.title,
                "date_published": item.updated,
                "authors": [{"name": item.author}],
                "tags": list(item.terms),
            }
            for item in feed.items[:PAGE]
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _publisher(site: Site) -> str:
    return site.settings.publisher or site.settings.title


def _text(text: str) -> str:
    return escaped(clean(text))
