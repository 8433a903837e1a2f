"""What a line looks like by itself: a rule, a bullet, columns, a title."""

import re

LONG_LINE = 90
"""A longer line is a paragraph of the reflowed dialect; telex lines end at 69 characters or a few more."""

RULE = re.compile(r"(?:(?:[-=_*~#—–]\s*){3,}|—{2,})$")
"""Matched against a line without blanks around it. Two long dashes are as long as six short ones (09ISTANBUL336)."""
BULLET = re.compile(r"(?:-{1,3}|[–—•·*+]{1,2})\s*(?=[^\s\-–—*=])")
RULE_SIGNS = frozenset("-=_*~#—–")
RULE_ENDS = frozenset("-=—–")
_RULE_AT_END = re.compile(r"\s(?:[-=—–]{3,}(?: [-=]+)?|(?:- ){3,}-?)$")
_COLUMNS = re.compile(r"[^\s.?!:] {3,}\S|\S\t+\S")
_FIGURES = re.compile(r"(?:\s[($]?\d[\d.,/%*]*\)?){2}$")
_SLASHED = re.compile(r"(?://+|\*{2,}|={2,}|--+)\s*(\S.*?)\s*(?://+|\*{2,}|={2,}|--+)$")
_ENDS_SENTENCE = re.compile(r"(?:[.?!:;…]|\.\.\.)[)\"”'’\]]*$")
_ENDINGS = frozenset(".?!:;…")
_CLOSINGS = frozenset(")\"”'’]\n")
"""What may stand behind an ending."""
_ENDS_TITLE = re.compile(r"(?<!\.[A-Z])[.;,]$|\b(?:and|or|the|of|to|a|in)$", re.I)
LAST_WORD = 8
"""Characters at the end of a line that hold a short last word."""
_NO_TITLE = re.compile(
    r"(?:end\b|\(?u\)|visit (?!(?:to|of|by|with|from|and|in)\b)|please |http|comment:|note:|summary:|drafted|begin "
    r"|source)",
    re.I,
)

_UNPLAIN = [(sign[0], re.compile(re.escape(sign))) for sign in ("\t", "---", "===", "**", "//", "- - -", "——")]
"""Signs of columns, rules and titles, each with its first character: what is rare is soon known not to be there. A
pattern finds them faster than `find`, for it looks for their first character."""
_COLUMN_GAP = "   "
"""Another, whose first character is not rare."""
_LABELLED = re.compile(
    r"\n[ \t]*+\(?[A-Za-z\d](?=[\d.)ivxIVX])"
    r"(?:[.)]|(?<=\d)\d{1,2}[.)]|(?<=[ivx])[ivx]{1,3}[.)]|(?<=[IVX])[IVX]{1,3}[.)])"
)
"""A number, a letter or a Roman one before a full stop or a bracket; its second sign tells nearly all other lines."""


def labelled_lines(text: str, start: int) -> list[int]:
    """The offsets of the line ends from `start` on (the one right before it included) behind which stands what may be
    the number of a paragraph or the label of an item."""
    return [line.start() for line in _LABELLED.finditer(text, max(0, start - 1))]


def is_rule(line: str) -> bool:
    """`-----`, `= = = =`, `***`."""
    sign = line[:1]
    if sign not in RULE_SIGNS:
        return False
    return line.count(sign) == len(line) > 2 or RULE.match(line) is not None


def rule_at_end(line: str) -> int:
    """Where a rule at the end of the line begins, when a title stands before it (`COMMENT -------`, 02BRASILIA4227);
    0 for none."""
    if line[-1:] not in RULE_ENDS:
        return 0
    found = _RULE_AT_END.search(line, max(0, len(line) - 200))
    return found.start() if found and found.start() <= LONG_LINE else 0


def is_columnar(line: str) -> bool:
    """Whether a line stands in columns: three blanks inside, not after a full stop, or two figures at its end
    (09MEXICO193)."""
    if "   " in line or "\t" in line:
        return _COLUMNS.search(line) is not None
    return (
        line[-1:] in "0123456789%)*"
        and len(line) < LONG_LINE
        and _FIGURES.search(line, max(0, len(line) - 30)) is not None
    )


def ends_sentence(line: str) -> bool:
    """Whether a line ends with what ends a sentence or opens a list."""
    last = line[-1:]
    if last not in _CLOSINGS:
        return last in _ENDINGS
    return _ENDS_SENTENCE.search(line, max(0, len(line) - 8)) is not None


def title_in(line: str) -> str | None:
    """The words of `//WORDS//`, `***WORDS***`, `==WORDS==`, `--Words--`."""
    if line[-1] not in "/*=-" or len(line) > 2 * LONG_LINE or "http" in line:
        return None
    found = _SLASHED.match(line)
    return found[1] if found else None


def is_title(line: str) -> bool:
    """A short line with no sentence's end, which begins with a capital: a title, where the place is right for one."""
    if not 2 < len(line) <= LONG_LINE or not (line[0].isupper() or line[0] in "\"'“‘(.…¿0123456789"):
        return False
    words = line.rstrip()
    ended = _ENDS_TITLE.search(words, max(0, len(words) - LAST_WORD))
    return not ended and not _NO_TITLE.match(line) and any(map(str.isalpha, line))


class Unplain:
    """Tells whether signs of columns, rules and titles stand in a piece of a text; the pieces are asked for in
    order."""

    def __init__(self, text: str, last_gap: int) -> None:
        self.text = text
        self.last_gap = last_gap
        """Where the last gap between columns stands."""
        self.signs = [sign for first, sign in _UNPLAIN if first in text]
        self.ahead = [-1] * len(self.signs)
        """Where each sign stands next."""
        self.gap = -1
        """Where the next gap between columns stands."""

    def stands_in(self, start: int, end: int) -> bool:
        """Whether one stands in `text[start:end]`."""
        if self.gap < start:
            self.gap = self.text.find(_COLUMN_GAP, start) if start <= self.last_gap else len(self.text)
        if self.gap < end:
            return True
        for k, at in enumerate(self.ahead):
            if at < start:
                found = self.signs[k].search(self.text, start)
                at = self.ahead[k] = found.start() if found else len(self.text)
            if at < end:
                return True
        return False
