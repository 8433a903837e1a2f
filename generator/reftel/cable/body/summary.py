"""Summary and comment: what the author has marked as such by a title, by its first words, or by `End summary`."""

import re
from typing import NamedTuple

from reftel.cable.model import Block, Span
from reftel.cable.prose import Prose
from reftel.cable.sheet import Joined

_AND = r"(?:\s*(?:,|/|&|\+|\band\b)\s*(?:&\s*)?[A-Za-z]+(?: (?:request|items?|points?|for|note)\b)*){0,3}"
_SUMMARY_BEFORE = r"(?:executive|brief|introduction|action request|comment|key points)(?:\s+and\s+|\s*[&/]\s*|\s+)"
_COMMENT_BEFORE = (
    r"(?:embassy|mission|post|consulate|ambassador'?s?|action request|analysis|conclusion|bio|final)"
    r"(?:\s+and\s+|\s*[&/]\s*|\s+)"
)
_PROSE = ("paragraph", "subparagraph", "text", "list", "quote")
OPENING = 100
"""So many characters of a block are looked at for its first words."""
_CLEARED = r"\b(?:cleared|reviewed|approved|coordinated|opportunity to (?:clear|review))\b"
_CLOSING_WORDS = re.compile(
    rf"[^.]{{0,80}}{_CLEARED}[^.]{{0,40}}\b(?:cable|message|telegram|report)\b"
    rf"|th(?:is|e) (?:cable|message|telegram)\b[^.]{{0,60}}(?:{_CLEARED}|\bdrafted\b)"
    r"|[^.]{0,40}minimize considered|(?:please )?visit [^.]{0,60}\b(?:web ?site|https?:)"
    r"|(?:track|for more) [^.]{0,40}reporting\b",
    re.I,
)
"""What operators and clearing officers are told below the last passage: it is none of the author's comment
(08ALGIERS261)."""
LONGEST_PASSAGE = 12
"""Blocks: a passage without an end mark is not followed further."""


class _Kind(NamedTuple):
    sign: str
    """Letters without which a text cannot open such a passage, in small letters."""
    title: re.Pattern[str]
    opening: re.Pattern[str]
    closing: re.Pattern[str]


class Passage(NamedTuple):
    """A marked passage: its text without labels and end mark, a line for each block, and its span."""

    text: str
    span: Span


def _kind(word: str, spelled: str, before: str) -> _Kind:
    name = rf"(?:{before}){{0,2}}{spelled}(?: \(?(?:cont(?:inued|'d)?|con't)\)?)?{_AND}"
    return _Kind(
        "summ" if word == "summary" else word,
        re.compile(rf"\W{{0,5}}{name}(?:\W{{0,5}}$|\s?(?::|-{{1,2}}|–|—)\s+\w)", re.I),
        re.compile(rf"(?:[A-Z/]{{1,7}}\) )?\W{{0,3}}(?:begin )?{name}\s?(?:[:.]|-{{1,3}}(?= )|–|—|\n)\s*", re.I),
        re.compile(rf"[Ee][Nn][Dd] (?i:(?:of )?{name}\W{{0,5}}(?=$|[\s(]))"),
    )


SUMMARY = _kind("summary", r"summ{1,3}ar[yi](?:es)?", _SUMMARY_BEFORE)
COMMENT = _kind("comment", r"comments?", _COMMENT_BEFORE)


def find_summary(blocks: list[Block], pieces: list[Joined], prose: Prose) -> Passage | None:
    """The summary: the first passage marked as one, else what stands before `End summary`."""
    for i in prose.blocks_with(SUMMARY.sign.encode()):
        if passage := _marked(blocks, pieces, prose, i, SUMMARY):
            return passage
        if blocks[i].kind in _PROSE and (end := _end_mark(prose, i, 0, SUMMARY)) >= 0:
            return _passage([(i, 0, end)], blocks, pieces)
    return None


def find_comment(blocks: list[Block], pieces: list[Joined], prose: Prose) -> Passage | None:
    """The comment: the last passage under a title or with a first word that says so, else the last one inside a
    paragraph. One that goes on (`COMMENT CONTINUED`, 09SANAA1669) is taken from where it begins."""
    places = list(prose.blocks_with(COMMENT.sign.encode()))[::-1]
    last: Passage | None = None
    for i in places:
        passage = _marked(blocks, pieces, prose, i, COMMENT)
        if passage and (not last or passage.span[1] == last.span[1]):
            last = passage
    if last:
        return last
    for i in places:
        end = _end_mark(prose, i, 0, COMMENT)
        if end >= 0 and (begin := _last_opening(blocks[i].text, end)) is not None:
            return _passage([(i, begin, end)], blocks, pieces)
    return None


_INSIDE = re.compile(r"\b(?:embassy )?comment\s?[:.-]\s*", re.I)


def _last_opening(text: str, end: int) -> int | None:
    last = None
    for found in _INSIDE.finditer(text, 0, end):
        last = found.end()
    return last


def _end_mark(prose: Prose, i: int, begin: int, kind: _Kind) -> int:
    """Where the end mark stands in the text of block `i` from `begin` on, -1 for nowhere."""
    text, start = prose.texts[i], prose.starts[i]
    at = prose.lower.find(b"end ", start + begin, start + len(text))
    while at >= 0:
        if kind.closing.match(text, at - start):
            return at - start
        at = prose.lower.find(b"end ", at + 4, start + len(text))
    return -1


def _marked(blocks: list[Block], pieces: list[Joined], prose: Prose, i: int, kind: _Kind) -> Passage | None:
    """The passage that block `i` opens, if it does."""
    block = blocks[i]
    if kind.sign not in block.text[:OPENING].lower():
        return None
    if block.kind == "heading":
        return _gathered(blocks, pieces, prose, i + 1, kind, True) if kind.title.match(block.text) else None
    if block.kind in _PROSE and kind.opening.match(block.text):
        return _gathered(blocks, pieces, prose, i, kind, False)
    return None


def _gathered(
    blocks: list[Block], pieces: list[Joined], prose: Prose, first: int, kind: _Kind, titled: bool
) -> Passage | None:
    """From block `first` to the end mark; without one, to the next title (or, without a title above, to the block's
    end)."""
    parts: list[tuple[int, int, int]] = []
    for i in range(first, min(len(blocks), first + LONGEST_PASSAGE)):
        block = blocks[i]
        if parts and (block.kind in ("heading", "missing") or _CLOSING_WORDS.match(block.text)):
            break
        if block.kind not in _PROSE:
            continue
        opening = kind.opening.match(block.text) if not parts else None
        begin = opening.end() if opening else 0
        end = _end_mark(prose, i, begin, kind)
        parts.append((i, begin, end if end >= 0 else len(block.text)))
        if end >= 0:
            return _passage(parts, blocks, pieces)
    if not parts:
        return None
    if not titled:
        parts = parts[: 1 if parts[0][1] < parts[0][2] else 2]
    return _passage(parts, blocks, pieces)


def _passage(parts: list[tuple[int, int, int]], blocks: list[Block], pieces: list[Joined]) -> Passage | None:
    texts = [(i, begin, blocks[i].text[begin:end].rstrip(" ([/*-\n")) for i, begin, end in parts]
    kept = [part for part in texts if part[2]]
    if not kept:
        return None
    (i, begin, _), (j, last, text) = kept[0], kept[-1]
    span = (pieces[i].origin(begin), pieces[j].origin(last + len(text) - 1) + 1)
    return Passage("\n".join(text for _, _, text in kept), span)
