"""Where a paragraph may begin: everything that could be its number, each with a worth of its own.

A number before a portion mark counts anywhere in the text, a number with a full stop at the beginning of a line.
"""

import re
from typing import NamedTuple

from reftel.cable.body.shapes import LONG_LINE, ends_sentence, is_rule
from reftel.cable.marks import FIRST_SIGNS, mark_at, normal_mark
from reftel.cable.sheet import Sheet

HIGHEST = 399
"""No cable numbers its paragraphs beyond this; what is higher is a quantity."""

# What a candidate is worth by itself. Only the proportions matter.
MARKED, MARKED_IN_LINE, MARK_FIRST, MARKED_ITEM = 16.0, 6.0, 8.0, -6.0
ALONE, RUN_ON, WRAPPED = 3.0, -1.0, -3.0
BARE_AMONG_MARKED = -3.5
DEEPEST_INDENT = 100

_USUAL = re.compile(r"\n[ \t]{0,60}(\d{1,3})\.[ \t]{0,3}(\(([^()]{1,40})\))\s*")
"""`4. (C)` at the beginning of a line, as nearly all paragraphs begin: found in one pass."""
_NUMBER_LINE = re.compile(r"\n[ \t]*(\d{1,3})\.{1,2}(?![\d.])")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})\.{1,2}(?![\d.])")
_BEFORE_MARK = re.compile(r"(\(?)(?<![\d.,/$:-])(\d{1,3})((?:\)[.,]{0,2})|(?:[.,]{0,2}\)?))\s*$")
_MARK_FIRST = re.compile(r"[ \t]*(\d{1,3})[.,)]{1,2}\s+")
_SPACE = re.compile(r"\s*")
_HALF_MARK = re.compile(r"([A-Z/]{1,8})\)")
_BRACKET = re.compile(
    rf"\((?=[{re.escape(''.join(sorted(FIRST_SIGNS)))}\s]|[^\x00-\x7f])"
    r"(?:(?<=[.,)0-9]\()|(?<=[.,)0-9]\s\()|(?<=[.,)0-9]\s{2}\()|(?<=[.,)0-9]\s{3}\()|(?<=\s{4}\()|(?<=\n\()"
    r"|(?<![\s\S]{4}\())"
)
"""A bracket that stands where a portion mark can, behind a number or at the beginning of a line, and may be one."""
_DOUBLED = re.compile(r"\d{1,3}\.[ \t]+(?=[^\s\d])")


class Candidate(NamedTuple):
    """A place where a paragraph may begin."""

    start: int
    """Offset of the printed number (or of what opens it)."""
    text: int
    """Offset after the printed number and mark."""
    number: int
    mark: str | None
    mark_text: str | None
    worth: float


def find_candidates(sheet: Sheet, start: int, labelled: list[int]) -> list[Candidate]:
    """All candidates from offset `start` on, in order of the text. `labelled`: `shapes.labelled_lines` from there."""
    marked = _marked(sheet, start, labelled)
    bare = _bare(sheet, start, labelled, {candidate.start for candidate in marked})
    if bare and _complete(marked):
        bare = [candidate for candidate in bare if not _is_set_in(sheet.text, candidate.start)]
    if len(marked) > len(bare):
        bare = [candidate._replace(worth=candidate.worth + BARE_AMONG_MARKED) for candidate in bare]
    return _without_doubles(sorted(marked + bare))


def _complete(marked: list[Candidate]) -> bool:
    """Whether the marked numbers count from 1 without a gap: then one that is set in, without a mark, is a list's."""
    return len(marked) > 2 and all(candidate.number == place for place, candidate in enumerate(marked, 1))


def _is_set_in(text: str, start: int) -> bool:
    return text.startswith("  ", max(0, start - 2))


def _marked(sheet: Sheet, start: int, labelled: list[int]) -> list[Candidate]:
    """Numbers that stand before (or, once in a thousand cables, after) a portion mark."""
    text = sheet.text
    found: list[Candidate] = []
    usual = _usual(text, start, labelled)
    claimed = any(sheet.labels[sheet.line_at(start) :])
    end = start
    for bracket in _BRACKET.finditer(text, start):
        at = bracket.start()
        if at < end:
            continue
        if candidate := usual.get(at):
            end = candidate.text
        elif mark := mark_at(text, at):
            (_, end), normal = mark
            candidate = _before(sheet, start, at, end, normal) or _after(sheet, at, end, normal)
        if candidate and not (claimed and sheet.labels[sheet.line_at(candidate.start)]):
            found.append(candidate)
    if found and all(candidate.worth == MARKED_ITEM for candidate in found):
        return [candidate._replace(worth=MARKED) for candidate in found]
    return found


