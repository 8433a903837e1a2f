"""Mentions: the places in the prose that point somewhere.

"REF A", "Refs A and B", "reftel", "ref C, paragraph 3", "paras 5-7", "Moscow 4008". Each points to one thing (a
cable, a paragraph of it, a paragraph of this cable, an item of the REF line) or is no mention: "reftel" where three
are cited, "para 9" where there is none, "Baghdad 2007" and "UNSCR 1747, paragraph 5" stay text.
"""

from collections import Counter
from collections.abc import Iterator
from string import ascii_uppercase

import msgspec

from reftel.cable.cited import citing
from reftel.cable.mention_words import Found, Targets, cues, letters_used, paragraphs_at, references_at
from reftel.cable.model import Block, Mention, Ref
from reftel.cable.mrn import split
from reftel.cable.posts import POSTS, Posts
from reftel.cable.prose_mrns import named_cables
from reftel.cable.sheet import Joined


def with_mentions(
    blocks: list[Block], pieces: list[Joined], refs: list[Ref], mrn: str | None, posts: Posts = POSTS
) -> list[Block]:
    """The blocks with their mentions. `pieces[i]` is the text of `blocks[i]` with its way back, `mrn` this cable's."""
    targets = _targets(blocks, refs, mrn, posts)
    return [_with(block, piece, targets) for block, piece in zip(blocks, pieces, strict=True)]


def _with(block: Block, piece: Joined, targets: Targets) -> Block:
    found = sorted(_found(block.text, targets))
    if not found:
        return block
    mentions, end = [], 0
    for one in found:
        if one.start >= end:
            end = one.end
            at = (one.start, end)
            text = block.text[one.start : end]
            mentions.append(Mention(text, at, piece.span(*at), one.label, one.mrn, one.anchor))
    return msgspec.structs.replace(block, mentions=mentions)


def _found(text: str, targets: Targets) -> Iterator[Found]:
    end = 0
    for cue in cues(text):
        if cue >= end:
            read = references_at if text[cue] in "rR" else paragraphs_at
            some, end = read(text, cue, targets)
            yield from some
    yield from named_cables(text, targets)


def _targets(blocks: list[Block], refs: list[Ref], mrn: str | None, posts: Posts) -> Targets:
    """What this cable's prose can point to."""
    cited = list(dict.fromkeys(ref.mrn for ref in refs if ref.kind == "cable"))
    by_serial = Counter(split(one)[1:] for one in cited if one)
    numbers = Counter(block.number for block in blocks if block.kind in ("paragraph", "missing"))
    return Targets(
        labels=_labels(refs) or _labels_by_order(blocks, refs),
        only_cable=cited[0] if len(cited) == 1 else None,
        only_item=cited[0] if len(cited) == 1 and len(refs) == 1 else None,
        cited={split(one)[1:]: one for one in cited if one and by_serial[split(one)[1:]] == 1},
        anchors=frozenset(block.anchor for block in blocks if block.anchor and numbers[block.number] < 2),
        own=citing(mrn, posts),
        posts=posts,
    )


def _labels(refs: list[Ref]) -> dict[str, str | None]:
    """The letters of the REF line, each with its one cable."""
    labels: dict[str, list[str | None]] = {}
    for ref in refs:
        if ref.label:
            labels.setdefault(ref.label, []).append(ref.mrn)
    return {label: mrns[0] if len(set(mrns)) == 1 else None for label, mrns in labels.items()}


def _labels_by_order(blocks: list[Block], refs: list[Ref]) -> dict[str, str | None]:
    """Letters for a REF line that lost its own on the way (10CARACAS69), when the prose uses none beyond its last item.

    They stand for cables only: an item without an MRN has no anchor by such a letter.
    """
    used = {letter for block in blocks for letter in letters_used(block.text)} if refs else set()
    labels = {letter: ref.mrn for letter, ref in zip(ascii_uppercase, refs, strict=False)}
    return {letter: mrn for letter, mrn in labels.items() if mrn} if used and used <= labels.keys() else {}
