"""`changes/index.html` and its feed: what happened from each kept edition to the next (see editions.py).

Dates are those of the editions; a build asks no clock.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import msgspec

from reftel.publish.atom import Feed, Item, atom_pages
from reftel.publish.editions import KeptCable, KeptEdition, Withdrawal, hash_of_kept, read_declared, read_editions
from reftel.site import addresses
from reftel.site.contexts import DirectoryGroup, DirectoryPage, Link
from reftel.site.dates import written_date
from reftel.site.frame import Site, frame
from reftel.site.publishing import Finished, Published, Seeing, Sees

PAGE = "changes/index.html"
FEED = "feeds/changes.xml"
SHOWN = 500
"""Cables that one group lists; beyond them only their number is given."""


class Step(msgspec.Struct, frozen=True):
    """From one kept edition to the next: names of cables' files."""

    edition: KeptEdition
    added: list[str]
    withdrawn: list[str]
    changed: list[str]
    before: dict[str, KeptCable]


def steps(editions: Sequence[KeptEdition]) -> Iterator[Step]:
    """What happened, the newest step first; the first edition is no step."""
    for old, new in reversed(list(pairwise(editions))):
        yield Step(
            edition=new,
            added=sorted(new.cables.keys() - old.cables.keys()),
            withdrawn=sorted(old.cables.keys() - new.cables.keys()),
            changed=sorted(
                name for name in old.cables.keys() & new.cables.keys() if old.cables[name] != new.cables[name]
            ),
            before=old.cables,
        )


def changes_page(content: Path) -> Seeing:
    """The publisher of the page of changes and, where the public address is known, its feed."""
    return Seeing(partial(_publish, content), Sees.cards, beside=hash_of_kept(content))


def _publish(content: Path, finished: Finished) -> Published:
    editions = read_editions(content)
    if not editions:
        return
    site = finished.site
    found = list(steps(editions))
    declared = read_declared(content)
    groups = tuple(group for step in found for group in _groups(site, step, declared))
    first = editions[0]
    note = f"{len(first.cables):,} cables."
    groups = (*groups, DirectoryGroup(f"{first.name}, {written_date(first.date)}: the first kept edition", (), note))
    explanation = "What was added, withdrawn and changed from one kept edition of this archive to the next."
    page = DirectoryPage(frame(site, PAGE, "Changes", "directory"), "Changes", explanation, groups)
    yield PAGE, finished.render(page)
    if site.settings.public_address:
        items = [_item(step) for step in found]
        feed = Feed(FEED.removesuffix(".xml"), f"{site.settings.title}: changes", PAGE)
        yield from atom_pages(site, feed, items)


def _groups(site: Site, step: Step, declared: Sequence[Withdrawal]) -> Iterator[DirectoryGroup]:
    title = f"{step.edition.name}, {written_date(step.edition.date)}"
    reasons = {one.cable: one.reason for one in declared if one.reason}
    kinds = (("added", step.added, step.edition.cables), ("changed", step.changed, step.edition.cables))
    if not (step.added or step.withdrawn or step.changed):
        yield DirectoryGroup(f"{title}: nothing changed", ())
    for what, names, cables in (*kinds, ("withdrawn", step.withdrawn, step.before)):
        if names:
            links = tuple(_link(site, name, cables[name], reasons.get(name, "")) for name in names[:SHOWN])
            more = f"… and {len(names) - SHOWN:,} more." if len(names) > SHOWN else ""
            yield DirectoryGroup(f"{title}: {len(names):,} {what}", links, more)


def _link(site: Site, name: str, cable: KeptCable, reason: str) -> Link:
    """A cable, linked where it is held still."""
    held = site.archive.get(name.partition(".")[0])
    target = addresses.cable(held) if held else addresses.MISSING
    return Link(addresses.relative(PAGE, target), f"{name}: {cable.subject}" if cable.subject else name, reason)


def _item(step: Step) -> Item:
    edition = step.edition
    lists = (("Added", step.added), ("Changed", step.changed), ("Withdrawn", step.withdrawn))
    told = [f"{what}: {', '.join(names[:SHOWN])}." for what, names in lists if names]
    title = (
        f"{edition.name}: {len(step.added):,} added, {len(step.changed):,} changed, {len(step.withdrawn):,} withdrawn"
    )
    moment = f"{edition.date}T00:00:00Z"
    return Item(f"edition/{edition.name}", PAGE, title, moment, " ".join(told) or "Nothing changed.", "Editor", ())
