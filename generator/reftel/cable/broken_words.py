"""Words that a teleprinter broke over the end of a line."""

import re
from operator import itemgetter

_LAST_SIGN = itemgetter(-1)
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+\Z")
_LOWER_CASE_LINE = re.compile(r"\n(?=[a-z])(?<=[^\W\d_]\n)")
"""A line end between a letter and a small one. It is looked for by the line end, for that is found fastest."""
TELEX_WIDTH = 75
MOST_BROKEN = 100
"""A text with more lines that go on without a blank is not one whose lines end in blanks."""


def broken_words(text: str, lines: list[str]) -> list[int]:
    r"""The line ends of a text, whose lines are `lines`, that break a word (`polit` / `icize` in 07MOSCOW4328).

    A telex line that goes on ends in a blank; where it does not, the word may go on. It does when neither part is a
    word of this cable otherwise, and the whole is ("politicize" stands elsewhere in it), or, where it does not occur,
    when this is the only short line that goes on without a blank. In texts whose lines end without blanks nothing is
    known, and nothing is joined.
    """
    if list(map(_LAST_SIGN, filter(None, lines[:-1]))).count(" ") * 2 < len(lines) - 1:
        return []
    ends = [match.start() for match in _LOWER_CASE_LINE.finditer(text) if text[match.start() - 1].isalpha()]
    if not 0 < len(ends) <= MOST_BROKEN:
        return []
    lower = text.lower()
    broken: list[int] = []
    for end in ends:
        line = text.rfind("\n", 0, end) + 1
        head, tail = _LAST_LETTERS.search(text, max(line, end - 24), end), _FIRST_LETTERS.match(text, end + 1)
        if not head or not tail or _stands(lower, tail[0].lower(), 2) or _stands(lower, head[0].lower(), 2):
            continue
        if _stands(lower, (head[0] + tail[0]).lower(), 1) or (len(ends) == 1 and end - line < TELEX_WIDTH):
            broken.append(end)
    return broken


def _stands(lower: str, word: str, times: int) -> bool:
    """Whether a word stands so often in a text in small letters. A common word is soon found."""
    at = lower.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_is_letter(lower[at - 1 : at]) or _is_letter(lower[end : end + 1])):
            times -= 1
            if not times:
                return True
        at = lower.find(word, at + 1)
    return False


def _is_letter(sign: str) -> bool:
    return sign.isalnum() and not sign.isdecimal()
