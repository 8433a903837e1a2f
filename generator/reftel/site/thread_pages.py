"""Thread pages: all cables connected by REF in Zulu order, each with its summary and its full text folded away; and
their directory.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from reftel.archive.archive import Archive
from reftel.archive.model import Entry
from reftel.archive.threads import HUBS, Thread
from reftel.cable.model import Block
from reftel.site import addresses
from reftel.site.blocks import block_views
from reftel.site.cards import card, date_of, held_card
from reftel.site.contexts import BlockView, CableCard, DirectoryGroup, DirectoryPage, Link, ThreadCable, ThreadPage
from reftel.site.dates import written_date
from reftel.site.drawings import thread_drawing
from reftel.site.frame import Site, frame
from reftel.site.listing_pages import page_links
from reftel.site.mentions import PREVIEW_SCRIPT, about, anchors_of, resolver
from reftel.site.records import Kept

CRUMBS = [("Threads", addresses.directory("thread"))]
DIRECTORY_PAGE = 500
"""Threads on one page of their directory."""


class Reader(Protocol):
    """Reads a record by its entry's key: whole, or only its summary."""

    def __call__(self, key: str, /) -> Kept:
        """The whole record."""

    def summary(self, entry: Entry, /) -> str | None:
        """What its cable's author says in short."""


def thread_pages(site: Site, thread: Thread, read: Reader) -> Iterator[tuple[str, ThreadPage]]:
    """The page or pages of one thread."""
    parts = [thread.mrns[i : i + addresses.THREAD_PAGE] for i in range(0, len(thread.mrns), addresses.THREAD_PAGE)]
    for number, mrns in enumerate(parts, 1):
        yield addresses.thread(thread.name, number), _page(site, thread, mrns, number, len(parts), read)


def _page(site: Site, thread: Thread, mrns: Sequence[str], number: int, count: int, read: Reader) -> ThreadPage:
    page = addresses.thread(thread.name, number)
    entries = site.archive.entries_of(mrns)
    title = thread_title(site, thread)
    name = f"The thread of {thread.name}" + (f", page {number} of {count}" if count > 1 else "")
    missing = dict.fromkeys(mrn for entry in entries for mrn in entry.cited() if mrn in site.archive.missing)
    turn = (number - 1, f"Page {number - 1}"), (number + 1, f"Page {number + 1}")
    earlier, later = (
        Link(addresses.relative(page, addresses.thread(thread.name, at)), text) if 1 <= at <= count else None
        for at, text in turn
    )
    before, after = site.archive.threads_beside(thread)
    return ThreadPage(
        frame=frame(
            site,
            page,
            f"{name}: {title}",
            "thread",
            "Threads",
            CRUMBS,
            f"{len(thread.mrns)} cables connected by REF, from {thread.name}.",
            (PREVIEW_SCRIPT,),
        ),
        title=title,
        name=name,
        extent=_extent(site, thread),
        drawing=thread_drawing(site, page, mrns, thread.name),
        cables=tuple(_cable(site, page, entry, read, frozenset(mrns)) for entry in entries),
        missing=tuple(card(site, page, mrn, note=_cited_times(site, mrn)) for mrn in missing),
        earlier=earlier or _thread_link(site, page, before),
        later=later or _thread_link(site, page, after),
    )


def _extent(site: Site, thread: Thread) -> str:
    """ "7 cables, 21 December 2007 to 26 June 2009; 17 more are cited and not held"."""
    entries = site.archive.entries_of(thread.mrns)
    days = [date_of(entry) for entry in entries if entry.created]
    span = " to ".join(dict.fromkeys(map(written_date, (days[0], days[-1])))) if days else ""
    lost = len({ref.mrn for entry in entries for ref in entry.refs} & site.archive.missing.keys())
    more = f"; {lost} more {'is' if lost == 1 else 'are'} cited and not held" if lost else ""
    return f"{len(entries)} cables" + (f", {span}" if span else "") + more


