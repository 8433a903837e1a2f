"""Serial numbers: a post counts its cables from 1 each year, so the serials around a cable tell when it was sent, and
what lies between two that are held.

Serials and times run together, not quite: numbers are given when a cable is drafted, times when it is sent. So a date
that follows from them is likely, not certain; a bound that contradicts another says nothing.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
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


class Serials:
    """The held cables of each post and year by their serials."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        groups: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
        for entry in entries:
            group = group_of(entry.mrn)
            serial = entry.mrn[len(group) :]
            groups[group].append((int(serial) if serial else 0, entry))
        for row in groups.values():
            row.sort(key=itemgetter(0))
        self._groups = dict(groups)

    def of_group(self, mrn: str) -> Sequence[Entry]:
        """The held cables of the post and year of an MRN, by serial."""
        return [entry for _, entry in self._row(mrn)]

    def held(self, group: str) -> list[int]:
        """The held serials of a post and year ("07MOSCOW"), in order."""
        return [serial for serial, _ in self._groups.get(group, ())]

    def gap_before(self, mrn: str) -> Gap | None:
        """What is not held between a cable and the next lower serial that is; None where there is none or no gap."""
        row, serial = self._row(mrn), serial_of(mrn)
        place = bisect_left(row, serial, key=lambda pair: pair[0])
        if not place:
            return None
        below, entry = row[place - 1]
        return Gap(serial - below - 1, entry.mrn) if serial - below > 1 else None

    def bracket(self, mrn: str, first_citer: Entry | None) -> Bracket:
        """When a cable that is not held was likely sent."""
        year, _, serial, _ = serial_key(mrn)
        row = self._row(mrn)
        place = bisect_left(row, serial, key=lambda pair: pair[0])
        start, end = f"{year}-01-01", f"{year}-12-31"
        below = _nearest((row[at][1] for at in range(place - 1, -1, -1)), start, end)
        above = _nearest((row[at][1] for at in range(place, len(row))), start, end)
        after, earliest = (below.mrn, _day(below)) if below else ("", start)
        before, latest = (above.mrn, _day(above)) if above else ("", end)
        if first_citer and start <= _day(first_citer) <= latest:
            before, latest = first_citer.mrn, _day(first_citer)
        if earliest > latest:
            after, earliest = "", start
        likely = min(max(_between(serial, below, above), earliest), latest) if below or above else ""
        return Bracket(earliest, latest, after, before, likely)

    def _row(self, mrn: str) -> list[tuple[int, Entry]]:
        return self._groups.get(group_of(mrn), [])


def _nearest(row: Iterable[Entry], start: str, end: str) -> Entry | None:
    """The first of a row that is dated within the year its serial belongs to."""
    return next((entry for entry in row if start <= _day(entry) <= end), None)


def _between(serial: int, below: Entry | None, above: Entry | None) -> str:
    """The day of a serial between two held ones of a post and year, when serials run evenly: from the year's first day
    where none is held below, at the pace of the year so far where none is held above.
    """
    points = [_point(entry) for entry in (below, above) if entry]
    start = date.fromordinal(points[0][1]).replace(month=1, day=1).toordinal()
    (low, first), (high, last) = ((0, start), *points)[-2:]
    day = first + (last - first) * (serial - low) / max(1, high - low)
    return date.fromordinal(min(round(day), start + 366)).isoformat()


def _point(entry: Entry) -> tuple[int, int]:
    """A cable's serial and the number of its day."""
    return serial_of(entry.mrn), date.fromisoformat(_day(entry)).toordinal()


def _day(entry: Entry) -> str:
    return (entry.created or "")[:10]
