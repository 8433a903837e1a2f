"""Which publishers a build is given, in their order, and what they add to every page."""

from functools import cache, partial
from pathlib import Path

from reftel.config import Settings
from reftel.publish import changes, data, edition, feeds, inventory
from reftel.publish.discovery import OPENSEARCH, publish_discovery
from reftel.publish.editions import read_editions
from reftel.publish.groups import groups_of
from reftel.publish.start import start_page
from reftel.site.frame import Around
from reftel.site.publishing import Publisher, Seeing, Sees


def publishers(content: Path, selected: str = "") -> list[Publisher]:
    """All publishers for the archive in `content`; `selected` says which part of it is built, "" for all."""
    groups = cache(groups_of)  # two files are made of them
    return [
        Seeing(feeds.publish_feeds, Sees.cards),
        changes.changes_page(content),
        Seeing(partial(data.publish_data, groups), data.sees),
        Seeing(partial(inventory.publish_inventory, groups), Sees.links),
        Seeing(start_page(selected), Sees.links),
        Seeing(publish_discovery, Sees.links, lists=True),
        edition.publish_edition,
    ]


def around(content: Path, settings: Settings, public_address: str = "") -> Around:
    """The links and scripts that the publishers' files get on each page."""
    foot = (("Data", data.PAGE),) if settings.offers_data else ()
    if read_editions(content):
        foot = (*foot, ("Changes", changes.PAGE))
    head: tuple[tuple[str, str, str, str], ...] = ()
    if settings.public_address or public_address:
        head = (("search", "application/opensearchdescription+xml", settings.title, OPENSEARCH),)
        if not settings.federation.hub:
            head = (
                ("alternate", "application/atom+xml", "Newly released", feeds.ALL),
                ("alternate", "application/feed+json", "Newly released", feeds.ALL_JSON),
                *head,
            )
            foot = (*foot, ("Feed", feeds.ALL))
    return Around(foot=(*foot, ("This edition", edition.PAGE)), head=head, scripts=(edition.SCRIPT,))
