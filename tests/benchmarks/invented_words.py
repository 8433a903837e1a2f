"""Words for invented cables: an endless vocabulary, of which a text shows as many types as real cables of its length.

The rank of a word is drawn, and its spelling is a function of the rank. The commonest ranks are English function words,
so that stop words weigh what they do in prose; the others are invented from syllables, with endings that stem.
"""

from functools import cache

import numpy as np

COMMON = (  # noqa: SIM905 (as words, it can be read)
    "the of and to in that a for on is with be as by he it said not are was would has have from at this will "
    "which an but its had they government we been or were also their his more could there all no should if "
    "than about who one some only other embassy minister president new any such these while both can may our "
    "very however now after last two political him most even because during into still many did own out up "
    "time since first so against over party under officials meeting security support military people year "
    "country local economic police court between she noted told what just when next according through her "
    "foreign state where issue told work them then how those"
).split()
"""The commonest words, in order."""
HEAD = 8_000
"""Ranks of the first regime, in which frequency falls as 1/rank; after it, it falls faster."""
TABLE = 1 << 16
"""Cells of the table by which ranks are drawn."""
SHIFT, FIRST_FALL, SECOND_FALL = 1.8, 1.02, 2.4
"""So tuned that 2.0 million words show about 50,000 types, 41% of them once."""

_START = ("b br c ch d f g h j k l m n p pr r s sh st t tr v w y z b d m p -").replace("-", "").split(" ")
_VOWELS = ("a e i o u a e i o ai ea ou ia").replace("-", "").split(" ")
_END = ("n r l s t m d n r l s t k nd st x - - - - - - - - - - - -").replace("-", "").split(" ")
_SYLLABLES = [start + vowel + end for end in _END for vowel in _VOWELS for start in _START]
_SUFFIX = ("", "", "", "", "s", "s", "ed", "ing", "ly", "tion", "ment", "al", "ers", "'s")
_SEPARATE = 0x9E3779B97F4A7C15


@cache
def word(rank: int) -> str:
    """The spelling of the word of a rank, from 0. Ranks beyond the common words may share a spelling, as a few do."""
    if rank < len(COMMON):
        return COMMON[rank]
    mixed = ((rank + 1) * _SEPARATE ^ (rank << 17)) & 0xFFFFFFFFFFFFFFFF
    syllables = 1 + (rank > 400) + (rank > 2_000 and mixed % 5 > 2) + (mixed % 13 == 0)
    made = ""
    for _ in range(syllables):
        mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
        made += _SYLLABLES[mixed % 10_920]
    return made + _SUFFIX[mixed // 10_920 % 14]


class Vocabulary:
    """Draws words. The same numbers give the same words on every machine."""

    def __init__(self) -> None:
        ranks = np.arange(HEAD)
        weights = (ranks + SHIFT) ** -FIRST_FALL
        tail = float(weights[-1]) * (HEAD + SHIFT) / (SECOND_FALL - 1)
        whole = float(weights.sum()) + tail
        self._first_far = int(TABLE * float(weights.sum()) / whole)
        cells = (np.arange(self._first_far) + 0.5) / TABLE
        drawn = np.searchsorted(np.cumsum(weights) / whole, cells).clip(0, HEAD - 1)
        spelled = np.array([word(rank) for rank in range(HEAD)], dtype=object)
        self._cells = np.concatenate((spelled[drawn], np.full(TABLE - self._first_far, "", object)))

    def draw(self, random: np.random.Generator, count: int) -> list[str]:
        """So many words."""
        cells = random.integers(0, TABLE, count, np.uint32)
        words = self._cells.take(cells)
        places = np.flatnonzero(cells >= self._first_far)
        left = 1 - random.random(len(places))
        ranks = ((HEAD + SHIFT) * left ** (-1 / (SECOND_FALL - 1))).clip(HEAD, 1 << 40).astype(np.int64)
        words[places] = list(map(word, ranks.tolist()))
        drawn: list[str] = words.tolist()
        return drawn
