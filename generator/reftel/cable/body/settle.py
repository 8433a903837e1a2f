"""The last touches to the drafts: what a neighbour decides about a block."""

import re
from itertools import pairwise

from reftel.cable.body.drafts import Draft
from reftel.cable.body.flow import WRAPPED_WIDTH
from reftel.cable.sheet import Sheet, places_of

_QUOTED = r"(?:text|quote|letter|translation|transcript|statement|excerpt|non-?paper)"
_BEGIN = re.compile(rf"\bbegin(?:ning)?(?: of)?(?: [\w/-]+){{0,4}} {_QUOTED}\b", re.I)
_END = re.compile(rf"\bend(?: of)?(?: [\w/-]+){{0,4}} {_QUOTED}\b", re.I)
_BEGINNINGS = ("BEGIN", "Begin", "begin text", "begin quote", "begin non")
"""With one of these a quoted text begins; most texts hold none."""
_BEGIN_NOW = re.compile(r"\bbegin (?:quote|text|letter)\b[^.]{0,60}[:.]?\s*$", re.I)
_WORDS = re.compile(r"[^\W_]")
_NOTHING_BUT_X = re.compile(r"[Xx\s.,]*")
ROOM = 58
"""Characters: the next word would have found room in a line that is shorter with it."""
LABEL = 20
"""A paragraph of fewer letters is the label of what follows: `1. KEY POINTS`, `2. (U) Participants:`."""


def settle(drafts: list[Draft], sheet: Sheet) -> list[Draft]:
    """Short lines become lists, quoted text quotes, and a paragraph that is a mere label takes what it labels."""
    for draft in drafts:
        if draft.kind == "text":
            _part_short_lines(draft)
            _find_quotation(draft)
    if any(draft.kind == "text" for draft in drafts) and _begins_quoting(sheet):
        _find_quoted_texts(drafts)
    return _with_labelled(drafts)


def _begins_quoting(sheet: Sheet) -> bool:
    """Whether a quoted text may begin somewhere."""
    return any(sheet.text.startswith(_BEGINNINGS, at) for at in places_of(b"begin", sheet.lower))


def _part_short_lines(draft: Draft) -> None:
    """Three or more lines, none of them wrapped, are a list: the names of those who took part (10ANKARA302)."""
    if draft.words.count("\n") < 2:
        return
    lines = [part for line in draft.groups[0] for part in line.parts()]
    if len(lines) > 2 and all(_parted(line.words, after.words) for line, after in pairwise(lines)):
        draft.kind, draft.why, draft.groups = "list", "short lines, none of them wrapped", [[line] for line in lines]


def _parted(words: str, after: str) -> bool:
    """Whether the line was ended by its author: the next line's first word would have found room in it."""
    return len(words) + 1 + len(after.split(None, 1)[0]) < ROOM and not words.endswith(".")


def _find_quotation(draft: Draft) -> None:
    """What stands in quotation marks from end to end is quoted."""
    first, last = draft.groups[0][0].words, draft.last.words
    if (
        draft.kind == "text"
        and first[0] in '"“'
        and last[-1] in '"”'
        and draft.last.end - draft.groups[0][0].start > 2 * WRAPPED_WIDTH
    ):
        draft.kind, draft.why = "quote", "in quotation marks"


def _find_quoted_texts(drafts: list[Draft]) -> None:
    """Unnumbered text between `Begin text` and `End text` is quoted."""
    opened = -1
    for i, draft in enumerate(drafts):
        words = draft.words
        if opened >= 0 and ("nd " in words or "ND " in words) and _END.search(words):
            for quoted in drafts[opened + 1 : i]:
                if quoted.kind == "text":
                    quoted.kind, quoted.why = "quote", "between begin and end of a quoted text"
            opened = -1
        if ("egin" in words or "EGIN" in words) and (_BEGIN.search(words) or _BEGIN_NOW.search(words)):
            opened = i


def _with_labelled(drafts: list[Draft]) -> list[Draft]:
    """Joins to a paragraph of a few letters what follows it, so that its anchor leads to words and not to a label
    alone. A rule right under the label is a part of it (08RABAT194)."""
    kept: list[Draft] = []
    for draft, after in pairwise([*drafts, None]):
        owner = kept[-1] if kept else None
        if not draft:
            break
        if not owner or not owner.paragraph:
            kept.append(draft)
        elif (
            draft.kind == "rule"
            and after
            and after.kind in ("text", "list", "heading")
            and _is_underlined(owner, draft, after)
        ):
            owner.frame += draft.groups[0]
        elif draft.kind in ("text", "list", "quote", "heading") and _is_label(owner, draft):
            owner.groups += draft.groups
            owner.frame += draft.frame
            if not owner.groups[0][0].words:
                owner.frame.append(owner.groups[0].pop(0))
                owner.groups = [group for group in owner.groups if group]
        else:
            kept.append(draft)
    return kept


def _is_underlined(owner: Draft, rule: Draft, after: Draft) -> bool:
    """Whether the rule stands right under a paragraph that is the label of what comes after it."""
    words = owner.words
    if after.kind not in ("text", "list", "heading"):
        return False
    return words[:1].isalnum() and not (rule.last.broken or _NOTHING_BUT_X.fullmatch(words)) and _is_label(owner, after)


def _is_label(owner: Draft, draft: Draft) -> bool:
    """Whether the paragraph so far is a label of the draft: few letters, and no sentence."""
    if owner.last.end - owner.groups[0][0].start > 4 * LABEL or len(_WORDS.findall(owner.words)) >= LABEL:
        return False
    words = owner.words
    if len(owner.groups) == 1 and len(words.split()) > 1 and words.rstrip().endswith("."):
        return False
    if draft.kind == "heading":
        return not words.strip() or (
            words.rstrip().endswith((":", "articipants")) and not _NOTHING_BUT_X.fullmatch(words)
        )
    return draft.kind == "text" or not _NOTHING_BUT_X.fullmatch(words)
