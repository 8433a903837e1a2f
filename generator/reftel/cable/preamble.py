"""The preamble: what stands between the transmission header and the text.

    C O N F I D E N T I A L SECTION 01 OF 02 MOSCOW 004307      classification line
    SIPDIS                                                      captions
    STATE FOR EUR/RUS                                           for whose attention
    E.O. 12958: DECL: 08/31/2017                                E.O. line
    TAGS: PREL PBTS MARR
    SUBJECT: RUSSIA/GEORGIA:  BAKRADZE VISIT FAILS TO EASE
    TENSIONS
    REF: MOSCOW 4008 (EXDIS)
    Classified By: Political Minister-Counselor Alice G. Wells.  Reason: 1.4 (b, d)

Any of it may be missing (07MOSCOW4328 has no TAGS, SUBJECT or REF), stand in another order, or share a line with its
neighbour (04ANKARA348). `fields` finds the lines of each; here they become values.
"""

import re

import msgspec

from reftel.cable.classified import mended, read_classified_by, reasons_end
from reftel.cable.declassify import read_declassification
from reftel.cable.fields import walk
from reftel.cable.model import ClassifiedBy, Sections, Span, TagKind
from reftel.cable.parts import Part, Walk
from reftel.cable.sheet import Joined, Sheet
from reftel.cable.subject import clean_subject
from reftel.cable.tags import kind_of, read_tags

LONGEST_FIELD = 4000
"""No field is longer: what follows is hostile or no field."""
HELD_IN_PARAGRAPH = re.compile(
    r"^[ \t]*¶?\d{1,2}\.[ ]*(?:\([A-Z/]{1,8}\)[ ]*)?(?:[A-Z]+ ?- ?ENTIRE TEXT[. ]+)?(?=CLASSIFIED BY\b)", re.M | re.I
)
"""`1. (U) Classified by Ambassador ...` (03ABUDHABI2641): the first paragraph says it, and stays a paragraph."""
PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n|\d{1,2}\.)|\Z")
PARAGRAPH_LENGTH = 600
PARAGRAPH_REACH = 1500
"""It is looked for in so many characters of the body."""


class Preamble(msgspec.Struct, frozen=True, gc=False):
    """The fields of the preamble; `end` is the offset at which the body begins, perhaps in mid-line."""

    classification: str | None = None
    """As the body prints it, spelled out: "CONFIDENTIAL"."""
    post: str | None = None
    """Of the classification line: `MOSCOW 004307`."""
    serial: str | None = None
    sections: Sections | None = None
    captions: list[str] = []
    declassify_on: str | None = None
    declassify_text: str | None = None
    tags: list[str] = []
    tag_kinds: dict[str, TagKind] = {}
    subject: str | None = None
    refs: Joined | None = None
    """The REF field without its label, to be read by `refs.find_refs`."""
    classified_by: ClassifiedBy | None = None
    corrected: bool = False
    spans: dict[str, Span] = {}
    end: int = 0


def read_preamble(sheet: Sheet, start: int) -> Preamble:
    """The preamble that begins at offset `start`; its lines are claimed by the names of their fields."""
    found = walk(sheet, start)
    parts = found.parts
    for part in parts.values():
        if part.end - part.start > LONGEST_FIELD:
            blank = sheet.text.rfind(" ", part.start, part.start + LONGEST_FIELD)
            _cut(sheet, found, part, max(part.start, blank))
    spans = dict(found.spans)
    for part in parts.values():
        spans[part.key] = (part.label if part.kind == "classified_by" else part.start, max(part.end, part.start))
    order = _text(sheet, parts["eo"], label=True) if "eo" in parts else ""
    declassify_on, declassify_text = read_declassification(order)
    tags = read_tags(_text(sheet, parts["tags"])) if "tags" in parts else []
    subject = clean_subject(_text(sheet, parts["subject"])) if "subject" in parts else None
    refs = sheet.join(parts["refs"].start, parts["refs"].end) if "refs" in parts else None
    classified_by = _classified(sheet, found, spans)
    _claim(sheet, found)
    return Preamble(
        classification=found.line.word if found.line else None,
        post=found.line.post if found.line else None,
        serial=found.line.serial if found.line else None,
        sections=found.line.sections if found.line else None,
        captions=list(dict.fromkeys(found.captions)),
        declassify_on=declassify_on,
        declassify_text=declassify_text,
        tags=tags,
        tag_kinds={tag: kind_of(tag) for tag in tags},
        subject=subject,
        refs=refs if refs and refs.text else None,
        classified_by=classified_by,
        corrected=found.corrected,
        spans={key: span for key, span in spans.items() if span[0] < span[1]},
        end=found.end,
    )


