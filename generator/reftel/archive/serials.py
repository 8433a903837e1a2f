"""Serial numbers: a post counts its cables from 1 each year, so the serials around a cable tell when it was sent, and
what lies between two that are held.

Serials and times run together, not quite: numbers are given when a cable is drafted, times when it is sent. So a date
that follows from them is likely, not certain; a bound that contradicts another says nothing.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from reftel.archive.model import Entry, group_of, serial_key, serial_of


class Bracket(NamedTuple):
    """When a cable that is not held was likely sent: from the day `earliest` to the day `latest`, both included.

    `after` and `before` are the MRNs of the held cables that say so: its neighbours by serial, or for `before` the
    first cable that cites it. "" where nothing is held on that side; then the day is the first or last of the year.
    `likely` is the likeliest day, as if the post had numbered its cables evenly between the held ones around this one;
    "" where none of the post and year is held.
    """

    earliest: str
    latest: str
    after: str = ""
    before: str = ""
    likely: str = ""


class Gap(NamedTuple):
    """Serials of one post and year that are not held: how many, and the MRN of the held cable below them."""

    size: int
    after: str


class _Row(NamedTuple):
    """The held cables of a post and year, by serial."""

    serials: list[int]
    entries: list[Entry]


class Serials:
    """The held cables of each post and year by their serials."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        groups: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        for entry in entries:
            group = group_of(entry.mrn)
            serial = entry.mrn[len(group) :]
            groups[group].append((int(serial) if serial else 0, entry))
        self._groups: dict[str, _Row] = {}
        for group, found in groups.items():
            found.sort(key=itemgetter(0))
            self._groups[group] = _Row([serial for serial, _ in found], [entry for _, entry in found])

    def of_group(self, mrn: str) -> Sequence[Entry]:
        """The held cables of the post and year of an MRN, by serial."""
        return self._row(group_of(mrn)).entries

    def held(self, group: str) -> list[int]:
        """The held serials of a post and year ("07MOSCOW"), in order."""
        return self._row(group).serials

    def gap_before(self, mrn: str) -> Gap | None:
        """What is not held between a cable and the next lower serial that is; None where there is none or no gap."""
        row, serial = self._row(group_of(mrn)), serial_of(mrn)
        place = bisect_left(row.serials, serial)
        if not place:
            return None
        below = row.serials[place - 1]
        return Gap(serial - below - 1, row.entries[place - 1].mrn) if serial - below > 1 else None

    def bracket(self, mrn: str, first_citer: Entry | None) -> Bracket:
        """When a cable that is not held was likely sent."""
        year, _, serial, _ = serial_key(mrn)
        row = self._row(group_of(mrn))
        place = bisect_left(row.serials, serial)
        start, end = f"{year}-01-01", f"{year}-12-31"
        below = _nearest(row, range(place - 1, -1, -1), start, end)
        above = _nearest(row, range(place, len(row.serials)), start, end)
        after, earliest = (row.entries[below].mrn, _day(row.entries[below])) if below is not None else ("", start)
        before, latest = (row.entries[above].mrn, _day(row.entries[above])) if above is not None else ("", end)
        points = [(row.serials[at], _number(_day(row.entries[at]))) for at in (below, above) if at is not None]
        if first_citer and start <= _day(first_citer) <= latest:
            before, latest = first_citer.mrn, _day(first_citer)
        if earliest > latest:
            after, earliest = "", start
        likely = min(max(_between(serial, start, points), earliest), latest) if points else ""
        return Bracket(earliest, latest, after, before, likely)

    def _row(self, group: str) -> _Row:
        return self._groups.get(group, _NOTHING)


_NOTHING = _Row([], [])


def _nearest(row: _Row, places: Iterable[int], start: str, end: str) -> int | None:
    """The first of some places of a row whose cable is dated within the year its serial belongs to."""
    for at in places:
        if start <= _day(row.entries[at]) <= end:
            return at
    return None


def _between(serial: int, start: str, points: Sequence[tuple[int, int]]) -> str:
    """The day of a serial between two held ones of a post and year, when serials run evenly: from the year's first day
    where none is held below, at the pace of the year so far where none is held above. Points are serials and the
    numbers of their days.
    """
    first_day = _number(start)
    (low, first), (high, last) = ((0, first_day), *points)[-2:]
    day = first + (last - first) * (serial - low) / max(1, high - low)
    return date.fromordinal(min(round(day), first_day + 366)).isoformat()


@lru_cache(maxsize=10_000)
def _number(day: str) -> int:
    """The number of a day; many cables are of one."""
    return date.fromisoformat(day).toordinal()


def _day(entry: Entry) -> str:
    return (entry.created or "")[:10]
