"""The home page: what this archive is, how much, and the ways into it; and the pages that stand alone."""

from urllib.parse import urlsplit

import msgspec
from markupsafe import Markup

from reftel.archive.model import Entry
from reftel.editorial.prose import Prose
from reftel.search import PAGE_SCRIPTS
from reftel.site import addresses
from reftel.site.cards import held_card
from reftel.site.chart import chart
from reftel.site.contexts import CableCard, HomePage, Link, NotFoundPage, ProsePage, SearchPage
from reftel.site.frame import MENU, Site, frame
from reftel.site.thread_pages import thread_entry
from reftel.site.timeline import bar, periods

SHOWN = 8
"""Items of each short list."""
INTRO = Markup(
    "<p>Each cable has a page of its own, with a permanent address made of its MRN, the message reference number by "
    "which cables cite each other. Each numbered paragraph has an anchor: point to <code>#par4</code> for "
    "paragraph 4.</p>\n"
    '<p>Start from the <a href="timeline/index.html">timeline</a>, from a <a href="thread/index.html">thread</a>, or '
    '<a href="search.html">search</a> for words, an MRN or TAGS. What is cited here and not held is '
    '<a href="missing/index.html">listed</a> too.</p>'
)
"""Stands where the archive has no `pages/index.md`."""


def home_page(site: Site) -> tuple[str, HomePage]:
    """`index.html`."""
    page = addresses.HOME
    dated = [entry for entry in site.archive.entries if entry.created]
    years = periods(site, 4)
    bars = tuple(bar(site, page, year, found) for year, found in years.items())
    threads = sorted(site.archive.threads, key=lambda thread: -len(thread.mrns))[:SHOWN]
    index = site.introduction
    return page, HomePage(
        frame=frame(site, page, site.settings.title, "home", description=site.settings.description),
        intro=index.html if index else INTRO,
        facts=_facts(site),
        first_date=(dated[0].created or "")[:10] if dated else "",
        last_date=(dated[-1].created or "")[:10] if dated else "",
        chart=chart(bars, "Cables by year"),
        bars=bars,
        most_cited=tuple(_cited_card(page, entry, count) for entry, count in site.archive.most_cited(SHOWN)),
        longest_threads=tuple(thread_entry(site, page, thread) for thread in threads),
        latest=tuple(held_card(page, entry) for entry in _latest(site)),
        directories=tuple(Link(target, text) for text, target in MENU),
    )


def search_page(site: Site) -> tuple[str, SearchPage]:
    """`search.html`: the scripts fetch the index only here."""
    page = addresses.SEARCH
    return page, SearchPage(
        frame=frame(site, page, "Search", "search", scripts=PAGE_SCRIPTS),
        shards=addresses.SEARCH_DATA,
        count=len(site.archive.entries) + len(site.hub.cables),
        is_browsed=site.is_browsed,
    )


def not_found_page(site: Site) -> tuple[str, NotFoundPage]:
    """`404.html`. A server shows it at any depth: its links begin with the path of the public address where that is
    set.
    """
    page = addresses.NOT_FOUND
    found = frame(site, page, "Not found", "page")
    if site.settings.public_address:
        top = urlsplit(site.settings.public_address).path.rstrip("/") + "/"
        found = msgspec.structs.replace(
            found,
            root=top,
            nav=tuple(Link(top + link.href, link.text) for link in found.nav),
            foot=tuple(Link(top + link.href, link.text) for link in found.foot),
            head=tuple(msgspec.structs.replace(link, href=top + link.href) for link in found.head),
            canonical="",
        )
    return page, NotFoundPage(found)


def prose_page(site: Site, prose: Prose) -> tuple[str, ProsePage]:
    """A page of prose."""
    page = addresses.prose(prose.slug)
    return page, ProsePage(frame(site, page, prose.title, "prose", prose.menu), prose.title, prose.html)


def _facts(site: Site) -> tuple[Link, ...]:
    archive = site.archive
    origins = site.listings["origin"]
    facts = (
        (addresses.TIMELINE, len(archive.entries), "cable", "cables"),
        (addresses.directory("origin"), len(origins), "origin", "origins"),
        (addresses.directory("thread"), len(archive.threads), "thread", "threads"),
        (addresses.MISSING, len(archive.missing), "cable cited and not held", "cables cited and not held"),
    )
    return tuple(Link(target, f"{count:,}", one if count == 1 else many) for target, count, one, many in facts)


def _cited_card(page: str, entry: Entry, count: int) -> CableCard:
    return held_card(page, entry, note="cited once" if count == 1 else f"cited {count} times")


def _latest(site: Site) -> list[Entry]:
    """The last released, of one moment the last sent; where no release is known, the last sent."""
    last_first = [entry for entry in reversed(site.archive.entries) if entry.created or entry.released]
    if any(entry.released for entry in last_first):
        last_first.sort(key=lambda entry: entry.released or "", reverse=True)
    return last_first[:SHOWN]
