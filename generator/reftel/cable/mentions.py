"""Mentions: the places in the prose that point somewhere.

"REF A", "Refs A and B", "reftel", "ref C, paragraph 3", "paras 5-7", "Moscow 4008". Each points to one thing (a
cable, a paragraph of it, a paragraph of this cable, an item of the REF line) or is no mention: "reftel" where three
are cited, "para 9" where there is none, "Baghdad 2007" and "UNSCR 1747, paragraph 5" stay text.
"""

from collections import Counter
from collections.abc import Hashable
from string import ascii_uppercase
from typing import TypeVar

import msgspec

from reftel.cable.cited import citing
from reftel.cable.mention_words import Found, Targets, cues, letters_used, paragraphs_at, references_at
from reftel.cable.model import Block, Mention, Ref
from reftel.cable.mrn import split
from reftel.cable.posts import POSTS, Posts
from reftel.cable.prose import Prose, prose_of
from reftel.cable.prose_mrns import named_cables
from reftel.cable.sheet import Joined

Value = TypeVar("Value", bound=Hashable)


def with_mentions(
    blocks: list[Block],
    pieces: list[Joined],
    refs: list[Ref],
    mrn: str | None,
    posts: Posts = POSTS,
    prose: Prose | None = None,
) -> list[Block]:
    """The blocks with their mentions. `pieces[i]` is the text of `blocks[i]` with its way back, `mrn` this cable's,
    `prose` the blocks' texts as one, where the caller has them so."""
    prose = prose or prose_of(blocks)
    places = cues(prose) if refs else cues(prose, (b"para",))  # what nothing is cited by names nothing
    targets = _targets(blocks, prose, places, refs, mrn, posts)
    blocks = list(blocks)
    for i, found in _found(prose, places, targets).items():
        blocks[i] = _with(blocks[i], pieces[i], sorted(found))
    return blocks


def _with(block: Block, piece: Joined, found: list[Found]) -> Block:
    mentions, end = [], 0
    for one in found:
        if one.start >= end:
            end = one.end
            at = (one.start, end)
            text = block.text[one.start : end]
            mentions.append(Mention(text, at, piece.span(*at), one.label, one.mrn, one.anchor))
    return msgspec.structs.replace(block, mentions=mentions)


def _found(prose: Prose, places: list[int], targets: Targets) -> dict[int, list[Found]]:
    """What is found in each block that has any, by the block's index."""
    found: dict[int, list[Found]] = {}
    end = 0
    for cue in places:
        if cue >= end:
            i = prose.block_at(cue)
            text, start = prose.texts[i], prose.starts[i]
            read = references_at if text[cue - start] in "rR" else paragraphs_at
            some, end = read(text, cue - start, targets)
            end += start
            if some:
                found.setdefault(i, []).extend(some)
    for i, one in named_cables(prose, targets):
        found.setdefault(i, []).append(one)
    return found


def _targets(
    blocks: list[Block], prose: Prose, places: list[int], refs: list[Ref], mrn: str | None, posts: Posts
) -> Targets:
    """What this cable's prose can point to."""
    cited = list(dict.fromkeys(ref.mrn for ref in refs if ref.kind == "cable"))
    named = [(split(one)[1:], one) for one in cited if one]
    serials = _repeated([place for place, _ in named])
    numbers = _repeated([block.number for block in blocks if block.kind in ("paragraph", "missing")])
    return Targets(
        labels=_labels(refs) or _labels_by_order(prose, places, refs),
        only_cable=cited[0] if len(cited) == 1 else None,
        only_item=cited[0] if len(cited) == 1 and len(refs) == 1 else None,
        cited={place: one for place, one in named if place not in serials},
        anchors=frozenset([block.anchor for block in blocks if block.anchor and block.number not in numbers]),
        own=citing(mrn, posts),
        posts=posts,
    )


def _repeated(values: list[Value]) -> set[Value]:
    """Those that stand in the list more than once."""
    if len(set(values)) == len(values):
        return set()
    return {value for value, times in Counter(values).items() if times > 1}


def _labels(refs: list[Ref]) -> dict[str, str | None]:
    """The letters of the REF line, each with its one cable."""
    labels: dict[str, list[str | None]] = {}
    for ref in refs:
        if ref.label:
            labels.setdefault(ref.label, []).append(ref.mrn)
    return {label: mrns[0] if len(set(mrns)) == 1 else None for label, mrns in labels.items()}


def _labels_by_order(prose: Prose, places: list[int], refs: list[Ref]) -> dict[str, str | None]:
    """Letters for a REF line that lost its own on the way (10CARACAS69), when the prose uses none beyond its last item.

    They stand for cables only: an item without an MRN has no anchor by such a letter.
    """
    used = set(letters_used(prose, places)) if refs else set()
    labels = {letter: ref.mrn for letter, ref in zip(ascii_uppercase, refs, strict=False)}
    return {letter: mrn for letter, mrn in labels.items() if mrn} if used and used <= labels.keys() else {}
