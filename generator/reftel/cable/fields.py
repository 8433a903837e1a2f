"""Which lines of the preamble belong to which field.

A field begins with its label, at the start of a line or behind another field, and goes on as `field_ends` says. The
walk ends at the first numbered paragraph, or where nothing known follows any more; a line that belongs to no field
stays in the body.
"""

import re

from reftel.cable.field_ends import goes_on
from reftel.cable.labels import (
    INSTRUCTION,
    SENTENCE,
    body_inside,
    is_paragraph,
    kind_of_label,
    label_inside,
    label_of,
    labels_inside,
)
from reftel.cable.markings import ClassificationLine, caption_words, leading_captions, read_classification_line
from reftel.cable.parts import Part, Walk
from reftel.cable.sheet import Sheet

CORRECTED = re.compile(r"[ \t]*+(?:C ?O ?R ?R ?E ?C ?T ?E ?D)\s+(?:C ?O ?P ?Y|CABLE)\b", re.I)
REACH = 16
"""How many lines ahead a further label is looked for, below a line that says nothing."""
LONGEST_VALUE = 2000
"""So many characters of a field are looked at to see whether it goes on."""


def walk(sheet: Sheet, start: int) -> Walk:
    """Go over the lines from offset `start` until the body begins."""
    found = Walk(sheet)
    gap = False
    index = sheet.line_at(start) if start < len(sheet.text) else len(sheet.lines)
    while index < len(sheet.lines) and found.body is None:
        if not sheet.stripped[index]:
            gap = True
            index += 1
            continue
        offset, line = sheet.starts[index], sheet.lines[index]
        whole = offset >= start and not sheet.cuts
        if offset < start:
            offset, line = start, line[start - offset :]
        line = _without_cuts(sheet, line, offset) if sheet.cuts else line
        if not whole and (not line or line.isspace()):
            gap = True
        elif sheet.labels[index]:
            found.captions += caption_words(line)
        elif captions := caption_words(line):
            _take_captions(found, captions, line, offset, index)
        elif _take_line(found, line, offset, index, gap):
            gap = False
        else:
            break
        index += 1
    stop = sheet.starts[index] if index < len(sheet.lines) else len(sheet.text)
    found.end = min(place for place in (found.unknown, found.body, stop) if place is not None)
    return found


def _without_cuts(sheet: Sheet, line: str, offset: int) -> str:
    """The line with blanks for the furniture inside it (09LAPAZ96: `SIPDIS <br>`)."""
    end = offset + len(line)
    parts = sheet.uncut(offset, end)
    if parts == [(offset, end)]:
        return line
    kept, at = "", offset
    for start, stop in parts:
        kept += " " * (start - at) + sheet.text[start:stop]
        at = stop
    return kept + " " * (end - at)


def _take_line(found: Walk, line: str, offset: int, index: int, gap: bool) -> bool:
    """Give a line to a field, or mark it as something else of the preamble; False where the body begins."""
    label, current = label_of(line), found.current
    own = label is not None and current is not None and kind_of_label(label) == current.kind
    if current and (own or not label) and _belongs(found.sheet, current, line, own, index, gap):
        current.lines.append(index)
        _extend(found, current, line, offset, 0, index)
        return True
    if is_paragraph(line):
        return False
    if label:
        _open(found, kind_of_label(label), label, line, offset, index)
        return True
    if CORRECTED.match(line):
        found.corrected, found.current = True, None
        found.sheet.claim(index, "corrected", "says that the cable was sent again with a correction")
        return True
    if known := read_classification_line(line):
        _take_classification(found, known, line, offset, index)
        return True
    found.current = None
    ahead = _label_ahead(found, index)
    if not found.parts and found.unknown is None and (ahead or _is_attention(line)):
        _take_attention(found, line, offset, index)
        return True
    if ahead and found.unknown is None:
        found.unknown = found.sheet.starts[index]
    return ahead


def _belongs(sheet: Sheet, part: Part, line: str, own: bool, index: int, gap: bool) -> bool:
    """Whether the line belongs to the field above it, whose own label it may begin with."""
    value = sheet.text[max(part.start, part.end - LONGEST_VALUE) : part.end].strip()
    taken = [sheet.lines[i] for i in part.lines]
    return goes_on(part.kind, value, taken, line, own, sheet.lines[index + 1 : index + 7], gap)


