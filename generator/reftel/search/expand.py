"""The terms of the index that a word with wildcards or mistakes stands for."""

import re
from typing import NamedTuple

from reftel.search.index import Index
from reftel.search.packing import utf16_order
from reftel.search.tokenset import expansion_order
from reftel.search.vocabulary import Known

MOST_TERMS = 100
"""A word stands for at most so many terms: those of the most documents."""


class Expansion(NamedTuple):
    """The terms in lunr.js's order, and how many there would have been."""

    terms: list[str]
    all: int


def expand(index: Index, word: str, edits: int) -> Expansion:
    """The terms that a word stands for: itself, or what its wildcards or mistakes allow."""
    if edits:
        found = close_to(index, word, edits)
    elif "*" in word:
        found = _matching(index, word)
    else:
        return Expansion([word], 1) if index.postings(word) else Expansion([], 0)
    kept = sorted(found, key=lambda known: (-known.common, utf16_order(known.term)))[:MOST_TERMS]
    return Expansion(expansion_order(sorted((known.term for known in kept), key=utf16_order), word, edits), len(found))


def close_to(index: Index, word: str, edits: int) -> list[Known]:
    """The terms that differ in at most so many letters (left out, put in, changed, or two swapped)."""
    if edits > 1 or len(word) < 3:
        candidates = index.beginning_with("")
    else:
        half = (len(word) - 1) // 2
        candidates = index.beginning_with(word[:half]) + index.ending_with(word[half + 1 :])
    found = {known.term: known for known in candidates if abs(len(known.term) - len(word)) <= edits}
    matching = set(expansion_order(sorted(found, key=utf16_order), word, edits))
    return [known for term, known in found.items() if term in matching]


def _matching(index: Index, word: str) -> list[Known]:
    """The terms that fit a pattern, from the side on which more of it is known."""
    before, after = word[: word.index("*")], word[word.rindex("*") + 1 :]
    candidates = index.beginning_with(before) if len(before) >= len(after) else index.ending_with(after)
    pattern = re.compile(".*".join(map(re.escape, word.split("*"))), re.S)
    return [known for known in candidates if pattern.fullmatch(known.term)]
