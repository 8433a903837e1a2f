"""A draft: a block in the making, as lines of the cable."""

import msgspec

from reftel.cable.body.candidates import Candidate
from reftel.cable.body.enumerations import Item
from reftel.cable.body.flow import Line
from reftel.cable.model import BlockKind, Span


class Draft(msgspec.Struct, gc=False):
    """A block in the making: its lines, grouped into the items of a list or the rows of a table (else one group)."""

    kind: BlockKind
    groups: list[list[Line]]
    why: str
    paragraph: Candidate | None = None
    item: Item | None = None
    frame: list[Line] = []
    """The rules above and below a heading, the empty line of a lone number: part of the block, not of its text."""

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.groups[-1][-1]

    @property
    def span(self) -> Span:
        """From the printed number (or the rule above) to the last word."""
        start, end = self.groups[0][0].start, self.groups[-1][-1].end
        for line in self.frame:
            start, end = min(start, line.start), max(end, line.end)
        return (self.paragraph.start if self.paragraph else start), end

    @property
    def words(self) -> str:
        """The words as printed, line by line."""
        return "\n".join([line.words for group in self.groups for line in group])
