"""The frame that drawings and charts share: the lanes' names, which stay in place, beside the marks, which scroll."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from reftel.site.markup import clean
from reftel.site.shapes import n


@dataclass(frozen=True, slots=True)
class Field:
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
        f'<svg class="lanes" {column.size()} aria-hidden="true">{names}</svg>'
        f'<div class="scroll"><svg class="marks" {field.size()} role="group" aria-label="{escape(clean(title))}">\n'
        f"{marks}</svg></div></div>\n<figcaption>{caption}</figcaption></figure>\n"
    )
