"""Portion marks: the classification of one paragraph, printed in brackets before its text: `(C)`, `(S//NF)`.

The words a mark is made of stand in `vocabulary/marks.csv`. A bracket is a mark only when every part of it is such a
word: `3. (Iran) New protests` and `S/WCI` (an office) are text.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from reftel.cable.model import Span
from reftel.cable.vocabulary import read_rows

LONGEST = 130
"""No mark has more characters, line ends included: it may be wrapped over a line."""

_PART = re.compile(r"\s*/+\s*|\s+-+\s+")
_RELEASE = re.compile(r"REL(?:EASABLE)?(?:\s+TO)?(?:\s+(.+))?")


class Word(NamedTuple):
    """A row of the vocabulary: what the printed word counts as, its normal form and what it means."""

    kind: str
    mark: str
    meaning: str


def _vocabulary() -> dict[tuple[str, str], Word]:
    rows = read_rows("marks.csv")
    return {(row["kind"], row["word"]): Word(row["kind"], row["mark"], row["meaning"]) for row in rows}


VOCABULARY = _vocabulary()
FIRST_SIGNS = frozenset(
    letter for kind, word in VOCABULARY if kind == "class" for letter in (word[0], word[0].lower(), " ")
)
"""What may stand right behind a mark's opening bracket."""


@lru_cache(maxsize=4096)
def normal_mark(printed: str) -> str | None:
    """The normal form of what stands between the brackets: "S/NF" → "S//NF", "S//REL to USA,\\nFVEY" → "S//REL TO
    USA, FVEY".

    None when it is no portion mark.
    """
    words = " ".join(printed.upper().split())
    first, *rest = _PART.split(words)
    if ("class", first) not in VOCABULARY:
        head, _, tail = first.partition(" ")
        if tail and not rest and ("class", head) in VOCABULARY:
            first, rest = head, [tail]
        elif not rest and first[-2:] == "NF" and ("class", first[:-2]) in VOCABULARY:
            first, rest = first[:-2], ["NF"]
        else:
            return None
    parts = [VOCABULARY["class", first].mark]
    for part in rest:
        control = VOCABULARY.get(("control", part))
        if control:
            parts.append(control.mark)
        elif release := _RELEASE.fullmatch(part):
            parts.append(f"REL TO {', '.join(re.split(r'[ ,]*,[ ,]*', release[1]))}" if release[1] else "REL")
        elif ("extent", part) not in VOCABULARY:
            return None
    return "//".join(parts)


def mark_meaning(mark: str) -> str:
    """What a normal mark says, in words: "S//NF" → "Secret, not for foreign nationals"."""
    meanings: list[str] = []
    for i, part in enumerate(mark.split("//")):
        word = VOCABULARY.get(("control", part)) if i else VOCABULARY.get(("class", part))
        if word:
            meanings.append(word.meaning if not i else word.meaning[0].lower() + word.meaning[1:])
        elif part.startswith("REL TO "):
            meanings.append(f"releasable to {part[7:]}")
        else:
            meanings.append("releasable to those named")
    return ", ".join(meanings)


def mark_at(text: str, offset: int) -> tuple[Span, str] | None:
    """The mark whose opening bracket stands at `offset`: its span and its normal form."""
    if text[offset + 1 : offset + 2] not in FIRST_SIGNS:
        return None
    end = text.find(")", offset, offset + LONGEST) + 1
    mark = normal_mark(text[offset + 1 : end - 1]) if end else None
    return ((offset, end), mark) if mark else None
