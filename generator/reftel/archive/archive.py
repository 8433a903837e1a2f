"""The `Catalogue`: all cables in Zulu order; and the frozen `Archive`: the answers about them.

Cables stand in the order of their Zulu time, those without one after them by MRN. Every question is answered from
tables that are made once, in time linear in cables and references.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from reftel.archive.citations import Citations
from reftel.archive.missing import Missing, find_missing
from reftel.archive.model import Entry, serial_key
from reftel.archive.serials import Serials
from reftel.archive.threads import Thread, find_threads


class Neighbours(NamedTuple):
    """The cables before and after, by time, at the same post, and in the thread; None at an end. An undated cable has
    neighbours in its thread only.
    """

    earlier: Entry | None = None
    later: Entry | None = None
    earlier_at_post: Entry | None = None
    later_at_post: Entry | None = None
    earlier_in_thread: Entry | None = None
    later_in_thread: Entry | None = None


class Catalogue(NamedTuple):
    """All cables of a site in Zulu order, before it is known how they stand to each other."""

    entries: Sequence[Entry]
    """One for each MRN."""
    twins: Mapping[str, Sequence[Entry]]
    """Further files of an MRN."""
    everything: Sequence[Entry]
    """The entries, then the twins: each has a page."""


NO_TWINS: Mapping[str, Sequence[Entry]] = {}


def in_order(entries: Iterable[Entry], twins: Mapping[str, Sequence[Entry]] = NO_TWINS) -> Catalogue:
    """The catalogue of these entries, one for each MRN, and of their `twins`."""
    held = tuple(_in_zulu_order(entries))
    ordered = dict(sorted(twins.items()))
    return Catalogue(held, ordered, (*held, *(twin for same in ordered.values() for twin in same)))


class Archive:
    """All cables of a site, in Zulu order, and how they stand to each other. Nothing in it changes."""

    entries: Sequence[Entry]
    twins: Mapping[str, Sequence[Entry]]
    everything: Sequence[Entry]
    """Those of the catalogue."""
    places: Mapping[str, int]
    """Where the cable of each held MRN stands among the entries."""
    citations: Citations
    """What everything cites, and which entries cite what."""
    threads: Sequence[Thread]
    serials: Serials
    """The held cables by post, year and serial."""
    missing: Mapping[str, Missing]
    """Cited and not held, by MRN, in MRN order."""
    places_at_post: Mapping[str, Sequence[int]]
    """Where the dated cables of each post stand among the entries, in order."""
    left_out: Mapping[str, Entry]
    """Of a part of an archive (selection.py): the cables outside it that cite one of its own, or are cited by one."""

    def __init__(self, catalogue: Catalogue, left_out: Mapping[str, Entry] | None = None) -> None:
        self.left_out = dict(left_out or {})
        self.outside_citers: dict[str, list[Entry]] = {}
        for entry in sorted(self.left_out.values(), key=zulu_order):
            for mrn in entry.cited():
                self.outside_citers.setdefault(mrn, []).append(entry)
        self.entries, self.twins, self.everything = catalogue
        self.places = {entry.mrn: place for place, entry in enumerate(self.entries)}
        self.citations = Citations(self.everything, self.places)
        self.threads = find_threads(self.entries, self.citations.ties)
        self._thread = {
            mrn: (number, place) for number, thread in enumerate(self.threads) for place, mrn in enumerate(thread.mrns)
        }
        self.serials = Serials(self.entries)
        self.missing = find_missing(self._citers_of_missing(), self.serials)
        self.places_at_post = _places_at_post(self.entries)
        self._at_post = {place: at for row in self.places_at_post.values() for at, place in enumerate(row)}

    def citers(self, mrn: str) -> Sequence[int]:
        """Where the cables that cite an MRN stand among the entries."""
        return self.citations.citers(mrn)

    def get(self, mrn: str | None) -> Entry | None:
        """The cable of an MRN, None when it is not held."""
        place = self.places.get(mrn) if mrn else None
        return None if place is None else self.entries[place]

    def entries_of(self, mrns: Iterable[str]) -> list[Entry]:
        """The held ones among these MRNs, in their order."""
        return [self.entries[self.places[mrn]] for mrn in mrns if mrn in self.places]

    def cited_by(self, mrn: str) -> list[Entry]:
        """The cables that cite an MRN, in their REF line or their prose, in Zulu order; it may be a missing one."""
        return [self.entries[place] for place in self.citations.citers(mrn)]

    def cited_from_outside(self, mrn: str) -> list[Entry]:
        """The left-out cables that cite an MRN, in Zulu order."""
        return self.outside_citers.get(mrn, [])

    def thread(self, mrn: str) -> Thread | None:
        """The thread a cable belongs to, None when it stands alone."""
        return self.threads[self._thread[mrn][0]] if mrn in self._thread else None

    def place_in_thread(self, mrn: str) -> int:
        """Which cable of its thread it is, from 0; it must be in one."""
        return self._thread[mrn][1]

    def threads_beside(self, thread: Thread) -> tuple[Thread | None, Thread | None]:
        """The threads before and after one, in the order of their first cables."""
        here = self._thread[thread.name][0]
        return self.threads[here - 1] if here else None, self.threads[here + 1] if here + 1 < len(
            self.threads
        ) else None

    def neighbours(self, mrn: str) -> Neighbours:
        """Previous and next by time, at the cable's post, and in its thread."""
        place = self.places.get(mrn)
        if place is None:
            return Neighbours()
        in_thread = self._beside_in_thread(mrn)
        if self.entries[place].created is None:
            return Neighbours(earlier_in_thread=in_thread[0], later_in_thread=in_thread[1])
        before = self.entries[place - 1] if place else None
        after = self.entries[place + 1] if place + 1 < len(self.entries) else None
        if after and after.created is None:
            after = None
        return Neighbours(before, after, *self._beside_at_post(place), *in_thread)

    def _beside_at_post(self, place: int) -> tuple[Entry | None, Entry | None]:
        if place not in self._at_post:
            return None, None
        row, at = self.places_at_post[self.entries[place].post or ""], self._at_post[place]
        return (
            self.entries[row[at - 1]] if at else None,
            self.entries[row[at + 1]] if at + 1 < len(row) else None,
        )

    def _beside_in_thread(self, mrn: str) -> tuple[Entry | None, Entry | None]:
        thread = self.thread(mrn)
        if not thread:
            return None, None
        here = self.place_in_thread(mrn)
        before, after = thread.mrns[here - 1 : here], thread.mrns[here + 1 : here + 2]
        return self.get(before[0] if before else None), self.get(after[0] if after else None)

    def most_cited(self, count: int) -> list[tuple[Entry, int]]:
        """The held cables cited by most others, with how many."""
        return [(self.entries[place], citers) for place, citers in self.citations.most_cited(count)]

    def _citers_of_missing(self) -> dict[str, list[Entry]]:
        """What only twins cite is not missing: they are no part of the relations."""
        citers = ((mrn, self.cited_by(mrn)) for mrn in self.citations.beyond if mrn not in self.left_out)
        return {mrn: found for mrn, found in citers if found}


def zulu_order(entry: Entry) -> tuple[bool, str, tuple[int, str, int, str]]:
    """Dated cables by their Zulu time, then the undated; cables of one minute, and the undated, by MRN."""
    return entry.created is None, entry.created or "", serial_key(entry.mrn)


def _in_zulu_order(entries: Iterable[Entry]) -> list[Entry]:
    """As `zulu_order` has them: by their time, and only those of one moment by their MRNs, which take time to read."""
    found = sorted(entries, key=_moment)
    moments = list(map(_moment, found))
    end = 0
    for place, (one, other) in enumerate(pairwise(moments)):
        if one == other and place >= end:
            end = bisect_right(moments, one)
            found[place:end] = sorted(found[place:end], key=zulu_order)
    return found


def _moment(entry: Entry) -> str:
    """Its time; after all times for one without."""
    return entry.created or "~"


def _places_at_post(entries: Sequence[Entry]) -> dict[str, list[int]]:
    posts: dict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if entry.post and entry.created:
            posts[entry.post].append(place)
    return dict(posts)
