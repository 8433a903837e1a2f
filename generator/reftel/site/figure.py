"""The frame that drawings and charts share: the lanes' names, which stay in place, beside the marks, which scroll."""

from collections.abc import Sequence

import msgspec
from markupsafe import Markup, escape

from reftel.site.markup import clean
from reftel.site.shapes import n

_WORDS = 'font-size="11" text-anchor'
"""Without the style sheet, too, words stand where they belong."""


class Field(msgspec.Struct, frozen=True, gc=False):
    """The field of a drawing in pixels: its left and upper edges in its own coordinates, its width and height."""

    left: float
    top: float
    width: float
    height: float

    def size(self) -> str:
        """As attributes of an SVG element: the drawing is neither stretched nor shrunk."""
        box = f"{n(self.left)} {n(self.top)} {n(self.width)} {n(self.height)}"
        return f'width="{n(self.width)}" height="{n(self.height)}" viewBox="{box}"'


def figure(kind: str, title: str, names: str, names_width: float, marks: str, field: Field, caption: str) -> Markup:
    """A `<figure>` of finished SVG: `names` in a column of `names_width` at the left, `marks` in a field that may
    scroll.
    """
    column = Field(0, field.top, names_width, field.height)
    return Markup(
        f'<figure class="drawing {kind}">\n<div class="strip">'
        f'<svg class="lanes" {column.size()} {_WORDS}="end" aria-hidden="true">{names}</svg><div class="scroll">'
        f'<svg class="marks" {field.size()} {_WORDS}="middle" role="group" aria-label="{escape(clean(title))}">\n'
        f"{marks}</svg></div></div>\n<figcaption>{caption}</figcaption></figure>\n"
    )


def rails(heights: Sequence[float], left: float, right: float) -> str:
    """The lines of the lanes, as one element."""
    return f'<path class="rails" stroke="#ccc" d="{"".join(f"M{n(left)} {n(y)}H{n(right)}" for y in heights)}"/>'
