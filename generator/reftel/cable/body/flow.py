"""The lines of the body that are the author's, with what stands between them: the stream from which blocks are made."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from itertools import compress, count

import msgspec

from reftel.cable.body.shapes import LAST_WORD, LONG_LINE, Unplain, ends_sentence, is_columnar
from reftel.cable.furniture import DEBRIS, PAGE_MARKER
from reftel.cable.repeats import CAPTION
from reftel.cable.sheet import Sheet

_EMPTY = frozenset("-.>")
"""Lines that say nothing: old telexes print a dash where later ones leave a line blank. Right below a drawn line it is
the rest of that (08PARIS114)."""
_GOES_ON = re.compile(r"[a-z(,;]|--? [a-z]")
_MARKED = frozenset("-=_*~#—–•·+/>")
"""What rules, bullets and slashed titles begin with."""
_STOPPING = _MARKED | {"."}
LONGEST_RUN = 60
LAST_LINES = 12
"""So many lines at the end stay apart: the signature is among them."""
_COMES_TO_END = re.compile(r"\bend (?:[a-z]+ ){0,3}[a-z]+\W*$|x{4,}\W?$", re.I)
_HANGS = re.compile(
    r"(?:\b(?:the|of|to|an?|and|or|in|for|with|by|that|at|on|from|his|her|its|their|this|as|than|which|who)|,)$"
)
"""The sentence cannot end here."""
_NOTICE = re.compile(r"[\"“]?(?:Please visit|PLEASE VISIT|Visit|VISIT) \S.{2,60}\b(?i:web ?site)\b")
"""What posts printed below their last paragraph, often with no blank line before it: where their own pages are
(06PARIS7424)."""
_NOTICE_STARTS = frozenset('"“PV')
WRAPPED_WIDTH = 50
"""A line shorter than this has hardly been wrapped."""


class Line(msgspec.Struct, gc=False):
    """A line of the author's, or the part of it that belongs to one paragraph; wrapped lines that plainly go on are
    one."""

    index: int
    """Of the line in the sheet."""
    start: int
    end: int
    """Offsets of the words, without the blanks around them."""
    words: str
    broken: bool
    """Whether a blank line parts it from what stands before."""
    opens: int
    """The number of the paragraph (in the order of the text) that begins here; -1 for none."""
    last: int
    """The index of the last line, where several are one; else `index`."""
    resumes: bool = False
    """Whether nothing but furniture parts it from what stands before."""

    @property
    def exact(self) -> bool:
        """Whether the words stand in the text as they are, with no furniture cut out of them."""
        return self.end - self.start == len(self.words)

    @property
    def tail(self) -> str:
        """The words of its last line."""
        return self.words[self.words.rfind("\n") + 1 :].lstrip()

    def detach(self) -> "Line":
        """Takes the last of several lines away from the others: it may be a title over a rule."""
        tail = self.tail
        self.words = self.words[: self.words.rfind("\n")].rstrip()
        line = Line(self.last, self.end - len(tail), self.end, tail, False, -1, self.last)
        self.end = self.start + len(self.words)
        self.last -= 1
        return line

    def parts(self) -> list["Line"]:
        """Its lines one by one."""
        if self.last == self.index:
            return [self]
        lines: list[Line] = []
        at = self.start
        for words in self.words.split("\n"):
            kept = words.strip()
            start = at + len(words) - len(words.lstrip())
            index = self.index + len(lines)
            lines.append(Line(index, start, start + len(kept), kept, self.broken and not lines, -1, index))
            at += len(words) + 1
        return lines


def read_lines(sheet: Sheet, begin: int, starts: list[tuple[int, int]], items: Collection[int] = ()) -> list[Line]:
    """The unclaimed lines from offset `begin` on.

    `starts`: where each numbered paragraph begins, and where its text does; `items`: where the items of lists and
    sub-paragraphs do.
    """
    flow: list[Line] = []
    before = after = k = 0
    furniture = ""
    edge = begin
    labels, offsets, lines, stripped, text = sheet.labels, sheet.starts, sheet.lines, sheet.stripped, sheet.text
    cut = {sheet.line_at(start) for start, _ in sheet.cuts}
    openings = [start for start, _ in starts] + [len(text) + 1, len(text) + 1]
    limit = len(lines) - LAST_LINES
    stops = _stops(sheet, begin, openings[:-2], items, cut)
    unplain = Unplain(text, sheet.gap)
    i = sheet.line_at(begin) - 1
    while (i := i + 1) < len(lines):
        words = stripped[i]
        if not (words or labels[i] or furniture):
            before += 1
            continue
        if not words or labels[i] or (len(words) == 1 and words in _EMPTY):
            if labels[i] and labels[i] != DEBRIS:
                furniture, after = labels[i], 0
            elif furniture:
                after += 1
            elif not words or not flow or not flow[-1].words.endswith("- -"):
                before += 1
            continue
        start = offsets[i] if lines[i][0] == words[0] else offsets[i] + len(lines[i]) - len(lines[i].lstrip())
        end = start + len(words)
        whole = start >= edge and i not in cut
        if openings[k] == start and whole and starts[k][1] < end <= openings[k + 1]:
            edge = starts[k][1]
            flow.append(Line(i, edge, end, text[edge:end], True, k, i))
            k += 1
        else:
            if not whole:
                start, end, words = _without_cuts(sheet, max(edge, start), end)
                if not words:
                    continue
            broken = not flow
            if flow and before + after:
                below = lines[i + 1].lstrip() if i + 1 < len(lines) else ""
                broken = _broken(flow[-1], words, below, before, after, furniture)
            broken = broken or (words[0] in _NOTICE_STARTS and _NOTICE.match(words) is not None)
            if openings[k] < end:
                k = _split(sheet, flow, Line(i, start, end, words, broken, -1, i), starts, k)
                edge = starts[k - 1][1]
            else:
                if words[0] in _MARKED and flow and flow[-1].last > flow[-1].index:
                    flow.append(flow[-1].detach())
                flow.append(Line(i, start, end, words, broken, -1, i, furniture != "" and not broken))
        if i < limit and i not in cut and words[0] not in _MARKED and flow[-1].words:
            i = _go_on(sheet, flow[-1], i, stops, unplain)
        before = after = 0
        furniture = ""
    return flow


def _stops(sheet: Sheet, begin: int, openings: list[int], items: Iterable[int], cut: set[int]) -> list[int]:
    """The lines that no run goes into, in order: those that are blank, claimed, begin like a rule or a bullet, with
    cuts, or in which something begins; then the end."""
    first = sheet.line_at(begin)
    stops = [
        i
        for i, words in enumerate(sheet.stripped[first:], first)
        if not words or (words[0] in _STOPPING and (words[0] != "." or words == "."))
    ]
    stops += compress(count(first), sheet.labels[first:])
    stops += [*cut, *map(sheet.line_at, items), *map(sheet.line_at, openings), len(sheet.lines)]
    stops.sort()
    return stops


def _go_on(sheet: Sheet, line: Line, i: int, stops: list[int], unplain: Unplain) -> int:
    """Joins to line `i` the wrapped lines that plainly go on; returns the last one's index.

    They do up to the next line that is blank or begins like a rule or a bullet, where none is as long as a whole
    paragraph and none holds columns, a rule or a title between slashes.
    """
    lines = sheet.lines
    last = min(stops[bisect_right(stops, i)] - 1, len(lines) - LAST_LINES, i + LONGEST_RUN)
    if last <= i or max(map(len, lines[i : last + 1])) > LONG_LINE + 2:
        return i
    end = sheet.starts[last] + len(lines[last].rstrip())
    if unplain.stands_in(line.start, end) or (line.opens < 0 and any(map(is_columnar, lines[i : last + 1]))):
        return i
    line.words, line.end, line.last = sheet.text[line.start : end], end, last
    return last


def _split(sheet: Sheet, flow: list[Line], line: Line, starts: list[tuple[int, int]], k: int) -> int:
    """Part a line in which paragraphs begin, paragraph `k` first; returns the next paragraph."""
    at, broken = line.start, line.broken
    while k < len(starts) and starts[k][0] < line.end:
        opening, text = starts[k]
        if opening > at and (before := _part(sheet, line, at, opening, broken, -1)).words:
            flow.append(before)
        stop = starts[k + 1][0] if k + 1 < len(starts) else line.end
        at = max(text, min(stop, line.end))
        flow.append(_part(sheet, line, text, at, True, k))
        k += 1
    return k


def _part(sheet: Sheet, line: Line, start: int, end: int, broken: bool, opens: int) -> Line:
    start, end, words = _without_cuts(sheet, start, end)
    return Line(line.index, start, end, words, broken, opens, line.index)


def _without_cuts(sheet: Sheet, start: int, end: int) -> tuple[int, int, str]:
    """The words from `start` to `end` without the furniture inside, and where they begin and end."""
    parts = [(a, b) for a, b in sheet.uncut(start, end) if sheet.text[a:b].strip()]
    if not parts:
        return start, start, ""
    (first, first_end), (last, last_end) = parts[0], parts[-1]
    start = first_end - len(sheet.text[first:first_end].lstrip())
    end = last + len(sheet.text[last:last_end].rstrip())
    return start, end, " ".join(sheet.text[a:b] for a, b in parts).strip()


def comes_to_end(words: str) -> bool:
    """What need not be a sentence's middle though no full stop ends it: an end mark, a redaction, a bracket."""
    lower = words.lower()
    may_be = not lower.isascii() or "end " in lower or "xxxx" in lower
    return words.endswith(")") or (may_be and _COMES_TO_END.search(words) is not None)


