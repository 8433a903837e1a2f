"""The cables named in a piece of a REF line: `05 CASA 1220`, `STATE (01) 201265`, `BRASILIA 2799 AND 2764`.

It is read number by number: the words before a number that name a post make it a serial, and what stands around may
be a year.
"""

import re

import msgspec

from reftel.cable.cited import LAST_YEAR, Cited
from reftel.cable.posts import POSTS, Posts, four_digits

_TOKEN = re.compile(r"(?P<word>[A-Z]+(?:'[A-Z]+)*)|(?P<number>\d+)|(?P<sign>[^\sA-Z\d])")
_MOST_WORDS = 5
"""Words of the longest printed name: `USMISSION USUN NEW YORK`, `USUNESCO PARIS FR`."""
_NO_EMBASSY = frozenset(("DAO", "USDAO", "IIR", "HOTR"))
"""What is numbered by the attaché or an agency at a post is no cable of the post: `USDAO RANGOON IIR 6 812`."""
_LONGEST_SERIAL = 6


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, a number or a sign of the text."""

    kind: str
    text: str
    start: int
    end: int


def tokens(plain: str, start: int, end: int) -> list[Token]:
    """The tokens of `plain[start:end]`, a text in capitals."""
    return [Token(str(m.lastgroup), m[0], m.start(), m.end()) for m in _TOKEN.finditer(plain, start, end)]


def cables(row: list[Token], until: int, posts: Posts = POSTS) -> list[Cited]:
    """The cables named in these tokens, in order. `until`: the citing cable's year (2007); a later one is no year."""
    found: list[Cited] = []
    taken = 0
    for i, token in enumerate(row):
        if token.kind != "number" or i < taken:
            continue
        read = _after_post(row, i, taken, until, posts) or _same_post(row, i, found)
        if read:
            cited, taken = read
            found.append(cited)
    return found or _number_first(row, posts)


def _after_post(row: list[Token], i: int, taken: int, until: int, posts: Posts) -> tuple[Cited, int] | None:
    """The cable whose serial may be token `i`, and the index of the first token after it."""
    last, year = _before_serial(row, i, taken, until)
    named = _post_ending(row, last, taken, posts) if last >= taken else None
    if not named or not _is_serial(row[i].text):
        return None
    post, first = named
    following = _year_after(row, i, until) if year is None else None
    if year is None and _is_year(row[i].text, until) and _serial_follows(row, i):
        return None
    end = i
    if year is None:
        first, year = _year_before(row, first, taken, until)
    if year is None and following:
        end, year = following
    return Cited(year, post, int(row[i].text), row[first].start, row[end].end), end + 1


def _before_serial(row: list[Token], i: int, taken: int, until: int) -> tuple[int, str | None]:
    """The index of the last word before a serial, and a year between them: `STATE (01) 201265`, `BAGHDAD #3565`."""
    last, year = i - 1, None
    while last >= taken:
        token = row[last]
        if token.text == ")" and last - 2 >= taken and row[last - 2].text == "(":
            inside = row[last - 1]
            if _is_year(inside.text, until):
                year = inside.text
            elif len(inside.text) > 3:
                break
            last -= 3
        elif token.kind == "number" and year is None and _is_year(token.text, until) and last - 1 >= taken:
            if row[last - 1].kind != "word":
                break
            year = token.text
            last -= 1
        elif token.text in ("#", ":", "-", ".", ",", "NO", "NR", "NUMBER"):
            last -= 1
        else:
            break
    return last, year


def _post_ending(row: list[Token], last: int, taken: int, posts: Posts) -> tuple[str, int] | None:
    """The post named by the words up to `last`, the longest name that is one, and the index of its first word."""
    first = last
    names: list[tuple[str, int]] = []
    words = ""
    while first >= taken and len(names) < _MOST_WORDS:
        if row[first].kind == "word":
            words = row[first].text + words
            names.append((words, first))
        elif row[first].text not in (".", "-", "'") or not words:
            break
        first -= 1
    for words, first in reversed(names):
        if post := posts.spelled(words):
            return None if first > 0 and row[first - 1].text in _NO_EMBASSY else (post, first)
    for words, first in reversed(names[:4]):
        if post := posts.meant(words):
            return post, first
    return None