def _open(found: Walk, kind: str, label: re.Match[str], line: str, offset: int, index: int) -> None:
    """Begin a field at its label; the line may hold further fields, and the beginning of the body."""
    begin = offset + label.start(label.lastgroup or 0)
    end = offset + label.end()
    part = Part(kind, begin, end, end, [index], f"begins with {label.group().strip()!r}", offset + label.start())
    found.add(part)
    _extend(found, part, line, offset, label.end(), index)


def _extend(found: Walk, part: Part, line: str, offset: int, at: int, index: int) -> None:
    """Give the rest of a line, from `at` on, to a field, up to the next label or the body in it."""
    while True:
        may_end = len(line) > 60 and part.kind in ("refs", "classified_by", "subject")
        body = body_inside(line, at) if may_end else None
        label = _next_label(found, part, line, at)
        if body and (not label or body.start() < label.start()):
            part.end = offset + len(line[: body.start()].rstrip())
            found.body = offset + body.start()
            return
        if not label:
            part.end = max(part.start, offset + len(line.rstrip()))
            return
        part.end = max(part.start, offset + len(line[: label.start()].rstrip()))
        at = label.end() if label.lastgroup != "glued" else label.start() + label.group().index(":") + 1
        begin, end = offset + label.start(), offset + at
        part = Part(kind_of_label(label), begin, end, end, [index], f"holds {label.group().strip()!r}", begin)
        found.add(part)


def _next_label(found: Walk, part: Part, line: str, at: int) -> re.Match[str] | None:
    """The next label in mid-line of a field that was not there yet."""
    if len(line) < 90 and ":" not in line[at:]:
        return None
    for label in labels_inside(line, at):
        kind = kind_of_label(label)
        if kind not in found.parts and not (kind == "eo" and part.kind == "classified_by"):
            return label
    return None


def _take_classification(found: Walk, known: ClassificationLine, line: str, offset: int, index: int) -> None:
    """Read a classification line, which may hold captions, fields and the body, too."""
    found.current = None
    if found.line is None or known.serial:
        if known.serial:
            found.begin_again()
        found.line = known
        indent = len(line) - len(line.lstrip())
        found.spans["classification"] = (offset + indent, offset + len(line[: known.end].rstrip()))
    captions, at = leading_captions(line, known.end)
    found.captions += known.captions + captions
    if label := label_inside(line, at):
        _open(found, kind_of_label(label), label, line, offset, index)
    elif body := body_inside(line, at):
        found.body = offset + body.start()
    else:
        why = f"{known.word}, section, post and serial" if known.serial else known.word
        found.sheet.claim(index, "classification", why)


def _take_captions(found: Walk, captions: list[str], line: str, offset: int, index: int) -> None:
    """A line of captions; the field it stands in goes on below it."""
    found.captions += captions
    begin = found.spans.get("captions", (offset + len(line) - len(line.lstrip()), 0))[0]
    found.spans["captions"] = (begin, offset + len(line.rstrip()))
    found.sheet.claim(index, "caption", "handling: " + ", ".join(captions))


def _is_attention(line: str) -> bool:
    """Whether a line with no field below it is for somebody's attention all the same."""
    return (
        len(line) < 120 and line == line.upper() and INSTRUCTION.search(line) is not None and not SENTENCE.match(line)
    )


def _take_attention(found: Walk, line: str, offset: int, index: int) -> None:
    """A line for somebody's attention, above the first field. Captions may stand before it (`SIPDIS, DEA HQ FOR
    HARRIGAN`, 08RPODUBAI56), and a field may begin behind it on the same line."""
    found.attention.append(index)
    captions, at = leading_captions(line, 0)
    if line[at - 1 : at + 1].endswith((",", ";")) or line[at : at + 1] in (",", ";"):
        found.captions += captions
    if label := label_inside(line):
        _open(found, kind_of_label(label), label, line, offset, index)


def _label_ahead(found: Walk, index: int) -> bool:
    """Whether a label not seen yet follows, before any numbered paragraph."""
    if index < found.ahead:
        return True
    for i in range(index, min(index + REACH, len(found.sheet.lines))):
        line = found.sheet.lines[i]
        if is_paragraph(line):
            return False
        label = label_of(line) or label_inside(line[:400])
        if label and kind_of_label(label) not in found.parts:
            found.ahead = i
            return True
    return False
