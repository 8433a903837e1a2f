"""Where the marks of a drawing stand: in lanes by post, along an even calendar or an elastic axis.

On a calendar, each lane is a plot of stacked marks: a busy day is a tall stack. On an elastic axis the lanes are
single lines. Everything is counted in pixels, from the drawing's upper left corner; all of it takes time in
proportion to the number of marks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import sqrt

import msgspec
import numpy as np

from reftel.site.axes import COLUMN, Axis, elastic_gap

LANES = 14
"""Lanes of a drawing: the posts beyond them share the last."""
LABELLED = 40
"""Marks of a drawing that carry their labels."""
COMFORTABLE = 900
"""Pixels an elastic drawing takes where the time between its marks can be drawn so."""
RAIL = 44
"""Pixels between the lines of an elastic drawing."""
BAR, HIGHEST_BAR = 34, 84
"""Pixels of the tallest bar of a post, and of the other posts together."""
ROOM = 30
"""Pixels a labelled mark takes on a calendar, with its label below it."""


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A cable as a mark. `when` is its moment in Zulu time, "" when it has none; `lane` its post; `label` a word or
    two drawn beside it where there is room (its serial); `title` what is said of it on hover and to a screen
    reader; `held` False makes it hollow.
    """

    key: str
    href: str
    when: str = ""
    lane: str = ""
    label: str = ""
    title: str = ""
    class_slug: str = ""
    held: bool = True


class Arc(msgspec.Struct, frozen=True, gc=False):
    """A REF: from the key of the citing cable to the key of the cited one. An end that is no mark of the drawing
    becomes a whisker; where `held` is False, one that ends in a ring.
    """

    source: str
    target: str
    held: bool = True


class Lane(msgspec.Struct, frozen=True, gc=False):
    """A lane's name and the height of its line."""

    name: str
    y: float


class Layout(msgspec.Struct):
    """Marks in the order of time with their places, and the lanes."""

    marks: list[Mark]
    places: dict[str, tuple[float, float]]
    lanes: list[Lane]
    width: float
    height: float
    radius: float
    labelled: bool = False
    undated: float = 0
    """Where the undated marks end and the axis begins; 0 when there are none."""
    counts: list[list[int]] = []
    """By lane and column, in a drawing of too many marks to show each."""
    most: int = 1
    """The count whose bar is `BAR` high."""


def bar_height(count: int, most: int) -> float:
    """The pixels of a bar: by the square root, so that a single cable is still seen."""
    return min(HIGHEST_BAR, BAR * sqrt(count / most))


def elastic(marks: Sequence[Mark], arcs: Sequence[Arc]) -> Layout:
    """Marks along an elastic axis, each at least so far from the next that both can be told apart (and their labels
    read).

    The time between them takes what room is left of a comfortable width, so that four marks do not huddle and a
    hundred do not sprawl.
    """
    dated = _with_times(marks, arcs)
    labelled = len(marks) <= LABELLED
    step, rail = (24.0, RAIL) if labelled else (9.0, RAIL * 0.7)
    gaps = sum(elastic_gap(a.when, b.when) for a, b in pairwise(dated) if a.when and b.when)
    stretch = min(2.5, max(0.06, (COMFORTABLE - step * len(dated)) / gaps)) if gaps else 1.0
    lane_of, names = _lanes(dated, by_count=False)
    free = dict.fromkeys(range(len(names)), 0.0)
    places: dict[str, tuple[float, float]] = {}
    x, undated, before = 12.0, 0.0, ""
    for mark in dated:
        lane = lane_of[mark.lane]
        half = max(step, 6.6 * len(mark.label) + 6) / 2 if labelled else 6.0
        if mark.when and not before and places:
            undated = x = x + step
        x += step + stretch * elastic_gap(before, mark.when) if before and mark.when else step
        x = max(x, free[lane] + half)
        free[lane] = x + half
        places[mark.key] = (x, rail * lane)
        before = mark.when
    width = max(free.values(), default=0) + 56
    lanes = [Lane(name, rail * i) for i, name in enumerate(names)]
    return Layout(
        dated, places, lanes, width, rail * max(len(lanes) - 1, 0), 7.0 if labelled else 5.0, labelled, undated
    )


