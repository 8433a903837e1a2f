"""Listings: the cables of one origin, TAG, classification, month, release day; and the directories of all listings of a
kind.

Names that have one slug ("Embassy Moscow", "EMBASSY MOSCOW") are one listing, under the name used most.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from reftel.archive.archive import Archive
from reftel.archive.model import Entry
from reftel.site import addresses
from reftel.site.meanings import UNSTATED, level

KINDS = ("date", "released", "origin", "tag", "classification")
UNDATED = "undated"


class Listing(NamedTuple):
    """The cables of one listing, in Zulu order. `group` is the part of the directory it stands in."""

    kind: str
    slug: str
    name: str
    group: str
    mrns: tuple[str, ...]


Listings = Mapping[str, Mapping[str, Listing]]
"""By kind, then by slug in the order of the directory."""


def find_listings(archive: Archive) -> Listings:
    """All listings of an archive, in time linear in its cables."""
    return {kind: _of_kind(kind, archive.entries) for kind in KINDS}


def slug_of(kind: str, name: str) -> str:
    """The slug of a listing by its name; dates are their own."""
    if kind in ("date", "released"):
        return name
    return level(name).slug if kind == "classification" and name != UNSTATED else addresses.slug(name)


def names_of(kind: str, entry: Entry) -> Iterator[tuple[str, str]]:
    """The listings of a kind that an entry belongs to, as (name, group)."""
    match kind:
        case "date":
            yield (entry.created[:7], entry.created[:4]) if entry.created else (UNDATED, UNDATED)
        case "released":
            yield (entry.released[:10], entry.released[:7]) if entry.released else (UNDATED, UNDATED)
        case "origin":
            name = entry.origin or UNSTATED
            yield name, _kind_of_post(name)
        case "tag":
            for tag in dict.fromkeys(entry.tags):
                yield tag, entry.tag_kinds.get(tag, "unknown")
        case "classification":
            yield entry.classification or UNSTATED, ""


def _of_kind(kind: str, entries: Iterable[Entry]) -> dict[str, Listing]:
    mrns: dict[str, dict[str, None]] = {}
    names: dict[str, Counter[tuple[str, str]]] = {}
    for entry in entries:
        for name, group in names_of(kind, entry):
            slug = slug_of(kind, name)
            mrns.setdefault(slug, {})[entry.mrn] = None
            names.setdefault(slug, Counter())[name, group] += 1
    found = []
    for slug, used in names.items():
        name, group = min(used, key=lambda pair: (-used[pair], pair))
        found.append(Listing(kind, slug, name, group, tuple(mrns[slug])))
    found.sort(key=_place)
    return {listing.slug: listing for listing in found}


def _place(listing: Listing) -> tuple[object, ...]:
    """Dates in order, the undated last; classifications by secrecy; names by their group and alphabet."""
    if listing.kind == "classification":
        return -level(listing.name).order, listing.name
    if listing.kind in ("date", "released"):
        return listing.name == UNDATED, listing.name
    return listing.group, listing.name.casefold(), listing.name


POSTS = {"Embassy": "Embassies", "Consulate": "Consulates", "Mission": "Missions"}


def _kind_of_post(origin: str) -> str:
    return POSTS.get(origin.split(" ", 1)[0], "Other")
