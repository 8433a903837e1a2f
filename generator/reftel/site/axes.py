"""The time axis of a drawing: where a moment stands, and what is written below.

A month or a year has a calendar axis: time is even, and every cable stands in a column of its day or days. So have
several years, but for a long silence, which is one narrow stretch: else the six cables of the seventies would leave
those of the last years no room. A thread has none: its cables stand in order, and the time between them is drawn
shorter the longer it is, or a thread of three days and one answer two years later would be two dots.
"""

import calendar
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import log2

import msgspec
import numpy as np
from numpy.typing import NDArray

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

COLUMN = 10
"""Pixels of a column: one mark and its room."""
YEAR_COLUMNS = 92
"""Columns of a year, four days each."""
GAP = "⋯"
"""Stands on the axis for years without cables."""
SILENCE = 2
"""Empty years that keep their places; more of them in a row share one."""


class Tick(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the axis: the day it begins with ("2007-08-01"), its words, where it leads ("" nowhere), and
    whether it is a rest day.
    """

    when: str
    text: str
    href: str = ""
    rest: bool = False


class Axis(msgspec.Struct, frozen=True):
    """A calendar axis from the beginning of `start` to the beginning of `end`, both days, with its stretches in
    order.

    `columns` is how many columns of marks it has; where `daily`, marks of a day may take any column of that day.
    `end` may lie after the last stretch, so that all columns hold the same number of days: else a column of three
    days beside one of four would look like a lull. Where all stretches are as wide, however long, `starts` are their
    first days.
    """

    start: str
    end: str
    ticks: tuple[Tick, ...]
    columns: int
    daily: bool = False
    starts: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether all stretches are as wide."""
        return bool(self.starts)

    def place(self, when: str) -> float:
        """Where a moment ("2007-08-31T13:51:00Z", or a day) stands: 0 at the start, 1 at the end; moments outside
        stand at the ends.
        """
        starts = self.starts
        if not starts:
            return _share(when, self.start, self.end)
        at = max(0, bisect_right(starts, when[:10]) - 1)
        return (at + _share(when, starts[at], starts[at + 1] if at + 1 < len(starts) else self.end)) / len(starts)

    def places(self, whens: Sequence[str]) -> NDArray[np.float64]:
        """The same of many moments."""
        edges, found = _seconds([*(self.starts or (self.start,)), self.end]), _seconds(whens)
        at = np.maximum(0, np.searchsorted(edges[:-1], found, "right") - 1)
        share = np.clip((found - edges[at]) / (edges[at + 1] - edges[at]), 0.0, 1.0)
        placed: NDArray[np.float64] = (at + share) / (len(edges) - 1)
        return placed

    @property
    def edges(self) -> list[float]:
        """Where each stretch begins, in pixels."""
        count = len(self.starts)
        if count:
            return [self.width * (at / count) for at in range(count)]
        return [self.width * self.place(tick.when) for tick in self.ticks]

    @property
    def width(self) -> int:
        """In pixels."""
        return self.columns * COLUMN


def month_axis(month: str, hrefs: Mapping[str, str] | None = None) -> Axis:
    """The axis of "2007-08": a stretch for each day; `hrefs` say by day ("2007-08-31") where it leads."""
    year, number = int(month[:4]), int(month[5:7])
    days = calendar.monthrange(year, number)[1]
    links = hrefs or {}
    ticks = []
    for day in range(1, days + 1):
        when = f"{month[:7]}-{day:02}"
        ticks.append(Tick(when, str(day), links.get(when, ""), date(year, number, day).weekday() >= 5))
    end = date(year, number, days) + timedelta(days=1)
    return Axis(f"{month[:7]}-01", end.isoformat(), tuple(ticks), days * 3, daily=True)


def year_axis(year: str, hrefs: Mapping[str, str] | None = None) -> Axis:
    """The axis of "2007": a stretch for each month; `hrefs` say by month ("2007-08") where it leads."""
    links = hrefs or {}
    ticks = tuple(Tick(f"{year}-{i:02}-01", name, links.get(f"{year}-{i:02}", "")) for i, name in enumerate(MONTHS, 1))
    end = date(int(year), 1, 1) + timedelta(days=4 * YEAR_COLUMNS)
    return Axis(f"{year}-01-01", end.isoformat(), ticks, YEAR_COLUMNS)


def years_axis(years: Iterable[str], hrefs: Mapping[str, str] | None = None) -> Axis:
    """The axis of the years from the first to the last of `years`, those that have cables; `hrefs` say by year where
    it leads.
    """
    links = hrefs or {}
    periods = year_periods(years)
    ticks = tuple(
        Tick(f"{start}-01-01", start if end == start else GAP, links.get(start, "")) for start, end in periods
    )
    columns = len(ticks) * max(1, YEAR_COLUMNS // len(ticks))  # a year begins with a column of its own
    return Axis(
        ticks[0].when, f"{int(periods[-1][1]) + 1:04}-01-01", ticks, columns, starts=tuple(tick.when for tick in ticks)
    )


def year_periods(years: Iterable[str]) -> list[tuple[str, str]]:
    """All years from the first to the last, each as (year, year); more than `SILENCE` empty ones in a row as one
    (first, last).
    """
    given = sorted(set(map(int, years)))
    found: list[tuple[int, int]] = []
    for year in given:
        after = found[-1][1] + 1 if found else year
        empty = [(after, year - 1)] if year - after > SILENCE else [(one, one) for one in range(after, year)]
        found += [*empty, (year, year)]
    return [(f"{first:04}", f"{last:04}") for first, last in found]


def _share(when: str, start: str, end: str) -> float:
    first, last = moment(start), moment(end)
    return min(1.0, max(0.0, (moment(when) - first) / (last - first)))


@lru_cache(maxsize=10_000)
def moment(when: str) -> float:
    """Seconds since 1970 of an ISO moment in Zulu time, or of a day's beginning. The ends and days of an axis are asked
    for again by each of its marks.
    """
    return datetime.fromisoformat(when if len(when) > 10 else f"{when}T00:00:00Z").timestamp()


def _seconds(whens: Sequence[str]) -> NDArray[np.int64]:
    """The same of many, as whole seconds."""
    return np.array([when[:19] for when in whens], "datetime64[s]").astype(np.int64)


def elastic_gap(earlier: str, later: str) -> float:
    """Pixels between two moments on an elastic axis: a day is 18, a week 54, a year 153."""
    days = max(0.0, (moment(later) - moment(earlier)) / 86400)
    return 18 * log2(1 + days)


def day_text(when: str, with_year: bool) -> str:
    """ "31 Aug", or "31 Aug 2007"."""
    words = f"{int(when[8:10])} {MONTHS[int(when[5:7]) - 1]}"
    return f"{words} {when[:4]}" if with_year else words