def _cable(site: Site, page: str, entry: Entry, read: Reader, here: Collection[str]) -> ThreadCable:
    """A cable of the thread; its ties to others that stand `here`, on the same page, lead to their places on it."""
    cable = read(entry.key).cable if site.forms.thread_texts else None
    refs = {ref.mrn: ref.label or "" for ref in reversed(entry.refs) if ref.mrn and ref.mrn != entry.mrn}
    return ThreadCable(
        card=held_card(page, entry, anchor=entry.mrn, subject=entry.subject or "No subject"),
        summary=(cable.summary if cable else read.summary(entry)) or entry.preview,
        refs=tuple(_tie(site, page, mrn, here, label) for mrn, label in reversed(refs.items())),
        cited_by=tuple(_tie(site, page, citer.mrn, here) for citer in site.archive.cited_by(entry.mrn)),
        blocks=_text(site, page, entry, cable.blocks) if cable else (),
    )


def _text(site: Site, page: str, entry: Entry, blocks: Sequence[Block]) -> tuple[BlockView, ...]:
    """A cable's whole text."""
    prefix = f"{entry.mrn}-"
    anchors = anchors_of(blocks, entry.refs)
    return block_views(blocks, resolver(site, page, entry.mrn, anchors, prefix, addresses.cable(entry)), prefix=prefix)


def _tie(site: Site, page: str, mrn: str, here: Collection[str], label: str = "") -> CableCard:
    held = site.archive.get(mrn)
    more = {"label": label, "about": about(held) if held else ""}
    return card(site, page, mrn, **more, **({"href": f"#{mrn}"} if mrn in here else {}))


def thread_title(site: Site, thread: Thread) -> str:
    """The subject of the thread's first cable that has one."""
    entries = map(site.archive.get, thread.mrns)
    return next((entry.subject for entry in entries if entry and entry.subject), "no subject")


def directory_addresses(archive: Archive) -> list[str]:
    """The pages of the directory, `DIRECTORY_PAGE` threads each."""
    count = max(1, -(-len(archive.threads) // DIRECTORY_PAGE))
    return [addresses.directory("thread", number) for number in range(1, count + 1)]


def thread_directory(site: Site) -> Iterator[tuple[str, DirectoryPage]]:
    """All threads, by the year in which they begin."""
    pages = directory_addresses(site.archive)
    explanation = (
        "A thread is a conversation: cables that their REF lines connect, on one page, in the order they were sent. "
        f"A circular that more than {HUBS[0]} cables cite, or a report that cites more, joins no threads; nor does a "
        "cable that is not held."
    )
    for number, page in enumerate(pages, 1):
        years: dict[str, list[Link]] = {}
        for thread in site.archive.threads[(number - 1) * DIRECTORY_PAGE : number * DIRECTORY_PAGE]:
            first = site.archive.get(thread.name)
            year = first.created[:4] if first and first.created else "Undated"
            years.setdefault(year, []).append(thread_entry(site, page, thread))
        title = "Threads" + (f", page {number} of {len(pages)}" if len(pages) > 1 else "")
        yield (
            page,
            DirectoryPage(
                frame=frame(site, page, title, "directory", "Threads"),
                title=title,
                explanation=explanation,
                groups=tuple(DirectoryGroup(year, tuple(links)) for year, links in years.items()),
                pages=page_links(page, number, pages) if len(pages) > 1 else (),
                page=number,
            ),
        )


def thread_entry(site: Site, page: str, thread: Thread) -> Link:
    """A thread as an item of a list."""
    target = addresses.relative(page, addresses.thread(thread.name))
    return Link(target, thread_title(site, thread), f"{len(thread.mrns)} cables from {thread.name}")


def _thread_link(site: Site, page: str, thread: Thread | None) -> Link | None:
    if not thread:
        return None
    return Link(
        addresses.relative(page, addresses.thread(thread.name)),
        thread_title(site, thread),
        f"thread of {len(thread.mrns)} cables",
    )


def _cited_times(site: Site, mrn: str) -> str:
    count = len(site.archive.missing[mrn].citers)
    return f"cited by {count} cables" if count > 1 else ""
