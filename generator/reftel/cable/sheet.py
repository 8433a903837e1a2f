"""The text of one cable as lines, each of which a parsing step may claim by a label.

Every step reads lines that no earlier step has claimed, and says what it recognised and why: that is what
`reftel inspect` prints, and it is how page furniture inside a field or a paragraph disappears from the reading text.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import AnyStr

import msgspec

from reftel.cable.broken_words import broken_words
from reftel.cable.model import RecordProblem, Span

_WORD = re.compile(r"\S+")

_ODD_BLANKS = frozenset(sign for sign in map(chr, range(0x3001)) if sign.isspace() and sign not in " \n")
_ODD_ASCII_BLANKS = "".join(filter(str.isascii, sorted(_ODD_BLANKS)))
_OTHER_ODD_BLANKS = "".join(sorted(_ODD_BLANKS - set(_ODD_ASCII_BLANKS)))
LONG_TEXT = 8000
"""Characters; no block of a real cable is much longer."""


class Joined(msgspec.Struct, gc=False):
    """Several pieces of the cable's text as one string, which knows where each of its characters stood.

    The words of `text` are the words of the pieces, in order; only the blanks between them differ (and a word that
    was broken over a line end has become one). So the way back is found by walking both, when somebody asks for it.
    """

    text: str
    source: str
    """The cable's text."""
    pieces: list[Span]
    """What was joined, as spans of `source`."""
    mended: bool = False
    """Whether a word broken over a line end is among them."""
    _words: tuple[list[int], list[int]] | None = None
    """Of a long text: where its words begin, here and in the cable's text."""

    def origin(self, offset: int) -> int:
        """The place in the cable's text of the character at `offset` of `text`."""
        if not self.text or self.text.isspace():
            return self.pieces[0][0] if self.pieces else 0
        start, end = self.pieces[0]
        if end - start == len(self.text) and len(self.pieces) == 1:  # no blank was left out
            return start + offset
        if self.mended:
            return self._place(len("".join(self.text[: offset + 1].split())) - 1)
        if len(self.text) > LONG_TEXT:
            return self._from_table(offset)
        if 2 * offset > len(self.text) and len(self.pieces) == 1:
            return self._from_behind(offset)
        before = self.text[: offset + 1].split() or [""]
        skipped = len(before) - 1
        for start, end in self.pieces:
            words = self.source[start:end].split(None, skipped)
            if len(words) > skipped:
                return end - len(words[-1]) + max(0, len(before[-1]) - 1)
            skipped -= len(words)
        return self.pieces[-1][1]

    def _from_table(self, offset: int) -> int:
        """The same for a long text, in which many places may be asked for."""
        if self._words is None:
            here = [word.start() for word in _WORD.finditer(self.text)]
            there = [word.start() for start, end in self.pieces for word in _WORD.finditer(self.source, start, end)]
            self._words = here, there
        here, there = self._words
        word = max(0, bisect_right(here, offset) - 1)
        return there[word] + offset - here[word]

    def _from_behind(self, offset: int) -> int:
        """The same, counting the words that follow."""
        start, end = self.pieces[0]
        after = self.text[offset:].split()
        if not after:
            return start + len(self.source[start:end].rstrip()) - 1
        head = self.source[start:end].rsplit(None, len(after))
        at = start + (len(head[0]) if len(head) > len(after) else 0)
        word = _WORD.search(self.source, at, end)
        return (word.end() if word else end) - len(after[0])

    def span(self, start: int, end: int) -> Span:
        """The span in the cable's text of `text[start:end]`, which must not be empty."""
        first = self.origin(start)
        if len(self.pieces) == 1 and self.source.startswith(self.text[start:end], first):
            return first, first + end - start
        return first, self.origin(end - 1) + 1

    def _place(self, letter: int) -> int:
        """Where the letter stands of which `letter` others (blanks not counted) stand before it."""
        for start, end in self.pieces:
            for word in _WORD.finditer(self.source, start, end):
                length = word.end() - word.start()
                if letter < length:
                    return word.start() + letter
                letter -= length
        return self.pieces[-1][1] - 1


