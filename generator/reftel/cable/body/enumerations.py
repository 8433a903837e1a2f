"""Lettered and numbered items under a paragraph: `A.`, `a)`, `(a)`, `i.` are its sub-paragraphs, `1)`, `(1)`, `1.`
items of a list.

Like paragraphs they are known by their sequence: an item counts when it follows its predecessor, or begins a sequence
whose second item comes later, or bears a portion mark. So an initial or `I.` at the beginning of a wrapped line is
text.
"""

import re
from itertools import repeat
from typing import NamedTuple

from reftel.cable.marks import mark_at
from reftel.cable.sheet import Sheet

_ITEM = re.compile(
    r"\n[ \t]*(\(?)([A-Za-z]|[ivx]{2,4}|[IVX]{2,4}|\d{1,2})(\.\)|\)\.?|\.)(?:[ \t]+|(?=\()|(?<=\))(?=\w))"
)
_SPACE = re.compile(r"\s*")
_ENDED = re.compile(r"[.?!:;)\"”'’,-][ \t]*$|\b(?:and|or)[ \t]*$", re.I)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
MOST_ITEMS = 3000
SHORT_LINE = 50
"""A line as short as this was ended by its author, not by the width of the page."""


class Item(NamedTuple):
    """An item's beginning: where its text begins, and for a sub-paragraph its labels from the outermost in (`("a",
    "ii")`)."""

    text: int
    path: tuple[str, ...]
    """Empty for the item of a list."""
    mark: str | None
    mark_text: str | None


class _Seen(NamedTuple):
    start: int
    text: int
    label: str
    readings: tuple[tuple[str, int], ...]
    """What the label may be: (style, place in the sequence); `i` is a letter and a Roman one."""
    mark: str | None
    mark_text: str | None
    own_line: bool


def find_items(sheet: Sheet, starts: list[tuple[int, int]], labelled: list[int]) -> dict[int, Item]:
    """The items of the body, by the offset of their label. `starts`: where the numbered paragraphs begin, text begins;
    `labelled`: `shapes.labelled_lines` of the body."""
    text = sheet.text
    edges = [start for start, _ in starts]
    numbers = frozenset(edges)
    found: dict[int, Item] = {}
    part: list[_Seen] = []
    k = 0
    for match in map(_ITEM.match, repeat(text), [at for at in labelled if at + 1 not in numbers]):
        if not match:
            continue
        start = match.start(1)
        while k < len(edges) and edges[k] <= start:
            if part:
                found.update(_sequence(part, numbered=k > 0))
                part = []
            k += 1
        if k and starts[k - 1][0] <= start < starts[k - 1][1]:
            continue
        line = sheet.line_at(start)
        if not sheet.labels[line] and len(part) < MOST_ITEMS:
            part.append(_seen(sheet, match, line))
    if part:
        found.update(_sequence(part, numbered=k > 0))
    return found


def _seen(sheet: Sheet, match: re.Match[str], line: int) -> _Seen:
    opened, label, closed = match[1], match[2], match[3]
    blank = _SPACE.match(sheet.text, match.end())
    text = blank.end() if blank else match.end()
    marked = mark_at(sheet.text, text) if sheet.text.startswith("(", text) else None
    if marked:
        blank = _SPACE.match(sheet.text, marked[0][1])
        text = blank.end() if blank else marked[0][1]
    before = sheet.lines[line - 1] if line else ""
    roomy = ")" in closed and len(before.strip()) < SHORT_LINE
    own_line = roomy or not before.strip() or bool(line and sheet.labels[line - 1]) or _ENDED.search(before) is not None
    return _Seen(
        match.start(1),
        text,
        label.lower(),
        _readings(label, opened + closed),
        marked[1] if marked else None,
        sheet.text[slice(*marked[0])] if marked else None,
        own_line,
    )


def _readings(label: str, shape: str) -> tuple[tuple[str, int], ...]:
    if label.isdigit():
        return (("1" + shape, int(label)),)
    case = "A" if label.isupper() else "a"
    readings: list[tuple[str, int]] = []
    if len(label) == 1:
        readings.append((case + shape, ord(label.lower()) - 96))
    if label.lower() in _ROMAN:
        readings.append(("i" + case + shape, _ROMAN[label.lower()]))
    return tuple(readings)


def _sequence(seen: list[_Seen], numbered: bool) -> dict[int, Item]:
    """Those of one paragraph's possible items that stand in a sequence."""
    items: dict[int, Item] = {}
    last: dict[tuple[str, int], int] = {}
    for i, one in enumerate(seen):
        for reading in one.readings:
            last[reading] = i
    stack: list[tuple[str, int, str]] = []
    for i, one in enumerate(seen):
        placed = _placed(one, i, stack, last)
        if placed is None:
            continue
        depth, style, place = placed
        del stack[depth:]
        stack.append((style, place, one.label))
        path = tuple(label for style, _, label in stack if style[0] != "1")
        if style[0] == "1" or not numbered:
            path = ()
        items[one.start] = Item(one.text, path, one.mark, one.mark_text)
    return items


def _placed(
    one: _Seen, i: int, stack: list[tuple[str, int, str]], last: dict[tuple[str, int], int]
) -> tuple[int, str, int] | None:
    """Where in the open sequences the item belongs: (depth, style, place); None when it is text, as what is no letter
    and no number is: a redacted `xxx.`
    """
    if not one.readings:
        return None
    for depth in range(len(stack) - 1, -1, -1):
        style, place, _ = stack[depth]
        if (style, place + 1) in one.readings and one.own_line:
            return depth, style, place + 1
    for style, place in one.readings:
        if place == 1 and one.own_line and last.get((style, 2), -1) > i:
            same = [depth for depth, (open_style, _, _) in enumerate(stack) if open_style == style]
            return (same[0] if same else len(stack)), style, 1
    style, place = one.readings[0]
    if one.mark and style[0] != "1":
        same = [depth for depth, (open_style, _, _) in enumerate(stack) if open_style == style]
        return (same[0] if same else len(stack)), style, place
    return None