def _year_before(row: list[Token], first: int, taken: int, until: int) -> tuple[int, str | None]:
    """A year before the post (`05 CASA`, `'08 X`, `(99) ROME`, `10-OTTAWA`), and the index at which it begins."""
    i = first - 1
    if i >= taken and row[i].text in ("-", "/"):
        i -= 1
    if i >= taken and row[i].text == ")" and i - 1 >= taken:
        i -= 1
    if i < taken or not _is_year(row[i].text, until, later=True):
        return first, None
    begin = i
    if i - 1 >= taken and row[i - 1].text in ("'", "(") and row[i - 1].end == row[i].start:
        begin = i - 1
    return begin, row[i].text


def _year_after(row: list[Token], i: int, until: int) -> tuple[int, str] | None:
    """A year after the serial: `X 701 (08)`, `QUITO 4525-91`, `MOSCOW 03242 2008`; and its last token."""
    rest = row[i + 1 : i + 5]
    kinds = [token.text if token.kind == "sign" else token.kind for token in rest]
    if kinds[:3] == ["(", "number", ")"]:
        year, length = rest[1].text, 3
    elif kinds[:2] in (["-", "number"], ["/", "number"]) and row[i].end + 1 == rest[1].start:
        year, length = rest[1].text, 2
    elif kinds[:1] == ["number"] and len(rest[0].text) == 4:
        year, length = rest[0].text, 1
    else:
        return None
    after = rest[length:]
    if (after and after[0].kind == "word" and after[0].text != "AND") or not _is_year(year, until):
        return None
    return i + length, year


def _same_post(row: list[Token], i: int, found: list[Cited]) -> tuple[Cited, int] | None:
    """`BRASILIA 2799 AND 2764`: another serial of the post before it."""
    if not found or i < 2 or not _is_serial(row[i].text) or len(row[i].text) < 2:
        return None
    joint = row[i - 1]
    if joint.text not in ("AND", "&", ",", "/") or row[_before_brackets(row, i - 2)].end != found[-1].end:
        return None
    after = row[i + 1] if i + 1 < len(row) else None
    if after and after.text not in (",", ";", "AND", "&", "/", "(", ".", ")"):
        return None
    before = found[-1]
    return Cited(before.year, before.post, int(row[i].text), row[i].start, row[i].end), i + 1


def _before_brackets(row: list[Token], i: int) -> int:
    """The token at `i`, or the one before the brackets that end there: `LIMA 12 (EXDIS) AND 14`."""
    if row[i].text == ")":
        for opening in range(i - 1, max(0, i - 5), -1):
            if row[opening].text == "(":
                return opening - 1
    return i


def _number_first(row: list[Token], posts: Posts) -> list[Cited]:
    """`377 KATHMANDU`, where that is all: three digits are no year."""
    if len(row) > 2 * _MOST_WORDS:
        return []
    while row and row[-1].kind == "sign":
        row = row[:-1]
    if len(row) < 2 or row[0].kind != "number" or len(row[0].text) < 3 or not _is_serial(row[0].text):
        return []
    if any(token.kind != "word" for token in row[1:]) or len(row) > _MOST_WORDS + 1:
        return []
    post = posts.spelled("".join(token.text for token in row[1:]))
    return [Cited(None, post, int(row[0].text), row[0].start, row[-1].end)] if post else []


def _is_serial(text: str) -> bool:
    return len(text) <= 8 and 0 < len(text.lstrip("0")) <= _LONGEST_SERIAL


def _serial_follows(row: list[Token], i: int) -> bool:
    """Whether the number at `i` is a year between post and serial: `STATE 05 201650`."""
    if i + 1 >= len(row) or row[i + 1].kind != "number" or not _is_serial(row[i + 1].text) or len(row[i + 1].text) < 3:
        return False
    return i + 2 >= len(row) or row[i + 2].kind != "word" or row[i + 2].text == "AND"


def _is_year(text: str, until: int, *, later: bool = False) -> bool:
    """Whether a number can be a printed year up to `until`: two digits, or four; `later`: one after it too."""
    if not text.isdigit() or len(text) not in (2, 4):
        return False
    return 1930 <= four_digits(text) <= (LAST_YEAR if later else until)
