"""Headings: a title over a rule, between slashes, in capitals, or a title's line before the paragraph it heads."""

import re

from reftel.cable.body.drafts import Draft
from reftel.cable.body.flow import Line, comes_to_end
from reftel.cable.body.shapes import LONG_LINE, ends_sentence, is_title

MOST_TITLE_LINES = 3
_WEBSITE = re.compile(r"^(?:please )?visit (?!(?:to|of|by|with|from|and|in)\b)|https?://|\bsite\b", re.I)
"""`Visit Paris' Classified Website` is no title, `VISIT TO WASHINGTON` is one (09SANAA1669)."""


def take_title(draft: Draft, ruled: bool) -> list[Line]:
    """Takes the title's lines out of the draft that ends right above a rule: all of a short text, or the last line
    alone.

    The last line is a title when a sentence ends above it, or when the line above is a whole paragraph of the
    reflowed dialect. `ruled`: another rule stands above the draft; then a title may be longer (07ISLAMABAD1583).
    """
    group = draft.groups[-1]
    last = group[-1].words
    whole = draft.kind == "text" and (_are_title_lines(draft, MOST_TITLE_LINES) or (ruled and _is_long_title(draft)))
    if not whole and not (len(group) > 1 and is_title(last) and _ends_above(group)):
        return []
    if any(map(_names_a_website, [line.words for line in group[-2:]])):
        return []
    if not whole:
        return [group.pop()]
    draft.groups[-1] = []
    return _without_slashes(group)


def _names_a_website(words: str) -> bool:
    lower = words.lower()
    may_be = not lower.isascii() or "http" in lower or "visit " in lower or "site" in lower
    return may_be and _WEBSITE.search(words) is not None


def _without_slashes(group: list[Line]) -> list[Line]:
    """A title of two lines that is both underlined and between slashes (05MADRID1879)."""
    if not (group[0].words.startswith("//") and group[-1].words.endswith("//")) or len(group[0].words) < 3:
        return group
    first, last = group[0], group[-1]
    first.words, first.start = first.words[2:].lstrip(), first.end - len(first.words[2:].lstrip())
    last.words = last.words[:-2].rstrip()
    last.end = last.start + len(last.words)
    return group


def _ends_above(group: list[Line]) -> bool:
    """Whether what stands above the last line of a group has come to its end."""
    above, last = group[-2], group[-1]
    return ends_sentence(above.words) or (not last.resumes and _is_complete(above))


def _is_complete(line: Line) -> bool:
    """Whether a line has come to its end: a sentence's, an end mark, or it is a whole paragraph of the reflowed
    dialect."""
    return ends_sentence(line.words) or len(line.tail) > LONG_LINE or comes_to_end(line.tail)


def _is_long_title(draft: Draft) -> bool:
    words = draft.words
    return len(words) <= 2 * LONG_LINE and "\n" not in words and not words.endswith(".")


def find_titles(drafts: list[Draft]) -> list[Draft]:
    """Running text of a line or two that stands where a title does becomes a heading: before a paragraph, or in
    capitals."""
    found: list[Draft] = []
    kinds = [draft.kind for draft in drafts]
    for draft, after in zip(drafts, [*kinds[1:], None], strict=False):
        found.append(draft)
        if draft.kind == "text" and _are_title_lines(draft, 2) and is_title(draft.last.tail):
            before = found[-2] if len(found) > 1 else None
            if before is None or before.kind in ("heading", "rule", "list", "table") or _is_complete(before.last):
                _retitle(draft, after)
        elif after == "paragraph" and len(draft.groups[-1]) > 1 and _title_at_end(draft.groups[-1]):
            found.append(Draft("heading", [[draft.groups[-1].pop()]], "a title's line before what it heads"))
    return found


def _retitle(draft: Draft, after: str | None) -> None:
    capitals = draft.words.isupper() and "XXXX" not in draft.words
    if after == "paragraph" or (
        capitals and (after in ("text", "heading", "list", "subparagraph") or " " in draft.words)
    ):
        draft.kind, draft.why = "heading", "a title's line before what it heads"


def _title_at_end(group: list[Line]) -> bool:
    """A short line under a long one, which no telex would have wrapped there (07ISLAMABAD256)."""
    above, last = group[-2], group[-1]
    return len(above.tail) > LONG_LINE and not last.resumes and is_title(last.words) and last.words[0].isupper()


def _are_title_lines(draft: Draft, most: int) -> bool:
    """Whether the text has so few and so short lines as a title."""
    words = draft.words
    return (
        len(words) <= most * (LONG_LINE + 4)
        and words.count("\n") < most
        and all(len(line) <= LONG_LINE for line in words.split("\n"))
    )
