"""REFs as arcs: from the citing mark, on the right, to the cited one on its left.

Between marks of one line the arc is an arch above it; between lanes it leaves the citing mark to the left and
arrives at the cited one from the right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reftel.site.layout import Arc
from reftel.site.shapes import n

Place = tuple[float, float]

HIGHEST = 64
"""Pixels an arch rises above its marks at most."""


@dataclass(frozen=True, slots=True)
class Drawn:
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
        path, top = _curve(places[source], places[target], radius, 3.0 if arrow else 0.0)
        found.append(Drawn(f"{name}{len(found) + 1}", source, target, path, top))
    return found


def whiskers(arcs: Sequence[Arc], places: Mapping[str, Place], radius: float) -> str:
    """The path of all arcs that leave the drawing: a short stroke to the left of a mark that cites, to the right of
    one that is cited.
    """
    strokes: dict[tuple[str, int], None] = {}
    for arc in arcs:
        if arc.source in places and arc.target not in places:
            strokes[arc.source, -1] = None
        elif arc.target in places and arc.source not in places:
            strokes[arc.target, 1] = None
    parts = []
    for key, side in strokes:
        x, y = places[key]
        parts.append(f"M{n(x + side * radius)} {n(y - radius / 2)}l{6 * side}-5")
    return "".join(parts)


def _curve(source: Place, target: Place, radius: float, gap: float) -> tuple[str, float]:
    """The path from the edge of one mark to the edge of another, `gap` before it, and the height of its highest
    point.
    """
    (x2, y2), (x1, y1) = source, target
    across = x2 - x1
    if abs(y2 - y1) < 2 * radius + 2:
        rise = min(HIGHEST, 12 + abs(across) * 0.24)
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