def _hangs(words: str) -> bool:
    return _HANGS.search(words, max(0, len(words) - LAST_WORD)) is not None


def _broken(last: Line, words: str, below: str, before: int, after: int, furniture: str) -> bool:
    """Whether a gap is the author's, or only the page's: blank lines before and after what furniture stands in it.

    `words` stand behind the gap, `below` is the line under them.

    A page marker stands in a frame of blank lines of its own: one before, two (or one) after, or none at all; a
    caption printed again has one before it. What is more is the author's. A sentence that goes on in small letters
    was never parted: some teleprinters leave a line blank after each that is too long for them (09BERLIN1626).
    """
    if last.opens >= 0 and not last.words:
        return False
    unfinished = not ends_sentence(last.words) and not last.words.endswith(("---", "===", "***"))
    if not unfinished and not furniture:
        return True
    width = len(last.tail)
    wrapped = width > WRAPPED_WIDTH
    several = not last.broken or last.last > last.index or last.opens >= 0 or width > LONG_LINE
    goes_on = _GOES_ON.match(words) and (furniture or wrapped or several)
    full = furniture or len(words) > WRAPPED_WIDTH or below[:1].isalnum() or _hangs(last.tail)
    prose = several and wrapped and full and words[0].isalnum() and not comes_to_end(last.tail)
    if unfinished and (goes_on or prose):
        return False
    if not furniture:
        return True
    if furniture == CAPTION:
        return before > 1 or after > 0
    if furniture != PAGE_MARKER:
        return after > 0
    if not before or not after:
        return True
    return before > 1 or after > 2
