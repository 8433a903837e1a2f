"""The first page of a hub: what it searches, and the sites that hold these cables."""

from collections.abc import Iterator

from markupsafe import Markup

from reftel.site import addresses
from reftel.site.contexts import HubPage, Link
from reftel.site.frame import Site, frame

INTRO = Markup(
    "<p>These cables stand on several sites, which are listed below. The search finds those of all of them; each "
    "result leads to the cable's page on its own site, and to the paragraph there.</p>"
)
"""Stands where the hub has no `pages/index.md`."""


def hub_page(site: Site) -> tuple[str, HubPage]:
    """`index.html` of a hub."""
    page = addresses.HOME
    index = site.introduction
    return page, HubPage(
        frame=frame(site, page, site.settings.title, "home", description=site.settings.description),
        intro=index.html if index else INTRO,
        count=f"{len(site.searched):,}",
        sites=tuple(_sites(site, page)),
    )


def _sites(site: Site, page: str) -> Iterator[Link]:
    """The other sites; then the pages of what none of them has."""
    for other in site.hub.sites:
        yield Link(addresses.outward(page, other.address + addresses.HOME), other.title, _cables(other.cables))
    if site.is_browsed:
        held = _cables(len(site.archive.everything))
        yield Link(addresses.relative(page, addresses.TIMELINE), "On this site", held)


def _cables(count: int) -> str:
    return "one cable" if count == 1 else f"{count:,} cables"
