"""The timeline, drawn by REFs: one drawing language for a thread, a post, a month and a year, as SVG inside a page.

A cable is a mark in the lane of its post, its shape the classification, hollow when it is cited and not held. A REF
is an arc from the citing cable, on the right, back to the cited one; an arc that leaves the drawing is a whisker, with
a ring at its end where it leads to what is not held.
Marks are links in the order of time. An arc is drawn once, faintly, and named again inside the links of its two
marks, where the style sheet draws it strongly while that mark is pointed at, focused, or the page's own: so no
script is needed.

Colours, weights and fonts are theme.css's: `figure.drawing` and below it `.lanes`, `.marks`, `.axis`, `.arcs`,
`.cables`.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

from reftel.site.arcs import Drawn, drawn_arcs, whiskers
from reftel.site.axes import COLUMN, Axis, day_text
from reftel.site.figure import Field, figure, rails
from reftel.site.layout import Arc, Layout, Mark, bar_height, counted, elastic, stacked
from reftel.site.markup import clean, strict
from reftel.site.shapes import HOLLOW, n, rank, shape, word

__all__ = ["SHOWN", "Arc", "Mark", "draw"]

SHOWN = 1000
"""Marks of a calendar that are shown each; of more only their number is."""
FOOT = 24
"""Pixels below the lowest lane, for the words of the axis."""
EDGE = 12
"""Pixels beside a calendar, for the ends of its words and for whiskers."""
NAME = 20
"""Characters of a lane's name that are drawn."""
MANY = 60
"""Arcs beyond which they are drawn still fainter."""

_HEAD = (
    'viewBox="0 0 6 6" refX="3" refY="3" markerWidth="6" markerHeight="6" markerUnits="userSpaceOnUse" orient="auto">'
    '<path d="M0 .5L6 3L0 5.5z"/>'
)


def draw(
    marks: Sequence[Mark],
    arcs: Sequence[Arc] = (),
    axis: Axis | None = None,
    *,
    focus: str = "",
    title: str = "Timeline",
    name: str = "arc",
    shown: int = SHOWN,
) -> Markup:
    """The drawing of some cables as a `<figure>`; "" when there are none.

    `axis` is a calendar (axes.py), or None for an elastic axis (threads). `focus` is the key of the page's own
    cable: its mark is ringed and its arcs stand out. `name` begins the ids of the arcs: it must differ between two
    drawings of a page. A calendar of more than `shown` held cables only counts them. Keys must be unique; arcs between
    the same two marks are drawn once.
    """
    if not marks:
        return Markup("")
    layout = _layout(marks, arcs, axis, shown)
    lines = drawn_arcs(arcs, layout.places, layout.radius, name, arrow=axis is None)
    top = max([layout.radius + 12, *(6 - line.top for line in lines)])
    foot = layout.height + layout.radius + (18 if axis is None else 4)
    loose, lost = whiskers(arcs, layout.places, layout.radius)
    edges = axis.edges if axis else []
    inside = [
        _bands(axis, edges, top, foot) if axis else _dates(layout, top, foot),
        rails([lane.y for lane in layout.lanes], 0, layout.width),
        _arcs(lines, loose, lost, name if axis is None else ""),
        f'<g class="cables">\n{_cables(layout, lines, focus)}</g>' if layout.marks else _counts(layout),
        _words(axis, edges, foot) if axis else "",
    ]
    names, width = _names(layout, 4 if not axis else -17 if layout.labelled else -3)
    edge = EDGE if axis else 0
    field = Field(-edge, -top, layout.width + 2 * edge, top + foot + FOOT)
    kind = ("calendar years" if axis.equal else "calendar") if axis else "elastic"
    legend = _legend(layout, marks, bool(lines), bool(loose), bool(lost))
    return figure(kind, title, names, width, "".join(inside), field, legend)


def _layout(marks: Sequence[Mark], arcs: Sequence[Arc], axis: Axis | None, shown: int) -> Layout:
    if axis is None:
        return elastic(marks, arcs)
    return stacked(marks, axis) if sum(mark.held for mark in marks) <= shown else counted(marks, axis)


def _cables(layout: Layout, lines: Sequence[Drawn], focus: str) -> str:
    """The marks as links, each with the arcs it has a part in, named again."""
    ties: dict[str, list[str]] = {}
    for line in lines:
        ties.setdefault(line.source, []).append(line.id)
        ties.setdefault(line.target, []).append(line.id)
    parts: list[str] = []
    for mark in layout.marks:
        x, y = layout.places[mark.key]
        slug = mark.class_slug if mark.held else HOLLOW
        here = ' aria-current="page"' if mark.key == focus else ""
        title = strict(mark.title or mark.key)
        parts.append(f'<a href="{strict(mark.href)}" class="c-{slug}"{here}><title>{title}</title>')
        if mark.key in ties:
            parts += [f'<use href="#{tie}"/>' for tie in ties[mark.key]]
        if here:
            parts.append(f'<circle class="ring" cx="{n(x)}" cy="{n(y)}" r="{n(layout.radius + 4)}"/>')
        parts.append(shape(slug, x, y, layout.radius))
        if layout.labelled and mark.label:
            parts.append(f'<text x="{n(x)}" y="{n(y + layout.radius + 12)}">{strict(mark.label)}</text>')
        parts.append("</a>\n")
    return "".join(parts)


