"""From drafts to blocks: anchors, portion marks of running text, missing numbers, and the labels of the lines."""

import re

import msgspec

from reftel.cable.body.candidates import Candidate
from reftel.cable.body.drafts import Draft
from reftel.cable.body.flow import Line
from reftel.cable.marks import mark_at
from reftel.cable.model import Block, Span
from reftel.cable.sheet import Joined, Sheet

_SPACE = re.compile(r"\s*")
_LIKE_A_MARK = re.compile(r"\([A-Z]{1,3}(?:/{1,2}[A-Z]{1,6})+\)|[A-Z]{1,3}(?:/{1,2}[A-Z]{1,6})*\)")
MOST_MISSING = 100
"""A wider gap in the numbers is not a row of missing paragraphs."""


def write_blocks(sheet: Sheet, drafts: list[Draft], paragraphs: list[Candidate]) -> tuple[list[Block], list[Joined]]:
    """The blocks of the drafts, each with its text's way back; what is odd about the numbers becomes a problem."""
    writer = _Writer(sheet, paragraphs)
    writer.write(drafts)
    return writer.blocks, writer.pieces


class _Writer:
    """Writes the blocks of one body: gives anchors, parts marks from texts, marks missing numbers, labels the lines."""

    def __init__(self, sheet: Sheet, paragraphs: list[Candidate]) -> None:
        self.sheet = sheet
        self.blocks: list[Block] = []
        self.pieces: list[Joined] = []
        self.printed = {paragraph.number for paragraph in paragraphs}
        self.seen: dict[str, int] = {}
        self.highest = 0
        self.texts = 0
        self.anchor = ""
        self.number: int | None = None

    def write(self, drafts: list[Draft]) -> None:
        for draft in drafts:
            if draft.paragraph:
                self._paragraph(draft, draft.paragraph)
            elif draft.item:
                anchor = f"{self.anchor}-{'-'.join(draft.item.path)}"
                self._add(draft, self._once(anchor), self.number, draft.item.mark, draft.item.mark_text)
            elif draft.kind in ("text", "quote"):
                self._unnumbered(draft)
            else:
                self._add(draft, None, None, None, None)

    def _paragraph(self, draft: Draft, paragraph: Candidate) -> None:
        number = self.number = paragraph.number
        self._missing(number, paragraph.start)
        self.highest = max(self.highest, number)
        self.anchor = self._once(f"par{number}")
        if self.anchor != f"par{number}":
            self.sheet.doubt(
                paragraph.start, f"paragraph number {number} is printed again: its anchor is {self.anchor}"
            )
        if paragraph.mark is None and (odd := _LIKE_A_MARK.match(self.sheet.text, paragraph.text)):
            self.sheet.doubt(paragraph.text, f"{odd[0]} looks like a portion mark, but is none: it stays in the text")
        self._add(draft, self.anchor, number, paragraph.mark, paragraph.mark_text)

    def _missing(self, number: int, at: int) -> None:
        """Blocks for the numbers left out before `number` that stand nowhere else."""
        if number <= self.highest + 1:
            return
        absent = [n for n in range(self.highest + 1, number) if n not in self.printed]
        if not absent or len(absent) > MOST_MISSING or (self.highest == 0 and self.texts):
            return
        for n in absent:
            self.blocks.append(Block("missing", self._once(f"par{n}"), n, None, None, "", (at, at)))
            self.pieces.append(Joined("", self.sheet.text, [(at, at)]))
        names = f"paragraph {absent[0]} is" if len(absent) == 1 else f"paragraphs {absent[0]} to {absent[-1]} are"
        self.sheet.doubt(at, f"{names} missing before paragraph {number}")

    def _unnumbered(self, draft: Draft) -> None:
        """Running text: its anchor counts such texts; a portion mark at its beginning is no part of it."""
        line = draft.groups[0][0]
        mark = mark_text = None
        if line.words.startswith("(") and (marked := mark_at(self.sheet.text, line.start)):
            (begin, end), mark = marked
            mark_text = self.sheet.text[begin:end]
            blank = _SPACE.match(self.sheet.text, end)
            start = blank.end() if blank else end
            draft.frame.append(line)
            if start >= line.end and len(draft.groups[0]) > 1:
                draft.groups[0].pop(0)
            else:
                draft.groups[0][0] = msgspec.structs.replace(line, start=min(start, line.end))
        anchor = None
        if draft.kind == "text":
            self.texts += 1
            anchor = f"u{self.texts}"
        self._add(draft, anchor, None, mark, mark_text)

    def _add(
        self, draft: Draft, anchor: str | None, number: int | None, mark: str | None, mark_text: str | None
    ) -> None:
        joined = join_draft(self.sheet, draft)
        self.blocks.append(Block(draft.kind, anchor, number, mark, mark_text, joined.text, draft.span))
        self.pieces.append(joined)
        if self.sheet.explained:
            self._explain(draft, f"paragraph {number}" if draft.kind == "paragraph" else draft.kind)

    def _explain(self, draft: Draft, label: str) -> None:
        """Say what the draft's lines are; the first claim stands."""
        for group in (*draft.groups, draft.frame):
            for line in group:
                for i in range(line.index, line.last + 1):
                    self.sheet.claim(i, label, draft.why)

    def _once(self, anchor: str) -> str:
        """The anchor, with `-2`, `-3`, ... where it is taken."""
        times = self.seen[anchor] = self.seen.get(anchor, 0) + 1
        return anchor if times == 1 else f"{anchor}-{times}"


def join_draft(sheet: Sheet, draft: Draft) -> Joined:
    """The draft's text: lines joined, items and rows each on a line of their own, rows with their blanks."""
    if len(draft.groups) == 1 and draft.kind != "table":
        return _join(sheet, draft.groups[0])
    texts: list[str] = []
    pieces: list[Span] = []
    for group in draft.groups:
        if group:
            joined = _join(sheet, group)
            texts.append(group[0].words if draft.kind == "table" else joined.text)
            pieces += joined.pieces
    return Joined("\n".join(texts), sheet.text, pieces, bool(sheet.broken))


def _join(sheet: Sheet, group: list[Line]) -> Joined:
    """The lines' words as one, with their places: neighbours in one, without the furniture inside."""
    line = group[0]
    start, end, first, last = line.start, line.end, line.index, line.last
    if len(group) == 1 and not (sheet.broken or sheet.cuts):
        return Joined(sheet.words_of(first, start, last, end), sheet.text, [(start, end)])
    spans: list[Span] = []
    texts: list[str] = []
    for line in group[1:]:
        if line.index != last + 1:
            spans.append((start, end))
            texts.append(sheet.words_of(first, start, last, end))
            start, first = line.start, line.index
        end, last = line.end, line.last
    spans.append((start, end))
    if sheet.broken or sheet.cuts:
        parts = [part for span in spans for part in sheet.uncut(*span)]
        if sheet.broken or parts != spans:
            return sheet.join_pieces(parts)
    texts.append(sheet.words_of(first, start, last, end))
    return Joined(" ".join(filter(None, texts)) if len(texts) > 1 else texts[0], sheet.text, spans)
