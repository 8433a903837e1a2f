"""Browse pages: each listing, paged, and the directories of all listings of a kind."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from reftel.archive.model import Entry
from reftel.site import addresses
from reftel.site.cards import held_card
from reftel.site.chart import chart, new_bar
from reftel.site.contexts import Bar, CableCard, DirectoryGroup, DirectoryPage, Link, ListingPage
from reftel.site.dates import written_date, written_month
from reftel.site.drawings import EACH, span_drawing
from reftel.site.frame import MENU, Site, frame
from reftel.site.gaps import gaps
from reftel.site.listings import UNDATED, Listing
from reftel.site.meanings import level, tag_meaning

NEAR = 4
"""Pages of a listing before and after one that it links to."""
TITLES = {
    "date": ("Dates", "Cables by the month they were sent, in Zulu time."),
    "released": ("Releases", "Cables by the day they were released."),
    "origin": ("Origins", "Cables by the post that sent them."),
    "tag": ("TAGS", "Traffic analysis by geography and subject: the State Department's own subject headings."),
    "classification": ("Classification", "Cables by their classification, the most secret first."),
}
DRAWN = ("origin", "tag")
"""Kinds of listings with a timeline of their cables."""
TAG_GROUPS = {
    "subject": "Subjects",
    "geographic": "Places",
    "organization": "Organizations",
    "program": "Programs",
    "person": "Persons",
    "unknown": "Other TAGS",
}


def directory_page(site: Site, kind: str) -> tuple[str, DirectoryPage]:
    """All listings of a kind, in groups."""
    page = addresses.directory(kind)
    title, explanation = TITLES[kind]
    groups = []
    for name, found in groupby(site.listings[kind].values(), key=lambda listing: listing.group):
        links = [_link(page, listing) for listing in found]
        groups.append(DirectoryGroup(_group_title(kind, name), tuple(links)))
    if kind == "date":
        days = Link(addresses.relative(page, addresses.directory("released")), "By the day of their release")
        groups.append(DirectoryGroup("Releases", (days,)))
    return page, DirectoryPage(
        frame=frame(site, page, title, "directory", _menu(kind)),
        title=title,
        explanation=explanation,
        groups=tuple(_ordered(kind, groups)),
    )


def listing_pages(site: Site, listing: Listing) -> Iterator[tuple[str, ListingPage]]:
    """One listing: a page for about each `listing_size` cables of it, in Zulu order."""
    for number in range(1, len(listing.ends) + 1):
        yield listing_page(site, listing, number)


def listing_page(site: Site, listing: Listing, number: int) -> tuple[str, ListingPage]:
    """One page of a listing. Only the first says how many cables the whole listing has: one more of them must not
    change all pages.
    """
    count = len(listing.ends)
    all_pages = [addresses.listing(listing.kind, listing.slug, at) for at in range(1, count + 1)]
    page = all_pages[number - 1]
    title, explanation = listing_title(listing), _explanation(listing)
    entries = site.archive.entries_of(listing.page(number))
    crumbs = [(TITLES[listing.kind][0], addresses.directory(listing.kind))]
    own_title = title + (f", page {number} of {count}" if count > 1 else "")
    pages = page_links(page, number, all_pages)
    bars = _bars(site, listing, all_pages) if listing.kind in DRAWN and number == 1 < count else ()
    return (
        page,
        ListingPage(
            frame=frame(site, page, own_title, "listing", _menu(listing.kind), crumbs, explanation),
            title=title,
            explanation=explanation,
            cables=tuple(_cards(site, page, listing, entries)),
            count=len(listing.mrns) if number == 1 else len(entries),
            drawing=_drawing(site, page, listing, entries if number > 1 else ()),
            chart=chart(bars, f"{title}: cables by year"),
            bars=bars,
            pages=pages if count > 1 else (),
            page=number,
            related=_related(page, listing),
        ),
    )


def _cards(site: Site, page: str, listing: Listing, entries: Sequence[Entry]) -> Iterator[CableCard]:
    """The rows, without what the list's title says of all; those of a post say what is not held between them."""
    if listing.kind == "origin":
        for entry, gap in zip(entries, gaps(site, page, entries), strict=False):
            yield held_card(page, entry, gap=gap, origin="")
        return
    known = {"classification": ""} if listing.kind == "classification" else {}
    for entry in entries:
        yield held_card(page, entry, **known)


