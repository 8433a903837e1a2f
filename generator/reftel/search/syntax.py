"""The query language: from what a reader types to items, or an explanation with its place.

words "exact phrase" subject:word +word -word nucl* word~1 word^3 after:2007-08 before:2007-09-15 origin:moscow
tag:PREL class:secret from:MOSCOW (also origin:"Embassy Moscow", -tag:PREL)
"""

import re
from dataclasses import dataclass
from typing import Literal

from reftel.problems import Refusal
from reftel.search.fields import NAMES

FILTERS = ("after", "before", "origin", "tag", "class", "from")
LONGEST_QUERY = 1000
MOST_ITEMS = 64
MOST_EDITS = 2

Sign = Literal["+", "-", ""]
_HEAD = re.compile(r'([+-]?)(?:([A-Za-z]+):(?=\S))?("?)')
_NAME_ALONE = re.compile(r"[+-]?([A-Za-z]+):$")
_DATE = re.compile(r"^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$")
_NUMBER = re.compile(r"^[0-9]{1,4}$")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing asked for; `start` and `end` are its place in the query."""

    kind: Literal["word", "phrase", "filter"]
    text: str
    start: int
    end: int
    sign: Sign = ""
    name: str = ""
    """Field or filter, "" for all fields."""
    edits: int = 0
    boost: int = 1
    exact: bool = False
    """A filter's value in quotation marks is the whole of it, not words of it."""


class QueryError(Refusal):
    """What is wrong with a query, in words, and where."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(f"query, character {start + 1}: {message}")
        self.message = message
        self.start = start
        self.end = end


def parse(query: str, typing: bool = False) -> list[Item]:
    """The items of a query; raises QueryError. While it is being typed, a quotation that is not closed yet is no
    error.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryError(f"the query is longer than {LONGEST_QUERY} characters", LONGEST_QUERY, len(query))
    items: list[Item] = []
    at = 0
    while at < len(query):
        if _SPACE.match(query[at]):
            at += 1
            continue
        item, at = _item(query, at, typing)
        if item:
            items.append(item)
        if len(items) > MOST_ITEMS:
            raise QueryError(f"more than {MOST_ITEMS} words", at, len(query))
    return items


def _item(query: str, start: int, typing: bool) -> tuple[Item | None, int]:
    head = _HEAD.match(query, start)
    assert head
    sign, name, quote = head[1], (head[2] or "").lower(), head[3]
    if name and name not in NAMES and name not in FILTERS:
        known = f"fields: {', '.join(NAMES)}; filters: {', '.join(FILTERS)}"
        raise QueryError(f"“{head[2]}:” is neither a field nor a filter ({known})", start, head.end(2) + 1)
    if quote:
        close = query.find('"', head.end())
        if close < 0 and not typing:
            raise QueryError("this quotation mark is not closed", head.end() - 1, len(query))
        text, end = query[head.end() : close if close >= 0 else len(query)], close + 1 if close >= 0 else len(query)
    else:
        end = _word_end(query, head.end())
        text = query[head.end() : end]
    if name in FILTERS:
        return _filter(name, text, sign, start, end, head), end
    if quote:
        return _phrase(query, name, text, sign, start, end)
    alone = _NAME_ALONE.match(query[start:end])
    if alone and alone[1].lower() in (*NAMES, *FILTERS) and not typing:
        raise QueryError(f"expected a word after “{alone[1]}:”", start, end)
    word, edits, boost = _modifiers(text, head.end())
    item = Item("word", word, start, end, _sign(sign), name, edits, boost)
    if edits and "*" in word:
        raise QueryError("a word has either wildcards or ~, not both", start, end)
    return item, end


def _word_end(query: str, at: int) -> int:
    while at < len(query) and not _SPACE.match(query[at]):
        at += 1
    return at


def _sign(text: str) -> Sign:
    return "+" if text == "+" else "-" if text == "-" else ""


def _phrase(query: str, name: str, text: str, sign: str, start: int, end: int) -> tuple[Item, int]:
    if "*" in text:
        raise QueryError("a phrase has no wildcards", start, end)
    stop = _word_end(query, end)
    rest = query[end:stop]
    boost = 1
    if rest[:1] == "^":
        boost = _number(rest[1:], "^", end)
        end = stop
    return Item("phrase", text, start, end, _sign(sign), name, 0, boost), end


def _filter(name: str, text: str, sign: str, start: int, end: int, head: re.Match[str]) -> Item:
    if name in ("after", "before") and not _DATE.match(text):
        raise QueryError(f"expected a date after “{name}:”, such as 2007, 2007-08 or 2007-08-31", head.end(), end)
    return Item("filter", text, start, end, _sign(sign), name, exact=bool(head[3]))


def _modifiers(text: str, start: int) -> tuple[str, int, int]:
    """A word without its ~1 and ^3, and these."""
    edits, boost = 0, 1
    first = min((place for place in (text.find("~"), text.find("^")) if place > 0), default=len(text))
    word, rest, at = text[:first], text[first:], start + first
    for mark, value in re.findall(r"([~^])([^~^]*)", rest):
        if mark == "^":
            boost = _number(value, mark, at)
        else:
            edits = _number(value, mark, at) if value else 1
            if edits > MOST_EDITS:
                raise QueryError(f"at most {MOST_EDITS} letters may differ", at, at + 1 + len(value))
        at += 1 + len(value)
    return word, edits, boost


def _number(text: str, mark: str, start: int) -> int:
    text = re.sub(r"[.,;:!?)\]]+$", "", text)
    if not _NUMBER.match(text):
        raise QueryError(f"expected a number after {mark}", start, start + 1 + len(text))
    return int(text)
