"""What every page shares: the whole site as the page makers see it, and the frame around a page."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from reftel.archive.archive import Archive
from reftel.archive.hub import NO_HUB, Hub
from reftel.archive.missing import Missing, by_group
from reftel.archive.model import Entry
from reftel.config import Forms, Settings
from reftel.editorial.prose import Prose
from reftel.editorial.sidecars import Sidecars
from reftel.search import SITE_SCRIPTS
from reftel.site import addresses
from reftel.site.contexts import Frame, HeadLink, Link
from reftel.site.listings import Listings, find_listings

MENU = (
    ("Timeline", addresses.TIMELINE),
    ("Dates", addresses.directory("date")),
    ("Origins", addresses.directory("origin")),
    ("TAGS", addresses.directory("tag")),
    ("Classification", addresses.directory("classification")),
    ("Threads", addresses.directory("thread")),
    ("Missing", addresses.MISSING),
)
SITES = ("Sites", f"{addresses.HOME}#sites")
"""In the menu of a hub: the sites that hold its cables."""
LOADER = "static/js/load.js"
"""The script that loads the others, so that a page has one script element."""


class Around(msgspec.Struct, frozen=True):
    """What publishers add to every page, all addresses from the top of the site."""

    foot: tuple[tuple[str, str], ...] = ()
    """Links of the footer: (text, address)."""
    head: tuple[tuple[str, str, str, str], ...] = ()
    """Links of the head: (rel, media type, title, address)."""
    scripts: tuple[str, ...] = ()


NOTHING = Around()
"""Without publishers."""


class Site(msgspec.Struct, frozen=True):
    """All that a page can show beside its own cable. It is the same in every process of a build."""

    settings: Settings
    archive: Archive
    listings: Listings
    missing: Mapping[str, Sequence[Missing]]
    """The missing cables by post and year, "07MOSCOW"."""
    prose: Sequence[Prose]
    sidecars: Sidecars
    forms: Forms
    searched: Sequence[Entry]
    """All cables that the search finds: those of the archive, then those of other sites."""
    around: Around = NOTHING
    hub: Hub = NO_HUB

    @property
    def introduction(self) -> Prose | None:
        """What the operator says on the first page."""
        return next((page for page in self.prose if page.slug == "index"), None)

    @property
    def is_browsed(self) -> bool:
        """Whether there are pages of cables, and so lists of them; a hub whose cables all stand elsewhere has none."""
        return bool(self.archive.everything) or not self.settings.federation.hub


def new_site(
    settings: Settings,
    archive: Archive,
    prose: Sequence[Prose],
    sidecars: Sidecars,
    around: Around = NOTHING,
    hub: Hub = NO_HUB,
) -> Site:
    """The site of an archive, with the tables that its pages share."""
    missing = by_group(archive.missing.values())
    listings = find_listings(archive, settings.listing_size)
    forms = settings.forms(len(archive.everything))
    searched = hub.searched(archive.everything)
    return Site(settings, archive, listings, missing, tuple(prose), sidecars, forms, searched, around, hub)


def frame(
    site: Site,
    address: str,
    title: str,
    kind: str,
    here: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    description: str = "",
    scripts: Sequence[str] = (),
) -> Frame:
    """The frame of the page at `address`; `crumbs` are (text, address) from the top down, `scripts` those that only
    this kind of page has.
    """
    settings = site.settings
    sites, lists = (SITES,) if settings.federation.hub else (), MENU if site.is_browsed else ()
    menu = (*sites, *lists, *[(page.menu, addresses.prose(page.slug)) for page in site.prose if page.menu])
    public = settings.public_address.rstrip("/")
    root = addresses.root(address)
    return Frame(
        title=title,
        root=root,
        site_title=settings.title,
        site_line=settings.description,
        language=settings.language,
        nav=_links(root, menu),
        here=here,
        crumbs=tuple(Link(addresses.relative(address, target), text) for text, target in crumbs),
        canonical=f"{public}/{'' if address == addresses.HOME else address}" if public else "",
        description=description,
        kind=kind,
        notice=settings.notice,
        scripts=_scripts((*SITE_SCRIPTS, *scripts, *site.around.scripts)),
        search=addresses.outward(address, shared) if (shared := settings.federation.search) else "",
        foot=_links(root, site.around.foot),
        head=tuple(HeadLink(rel, kind, title, root + target) for rel, kind, title, target in site.around.head),
    )


@lru_cache(maxsize=100)
def _links(root: str, found: tuple[tuple[str, str], ...]) -> tuple[Link, ...]:
    """Links of (text, address) from pages that lie as deep as `root` says."""
    return tuple(Link(root + target, text) for text, target in found)


@lru_cache(maxsize=100)
def _scripts(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name != LOADER)
