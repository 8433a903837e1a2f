"""Writing a feed: as Atom (RFC 4287), paged by RFC 5005, and as JSON Feed 1.1."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, TypeVar
from urllib.parse import urlsplit

from reftel.publish.xml_text import escaped, quoted
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.listings import page_ends
from reftel.site.markup import clean

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


class Shown(NamedTuple):
    """An item as it stands in Atom feeds."""

    updated: str
    xml: str


class Feed(NamedTuple):
    """A feed: its file without ending, its title, the page it belongs to."""

    stem: str
    title: str
    page: str


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


def tag_uri(public: str, name: str) -> str:
    """The name of a thing of this archive, the same for ever."""
    return f"{_authority(public)}{name}"


@lru_cache(maxsize=4)
def _authority(public: str) -> str:
    parts = urlsplit(public)
    return f"tag:{parts.hostname},{TAG_DATE}:{parts.path.strip('/')}/".replace(":/", ":")


def atom_pages(site: Site, feed: Feed, items: Sequence[Item]) -> Iterator[tuple[str, bytes]]:
    """The pages of a feed of these items, from the newest on, linked by RFC 5005; the first has the feed's address."""
    parts = paged(items, attrgetter("name"))
    names = page_names(feed.stem, len(parts))
    for at, (name, part) in enumerate(zip(names, parts, strict=True)):
        yield name, atom_page(site, feed, [shown(site, item) for item in part], names, at)


def atom_page(site: Site, feed: Feed, entries: Sequence[Shown], names: Sequence[str], at: int) -> bytes:
    """The page of a feed that holds these entries; `names` are those of all its pages, this is the one `at` a place."""
    public = site.settings.public_address

    def link(rel: str, target: str, kind: str = "application/atom+xml") -> str:
        return f'<link rel="{rel}" type="{kind}" href={quoted(addresses.public(public, target))}/>\n'

    links = [link("self", names[at]), link("alternate", feed.page, "text/html")]
    links += [link(rel, name) for rel, name in turned(names, at).items()]
    moment = max((entry.updated for entry in entries), default=UNKNOWN)
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoted(site.settings.language)}>\n'
        f"<id>{_text(tag_uri(public, feed.stem))}</id>\n<title>{_text(feed.title)}</title>\n"
        f"<updated>{moment}</updated>\n<author><name>{_text(_publisher(site))}</name></author>\n"
        "<generator>reftel</generator>\n"
    )
    return "".join([head, *links, *(entry.xml for entry in entries), "</feed>\n"]).encode()


def shown(site: Site, item: Item) -> Shown:
    """An item as it stands in the Atom feeds of a site."""
    public = site.settings.public_address
    terms = "".join(f"<category term={quoted(clean(term))}/>" for term in item.terms)
    summary = f"<summary>{_text(item.summary)}</summary>\n" if item.summary else ""
    xml = (
        f"<entry>\n<id>{_text(tag_uri(public, item.name))}</id>\n<title>{_text(item.title)}</title>\n"
        f"<updated>{item.updated}</updated>\n<author><name>{_text(item.author)}</name></author>\n"
        f'<link rel="alternate" type="text/html" href={quoted(addresses.public(public, item.address))}/>\n'
        f"{terms}{summary}</entry>\n"
    )
    return Shown(item.updated, xml)


def json_feed(site: Site, feed: Feed, items: Sequence[Item]) -> bytes:
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
            for item in items[:PAGE]
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _publisher(site: Site) -> str:
    return site.settings.publisher or site.settings.title


def _text(text: str) -> str:
    return escaped(clean(text))
