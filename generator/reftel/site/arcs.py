"""REFs as arcs: from the citing mark, on the right, to the cited one on its left.

Between marks of one line the arc is an arch above it; between lanes it leaves the citing mark to the left and
arrives at the cited one from the right.
"""

from collections.abc import Mapping, Sequence
from math import sqrt

import msgspec

from reftel.site.layout import Arc
from reftel.site.shapes import n

Place = tuple[float, float]

HIGHEST, HIGHEST_THREAD = 64, 110
"""Pixels an arch rises above its marks at most: on a calendar, where it crosses the lanes above, and in a thread."""
_RING = "a1.8 1.8 0 1 0-2.6-2.4a1.8 1.8 0 1 0 2.6 2.4"
"""From the end of a stroke to the left, around and back."""


class Drawn(msgspec.Struct, frozen=True, gc=False):
    """An arc's id, the SVG path of its line, and the height of its highest point."""

    id: str
    source: str
    target: str
    path: str
    top: float


def drawn_arcs(arcs: Sequence[Arc], places: Mapping[str, Place], radius: float, name: str, arrow: bool) -> list[Drawn]:
    """The arcs whose two ends are marks, each once, in order; their ids are `name` and a number."""
    found: list[Drawn] = []
    for source, target in dict.fromkeys((arc.source, arc.target) for arc in arcs):
        if source == target or source not in places or target not in places:
            continue
        gap, highest = (3.0, HIGHEST_THREAD) if arrow else (0.0, HIGHEST)
        path, top = _curve(places[source], places[target], radius, gap, highest)
        found.append(Drawn(f"{name}{len(found) + 1}", source, target, path, top))
    return found


def whiskers(arcs: Sequence[Arc], places: Mapping[str, Place], radius: float) -> tuple[str, str]:
    """The paths of all arcs that leave the drawing: a short stroke to the left of a mark that cites, to the right of
    one that is cited. The second path is of those that cite what is not held: their strokes end in a ring.
    """
    strokes: dict[tuple[str, int], bool] = {}
    for arc in arcs:
        if arc.source in places and arc.target not in places:
            strokes[arc.source, -1] = strokes.get((arc.source, -1), False) or not arc.held
        elif arc.target in places and arc.source not in places:
            strokes[arc.target, 1] = False
    held: list[str] = []
    lost: list[str] = []
    for (key, side), ring in strokes.items():
        x, y = places[key]
        stroke = f"M{n(x + side * radius)} {n(y - radius / 2)}l{6 * side}-5"
        (lost if ring else held).append(stroke + (_RING if ring else ""))
    return "".join(held), "".join(lost)


def _curve(source: Place, target: Place, radius: float, gap: float, highest: float) -> tuple[str, float]:
    """The path from the edge of one mark to the edge of another, `gap` before it, and the height of its highest point.
    Arches rise with the root of their span, so that long ones are told apart and short ones are seen.
    """
    (x2, y2), (x1, y1) = source, target
    across = x2 - x1
    if abs(y2 - y1) < 2 * radius + 2:
        rise = min(highest, 8 + 3.6 * sqrt(abs(across)))
        start, end = y2 - radius, y1 - radius - gap
        peak = min(y1, y2) - radius - rise
        bow = across * 0.12
        return f"M{n(x2)} {n(start)}C{n(x2 - bow)} {n(peak)} {n(x1 + bow)} {n(peak)} {n(x1)} {n(end)}", peak + rise / 4
    if abs(across) < 2 * radius + gap + 4:
        way = 1 if y1 > y2 else -1
        return f"M{n(x2)} {n(y2 + way * radius)}L{n(x1)} {n(y1 - way * (radius + gap))}", min(y1, y2)
    side = 1 if across > 0 else -1
    start, end = x2 - side * radius, x1 + side * (radius + gap)
    reach = (start - end) * 0.55
    return f"M{n(start)} {n(y2)}C{n(start - reach)} {n(y2)} {n(end + reach)} {n(y1)} {n(end)} {n(y1)}", min(y1, y2)
