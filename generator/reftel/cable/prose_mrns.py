"""Cables named in the prose: "Moscow 4008", "07 MOSCOW 4008", "07MOSCOW4008".

A place and a number are mostly no cable: "Baghdad 2007", "Geneva 1949", "in Kabul 300 people". Without a printed year
the name must be a post's, the number must have three digits and be no year, and the phrase must end there or go on
with a word that speaks of a report, unless the REF line names the same cable.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from reftel.cable.cited import Cited, decided
from reftel.cable.mention_words import Found, Targets
from reftel.cable.mrn import split
from reftel.cable.posts import Posts, letters
from reftel.cable.prose import Prose
from reftel.cable.sheet import places_of

_NUMBER = re.compile(r" [(\[#]?(\d[\dA-Z]{1,30})(?![\dA-Za-z%$€]|[,.:/-]\d)")
"""A number after a blank, or a whole MRN (`07MOSCOW4008`)."""
_SHAPES = bytes(
    ord("0") if sign in b"0123456789?" else ord(" ") if sign in b" ([#" else ord("a") for sign in range(256)
)
"""Of each byte, whether it is a digit (or unknown), what may stand before a number, or something else."""
_GLUED = re.compile(r"\d\d[A-Z]{3,24}(\d{1,6})")
_LAST_WORD = re.compile(r"([A-Z][A-Za-z’']{2,24}) ?#?$")
_WORDS_BEFORE = re.compile(r"(?:[A-Z][A-Za-z]*[ .’'-]{1,2}){0,3}$")
_CAPITAL_WORD = re.compile(r"[A-Z][A-Za-z]*")
_YEAR_BEFORE = re.compile(r"(?:(?<![\w.,:/$€-])|(?<=[‘’']))(\d{2}|(?:19|20)\d{2})[ -]?$")
_REACH = 40
"""Characters looked at before a name."""
_MONTH_BEFORE = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? ?\d\d ?$", re.I)
_ENDS = re.compile(
    r" ?(?:[)\];,:.]|$|\((?:NOTAL|EXDIS|NODIS)|"
    r"(?:and|or|paras?|paragraphs?|describ\w+|report\w*|detail\w*|discuss\w*|outlin\w+)\b)",
    re.I,
)
_ALSO = re.compile(r"(?:,| and| &) ?(\d{2,6})(?![\d%]|[.,:]\d)")
"""`MEXICO 2371, 3498`."""
_NO_NAMES = frozenset(("BA", "SP", "HK", "KL", "DAR", "POS", "RPO", "VAT", "PAP", "BRAZIL", "RIO", "HOLYSEE", "CASA"))
"""Abbreviations of the REF line that mean something else in prose."""
_NO_EMBASSY = ("DAO ", "HOTR ")
"""The attaché's messages have numbers of their own: `USDAO TEL AVIV 3188`."""


def named_cables(prose: Prose, targets: Targets) -> Iterator[tuple[int, Found]]:
    """The cables named in the blocks' texts, each with the block's index."""
    for at, end in _numbers(prose, targets.posts):
        i = prose.block_at(at)
        text, start = prose.texts[i], prose.starts[i]
        if named := _named(text, at - start, end - start, targets):
            yield i, named
            yield from [(i, one) for one in _also(text, named, targets.cited)]


@lru_cache(maxsize=4096)
def _letters(word: str) -> str:
    """The same of a single word, kept: there are few that stand before numbers."""
    return letters(word)


def _numbers(prose: Prose, posts: Posts) -> Iterator[tuple[int, int]]:
    """Where the numbers stand that may be serials: behind a word that ends a post's name, or glued to one.

    They are found by the shape of the text: prose has many blanks and few numbers.
    """
    text, last_words = prose.whole, posts.last_words
    for place in places_of(b" 00", prose.lower.translate(_SHAPES)):
        blank = place if text[place] == " " else place - 1
        if text[place + 3 : place + 4].isupper():
            number = _NUMBER.match(text, blank)
            if number and (glued := _GLUED.fullmatch(number[1])):
                yield number.start(1) + glued.start(1), number.end(1)
            continue
        first = max(0, blank - _REACH)
        word = text[max(first, text.rfind(" ", first, blank) + 1) : blank]
        if word.islower() or _letters(word[word.rfind("\n") + 1 :]) not in last_words:
            continue
        number = _NUMBER.match(text, blank)
        if number and number[1].isdigit():
            yield number.span(1)


def _also(text: str, named: Found, cited: dict[tuple[str, int], str]) -> Iterator[Found]:
    """More serials of the same post, when the REF line has them."""
    end, post = named.end, split(named.mrn or "")[1]
    while (more := _ALSO.match(text, end)) and (mrn := cited.get((post, int(more[1])))):
        yield Found(more.start(1), more.end(), None, mrn)
        end = more.end()


def _named(text: str, at: int, end: int, targets: Targets) -> Found | None:
    """The cable whose serial may be `text[at:end]`."""
    post, start = _whole_name(text, at, targets.posts)
    serial, own = int(text[at:end]), targets.own
    if post is None or not 0 < serial < 1_000_000:
        return None
    before = text[max(0, start - _REACH) : start]
    if before.endswith(_NO_EMBASSY):
        return None
    printed = _YEAR_BEFORE.search(before)
    if printed and _MONTH_BEFORE.search(before):
        printed = None
    mrn, _ = decided(Cited(printed[1] if printed else None, post, serial, start, end), own, targets.posts)
    if not printed:
        if _is_year(text[at:end]):
            return None
        mrn = targets.cited.get((post, serial)) or (mrn if _like_a_cable(text, post, at, end) else None)
    if mrn is None or (own and split(mrn) == (f"{own.year % 100:02d}", own.post, own.serial)):
        return None
    return Found(start - (len(before) - printed.start(1) if printed else 0), end, None, mrn)


def _whole_name(text: str, at: int, posts: Posts) -> tuple[str | None, int]:
    """The post named up to the number at `at`, by as many words as make a name, and where the name begins."""
    last = _LAST_WORD.search(text[max(0, at - _REACH) : at])
    if not last:
        return None, at
    start = max(0, at - _REACH) + last.start()
    lead = _WORDS_BEFORE.search(text[max(0, start - _REACH) : start])
    begins = [start - len(lead[0]) + word.start() for word in _CAPITAL_WORD.finditer(lead[0])] if lead else []
    for begin in [*begins, start]:
        name = letters(text[begin:at])
        if name not in _NO_NAMES and (post := posts.by_spelling.get(name)):
            return post, begin
    return None, start


def _like_a_cable(text: str, post: str, at: int, end: int) -> bool:
    least = 4 if post == "STATE" else 3
    return end - at >= least and bool(_ENDS.match(text, end))


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and 1900 <= int(digits) <= 2035
