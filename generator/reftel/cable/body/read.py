"""The body proper: numbered paragraphs and what stands between them, as blocks, with summary, comment and signature."""

import re

import msgspec

from reftel.cable.body.blocks import make_drafts
from reftel.cable.body.enumerations import find_items
from reftel.cable.body.flow import Line, read_lines
from reftel.cable.body.headings import find_titles
from reftel.cable.body.paragraphs import find_paragraphs
from reftel.cable.body.settle import settle
from reftel.cable.body.shapes import labelled_lines
from reftel.cable.body.signature import BELOW, find_signature
from reftel.cable.body.summary import find_comment, find_summary
from reftel.cable.body.write import write_blocks
from reftel.cable.furniture import BANNER
from reftel.cable.model import Block, Span
from reftel.cable.prose import Prose, prose_of
from reftel.cable.repeats import mark_captions
from reftel.cable.sheet import Joined, Sheet

_REDACTIONS = (re.compile(r"XXXXXX*"), re.compile(r"xxxxxx*"))


class Body(msgspec.Struct, gc=False):
    """What the body says."""

    blocks: list[Block] = []
    pieces: list[Joined] = []
    """Parallel to `blocks`: each one's text with the way back to the cable's (`pieces[i].text == blocks[i].text`)."""
    prose: Prose | None = None
    """The blocks' texts as one; None where there are no blocks."""
    summary: str | None = None
    comment: str | None = None
    signature: str | None = None
    redactions: int = 0
    spans: dict[str, Span] = {}
    """Of "summary", "comment" and "signature", where found."""


def read_body(sheet: Sheet, start: int) -> Body:
    """The body from offset `start` on: a little early or late does no harm."""
    body = Body(redactions=_count_redactions(sheet))
    if start >= len(sheet.text):
        return body
    mark_captions(sheet, start)
    labelled = labelled_lines(sheet.text, start)
    paragraphs = find_paragraphs(sheet, start, labelled)
    starts = [(paragraph.start, paragraph.text) for paragraph in paragraphs]
    items = find_items(sheet, starts, labelled)
    flow = _without_signature(sheet, body, read_lines(sheet, start, starts, items))
    drafts = make_drafts(flow, paragraphs, items)
    body.blocks, body.pieces = write_blocks(sheet, settle(find_titles(drafts), sheet), paragraphs)
    body.prose = prose_of(body.blocks)
    for name, passage in (
        ("summary", find_summary(body.blocks, body.pieces, body.prose)),
        ("comment", find_comment(body.blocks, body.pieces, body.prose)),
    ):
        if passage:
            setattr(body, name, passage.text)
            body.spans[name] = passage.span
    return body


def _count_redactions(sheet: Sheet) -> int:
    if b"xxxxx" not in sheet.lower:
        return 0
    return sum(len(runs.findall(sheet.text)) for runs in _REDACTIONS)


def _without_signature(sheet: Sheet, body: Body, flow: list[Line]) -> list[Line]:
    """The lines without the signature, and without the classification some cables print below it."""
    found = find_signature(flow)
    if not found:
        return flow
    body.signature = found.name
    body.spans["signature"] = (found.start, found.end)
    line = flow[found.line]
    if found.start > line.start:
        end = line.start + len(sheet.text[line.start : found.start].rstrip())
        rest = [msgspec.structs.replace(line, end=end, words=sheet.text[line.start : end])]
    else:
        sheet.claim(line.index, "signature", "a surname alone at the end")
        rest = []
    for below in flow[found.line + 1 :]:
        if BELOW.fullmatch(below.words):
            sheet.claim(below.index, BANNER, "the page's last line, below the signature")
        else:
            rest.append(below)
    return flow[: found.line] + rest
