"""`reftel inspect`: a cable line by line, with what each was recognised as and why, then its record and its problems.

For editors who doubt a record, and for bug reports: every line is here, furniture and unrecognised lines included.
"""

from collections.abc import Iterator

import msgspec

from reftel.cable.model import Block, Cable
from reftel.cable.parse import parse_sheet
from reftel.cable.sheet import Sheet
from reftel.source.model import Source

TEXT_WIDTH = 72
"""Of a line so much is shown; the reason stands behind it."""
LABEL_WIDTH = 18
VALUE_WIDTH = 160
NOT_SHOWN = frozenset(("blocks", "problems", "source", "spans"))


def inspect(source: Source) -> list[str]:
    """The lines of text that `reftel inspect` prints for one source; numbers are those of the file's lines."""
    sheet = Sheet(source.text, explained=True)
    cable = parse_sheet(source, sheet)
    title = f"{source.path}: {cable.mrn or 'no MRN'} ({source.format}, {source.encoding}, {len(sheet.lines)} lines)"
    return [
        title,
        "",
        *_lines(source, sheet, cable),
        "",
        "record",
        *_record(source, sheet, cable),
        "",
        f"problems: {len(cable.problems) or 'none'}",
        *(f"{source.path}:{source.line + problem.line - 1}: {problem.message}" for problem in cable.problems),
    ]


def _lines(source: Source, sheet: Sheet, cable: Cable) -> Iterator[str]:
    before = ("", "")
    for index, line in enumerate(sheet.lines):
        label, why = _recognised(sheet, cable.blocks, index)
        same = (label, why) == before
        before = (label, why)
        shown = _shortened(line, TEXT_WIDTH)
        number = source.line + index
        reason = f"  ({why})" if why and not same else ""
        yield f"{number:6}  {label:<{LABEL_WIDTH}}  {shown:<{TEXT_WIDTH}}{reason}".rstrip()


def _recognised(sheet: Sheet, blocks: list[Block], index: int) -> tuple[str, str]:
    """What a line was recognised as, and why: a step's claim, else the block it belongs to."""
    if sheet.labels[index]:
        return sheet.labels[index], sheet.reasons[index]
    start = sheet.starts[index]
    end = start + len(sheet.lines[index])
    if not sheet.lines[index].strip():
        return "", ""
    inside = [block for block in blocks if block.span[0] < end and block.span[1] > start]
    cut = "; holds page furniture" if any(a < end and b > start for a, b in sheet.cuts) else ""
    if not inside:
        return ("furniture", "cut out of the text") if cut else ("?", "no step knows it")
    label = " ".join(dict.fromkeys(block.anchor or block.kind for block in inside))
    return label, "; ".join(dict.fromkeys(_why(block) for block in inside)) + cut


def _why(block: Block) -> str:
    """What a block was recognised by."""
    parts: list[str] = [block.kind]
    if block.number is not None:
        parts.append(f"number {block.number}")
    if block.mark_text:
        parts.append(f"mark {block.mark_text}")
    return ", ".join(parts)


def _record(source: Source, sheet: Sheet, cable: Cable) -> Iterator[str]:
    """The record's fields, one a line, each with the line on which it was found."""
    record = msgspec.to_builtins(cable)
    for name, value in record.items():
        if name in NOT_SHOWN or value in (None, [], {}):
            continue
        span = cable.spans.get(name)
        place = f"line {source.line + sheet.line_at(span[0])}" if span else ""
        text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
        yield f"  {name:<{LABEL_WIDTH}}{place:<10}{_shortened(text, VALUE_WIDTH)}".rstrip()
    kinds: dict[str, int] = {}
    for block in cable.blocks:
        kinds[block.kind] = kinds.get(block.kind, 0) + 1
    yield f"  {'blocks':<{LABEL_WIDTH}}{'':<10}" + ", ".join(f"{count} {kind}" for kind, count in kinds.items())


def _shortened(text: str, width: int) -> str:
    """A text on one line, cut with an ellipsis; what cannot be printed is shown as U+FFFD."""
    text = text.rstrip()[: width + 1].replace("\t", " ")
    text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return text if len(text) <= width else text[: width - 1] + "…"