def _drawing(site: Site, page: str, listing: Listing, entries: Sequence[Entry]) -> Markup:
    """The timeline of some cables of a post or TAG; without any given, of all: the first page shows the whole, but for
    a post with more than are drawn one by one, whose years the chart counts.
    """
    if listing.kind not in DRAWN or (entries and not site.forms.drawings):
        return Markup("")
    whole = listing.kind == "tag" or len(listing.mrns) <= EACH
    shown = entries or site.archive.entries_of(listing.mrns if whole else listing.page(1))
    return span_drawing(site, page, shown, listing_title(listing))


def page_links(page: str, number: int, pages: Sequence[str]) -> tuple[Link, ...]:
    """The links to the first, the last and the nearest pages; a gap is an ellipsis without a link."""
    links: list[Link] = []
    before = 0
    for at in sorted({1, len(pages), *range(max(1, number - NEAR), min(len(pages), number + NEAR) + 1)}):
        if at - before > 1:
            links.append(Link("", "…"))
        links.append(Link(addresses.relative(page, pages[at - 1]), str(at)))
        before = at
    return tuple(links)


def _bars(site: Site, listing: Listing, pages: Sequence[str]) -> tuple[Bar, ...]:
    """How many cables of a listing each year has; a year leads to the page on which it begins."""
    years: dict[str, list[Entry]] = {}
    starts: dict[str, str] = {}
    for place, entry in enumerate(site.archive.entries_of(listing.mrns)):
        if entry.created:
            years.setdefault(entry.created[:4], []).append(entry)
            starts.setdefault(entry.created[:4], pages[bisect_right(listing.ends, place)])
    return tuple(
        new_bar(Link(addresses.relative(pages[0], starts[year]), year, str(len(found))), year, found)
        for year, found in years.items()
    )


def listing_title(listing: Listing) -> str:
    """What a listing is called: an origin's name, a TAG, a month in words."""
    if listing.slug == UNDATED and listing.kind in ("date", "released"):
        return "Undated" if listing.kind == "date" else "Without a release date"
    if listing.kind == "date":
        return written_month(listing.name)
    return f"Released on {written_date(listing.name)}" if listing.kind == "released" else listing.name


def _explanation(listing: Listing) -> str:
    if listing.kind == "tag":
        return tag_meaning(listing.name)
    return level(listing.name).meaning if listing.kind == "classification" else ""


def _related(page: str, listing: Listing) -> tuple[Link, ...]:
    """From a month's list to its timeline."""
    if listing.kind != "date" or listing.slug == UNDATED:
        return ()
    return (Link(addresses.relative(page, addresses.timeline(listing.slug)), "The month's timeline"),)


def _link(page: str, listing: Listing) -> Link:
    target = addresses.relative(page, addresses.listing(listing.kind, listing.slug))
    meaning = tag_meaning(listing.name) if listing.kind == "tag" else ""
    count = len(listing.mrns)
    text = (
        written_date(listing.name) if listing.kind == "released" and listing.slug != UNDATED else listing_title(listing)
    )
    return Link(target, text, f"{meaning} · {count}" if meaning else str(count))


def _group_title(kind: str, group: str) -> str:
    if kind == "tag":
        return TAG_GROUPS.get(group, group)
    if group == UNDATED:
        return "Undated"
    return written_month(group) if kind == "released" else group


def _ordered(kind: str, groups: list[DirectoryGroup]) -> list[DirectoryGroup]:
    """TAGS in the order in which their kinds are explained, the rest as they come."""
    if kind != "tag":
        return groups
    order = list(TAG_GROUPS.values())
    return sorted(groups, key=lambda group: order.index(group.title) if group.title in order else len(order))


def _menu(kind: str) -> str:
    """The menu's entry of a kind; releases stand with the dates."""
    here = addresses.directory("date" if kind == "released" else kind)
    return next(text for text, target in MENU if target == here)