def _arcs(lines: Sequence[Drawn], held: str, lost: str, arrow: str) -> str:
    """All arcs, and the paths of the whiskers to what is held elsewhere and what is not; with `arrow`, each arc ends in
    an arrow head.
    """
    if not lines and not held and not lost:
        return ""
    head = f'<marker id="{arrow}-end" {_HEAD}</marker>' if arrow else ""
    end = f' marker-end="url(#{arrow}-end)"' if arrow else ""
    paths = "".join(f'<path id="{line.id}" d="{line.path}" fill="none"{end}/>' for line in lines)
    loose = "".join(f'<path class="whiskers" d="{path}" fill="none"/>' for path in (held, lost) if path)
    many = " many" if len(lines) > MANY else ""
    return f'{head}<g class="arcs{many}" stroke="#999">{paths}{loose}</g>\n'


def _counts(layout: Layout) -> str:
    """Bars instead of marks, by lane and column."""
    paths: list[str] = []
    for lane, counts in zip(layout.lanes, layout.counts, strict=True):
        bars = "".join(
            f"M{COLUMN * column + 1} {n(lane.y)}v{n(-bar_height(count, layout.most))}h{COLUMN - 2}V{n(lane.y)}z"
            for column, count in enumerate(counts)
            if count
        )
        paths.append(f'<path d="{bars}"><title>{escape(clean(lane.name))}: {sum(counts)}</title></path>')
    return f'<g class="counts">{"".join(paths)}</g>'


def _bands(axis: Axis, starts: Sequence[float], top: float, foot: float) -> str:
    """Behind a calendar: its rest days shaded, a line between its stretches, which begin at `starts`."""
    edges = [*starts, float(axis.width)]
    rests = "".join(
        f'<rect x="{n(left)}" y="{n(-top)}" width="{n(right - left)}" height="{n(top + foot)}"/>'
        for tick, left, right in zip(axis.ticks, edges, edges[1:], strict=False)
        if tick.rest
    )
    lines = "".join(f"M{n(edge)} {n(-top)}V{n(foot)}" for edge in edges)
    return f'<g class="rest" fill="#eee">{rests}</g><path class="lines" d="{lines}"/>'


def _words(axis: Axis, starts: Sequence[float], foot: float) -> str:
    """What stands below a calendar, as links; they are not in the way of the Tab key, since the page lists the same
    ones.
    """
    room = axis.width / len(axis.ticks)
    every = max(1, -(-32 // int(room))) if len(axis.ticks[0].text) == 4 else 1
    parts: list[str] = []
    for tick, start in zip(axis.ticks, starts, strict=True):
        if every > 1 and (not tick.text.isdigit() or int(tick.text) % every):
            continue
        x = start + room / 2
        text = f'<text x="{n(x)}" y="{n(foot + 16)}">{escape(tick.text)}</text>'
        parts.append(f'<a href="{escape(tick.href)}" tabindex="-1">{text}</a>' if tick.href else text)
    return f'<g class="axis">{"".join(parts)}</g>'


def _dates(layout: Layout, top: float, foot: float) -> str:
    """Below an elastic axis: the days of its marks, as many as there is room for, each with its line."""
    lines, words = "", []
    free, year, day = 0.0, "", ""
    if layout.undated:
        lines = f"M{n(layout.undated)} {n(-top)}V{n(foot)}"
        words.append(f'<text class="undated" x="4" y="{n(foot + 16)}">undated</text>')
        free = max(layout.undated, 52)
    for mark in layout.marks:
        x = layout.places[mark.key][0]
        if not mark.when or mark.when[:10] == day or x - 4 < free or not mark.held:
            continue
        text = day_text(mark.when, mark.when[:4] != year)
        lines += f"M{n(x)} {n(-top)}V{n(foot + 3)}"
        words.append(f'<text x="{n(x - 4)}" y="{n(foot + 16)}">{text}</text>')
        free, year, day = x + 6.2 * len(text) + 6, mark.when[:4], mark.when[:10]
    return f'<path class="lines" d="{lines}"/><g class="axis dates">{"".join(words)}</g>'


def _names(layout: Layout, lift: float) -> tuple[str, float]:
    """The lanes' names, and the width of their column."""
    names = [lane.name if len(lane.name) <= NAME else lane.name[: NAME - 1] + "…" for lane in layout.lanes]
    width = 18 + max((sum(7.7 if char.isupper() else 6 for char in name) for name in names), default=0)
    words = "".join(
        f'<text x="{n(width - 10)}" y="{n(lane.y + lift)}">{escape(clean(name))}</text>'
        for lane, name in zip(layout.lanes, names, strict=True)
    )
    return words, width


def _legend(layout: Layout, marks: Sequence[Mark], tied: bool, loose: bool, lost: bool) -> str:
    """What the shapes, arcs and whiskers mean, as far as the drawing has them."""
    if layout.counts:
        tallest = max(map(max, layout.counts))
        return f'<span class="note">Cables by post. The tallest bar is {tallest}; one half as high, a quarter.</span>'
    slugs = sorted(
        {mark.class_slug for mark in marks if mark.held and mark.class_slug}, key=lambda slug: (rank(slug), slug)
    )
    words = [f'<span class="class c-{slug}">{escape(word(slug))}</span>' for slug in slugs]
    if any(not mark.held for mark in marks):
        words.append(f'<span class="class c-{HOLLOW}">cited, not held</span>')
    notes = (
        (tied, "an arc leads from a cable back to one it refers to"),
        (loose, "a short stroke: a reference to or from a cable that is not drawn"),
        (lost, "a stroke that ends in a ring: to one that is not held"),
    )
    return " ".join([*words, *(f'<span class="note">{text}</span>' for there, text in notes if there)])
