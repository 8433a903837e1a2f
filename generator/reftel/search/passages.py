"""Which paragraphs of a cable answer best, and where in them the words stand."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reftel.search.words import SURFACE, analyse

MOST = 3
WORST = 0.5
"""A further paragraph is shown when it is worth at least this part of the best."""
_PART = re.compile(r"[^-\u2010\u2011/&.,]+")


class Found(NamedTuple):
    """A place in a paragraph, with the terms that stand there."""

    start: int
    end: int
    terms: tuple[str, ...]


class Passage(NamedTuple):
    """A paragraph worth showing."""

    anchor: str
    text: str
    places: list[Found]


def best_passages(
    paragraphs: Sequence[tuple[str, str]], worth: Mapping[str, int], phrases: Sequence[Sequence[str]], most: int = MOST
) -> list[Passage]:
    """The paragraphs that answer best, the best first.

    `worth` says what each wanted term counts (thousandths of its idf); a term counts once, then a little for each
    further time. A phrase (its words as compared) counts as much as all terms together.
    """
    everything = sum(worth.values())
    rated = []
    for order, (anchor, text) in enumerate(paragraphs):
        places = places_of(text, worth)
        if not places:
            continue
        counts: dict[str, int] = {}
        for place in places:
            for term in place.terms:
                counts[term] = counts.get(term, 0) + 1
        value = sum(100 * worth[term] + min(count, 9) for term, count in counts.items())
        if phrases:
            words = [
                word.form for surface in SURFACE.findall(text) for piece in analyse(surface) for word in piece.words
            ]
            value += sum(100 * everything for phrase in phrases if _holds(words, phrase))
        rated.append((-value, order, Passage(anchor, text, places)))
    rated.sort(key=lambda row: row[:2])
    best = rated[0][0] if rated else 0
    return [passage for value, _, passage in rated[:most] if value <= best * WORST]


def places_of(text: str, wanted: Mapping[str, int]) -> list[Found]:
    """Where wanted terms stand: a whole surface where its joined form or only word is wanted, else its parts."""
    found = []
    for match in SURFACE.finditer(text):
        start = match.start()
        pieces = analyse(match[0])
        whole = tuple(piece.joined.term for piece in pieces if piece.joined and piece.joined.term in wanted)
        single = sum(len(piece.words) for piece in pieces) == 1
        if single:
            whole += tuple(word.term for word in pieces[0].words if word.term in wanted)
        if whole:
            parts = [
                word.term for piece in pieces for word in piece.words if word.term in wanted and word.term not in whole
            ]
            found.append(Found(start, match.end(), (*whole, *parts)))
            continue
        for part in () if single else _PART.finditer(match[0]):
            terms = tuple(word.term for piece in analyse(part[0]) for word in piece.words if word.term in wanted)
            if terms:
                found.append(Found(start + part.start(), start + part.end(), terms))
    return found


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    size = len(phrase)
    return any(
        words[at] == phrase[0] and list(words[at : at + size]) == list(phrase) for at in range(len(words) - size + 1)
    )
