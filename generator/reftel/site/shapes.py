"""The shapes of the classifications, so that none is told by its colour alone: in drawings as SVG, in text by the
same outlines in theme.css.

The more secret, the more corners count: a disc is unclassified, a square confidential, a triangle secret, a cross
top secret. A slit through the middle narrows who may read it (for official use only, NOFORN). A hollow disc is a
cable that is cited and not held.
"""

from functools import lru_cache
from math import sqrt

HOLLOW = "missing"
"""The class of a cable that is not held."""

_FIGURES = {
    "unclassified": ("disc", False),
    "unclassified-for-official-use-only": ("disc", True),
    "limited-official-use": ("disc", True),
    "restricted": ("diamond", False),
    "confidential": ("square", False),
    "confidential-noforn": ("square", True),
    "secret": ("triangle", False),
    "secret-noforn": ("triangle", True),
    "top-secret": ("cross", False),
}
_SHORT = {"unclassified-for-official-use-only": "official use only", "limited-official-use": "limited official"}
_FIRST_WORDS = ("top-secret", "secret", "confidential", "restricted", "unclassified")


@lru_cache(maxsize=20_000)
def shape(slug: str, x: float, y: float, r: float) -> str:
    """The SVG element of a classification's shape around (x, y), about 2r wide; a dash for one that is not known."""
    if slug == HOLLOW:
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r - 0.5)}" fill="none" stroke="#666"/>'
    figure, slit = _figure(slug)
    if figure == "disc" and not slit:
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}"/>'
    return f'<path d="{_PATHS[figure](x, y, r, slit)}"/>'


def word(slug: str) -> str:
    """A classification's name where there is little room."""
    return _SHORT.get(slug) or slug.replace("-", " ")


def rank(slug: str) -> int:
    """Where a classification stands in the order of secrecy; those that are not known come first."""
    return list(_FIGURES).index(slug) if slug in _FIGURES else -1


def n(value: float) -> str:
    """A coordinate with at most one decimal: enough for a pixel, and the same on every machine."""
    return _written(value) if value else f"{value:.1f}".removesuffix(".0")  # to a cache, both zeros are one


@lru_cache(maxsize=20_000)
def _written(value: float) -> str:
    """Marks stand in rows and columns: the same coordinates are written again and again."""
    return f"{value:.1f}".removesuffix(".0")


def _figure(slug: str) -> tuple[str, bool]:
    """The outline of a slug; one with words of its own (`secret-nodis`) has that of its first word, with the slit."""
    if slug in _FIGURES:
        return _FIGURES[slug]
    first = next((word for word in _FIRST_WORDS if slug.startswith(word + "-")), "")
    return (_FIGURES[first][0], True) if first else ("dash", False)


def _disc(x: float, y: float, r: float, slit: bool) -> str:
    gap = r / 4
    half = sqrt(r * r - gap * gap)
    upper = f"M{n(x - half)} {n(y - gap)}a{n(r)} {n(r)} 0 0 1 {n(2 * half)} 0z"
    return upper + f"M{n(x - half)} {n(y + gap)}a{n(r)} {n(r)} 0 0 0 {n(2 * half)} 0z"


def _square(x: float, y: float, r: float, slit: bool) -> str:
    a = round(r * 0.9)
    if not slit:
        return f"M{n(x - a)} {n(y - a)}h{2 * a}v{2 * a}h{-2 * a}z"
    part = n(a - r / 4)
    return f"M{n(x - a)} {n(y - a)}h{2 * a}v{part}h{-2 * a}zM{n(x - a)} {n(y + a)}h{2 * a}v-{part}h{-2 * a}z"


def _triangle(x: float, y: float, r: float, slit: bool) -> str:
    half, top, foot = round(r * 1.15), y - round(r * 1.2), y + round(r * 0.85)
    if not slit:
        return f"M{n(x)} {n(top)}l{half} {n(foot - top)}h{-2 * half}z"
    upper, lower = y - r * 0.05, y + r * 0.4
    at_upper = half * (upper - top) / (foot - top)
    at_lower = half * (lower - top) / (foot - top)
    tip = f"M{n(x)} {n(top)}L{n(x + at_upper)} {n(upper)}H{n(x - at_upper)}z"
    return tip + f"M{n(x - at_lower)} {n(lower)}H{n(x + at_lower)}L{n(x + half)} {n(foot)}H{n(x - half)}z"


def _diamond(x: float, y: float, r: float, slit: bool) -> str:
    return f"M{n(x)} {n(y - r * 1.2)}l{n(r * 1.2)} {n(r * 1.2)}l{n(-r * 1.2)} {n(r * 1.2)}l{n(-r * 1.2)} {n(-r * 1.2)}z"


def _cross(x: float, y: float, r: float, slit: bool) -> str:
    a, b = r * 0.4, r * 0.7
    arms = f"h{n(2 * a)}v{n(b)}h{n(b)}v{n(2 * a)}h{n(-b)}v{n(b)}h{n(-2 * a)}v{n(-b)}h{n(-b)}v{n(-2 * a)}h{n(b)}z"
    return f"M{n(x - a)} {n(y - a - b)}{arms}"


def _dash(x: float, y: float, r: float, slit: bool) -> str:
    return f"M{n(x - r)} {n(y - r / 3)}h{n(2 * r)}v{n(r * 2 / 3)}h{n(-2 * r)}z"


_PATHS = {"disc": _disc, "square": _square, "triangle": _triangle, "diamond": _diamond, "cross": _cross, "dash": _dash}
