"""Which pages a site has: each a task of a kind and a key, with the addresses it will stand at."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from reftel.site import addresses, home, listing_pages, missing_pages, thread_pages, timeline
from reftel.site.cable_page import cable_files
from reftel.site.frame import Site
from reftel.site.hub_page import hub_page
from reftel.site.month_records import month_records
from reftel.site.theme import Page
from reftel.site.thread_pages import Reader

Made = Iterable[tuple[str, Page | bytes]]


class Task(NamedTuple):
    """Something to make: `key` says which of its kind. `source` is what it comes from, for messages."""

    kind: str
    key: str
    addresses: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """What tells it from all others, from build to build."""
        return self.addresses[0]


def plan(site: Site) -> Iterator[Task]:
    """Every task of a site but those of its cables, which are many: see `cable_names`."""
    archive = site.archive
    if site.is_browsed:
        yield from _lists(site)
    for prose in site.prose:
        if prose.slug != "index":
            yield Task("prose", prose.slug, (addresses.prose(prose.slug),), prose.path)
    for kind, address in SINGLE.items():
        yield Task(kind, "", (address,), f"the page {address}")
    if site.forms.month_records:
        for month in dict.fromkeys(map(addresses.month_of, archive.everything)):
            yield Task("records", month, (addresses.month_records(month),), f"the records of {month}")


def cable_names(site: Site) -> list[str]:
    """The names of the tasks of all cables, in the order of `archive.everything`; the key of each is its place there.
    They are made after the other tasks, which are larger, so that no worker is left alone with one at the end.
    """
    return addresses.cables(site.archive.everything)


def _lists(site: Site) -> Iterator[Task]:
    """The pages that lead to cables: threads, timeline, listings, missing cables."""
    archive = site.archive
    for number, thread in enumerate(archive.threads):
        last = -(-len(thread.mrns) // addresses.THREAD_PAGE)
        yield Task(
            "thread",
            str(number),
            tuple(addresses.thread(thread.name, page) for page in range(1, last + 1)),
            f"the thread of {thread.name}",
        )
    for month, mrns in timeline.periods(site, 7).items():
        last = timeline.page_count(len(mrns))
        yield Task(
            "month",
            month,
            tuple(addresses.timeline(month, page) for page in range(1, last + 1)),
            f"the timeline of {month}",
        )
    for year in timeline.periods(site, 4):
        yield Task("year", year, (addresses.timeline(year),), f"the timeline of {year}")
    yield from _listings(site)
    for group, found in site.missing.items():
        yield Task("missing", group, (addresses.missing_page(found[0].mrn),), f"the missing cables {group}")
    for kind, address in WHOLE.items():
        yield Task(kind, "", (address,), f"the page {address}")
    yield Task("thread-directory", "", tuple(thread_pages.directory_addresses(archive)), "the directory of threads")


def _listings(site: Site) -> Iterator[Task]:
    for kind, found in site.listings.items():
        yield Task("directory", kind, (addresses.directory(kind),), f"the directory {kind}")
        for slug, listing in found.items():
            for page in range(1, len(listing.ends) + 1):
                address = addresses.listing(kind, slug, page)
                yield Task("listing", f"{page}/{kind}/{slug}", (address,), f"the listing {kind} {listing.name}")


SINGLE = {
    "home": addresses.HOME,
    "search": addresses.SEARCH,
    "not-found": addresses.NOT_FOUND,
}
"""The pages of which every site has one."""
WHOLE = {"overview": addresses.TIMELINE, "missing-directory": addresses.MISSING}
"""The pages of which there is one where cables are listed."""


def make(site: Site, read: Reader, kind: str, key: str) -> Made:
    """The pages and files of a task, as (address, page or finished bytes)."""
    return _MAKERS[kind](site, read, key)


def _cable(site: Site, read: Reader, key: str) -> Made:
    entry = site.archive.everything[int(key)]
    return cable_files(site, entry, read(entry.key))


def _listing(site: Site, read: Reader, key: str) -> Made:
    page, kind, slug = key.split("/", 2)
    return [listing_pages.listing_page(site, site.listings[kind][slug], int(page))]


def _prose(site: Site, read: Reader, key: str) -> Made:
    return [home.prose_page(site, next(prose for prose in site.prose if prose.slug == key))]


_MAKERS: Mapping[str, Callable[[Site, Reader, str], Made]] = {
    "cable": _cable,
    "thread": lambda site, read, key: thread_pages.thread_pages(site, site.archive.threads[int(key)], read),
    "records": lambda site, read, key: [month_records(site, key, read)],
    "month": lambda site, read, key: timeline.month_pages(site, key),
    "year": lambda site, read, key: [timeline.year_page(site, key)],
    "listing": _listing,
    "directory": lambda site, read, key: [listing_pages.directory_page(site, key)],
    "missing": lambda site, read, key: [missing_pages.missing_page(site, key)],
    "prose": _prose,
    "home": lambda site, read, key: [hub_page(site) if site.settings.federation.hub else home.home_page(site)],
    "search": lambda site, read, key: [home.search_page(site)],
    "not-found": lambda site, read, key: [home.not_found_page(site)],
    "overview": lambda site, read, key: [timeline.overview(site)],
    "missing-directory": lambda site, read, key: [missing_pages.missing_directory(site)],
    "thread-directory": lambda site, read, key: thread_pages.thread_directory(site),
}
