"""The pages that lead to cables: timeline, listings, directories, missing cables, home, search, and prose."""

import msgspec
from markupsafe import Markup

from reftel.site.contexts.parts import CableCard, Frame, Link


class TimelineRow(msgspec.Struct, frozen=True, gc=False):
    """One cable of a timeline's ordered list, with its REF links to earlier and later ones."""

    card: CableCard
    earlier: tuple[CableCard, ...]
    """What it cites."""
    later: tuple[CableCard, ...]
    """What cites it."""


class TimelineDay(msgspec.Struct, frozen=True, gc=False):
    date: str
    text: str
    """"Friday 31 August 2007"."""
    rows: tuple[TimelineRow, ...]


class Bar(msgspec.Struct, frozen=True, gc=False):
    """One bar of an overview chart: a year or a month, its count and the parts by classification."""

    link: Link
    count: int
    parts: tuple[tuple[str, int], ...]
    """(classification slug, count), in the order of secrecy."""
    period: str = ""
    """The year or month it counts, as the time axis needs it: "2007", "2007-08"."""


class TimelinePage(msgspec.Struct, frozen=True, gc=False):
    """`timeline/index.html`, a year or a month; days are empty on the overview, bars on a month."""

    frame: Frame
    title: str
    bars: tuple[Bar, ...]
    chart: Markup
    drawing: Markup
    days: tuple[TimelineDay, ...]
    undated: tuple[CableCard, ...]
    """On the overview only: the cables without a date, the first of them where they are many; the last of `months` then
    leads to all.
    """
    earlier: Link | None
    later: Link | None
    months: tuple[Link, ...] = ()


class ListingPage(msgspec.Struct, frozen=True, gc=False):
    """A list of cables: one origin, TAG, classification, month, release day."""

    frame: Frame
    title: str
    explanation: str
    cables: tuple[CableCard, ...]
    count: int
    drawing: Markup = Markup("")
    """The cables of this page on a time axis."""
    chart: Markup = Markup("")
    """On the first of several pages: how many cables each year has; a year leads to the page on which it begins."""
    bars: tuple[Bar, ...] = ()
    pages: tuple[Link, ...] = ()
    """All pages of this listing, empty when there is one; `page` says which is this (from 1)."""
    page: int = 1
    related: tuple[Link, ...] = ()


class DirectoryGroup(msgspec.Struct, frozen=True, gc=False):
    title: str
    links: tuple[Link, ...]
    note: str = ""


class DirectoryPage(msgspec.Struct, frozen=True, gc=False):
    """A list of listings: all origins, all TAGS by kind, all months by year."""

    frame: Frame
    title: str
    explanation: str
    groups: tuple[DirectoryGroup, ...]
    pages: tuple[Link, ...] = ()
    """All pages of this directory, empty when there is one; `page` says which is this (from 1)."""
    page: int = 1


class MissingCable(msgspec.Struct, frozen=True, gc=False):
    """A cable that is cited and not held; its card's `places` say who cites it."""

    card: CableCard
    sent: str
    """When it was likely sent: "between 11 and 17 August 2007"."""
    bounds: tuple[Link, ...]
    """The held cables that say so; the note is what each is to it: "the next serial that is held"."""


class MissingPage(msgspec.Struct, frozen=True, gc=False):
    """Cables of one post and year (`missing/07MOSCOW.html`) that are cited and not held."""

    frame: Frame
    title: str
    explanation: str
    cables: tuple[MissingCable, ...]
    requests: tuple[Link, ...]
    """The kinds of request that may get such cables: pages of prose."""
    earlier: Link | None = None
    later: Link | None = None
    """The years of the same post before and after this one that have missing cables."""


class HomePage(msgspec.Struct, frozen=True, gc=False):
    frame: Frame
    intro: Markup
    """`content/pages/index.md` rendered, or a standard text."""
    facts: tuple[Link, ...]
    """Text is the figure, note its unit: "921" "cables"; linked to where they are."""
    first_date: str
    last_date: str
    chart: Markup
    bars: tuple[Bar, ...]
    most_cited: tuple[CableCard, ...]
    longest_threads: tuple[Link, ...]
    latest: tuple[CableCard, ...]
    """Last released or, without release dates, last created."""
    directories: tuple[Link, ...]


class HubPage(msgspec.Struct, frozen=True, gc=False):
    """The first page of a hub, which searches the cables of other sites."""

    frame: Frame
    intro: Markup
    """`content/pages/index.md` rendered, or a standard text."""
    count: str
    """How many cables it searches: "251,287"."""
    sites: tuple[Link, ...]
    """The sites that hold them; the note is how many each has."""


class SearchPage(msgspec.Struct, frozen=True, gc=False):
    frame: Frame
    shards: str
    """The way to the search data folder."""
    count: int
    is_browsed: bool = True
    """Whether the cables are listed on this site too, and not only searched."""


class ProsePage(msgspec.Struct, frozen=True, gc=False):
    """A Markdown page of `content/pages`."""

    frame: Frame
    title: str
    html: Markup


class NotFoundPage(msgspec.Struct, frozen=True, gc=False):
    """404.html: its links are relative to the root of the site and it may be served at any depth."""

    frame: Frame