def _usual(text: str, start: int, labelled: list[int]) -> dict[int, Candidate]:
    """The candidates that are printed in the usual way, by the offset of their mark's bracket."""
    found: dict[int, Candidate] = {}
    end = start
    for at in labelled:
        if at >= end and (match := _USUAL.match(text, at)):
            mark, number, end = normal_mark(match[3]), int(match[1]), match.end()
            if mark and 0 < number <= HIGHEST:
                found[match.start(2)] = Candidate(match.start(1), end, number, mark, match[2], MARKED)
    return found


def _is_alone(sheet: Sheet, offset: int) -> bool:
    """Whether nothing but blanks stands before `offset` in its line."""
    line = sheet.starts[sheet.line_at(offset)]
    return offset - line < DEEPEST_INDENT and not sheet.text[line:offset].strip()


def _before(sheet: Sheet, start: int, at: int, end: int, mark: str) -> Candidate | None:
    """`4. (C)`, `4, (C)`, `10 (C)`, `(13) (C)`, `1.(C)`: the number before the mark that stands at `[at, end)`.

    `1) (C)` is the item of a list (09STATE124636) unless all of the cable's marked numbers are printed so.
    """
    text = sheet.text
    lead = max(start, at - 16)
    number = _BEFORE_MARK.search(text[lead:at])
    if not number or not 0 < int(number[2]) <= HIGHEST:
        return None
    begin = lead + number.start()
    if begin == start or _is_alone(sheet, begin):
        worth = MARKED_ITEM if ")" in number[3] and not number[1] else MARKED
    elif "." in number[3] or "," in number[3]:
        worth = MARKED_IN_LINE
    else:
        return None
    return Candidate(begin, _past_blanks(text, end), int(number[2]), mark, text[at:end], worth)


def _after(sheet: Sheet, at: int, end: int, mark: str) -> Candidate | None:
    """`(C) 1.` at the beginning of a line: the number after the mark (09ANKARA226 shows the genre's freedom)."""
    text = sheet.text
    number = _MARK_FIRST.match(text, end)
    if not number or not _is_alone(sheet, at) or not 0 < int(number[1]) <= HIGHEST:
        return None
    return Candidate(at, number.end(), int(number[1]), mark, text[at:end], MARK_FIRST)


def _bare(sheet: Sheet, start: int, labelled: list[int], taken: set[int]) -> list[Candidate]:
    """Numbers with a full stop at the beginning of a line, without a portion mark, or with half of one (`1. C)`,
    09ABIDJAN406).

    Half a mark tells a paragraph, but what it was is a guess: it stays in the text.
    `1. 1.` counts once (09LAPAZ1784). `taken`: where candidates begin already.
    """
    text, labels = sheet.text, sheet.labels
    found: list[Candidate] = []
    opening = _NUMBER.match(text, start)
    lines = [_NUMBER_LINE.match(text, at) for at in labelled if at >= start and at + 1 not in taken]
    for number in (opening, *lines):
        if not number or number.start(1) in taken:
            continue
        line = sheet.line_at(number.start(1))
        if labels[line] or not 0 < int(number[1]) <= HIGHEST:
            continue
        end = _past_blanks(text, number.end())
        half = _HALF_MARK.match(text, end)
        if half and normal_mark(half[1]):
            found.append(Candidate(number.start(1), end, int(number[1]), None, None, MARKED))
            continue
        if doubled := _DOUBLED.match(text, end):
            end = doubled.end()
        worth = ALONE if number is opening else _standing(sheet, line)
        found.append(Candidate(number.start(1), end, int(number[1]), None, None, worth))
    return found


def _standing(sheet: Sheet, line: int) -> float:
    """What the place of a number at the beginning of `line` is worth: after a blank line or a rule, after a sentence,
    or wrapped."""
    before = sheet.stripped[line - 1] if line else ""
    if not before or sheet.labels[line - 1] or is_rule(before):
        return ALONE
    if not ends_sentence(before):
        return WRAPPED
    return ALONE if max(len(before), len(sheet.lines[line])) > LONG_LINE else RUN_ON


def _past_blanks(text: str, offset: int) -> int:
    found = _SPACE.match(text, offset)
    return found.end() if found else offset


def _without_doubles(candidates: list[Candidate]) -> list[Candidate]:
    """`1. (C)` and on the next line again `1. (C) During...` (10BRASILIA51), or `3. 3. (C)`: one paragraph."""
    kept: list[Candidate] = []
    for candidate in candidates:
        if kept and kept[-1].text >= candidate.start and kept[-1].number == candidate.number:
            candidate = candidate._replace(start=kept.pop().start)
        kept.append(candidate)
    return kept