@dataclass(slots=True)
class Sheet:
    """A cable's text while it is parsed. Line indexes count from 0 here; line numbers in problems from 1."""

    text: str
    explained: bool = False
    """Whether somebody will ask what each line of the body was recognised as: `inspect` does, and nobody else."""
    lines: list[str] = field(init=False)
    stripped: list[str] = field(init=False)
    """The lines without the blanks around them."""
    starts: list[int] = field(init=False)
    """The offset at which each line begins."""
    labels: list[str] = field(init=False)
    """What each line was recognised as; "" while nobody has claimed it."""
    reasons: list[str] = field(init=False)
    problems: list[RecordProblem] = field(init=False)
    cuts: list[Span] = field(init=False)
    """Furniture inside a line of text (a page marker in mid-sentence), which joining leaves out. Sorted, none
    overlaps another."""
    odd_blanks: bool = field(init=False)
    """Whether other blanks than ` ` and line ends stand in the text."""
    lower: bytes = field(init=False)
    """The text in small letters, a byte for each character (`?` where there is none): where a word stands is found
    fastest in it."""
    doubled: int = field(init=False)
    """Where blanks stand doubled for the last time, -1 for nowhere; and `gap`, where three of them do."""
    gap: int = field(init=False)
    broken: list[int] = field(init=False)
    """Offsets of the line ends inside a word, in order; see `broken_words`."""

    def __post_init__(self) -> None:
        self.lines = self.text.split("\n")
        self.stripped = list(map(str.strip, self.lines))
        self.starts = list(accumulate([len(line) + 1 for line in self.lines], initial=0))
        self.starts.pop()
        self.labels = [""] * len(self.lines)
        self.reasons = self.labels.copy()
        self.problems = []
        self.cuts = []
        self.odd_blanks = _has_odd_blanks(self.text)
        self.lower = self.text.encode("latin-1", "replace").lower()
        self.doubled = self.text.rfind("  ")
        self.gap = self.text.rfind("   ", 0, self.doubled + 2)
        self.broken = broken_words(self.text, self.lines)

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

    def join(self, start: int, end: int) -> Joined:
        """The text from offset `start` to `end` without claimed lines and cuts, wrapped lines joined, blanks
        collapsed."""
        return self.join_pieces(self.unclaimed(start, end))

    def join_pieces(self, pieces: list[Span]) -> Joined:
        """The same for pieces of the text that the caller has chosen."""
        if self.broken:
            words = " ".join([self._mended(start, end) for start, end in pieces])
        elif len(pieces) == 1:
            words = self.text[pieces[0][0] : pieces[0][1]]
        else:
            words = " ".join([self.text[start:end] for start, end in pieces])
        return Joined(" ".join(words.split()), self.text, pieces, bool(self.broken))

    def words_of(self, first: int, start: int, last: int, end: int) -> str:
        """The words from offset `start` in line `first` to `end` in line `last`, single blanks between them."""
        if first == last:
            words = self.text[start:end]
        elif start >= self.starts[first + 1]:
            return " ".join(self.text[start:end].split())
        else:
            head = self.text[start : self.starts[first + 1]].rstrip()
            tail = self.text[self.starts[last] : end].lstrip()
            words = " ".join([head, *self.stripped[first + 1 : last], tail]).strip()
        if self.odd_blanks:
            return " ".join(words.split())
        if self.doubled < start:
            return words
        words = words.replace("  ", " ")
        while self.gap >= start and "  " in words:
            words = words.replace("  ", " ")
        return words

    def unclaimed(self, start: int, end: int) -> list[Span]:
        """What of `[start, end)` stands in lines nobody has claimed, outside the cuts: as few pieces as possible."""
        pieces: list[Span] = []
        at = start
        for i in range(self.line_at(start), self.line_at(max(start, end - 1)) + 1):
            if self.labels[i]:
                pieces.append((at, self.starts[i]))
                at = self.starts[i] + len(self.lines[i])
        pieces.append((at, end))
        return [part for piece in pieces for part in self.uncut(*piece)]

    def uncut(self, start: int, end: int) -> list[Span]:
        """What of `[start, end)` stands outside the cuts."""
        if not self.cuts:
            return [(start, end)] if start < end else []
        parts: list[Span] = []
        for i in range(max(0, bisect_right(self.cuts, (start, start)) - 1), len(self.cuts)):
            cut_start, cut_end = self.cuts[i]
            if cut_start >= end:
                break
            if cut_end > start:
                parts.append((start, cut_start))
                start = cut_end
        return [part for part in [*parts, (start, end)] if part[0] < part[1]]

    def _mended(self, start: int, end: int) -> str:
        """The text from `start` to `end` without the line ends inside a word."""
        ends = self.broken[bisect_left(self.broken, start) : bisect_left(self.broken, end)]
        return "".join(self.text[a:b] for a, b in zip([start, *[at + 1 for at in ends]], [*ends, end], strict=True))


def _has_odd_blanks(text: str) -> bool:
    if any(map(text.__contains__, _ODD_ASCII_BLANKS)):
        return True
    return not text.isascii() and any(map(text.__contains__, _OTHER_ODD_BLANKS))


def places_of(word: AnyStr, text: AnyStr, start: int = 0) -> Iterator[int]:
    """Where a word stands in a text from `start` on. What is rare is found so ten times as fast as by a pattern."""
    at = text.find(word, start)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