def _cut(sheet: Sheet, found: Walk, part: Part, at: int) -> None:
    """End a field at an offset: what follows is the body's, from there or from the next line on."""
    part.end = at
    part.lines = [i for i in part.lines if sheet.starts[i] < at]
    line_end = sheet.text.find("\n", at)
    line_end = len(sheet.text) if line_end < 0 else line_end
    found.end = min(found.end, at if sheet.text[at:line_end].strip() else min(line_end + 1, len(sheet.text)))


def _text(sheet: Sheet, part: Part, label: bool = False) -> str:
    """The part's text with its lines joined by single blanks."""
    start = part.label if label else part.start
    if len(part.lines) == 1 and not sheet.cuts:
        return " ".join(sheet.text[start : part.end][:LONGEST_FIELD].split())
    return sheet.join(start, min(part.end, start + LONGEST_FIELD)).text


def _classified(sheet: Sheet, found: Walk, spans: dict[str, Span]) -> ClassifiedBy | None:
    """Who classified the cable. The field ends with its reasons: text behind them is the body's."""
    part = found.parts.get("classified_by")
    if part is None:
        return _held_in_paragraph(sheet, found, spans)
    joined = _join_cut(sheet, part.line_start, min(part.end, part.label + LONGEST_FIELD))
    text = joined.text
    stop = reasons_end(text)
    if stop is not None and any(map(str.isalpha, text[stop:])):
        text = text[:stop].rstrip()
        _cut(sheet, found, part, joined.origin(len(text) - 1) + 1)
        spans["classified_by"] = (part.label, part.end)
    return read_classified_by(text)


def _held_in_paragraph(sheet: Sheet, found: Walk, spans: dict[str, Span]) -> ClassifiedBy | None:
    held = HELD_IN_PARAGRAPH.search(sheet.text, found.end, min(len(sheet.text), found.end + PARAGRAPH_REACH))
    if held is None:
        return None
    longest = min(len(sheet.text), held.end() + PARAGRAPH_LENGTH)
    stop = PARAGRAPH_END.search(sheet.text, held.end(), longest)
    joined = _join_cut(sheet, held.end(), stop.start() if stop else longest)
    end = reasons_end(joined.text) or len(joined.text)
    spans["classified_by"] = joined.span(0, end)
    return read_classified_by(joined.text[:end])


def _join_cut(sheet: Sheet, start: int, end: int) -> Joined:
    """The lines of a `Classified By` joined, its words mended where it was cut."""
    pieces = sheet.unclaimed(start, end)
    lines = "\n".join([sheet.text[a:b] for a, b in pieces])
    return Joined(mended(lines), sheet.text, pieces)


def _claim(sheet: Sheet, found: Walk) -> None:
    """Claim the lines of every part but the one in whose middle the body begins."""
    end = found.end
    body_line = sheet.line_at(end) if end < len(sheet.text) else len(sheet.lines)
    shared = body_line if body_line < len(sheet.lines) and sheet.text[sheet.starts[body_line] : end].strip() else -1
    for part in (*found.parts.values(), *found.repeated):
        for i in part.lines:
            if i != shared:
                sheet.claim(i, part.claim, part.why)
    for i in found.attention:
        if i != shared:
            sheet.claim(i, "attention", "between the captions and the first field: for whom it is")