def stacked(marks: Sequence[Mark], axis: Axis) -> Layout:
    """Marks along a calendar, stacked in their lanes; undated ones have a lane of their own. Few marks have room for
    their labels.
    """
    dated = sorted((mark for mark in marks if mark.when), key=lambda mark: (mark.when, mark.key))
    undated = sorted((mark for mark in marks if not mark.when), key=lambda mark: mark.key)
    labelled = len(marks) <= LABELLED
    columns = round(axis.columns / 3) if labelled else axis.columns
    lane_of, names = _lanes(dated, by_count=True)
    heights = [[0] * columns for _ in names]
    cells: list[tuple[Mark, int, int, int]] = []
    for mark in dated:
        lane = lane_of[mark.lane]
        column = _column(heights[lane], mark.when, axis, axis.daily and not labelled)
        cells.append((mark, lane, column, heights[lane][column]))
        heights[lane][column] += 1
    if undated:
        names.append("undated")
        heights.append([0] * columns)
        for i, mark in enumerate(undated):
            cells.append((mark, len(names) - 1, i % columns, i // columns))
            heights[-1][i % columns] += 1
    wide, tall, middle = axis.width / columns, *((ROOM, 21.0) if labelled else (COLUMN, COLUMN / 2))
    lines = _baselines([max(column) for column in heights], tall, 6 if labelled else 14)
    places = {mark.key: (wide * (column + 0.5), lines[lane] - tall * row - middle) for mark, lane, column, row in cells}
    lanes = [Lane(name, y) for name, y in zip(names, lines, strict=True)]
    radius = 6.0 if labelled else 4.0
    return Layout([*dated, *undated], places, lanes, axis.width, lines[-1] if lines else 0, radius, labelled)


def counted(marks: Sequence[Mark], axis: Axis) -> Layout:
    """Too many marks to show each: how many there are by lane and column of a calendar."""
    dated = [mark for mark in marks if mark.when]
    undated = [mark for mark in marks if not mark.when]
    lane_of, names = _lanes(dated, by_count=True)
    columns = np.minimum(axis.columns - 1, (axis.places([mark.when for mark in dated]) * axis.columns).astype(int))
    lanes_of_marks = np.array([lane_of[mark.lane] for mark in dated], int)
    cells = np.bincount(lanes_of_marks * axis.columns + columns, minlength=len(names) * axis.columns)
    counts: list[list[int]] = cells.reshape(len(names), axis.columns).tolist()
    if undated:
        names.append("undated")
        counts.append([len(undated)] + [0] * (axis.columns - 1))
    tallest = [max(row) for row in counts]
    most = max(tallest[: LANES - 1], default=1)  # the lane of all other posts would make the rest look empty
    lines = list(accumulate(12 + max(12.0, bar_height(count, most)) for count in tallest))
    lanes = [Lane(name, y) for name, y in zip(names, lines, strict=True)]
    return Layout([], {}, lanes, axis.width, lines[-1] if lines else 0, 4.0, counts=counts, most=most)


def _baselines(stacks: Sequence[int], tall: float, between: float) -> list[float]:
    """The line each lane's stacks stand on, below the lane above it; a mark is so `tall`."""
    lines: list[float] = []
    y = 0.0
    for tallest in stacks:
        y += tall * max(tallest, 1) + between
        lines.append(y)
    return lines


def _column(heights: Sequence[int], when: str, axis: Axis, in_day: bool) -> int:
    """The column of a moment among those that `heights` counts; where a mark may take any column of its day, the lowest
    of the day, the nearest to the hour among equals.
    """
    column = _column_at(axis.place(when), len(heights))
    if not in_day:
        return column
    first = column - column % 3
    return min(range(first, first + 3), key=lambda c: (heights[c], abs(c - column)))


def _column_at(place: float, columns: int) -> int:
    return min(columns - 1, int(place * columns))


def _lanes(marks: Sequence[Mark], by_count: bool) -> tuple[Mapping[str, int], list[str]]:
    """The lane of each post, and the lanes' names from the top: by first cable, or by number of held cables; the
    smallest posts share one.
    """
    counts: Counter[str] = Counter()
    for mark in marks:
        counts[mark.lane] += mark.held
    ranked = sorted(counts, key=lambda lane: (-counts[lane], lane))
    kept = ranked if len(ranked) <= LANES else ranked[: LANES - 1]
    names = kept if by_count else [lane for lane in counts if lane in set(kept)]
    lane_of = {lane: names.index(lane) if lane in set(kept) else len(names) for lane in counts}
    return lane_of, names if len(kept) == len(ranked) else [*names, f"{len(ranked) - len(kept)} other posts"]


def _with_times(marks: Sequence[Mark], arcs: Sequence[Arc]) -> list[Mark]:
    """The marks in order: undated held cables first, then all others in time. A missing cable without a date is as
    old as the first cable that cites it, and stands before it.
    """
    when = {mark.key: mark.when for mark in marks}
    cited: dict[str, str] = {}
    for arc in arcs:
        citing = when.get(arc.source, "")
        if citing and (arc.target not in cited or citing < cited[arc.target]):
            cited[arc.target] = citing
    timed = [
        msgspec.structs.replace(mark, when=cited[mark.key])
        if not mark.when and not mark.held and mark.key in cited
        else mark
        for mark in marks
    ]
    return sorted(timed, key=lambda mark: (mark.when, mark.held, mark.key))
