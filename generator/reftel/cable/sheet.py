"""The text of one cable as lines, each of which a parsing step may claim by a label.

Every step reads lines that no earlier step has claimed, and says what it recognised and why: that is what
`reftel inspect` prints, and it is how page furniture inside a field or a paragraph disappears from the reading text.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from reftel.cable.model import RecordProblem, Span


@dataclass(slots=True)
class Joined:
    """Several pieces of the text as one string, which remembers where each of its characters stood."""

    text: str
    starts: list[int]
    """Offsets in `text` at which a piece begins (the first is 0)."""
    origins: list[int]
    """Where each of these pieces begins in the cable's text."""

    def origin(self, offset: int) -> int:
        """The place in the cable's text of the character at `offset` of `text`."""
        if not self.starts:
            return 0
        i = max(0, bisect_right(self.starts, offset) - 1)
        return self.origins[i] + offset - self.starts[i]

    def span(self, start: int, end: int) -> Span:
        """The span in the cable's text of `text[start:end]`, which must not be empty."""
        return self.origin(start), self.origin(end - 1) + 1


@dataclass(slots=True)
class Sheet:
    """A cable's text while it is parsed. Line indexes count from 0 here; line numbers in problems from 1."""

    text: str
    lines: list[str] = field(init=False)
    starts: list[int] = field(init=False)
    """The offset at which each line begins."""
    labels: list[str] = field(init=False)
    """What each line was recognised as; "" while nobody has claimed it."""
    reasons: list[str] = field(init=False)
    problems: list[RecordProblem] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")
        self.starts = []
        offset = 0
        for line in self.lines:
            self.starts.append(offset)
            offset += len(line) + 1
        self.labels = [""] * len(self.lines)
        self.reasons = [""] * len(self.lines)
        self.problems = []

    def claim(self, index: int, label: str, why: str) -> None:
        """Say what a line is; the first claim stands."""
        if not self.labels[index]:
            self.labels[index] = label
            self.reasons[index] = why

    def line_at(self, offset: int) -> int:
        """The index of the line that holds the character at `offset`."""
        return bisect_right(self.starts, offset) - 1

    def doubt(self, offset: int, message: str) -> None:
        """Report a problem at a place of the text."""
        self.problems.append(RecordProblem(self.line_at(offset) + 1, message))
