"""Feeds: Atom (RFC 4287, paged by RFC 5005) and JSON Feed of the cables by their release, for all, each TAG and origin.

They need the archive's public address: a feed that is read elsewhere can only name its cables by it. Without one there
are none. `updated` comes from the cable (its release, else its date), never from the clock; an entry's id is a tag URI
(RFC 4151) that stays the same wherever a page moves on its host.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from reftel.archive.model import Entry
from reftel.publish.xml_text import escaped, quoted
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.markup import clean
from reftel.site.publishing import Finished, Published

ALL = "feeds/cables.xml"
ALL_JSON = "feeds/cables.json"
PAGE = 50
"""Entries on one page of a feed."""
UNKNOWN = "1970-01-01T00:00:00Z"
"""The date of what has none: a feed cannot do without."""
TAG_DATE = "2026"
"""The year of the tag URIs: whoever has the host's name then has given out these names."""


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
    """All feeds of the archive; none without a public address."""
    site = finished.site
    if not site.settings.public_address:
        return
    newest = newest_first(site.archive.entries)
    items = {entry.mrn: _item(entry) for entry in newest}
    title = site.settings.title
    everything = Feed("feeds/cables", f"{title}: newly released", addresses.HOME, list(items.values()))
    yield from atom_pages(site, everything)
    yield ALL_JSON, json_feed(site, everything)
    for kind in ("tag", "origin"):
        for slug, listing in site.listings[kind].items():
            held = set(listing.mrns)
            chosen = [items[entry.mrn] for entry in _newest_of(site, held)][:PAGE]
            feed = Feed(f"feeds/{kind}/{slug}", f"{title}: {listing.name}", addresses.listing(kind, slug), chosen)
            yield from atom_pages(site, feed)


def _newest_of(site: Site, mrns: set[str]) -> list[Entry]:
    return newest_first(site.archive.entries_of(sorted(mrns)))


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Entries by their release, else their date, the newest first; those of one moment by MRN."""
    return sorted(sorted(entries, key=lambda entry: entry.mrn), key=updated, reverse=True)


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
    parts = urlsplit(public)
    return f"tag:{parts.hostname},{TAG_DATE}:{parts.path.strip('/')}/{name}".replace(":/", ":")


def atom_pages(site: Site, feed: Feed) -> Iterator[tuple[str, bytes]]:
    """A feed's pages, linked by RFC 5005; the first has the feed's own address."""
    pages = [feed.items[i : i + PAGE] for i in range(0, len(feed.items), PAGE)] or [()]
    for number, items in enumerate(pages, 1):
        yield _page_name(feed, number), _atom(site, feed, items, number, len(pages))


def _page_name(feed: Feed, number: int) -> str:
    return f"{feed.stem}.xml" if number == 1 else f"{feed.stem}.p{number}.xml"


def _atom(site: Site, feed: Feed, items: Sequence[Item], number: int, last: int) -> bytes:
    public = site.settings.public_address

    def link(rel: str, target: str, kind: str = "application/atom+xml") -> str:
        return f'<link rel="{rel}" type="{kind}" href={quoted(addresses.public(public, target))}/>\n'

    turning = {"first": 1, "previous": number - 1, "next": number + 1, "last": last}
    links = [link("self", _page_name(feed, number)), link("alternate", feed.page, "text/html")]
    if last > 1:
        links += [link(rel, _page_name(feed, at)) for rel, at in turning.items() if 1 <= at <= last]
    moment = max((item.updated for item in feed.items), default=UNKNOWN)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoted(site.settings.language)}>\n'
        f"<id>{_text(tag_uri(public, feed.stem))}</id>\n<title>{_text(feed.title)}</title>\n"
        f"<updated>{moment}</updated>\n<author><name>{_text(_publisher(site))}</name></author>\n"
        "<generator>reftel</generator>\n"
    )
    return "".join([head, *links, *(_entry(public, item) for item in items), "</feed>\n"]).encode()


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
