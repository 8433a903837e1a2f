"""The fields of the preamble while its lines are walked over: what each holds, and what has been found so far."""

import msgspec

from reftel.cable.markings import ClassificationLine
from reftel.cable.model import Span
from reftel.cable.sheet import Sheet

KEYS = {"eo": "declassify_on"}
CLAIMS = {"eo": "E.O. line", "classified_by": "classified by", "refs": "REF", "tags": "TAGS", "subject": "subject"}


class Part(msgspec.Struct, gc=False):
    """One field: the offset of its label, its value's `[start, end)`, and its lines."""

    kind: str
    label: int
    start: int
    end: int
    lines: list[int]
    why: str
    line_start: int
    """Where its line begins, if nothing but a mark stands before the label; else the label's offset."""

    @property
    def key(self) -> str:
        """The field's name among the spans."""
        return KEYS.get(self.kind, self.kind)

    @property
    def claim(self) -> str:
        """What its lines are claimed as."""
        return CLAIMS[self.kind]


class Walk(msgspec.Struct, gc=False):
    """What a walk over the preamble has found; `end` is where the body begins."""

    sheet: Sheet
    parts: dict[str, Part] = {}
    repeated: list[Part] = []
    """Fields printed a second time: claimed, and no more (09BAGHDAD2569)."""
    current: Part | None = None
    """The field that may go on."""
    line: ClassificationLine | None = None
    captions: list[str] = []
    attention: list[int] = []
    corrected: bool = False
    spans: dict[str, Span] = {}
    ahead: int = -1
    """The line of the next label, as far as it was looked for."""
    unknown: int | None = None
    """The first line that belongs to nothing."""
    body: int | None = None
    """Where the body begins in mid-line."""
    end: int = 0

    def add(self, part: Part) -> None:
        """Begin a field; of one that is printed twice, the first counts."""
        self.current = part
        if part.kind in self.parts:
            self.repeated.append(part)
            part.why += ", printed again"
        else:
            self.parts[part.kind] = part

    def begin_again(self) -> None:
        """Forget the fields so far: they stood above a classification line and follow below it (09ULAANBAATAR234)."""
        self.repeated += self.parts.values()
        self.parts = {}
        self.current = None
