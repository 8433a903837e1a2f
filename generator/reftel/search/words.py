"""From text to terms: the one analysis, which `themes/record/static/js/search/words.js` mirrors line by line.

A *surface* is a word as printed, with what glues its parts ("al-Qa'ida's", "S//NF", "07-MOSCOW-004307", "U.S."). It
becomes *parts* ("al", "qaida"), and, where hyphens, slashes or an ampersand glued them, one *joined* form ("alqaida"),
so that each spelling finds the others. Case and accents are folded, numbers lose leading zeros, x-runs (redactions)
vanish, stop words are not indexed, words of a to z are stemmed as lunr.js stems.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from lunr.stop_word_filter import WORDS

from reftel.search.stemmer import stem

LONGEST = 40
"""Characters of a term; the rest of a longer one is cut on both sides."""

SURFACE = re.compile(
    r"[^\W_]+(?:(?:\.?//|\.?[-\u2010\u2011/&]|[.,'\u2018\u2019`\u00b4])[^\W_]+){0,8}"
)  # JS: [\p{L}\p{N}] for [^\W_]
_SPECIAL = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ς": "σ",
    "\u2010": "-", "\u2011": "-", "\u2018": "'", "\u2019": "'", "`": "'", "\u00b4": "'", "\u2044": "/",
})  # fmt: skip
_OTHER = re.compile(r"[^\w.,'/&-]|_")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_XRUN = re.compile(r"x{4,}")
_POSSESSIVE = re.compile(r"[',]s(?![^\W_])")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_ACRONYM = re.compile(r"(?<![^\W_])[a-z](?:\.[a-z])+(?![^\W_])")
_POINT = re.compile(r"(?<![0-9])\.|\.(?![0-9])|,")
_GLUE = re.compile(r"[-/&]+")
_ZEROS = re.compile(r"^0+(?=[0-9])")
_MRN = re.compile(r"^((?:[0-9]{2})?[a-z]{2,})0+([1-9][0-9]*)$")
_PLURAL_NUMBER = re.compile(r"[0-9]s$")
_DIGITS = re.compile(r"^[0-9]+$")
_PLAIN = re.compile(r"^[a-z]+$")

STOP_WORDS = frozenset(WORDS) - {"us"}
"""lunr's list without "us": in a cable that is a country."""


class Word(NamedTuple):
    """One part of a surface: as it is compared in phrases, and as it is indexed ("" when it is a stop word)."""

    form: str
    term: str


class Piece(NamedTuple):
    """What hyphens, slashes or an ampersand glue together; a plain word is a piece of one word."""

    words: tuple[Word, ...]
    joined: Word | None
    """The joined form, where something was glued."""
    strict: bool
    """Only the joined form identifies it: a mark ("S//NF") or a single letter among the parts ("T-72")."""

    def tokens(self) -> list[tuple[int, Word]]:
        """What is indexed, in order: (place among the words, word); the joined form stands with its first part."""
        found = [(place, word) for place, word in enumerate(self.words) if word.term]
        if self.joined and self.joined.term:
            found.insert(1 if found and found[0][0] == 0 else 0, (0, self.joined))
        return found


def fold(text: str) -> str:
    """Lower case without accents, quotes and hyphens unified, of a surface or a single word."""
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
        return _OTHER.sub(" ", text.lower().translate(_SPECIAL))
    return text.lower().replace("`", "'")


def surfaces(text: str) -> list[str]:
    """The surfaces of a text, in order."""
    return SURFACE.findall(text)


@lru_cache(maxsize=1 << 15)
def analyse(surface: str) -> tuple[Piece, ...]:
    """The pieces of one surface; those that are nothing but redaction are left out."""
    text = _XRUN.sub(" ", fold(surface))
    text = _POSSESSIVE.sub("", text).replace("'", "")
    text = _ACRONYM.sub(lambda found: found[0].replace(".", ""), _THOUSANDS.sub("", text))
    found = (_piece(piece) for piece in _POINT.sub(" ", text).split())
    return tuple(piece for piece in found if piece.words)


def is_plain(surface: str) -> bool:
    """Whether a surface in lower case is nothing but letters a to z, and so one word; most are."""
    return surface.isascii() and surface.isalpha() and len(surface) <= LONGEST and "xxx" not in surface


def _piece(text: str) -> Piece:
    parts = [part for part in _GLUE.split(text) if part]
    words = tuple(word for word in map(_word, parts) if word.form)
    if len(parts) < 2 or not words or all(_DIGITS.match(part) for part in parts):
        return Piece(words, None, False)
    strict = "//" in text or any(len(part) == 1 for part in parts)
    return Piece(words, _word("".join(parts)), strict)


def _word(part: str) -> Word:
    form = _ZEROS.sub("", part) if _DIGITS.match(part) else _MRN.sub(r"\1\2", part)
    form = form[:LONGEST]
    if form.strip("x") == "" and len(form) > 2:
        return Word("", "")
    return Word(form, _term(form))


def _term(form: str) -> str:
    if form in STOP_WORDS:
        return ""
    if _PLAIN.match(form):
        return stem(form)
    return form[:-1] if _PLURAL_NUMBER.search(form) else form


def terms(text: str) -> list[str]:
    """The terms of a text in order, as lunr is given them."""
    return [word.term for surface in surfaces(text) for piece in analyse(surface) for _, word in piece.tokens()]
