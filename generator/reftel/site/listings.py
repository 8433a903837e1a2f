"""Listings: the cables of one origin, TAG, classification, month, release day; and the directories of all listings of a
kind.

Names that have one slug ("Embassy Moscow", "EMBASSY MOSCOW") are one listing, under the name used most.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from reftel.archive.archive import Archive
from reftel.archive.model import Entry
from reftel.cable.tags import kind_of
from reftel.site import addresses
from reftel.site.meanings import UNSTATED, level

KINDS = ("date", "released", "origin", "tag", "classification")
UNDATED = "undated"


Places = NDArray[np.int64]


class Listing(NamedTuple):
    """The cables of one listing, in Zulu order, and where they stand among the archive's entries. `group` is the part
    of the directory it stands in, `ends` are where its pages end.
    """

    kind: str
    slug: str
    name: str
    group: str
    mrns: tuple[str, ...]
    places: Places
    ends: Sequence[int]

    def span(self, number: int) -> slice:
        """Which of its cables stand on one of its pages, from 1."""
        return slice(self.ends[number - 2] if number > 1 else 0, self.ends[number - 1])

    def page(self, number: int) -> tuple[str, ...]:
        """The cables of one of its pages, from 1."""
        return self.mrns[self.span(number)]


Listings = Mapping[str, Mapping[str, Listing]]
"""By kind, then by slug in the order of the directory."""


def find_listings(archive: Archive, size: int) -> Listings:
    """All listings of an archive, with about `size` cables on a page, in time linear in its cables."""
    names = [entry.mrn for entry in archive.entries]
    mrns, hashes = np.array(names, object), _name_hashes(names)
    return {kind: _of_kind(kind, archive.entries, mrns, hashes, size) for kind in KINDS}


def page_ends(names: Sequence[str], size: int) -> Sequence[int]:
    """Where the pages of a list end, about `size` of it on each and at most twice as many; at least one page.

    A page ends where a hash of a name says so, not after a fixed number: one name more or less shifts the end of the
    page it is on, and not the cables of all pages after it.
    """
    return _ends(_name_hashes(names), size) if len(names) > size else (len(names),)


def _name_hashes(names: Iterable[str]) -> NDArray[np.uint32]:
    return np.array([crc32(name.encode("utf-8", "replace")) for name in names], np.uint32)


def _ends(hashes: NDArray[np.uint32], size: int) -> Sequence[int]:
    """Where the pages of a list end, by the hashes of its names."""
    count, least = len(hashes), max(1, size // 2)
    if count <= size:
        return (count,)
    stops = (np.flatnonzero(hashes % (size - least + 1) == 0) + 1).tolist()
    ends = [0]
    while ends[-1] < count:
        at = bisect_left(stops, ends[-1] + least)
        ends.append(min(ends[-1] + 2 * size, *stops[at : at + 1], count))
    return ends[1:]


def slug_of(kind: str, name: str) -> str:
    """The slug of a listing by its name; dates are their own."""
    if kind in ("date", "released"):
        return name
    return level(name).slug if kind == "classification" and name != UNSTATED else addresses.slug(name)


def _places_by_name(kind: str, entries: Sequence[Entry]) -> dict[str, Places]:
    """Where the entries of each listing of a kind stand, by its name, in the order of their first ones."""
    places = np.arange(len(entries))
    if kind == "tag":
        tags = [entry.tags for entry in entries]
        names = list(chain.from_iterable(tags))
        places = np.repeat(places, np.fromiter(map(len, tags), np.int64, len(tags)))
    else:
        names = _names(kind, entries)
    number = {name: at for at, name in enumerate(dict.fromkeys(names))}
    numbers = np.fromiter(map(number.__getitem__, names), np.min_scalar_type(len(number)), len(names))
    order = np.argsort(numbers, kind="stable")
    numbers, places = numbers[order], places[order]
    once = np.ones(len(places), bool)  # a cable may name a TAG twice
    once[1:] = (numbers[1:] != numbers[:-1]) | (places[1:] != places[:-1])
    ends = np.cumsum(np.bincount(numbers[once], minlength=len(number))).tolist()
    places = places[once]
    parts = [places[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return dict(zip(number, parts, strict=True)) if names else {}


def _names(kind: str, entries: Iterable[Entry]) -> list[str]:
    """The listing of a kind that each entry belongs to, by its name."""
    match kind:
        case "date":
            return [entry.created[:7] if entry.created else UNDATED for entry in entries]
        case "released":
            return [entry.released[:10] if entry.released else UNDATED for entry in entries]
        case "origin":
            return [entry.origin or UNSTATED for entry in entries]
    return [entry.classification or UNSTATED for entry in entries]


def _group_of(kind: str, name: str) -> str:
    """The part of its directory that a listing stands in."""
    match kind:
        case "date":
            return name[:4] if name != UNDATED else UNDATED
        case "released":
            return name[:7] if name != UNDATED else UNDATED
        case "origin":
            return _kind_of_post(name)
        case "tag":
            return kind_of(name)
    return ""


def _of_kind(
    kind: str, entries: Sequence[Entry], all_mrns: NDArray[np.object_], hashes: NDArray[np.uint32], size: int
) -> dict[str, Listing]:
    """The listings of a kind; `hashes` are those of the entries' MRNs."""
    places = _places_by_name(kind, entries)
    names: dict[str, list[str]] = defaultdict(list)
    for name in places:
        names[slug_of(kind, name)].append(name)
    found = []
    for slug, same in names.items():
        name = min(same, key=lambda name: (-len(places[name]), name))
        held = places[name] if len(same) == 1 else np.unique(np.concatenate([places[one] for one in same]))
        mrns = tuple(all_mrns[held].tolist())
        found.append(Listing(kind, slug, name, _group_of(kind, name), mrns, held, _ends(hashes[held], size)))
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
