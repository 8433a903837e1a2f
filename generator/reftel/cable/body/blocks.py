"""From the stream of lines to drafts of blocks: paragraphs, sub-paragraphs, lists, tables, headings, rules, running
text."""

import msgspec

from reftel.cable.body.candidates import Candidate
from reftel.cable.body.drafts import Draft
from reftel.cable.body.enumerations import SHORT_LINE, Item
from reftel.cable.body.flow import Line
from reftel.cable.body.headings import take_title
from reftel.cable.body.shapes import (
    BULLET,
    LONG_LINE,
    RULE_ENDS,
    ends_sentence,
    is_columnar,
    is_rule,
    is_title,
    rule_at_end,
    title_in,
)


def make_drafts(flow: list[Line], paragraphs: list[Candidate], items: dict[int, Item]) -> list[Draft]:
    """The drafts of all lines, in order."""
    drafts: list[Draft] = []
    for i in range(len(flow)):
        _take(drafts, flow, i, paragraphs, items)
    return drafts


def _take(drafts: list[Draft], flow: list[Line], i: int, paragraphs: list[Candidate], items: dict[int, Item]) -> None:
    """Put line `i` where it belongs."""
    line = flow[i]
    open_draft = drafts[-1] if drafts else None
    words = line.words
    if line.opens >= 0:
        drafts.append(Draft("paragraph", [[line]], "number in the best sequence", paragraph=paragraphs[line.opens]))
    elif items and line.start in items:
        _take_item(drafts, line, items[line.start])
    elif not words[0].isalpha() and _take_marked(drafts, line):
        return
    elif is_columnar(words) and _in_table(open_draft, flow, i):
        _take_row(drafts, line)
    elif (
        words[-1] in RULE_ENDS
        and line.exact
        and (cut := rule_at_end(words))
        and not words[:cut].rstrip().endswith(".")
        and _may_stand_alone(open_draft, line)
    ):
        drafts.append(Draft("heading", [[_shortened(line, cut)]], "a rule behind it", frame=[line]))
    elif open_draft and not line.broken and _continues(open_draft, line):
        open_draft.groups[-1].append(line)
    else:
        drafts.append(Draft("text", [[line]], "no number of its own"))


def _take_marked(drafts: list[Draft], line: Line) -> bool:
    """Put a line where its first characters say: a rule, a bullet, a title between slashes; whether they do."""
    if is_rule(line.words):
        _take_rule(drafts, line)
    elif (
        line.exact
        and (title := title_in(line.words))
        and (line.words[0] != "-" or _may_stand_alone(drafts[-1] if drafts else None, line))
    ):
        start = line.start + line.words.find(title)
        named = msgspec.structs.replace(line, words=title, start=start, end=start + len(title))
        drafts.append(Draft("heading", [[named]], "between slashes, asterisks or dashes", frame=[line]))
    elif BULLET.match(line.words) and _lists(drafts[-1] if drafts else None, line):
        _take_bullet(drafts, line, "bullet")
    else:
        return False
    return True


def _continues(draft: Draft, line: Line) -> bool:
    """Whether a line without a blank line before it belongs to what is open."""
    if draft.kind in ("heading", "rule", "table"):
        return False
    last = draft.last
    return line.resumes or line.words[0].islower() or len(last.tail) <= LONG_LINE or not ends_sentence(last.words)


def _lists(draft: Draft | None, line: Line) -> bool:
    """Whether what looks like a bullet is one, and no dash of a sentence wrapped before it (`-- by all players -- in
    support`)."""
    if draft is None or line.broken or draft.kind in ("list", "rule", "heading"):
        return True
    last = draft.last.tail
    if line.words.lstrip("-*– ")[:1].islower() and not ends_sentence(last):
        return False
    return (
        ends_sentence(last)
        or last.endswith((" and", " or", ","))
        or (len(last) <= SHORT_LINE and " -- " not in line.words)
    )


def _take_bullet(drafts: list[Draft], line: Line, why: str) -> None:
    if drafts and drafts[-1].kind == "list":
        drafts[-1].groups.append([line])
    else:
        drafts.append(Draft("list", [[line]], why))


def _take_item(drafts: list[Draft], line: Line, item: Item) -> None:
    """A lettered item is a sub-paragraph, a numbered one (or one before the first paragraph) an item of a list."""
    if item.path:
        begin = msgspec.structs.replace(
            line, start=min(item.text, line.end), words=line.words[item.text - line.start :]
        )
        drafts.append(
            Draft("subparagraph", [[begin]], "item in a sequence under its paragraph", item=item, frame=[line])
        )
    else:
        _take_bullet(drafts, line, "items in a sequence")


def _in_table(draft: Draft | None, flow: list[Line], i: int) -> bool:
    """A table begins with two lines in columns; one more line in columns goes on with it."""
    if draft and draft.kind == "table":
        return True
    return any(line.opens < 0 and is_columnar(line.words) for line in flow[i + 1 : i + 2])


def _take_row(drafts: list[Draft], line: Line) -> None:
    if drafts and drafts[-1].kind == "table":
        drafts[-1].groups.append([line])
    else:
        drafts.append(Draft("table", [[line]], "lines in columns"))


def _shortened(line: Line, cut: int) -> Line:
    words = line.words[:cut].rstrip()
    return msgspec.structs.replace(line, words=words, end=line.start + len(words))


def _may_stand_alone(draft: Draft | None, line: Line) -> bool:
    return draft is None or line.broken or draft.kind in ("heading", "rule") or ends_sentence(draft.last.words)


def _take_rule(drafts: list[Draft], rule: Line) -> None:
    """A rule right under a title makes it a heading; in a table it is a row; else it stands for itself."""
    draft = drafts[-1] if drafts else None
    if draft and draft.kind == "table" and not rule.broken:
        draft.groups.append([rule])
        return
    if draft and draft.kind == "heading" and not rule.broken:
        draft.frame.append(rule)
        return
    under = draft is not None and (not rule.broken or _is_lone_title(draft))
    if draft and under and draft.kind in ("text", "paragraph", "subparagraph", "list"):
        title = take_title(draft, ruled=len(drafts) > 1 and drafts[-2].kind == "rule")
        if title:
            heading = Draft("heading", [title], "underlined", frame=[rule])
            if not draft.groups[-1]:
                draft.groups.pop()
            if not draft.groups:
                drafts.pop()
            if drafts and drafts[-1].kind == "rule" and not title[0].broken:
                heading.frame.append(drafts.pop().last)
            drafts.append(heading)
            return
    drafts.append(Draft("rule", [[rule]], "a rule"))


def _is_lone_title(draft: Draft) -> bool:
    """A line for itself that reads as a title: its rule may stand after a blank line (10RPODUBAI15)."""
    return draft.kind == "text" and len(draft.groups[0]) == 1 and draft.last.broken and is_title(draft.words)
