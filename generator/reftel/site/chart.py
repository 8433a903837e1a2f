"""How many cables each year or month has, as bars on a time axis in lanes by classification: the drawing language
of the timeline, counted.

The first lane holds all cables, each further one a classification, on the same scale: so they are told apart by
place and shape, not by colour. Periods without cables keep their place, many years of them one. The page says the
same as a table.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from reftel.archive.model import Entry
from reftel.site.axes import GAP, MONTHS, year_periods
from reftel.site.contexts import Bar, Link
from reftel.site.figure import Field, figure, rails
from reftel.site.markup import clean
from reftel.site.meanings import Level, level
from reftel.site.shapes import n, rank, shape, word

TALLEST = 84
"""Pixels of the tallest bar."""
ROOM = 16
"""Pixels above a lane's tallest bar."""
LONGEST = 920
"""Pixels of a chart with few periods; one with many grows by `NARROWEST` for each."""
NARROWEST, WIDEST = 16, 76
EDGE = 12
"""Pixels beside the first and the last column, for the ends of their words."""
NAMES = 132
"""Pixels of the column of the lanes' names."""
BAR = 44
"""Pixels a bar is wide at most."""


class _Lane(NamedTuple):
    """A lane of the chart: its slug ("" for all cables), the count of each column, and the line it stands on."""

    slug: str
    counts: list[int]
    y: float


def new_bar(link: Link, period: str, entries: Sequence[Entry]) -> Bar:
    """The bar of some cables, all of one year or month: their number, and its parts in the order of secrecy."""
    levels: Counter[Level] = Counter()
    for classification, count in Counter([entry.classification for entry in entries]).items():
        levels[level(classification)] += count
    parts = tuple((found.slug, levels[found]) for found in sorted(levels, key=lambda found: (found.order, found.slug)))
    return Bar(link, len(entries), parts, period)


def chart(bars: Sequence[Bar], title: str) -> Markup:
    """The bars of some years or months as a `<figure>`; "" when there are none. `Bar.period` says where each stands."""
    if not bars:
        return Markup("")
    periods = _periods([bar.period for bar in bars])
    column = {period: i for i, period in enumerate(periods)}
    step = max(NARROWEST, min(WIDEST, LONGEST // len(periods)))
    most = max(bar.count for bar in bars) or 1
    lanes = _lanes(bars, column, most)
    width, foot = step * len(periods), lanes[-1].y
    labelled = step >= 7 * len(str(most)) + 3
    inside = [rails([lane.y for lane in lanes], -EDGE, width + EDGE)]
    for lane in lanes[1:]:
        inside.append(f'<path class="c-{lane.slug}" d="{_bars(lane, step, most)}"/>')
    for bar in bars:
        inside.append(
            _link(bar, column[bar.period] * step, step, lanes[0].y, foot, most, labelled or bar.count == most)
        )
    inside.append(f'<g class="axis">{_words(periods, step, foot + 16)}</g>')
    field = Field(-EDGE, 0, width + 2 * EDGE, foot + 24)
    legend = " ".join(f'<span class="class c-{lane.slug}">{escape(word(lane.slug))}</span>' for lane in lanes[1:])
    caption = f"{escape(clean(title))}, by classification {legend}"
    kind = "chart" if "-" in periods[0] else "chart years"
    return figure(kind, title, _names(lanes), NAMES, "".join(inside), field, caption)


def _periods(given: Sequence[str]) -> list[str]:
    """All years from the first to the last, a long silence as one; or all months of the years: those without cables
    too.
    """
    years = year_periods(period[:4] for period in given)
    if len(given[0]) == 4:
        return [first if first == last else f"{first} to {last}" for first, last in years]
    return [f"{year}-{month:02}" for year, _ in years for month in range(1, 13)]


def _lanes(bars: Sequence[Bar], column: dict[str, int], most: int) -> list[_Lane]:
    """All cables first, then the classifications from the most secret down."""
    order: dict[str, dict[int, int]] = {"": {column[bar.period]: bar.count for bar in bars}}
    slugs = {slug for bar in bars for slug, _ in bar.parts}
    for slug in sorted(slugs, key=lambda slug: (-rank(slug), slug)):
        order[slug] = {column[bar.period]: dict(bar.parts).get(slug, 0) for bar in bars}
    lanes: list[_Lane] = []
    y = 0.0
    for slug, counts in order.items():
        y += ROOM + max(6.0, TALLEST * max(counts.values()) / most)
        lanes.append(_Lane(slug, [counts.get(i, 0) for i in range(len(column))], y))
    return lanes


def _bars(lane: _Lane, step: int, most: int) -> str:
    wide = min(BAR, step - 4)
    return "".join(
        f"M{n(step * (i + 0.5) - wide / 2)} {n(lane.y)}v{n(-_tall(count, most))}h{wide}V{n(lane.y)}z"
        for i, count in enumerate(lane.counts)
        if count
    )


def _link(bar: Bar, x: float, step: int, y: float, foot: float, most: int, labelled: bool) -> str:
    """A period's bar of all cables, as a link whose field is the whole column."""
    tall, wide = _tall(bar.count, most), min(BAR, step - 4)
    text = f'<text x="{n(x + step / 2)}" y="{n(y - tall - 4)}">{bar.count}</text>' if labelled else ""
    return (
        f'<a href="{escape(bar.link.href)}"><title>{escape(clean(bar.link.text))}: {bar.count}</title>'
        f'<rect class="field" fill="none" x="{n(x)}" y="0" width="{step}" height="{n(foot)}"/>'
        f'<rect x="{n(x + (step - wide) / 2)}" y="{n(y - tall)}" width="{wide}" height="{n(tall)}"/>{text}</a>\n'
    )


def _tall(count: int, most: int) -> float:
    """A bar's pixels; one cable is always seen."""
    return max(1.5, TALLEST * count / most)


def _words(periods: Sequence[str], step: int, y: float) -> str:
    """Below the bars: each month; as many years as there is room for."""
    every = -(-36 // step)
    parts: list[str] = []
    for i, period in enumerate(periods):
        word = MONTHS[int(period[5:]) - 1] if len(period) == 7 else period if len(period) == 4 else GAP
        if len(period) == 7 or every == 1 or (len(period) == 4 and int(period) % every == 0):
            parts.append(f'<text x="{n(step * i + step / 2)}" y="{n(y)}">{word}</text>')
    return "".join(parts)


def _names(lanes: Sequence[_Lane]) -> str:
    parts: list[str] = []
    for lane in lanes:
        name = word(lane.slug) if lane.slug else "all cables"
        mark = shape(lane.slug, NAMES - 14, lane.y - 6, 4.5) if lane.slug else ""
        words = f'<text x="{NAMES - 24}" y="{n(lane.y - 2)}">{escape(name)}</text>'
        parts.append(f'<g class="c-{lane.slug or "all"}">{mark}{words}</g>')
    return "".join(parts)
