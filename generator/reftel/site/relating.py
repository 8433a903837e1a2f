"""Stage two: from what was gathered to the site: sidecars applied, the archive related, prose rendered and linked."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from reftel.archive.archive import Archive, Catalogue
from reftel.archive.catalogue import catalogue, later_refs
from reftel.archive.entries import entry_of
from reftel.archive.hub import NO_HUB, Hub, share_out
from reftel.archive.inventory import elsewhere, read_inventories
from reftel.archive.model import Entry
from reftel.archive.selection import Selection, choose
from reftel.cable.mrn import canonical_mrn
from reftel.config import Settings
from reftel.editorial.prose import Target, read_drafts, read_prose
from reftel.editorial.sidecars import Sidecars, apply, not_held, read_sidecars
from reftel.problems import Problem
from reftel.site import addresses
from reftel.site.cards import ref_anchors
from reftel.site.frame import NOTHING, Around, Site, new_site
from reftel.site.reading import Gathered
from reftel.site.records import Read


class Stock(NamedTuple):
    """What a site is to hold, before it is known how its cables stand to each other."""

    settings: Settings
    catalogue: Catalogue
    left_out: Mapping[str, Entry]
    """Cables that stand elsewhere and are known here."""
    sidecars: Sidecars
    hub: Hub
    problems: list[Problem]
    whole: Archive | None = None
    """What it is a part of."""


def take_stock(
    settings: Settings, content: Path, gathered: Gathered, read: Read, selection: Selection | None = None
) -> Stock:
    """What the site of a content folder or of a selection of it is to hold; `read` reads the parsed records. Raises
    Refusal when nothing is as the selection says.
    """
    sidecars, wrong_sidecars = read_sidecars(gathered.sidecars)
    entries = gathered.entries
    if sidecars:
        entries = [_corrected(entry, sidecars, read) if entry.mrn in sidecars else entry for entry in entries]
    archives = settings.federation.archives
    inventories, unread = read_inventories(content, archives)
    problems = [
        *gathered.problems,
        *wrong_sidecars,
        *not_held(sidecars, {entry.mrn for entry in entries} if sidecars else ()),
    ]
    hub = NO_HUB
    if settings.federation.hub:
        hub, entries, unshared = share_out(entries, archives, inventories, not unread)
        problems += unshared
    held, doubtful = catalogue(entries)
    problems += [*unread, *doubtful]
    left_out = elsewhere(entries, archives, inventories)
    if not selection:
        return Stock(settings, held, left_out, sidecars, hub, problems)
    whole = Archive(held, left_out)
    problems += later_refs(whole)
    hub = msgspec.structs.replace(hub, cables=[])
    return Stock(settings, *choose(whole, selection), sidecars, hub, problems, whole)


def relate(stock: Stock, content: Path, around: Around = NOTHING) -> tuple[Site, list[Problem]]:
    """The site of what a content folder holds, and all that is doubtful in it, in order."""
    settings, hub = stock.settings, stock.hub
    archive = Archive(stock.catalogue, stock.left_out)
    slugs = {draft.slug for draft in read_drafts(content)[0]}
    prose, wrong_prose = read_prose(content, _resolver(archive, stock.whole or archive, slugs, settings, hub))
    doubtful = () if stock.whole else later_refs(archive)
    problems = sorted({*stock.problems, *doubtful, *wrong_prose})
    return new_site(settings, archive, prose, stock.sidecars, around, hub), problems


def _corrected(entry: Entry, sidecars: Sidecars, read: Read) -> Entry:
    """The entry with what its sidecar says."""
    kept = read(entry.key)
    return entry_of(apply(kept.cable, sidecars[entry.mrn].sidecar), kept.text, kept.line, entry.key) or entry


def _resolver(
    archive: Archive, whole: Archive, slugs: set[str], settings: Settings, hub: Hub
) -> Callable[[str, Target], str | None]:
    """Where the links of prose lead: to a cable that is held, a paragraph or REF item that is there, the entry of a
    missing cable, another page of prose.
    """
    on_sites = {entry.mrn: entry for entry in hub.cables}

    def resolve(slug: str, target: Target) -> str | None:
        page = addresses.HOME if slug == "index" else addresses.prose(slug)
        anchor = f"#{target.anchor}" if target.anchor else ""
        if target.kind == "page":
            there = addresses.HOME if target.name == "index" else addresses.prose(target.name)
            return addresses.relative(page, there + anchor) if target.name in slugs else None
        mrn = canonical_mrn(target.name) or target.name
        entry = archive.get(mrn) or on_sites.get(mrn)
        if entry and (not anchor or target.anchor in [*entry.anchors.split(), *ref_anchors(entry.refs)]):
            there = addresses.cable(entry) + anchor
            return (
                addresses.outward(page, entry.stands_in + there) if entry.stands_in else addresses.relative(page, there)
            )
        if (other := archive.left_out.get(mrn)) and other.stands_in:
            return addresses.outward(page, other.stands_in + addresses.cable(other) + anchor)
        if outside := whole.get(mrn) if archive is not whole else None:
            there = addresses.public(settings.public_address, addresses.cable(outside) + anchor)
            return there if settings.public_address else addresses.relative(page, addresses.HOME)
        return addresses.relative(page, addresses.missing(mrn)) if mrn in archive.missing and not anchor else None

    return resolve
