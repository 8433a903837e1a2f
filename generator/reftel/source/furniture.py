"""What a blog puts around a cable: help texts before it, sharing buttons and the comment form after it.

The phrases are data (`vocabulary/blog_furniture.csv`). A "sure" one stands in no cable; a "weak" one ("Related",
"Wikileaks") is furniture only beside sure ones.
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

Span = tuple[int, int]

_BLANK = r"[ \t\xa0]"
_MARKED_PARAGRAPH = re.compile(r"^[ \t]*\d{1,3}[.,)]? ?\([CSUcsu][A-Za-z/, ]{0,20}\)", re.M)
_TITLE = re.compile(r"\d{2}[A-Z]{3,25}\d{1,6}, \S")
"""A blog's headline, as in "07MOSCOW4307, RUSSIA/GEORGIA: ..."."""


def _phrases(strength: str) -> str:
    """A pattern for a line by its phrases of one strength: "whole", by how it begins, or "numbered" (a number
    follows).
    """
    table = (Path(__file__).parent / "vocabulary" / "blog_furniture.csv").read_text("utf-8")
    ends = {"begins": r"(?!\w)", "whole": rf"{_BLANK}*[.:]?{_BLANK}*$", "numbered": rf"{_BLANK}+\d"}
    rows = [row for row in csv.DictReader(table.splitlines()) if row["strength"] == strength]
    either = "|".join(re.escape(row["phrase"].strip()) + ends[row["match"]] for row in rows)
    places = range(min(4, *(len(row["phrase"].strip()) for row in rows)))
    signs = ["".join(sorted({row["phrase"].strip()[place] for row in rows})) for place in places]
    ahead = "".join(f"[{re.escape(either_sign)}]" for either_sign in signs)
    return rf"{_BLANK}*+(?={ahead})(?:{either})"


_SURE = re.compile(rf"\n{_phrases('sure')}", re.M)
"""A line in the case a blog prints it: a wrapped line of a cable may begin with "leave a comment". With the line end
before it, which is found far faster than the beginning of a line.
"""


@cache
def _weak() -> re.Pattern[str]:
    """A weak line. Few texts have furniture, so the pattern is only made when it is needed."""
    return re.compile(_phrases("weak"), re.M | re.I)


def sure_lines(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Where lines from `start` on begin with a sure phrase, and where it ends."""
    end = len(text) if end is None else end
    first_line = text[: min(end, text.find("\n") + 1 or end)] if start == 0 else ""
    if first_line and (first := _SURE.match(f"\n{first_line}")):
        yield 0, first.end() - 1
    for found in _SURE.finditer(text, max(0, start - 1), end):
        yield found.start() + 1, found.end()


def without_tail(text: str, start: int, of_blog: bool) -> tuple[str, int]:
    """The text up to the furniture after its cable, which is looked for from `start` on.

    `of_blog` says that furniture stood before the cable: then weak lines at the end are cut without a sure one. The
    second value is the offset of a numbered paragraph in what was cut (that is doubtful), -1 for none.
    """
    sure = next(sure_lines(text, start), None)
    if not sure and not of_blog:
        return text, -1
    end = _before_weak(text, sure[0] if sure else len(text), start)
    if not text[end:].strip():
        return text, -1
    lost = _MARKED_PARAGRAPH.search(text, end)
    return text[:end].rstrip("\n") + "\n", lost.start() if lost else -1


def _before_weak(text: str, end: int, start: int) -> int:
    """Where the weak and empty lines begin that stand directly before `end`."""
    while end > start:
        line_start = text.rfind("\n", start, end - 1) + 1 or start
        line = text[line_start:end].strip()
        if line and not _weak().match(line) and not _TITLE.match(line):
            break
        end = line_start
    return end
