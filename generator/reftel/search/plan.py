"""Rewrite a query for the index: words become groups of alternatives, each of which lunr understands.

"al-Qaida" is the term "alqaida", or both of its words. "moscow 4307" is that MRN, or both words. A word with a
wildcard is also the term of its stem. A group counts for the score as all its terms together; whether a document
answers it is decided by its alternatives.
"""

import re
from dataclasses import dataclass, field
from typing import Literal

from reftel.search.fields import NAMES
from reftel.search.stemmer import stem
from reftel.search.syntax import Item, QueryError
from reftel.search.words import Piece, analyse, fold, surfaces

Presence = Literal["optional", "required", "prohibited"]
_PLAIN = re.compile(r"^[a-z]{4,}$")
_ENDINGS = ("", "e", "y", "al", "ing", "ion", "ive", "ment")
_LETTERS = re.compile(r"^[a-z]+$")
_YEAR = re.compile(r"\b[0-9]{2}\b")
_DIGITS = re.compile(r"^[0-9]+$")
_GLUE = re.compile(r"[^\w.*]|_")


@dataclass(frozen=True, slots=True)
class Sought:
    """A term to look for: plain, with wildcards, or with so many edits allowed."""

    term: str
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives, one of which must (not) hold; of an alternative, all terms."""

    alternatives: tuple[tuple[Sought, ...], ...]
    presence: Presence
    fields: tuple[int, ...]
    boost: int
    start: int
    end: int
    text: str = ""
    """As typed, without its operators."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must (not) stand one after the other."""

    text: str
    presence: Presence
    fields: tuple[int, ...]
    boost: int
    start: int
    end: int


@dataclass(slots=True)
class Plan:
    """What a query means."""

    groups: list[Group] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    filters: list[Item] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    """Words that are not looked for, because they stand in every text."""


def make_plan(items: list[Item], posts: list[str], any_word: bool) -> Plan:
    """The plan of parsed items; `posts` are those of the archive's MRNs, lower case. Raises QueryError."""
    plan = Plan()
    at = 0
    while at < len(items):
        item = items[at]
        if item.kind == "filter":
            plan.filters.append(item)
        elif item.kind == "phrase":
            _phrase(item, any_word, plan)
        else:
            used = _mrn(items, at, set(posts), any_word, plan)
            if used:
                at += used
                continue
            _word(item, any_word, plan)
        at += 1
    return plan


def _presence(item: Item, any_word: bool) -> Presence:
    if item.sign == "-":
        return "prohibited"
    return "optional" if any_word and item.sign == "" else "required"


def _fields(item: Item) -> tuple[int, ...]:
    return (NAMES.index(item.name),) if item.name else tuple(range(len(NAMES)))


def _phrase(item: Item, any_word: bool, plan: Plan) -> None:
    pieces = [piece for surface in surfaces(item.text) for piece in analyse(surface)]
    words = [word for piece in pieces for word in piece.words]
    if not words:
        return
    if not any(word.term for word in words):
        raise QueryError("a phrase needs at least one word that is not in every text", item.start, item.end)
    if item.name not in ("", "subject", "body"):
        raise QueryError("phrases are found in the subject and the body", item.start, item.end)
    plan.phrases.append(Phrase(item.text, _presence(item, any_word), _fields(item), item.boost, item.start, item.end))


def _word(item: Item, any_word: bool, plan: Plan) -> None:
    def add(alternatives: list[list[Sought]], text: str) -> None:
        kept = tuple(tuple(alternative) for alternative in alternatives)
        plan.groups.append(
            Group(kept, _presence(item, any_word), _fields(item), item.boost, item.start, item.end, text)
        )

    if "*" in item.text:
        add(_wildcards(item), item.text)
        return
    for surface in surfaces(item.text):
        for piece in analyse(surface):
            alternatives = _alternatives(piece, item.edits)
            if alternatives:
                add(alternatives, surface)
            else:
                plan.common.append(surface)


def _alternatives(piece: Piece, edits: int) -> list[list[Sought]]:
    """The joined form, or all the words; a mark or a single letter alone says nothing."""
    words = [Sought(word.term, edits) for word in piece.words if word.term]
    if piece.joined is None or not piece.joined.term:
        return [words] if words else []
    joined = [Sought(piece.joined.term, edits)]
    return [joined] if piece.strict or not words else [joined, words]


def _wildcards(item: Item) -> list[list[Sought]]:
    pattern = re.sub(r"\*+", "*", _GLUE.sub("", fold(item.text)).strip("."))
    if pattern in ("", "*"):
        raise QueryError("a wildcard needs at least one letter beside it", item.start, item.end)
    return [[Sought(pattern)], *([Sought(term)] for term in _stems_below(pattern))]


def _stems_below(pattern: str) -> list[str]:
    """Stems that hide words beginning so: of `negotiat*` "negoti", of `country*` "countri", which do not begin with it
    themselves.
    """
    beginning = pattern[:-1]
    if not pattern.endswith("*") or not _PLAIN.match(beginning):
        return []
    stems = {stem(beginning + ending): None for ending in _ENDINGS}
    return [found for found in stems if not found.startswith(beginning) and len(found) > len(beginning) - 4]


def _mrn(items: list[Item], at: int, posts: set[str], any_word: bool, plan: Plan) -> int:
    """Recognise an MRN written in several words ("07 abu dhabi 1234"); returns how many items it takes."""
    texts: list[str] = []
    for item in items[at : at + 5]:
        pieces = [piece for surface in surfaces(item.text) for piece in analyse(surface)]
        plain = item.kind == "word" and not item.name and not item.sign and not item.edits and "*" not in item.text
        if not plain or len(pieces) != 1 or len(pieces[0].words) != 1:
            break
        texts.append(pieces[0].words[0].form)
    first = 1 if texts and _DIGITS.match(texts[0]) and _YEAR.search(items[at].text) else 0
    for end in range(first + 1, min(first + 4, len(texts))):
        post = "".join(texts[first:end])
        if not all(map(_LETTERS.match, texts[first:end])) or not _DIGITS.match(texts[end]) or post not in posts:
            continue
        year = texts[0].zfill(2) if first else ""
        used = items[at : at + end + 1]
        words = [
            Sought(word.term)
            for item in used
            for s in surfaces(item.text)
            for piece in analyse(s)
            for word in piece.words
            if word.term
        ]
        alternatives = ((Sought(year + post + texts[end]),), tuple(words))
        text = " ".join(item.text for item in used)
        plan.groups.append(
            Group(alternatives, _presence(used[0], any_word), _fields(used[0]), 1, used[0].start, used[-1].end, text)
        )
        return end + 1
    return 0
