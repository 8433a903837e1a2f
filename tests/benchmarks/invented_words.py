"""Words for invented cables: an endless vocabulary, of which a text shows as many types as real cables of its length.

The rank of a word is drawn, and its spelling is a function of the rank. The commonest ranks are English function words,
so that stop words weigh what they do in prose; the others are invented from syllables, with endings that stem.
"""

from typing import NamedTuple

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
_SYLLABLES = np.array([start + vowel + end for end in _END for vowel in _VOWELS for start in _START], "S6")
_SYLLABLE_SIZES = np.char.str_len(_SYLLABLES)
_ENDINGS = ("", "", "", "", "s", "s", "ed", "ing", "ly", "tion", "ment", "al", "ers", "'s")
_SUFFIXES = np.array([f"{ending} " for ending in _ENDINGS], "S5")
_SUFFIX_SIZES = np.char.str_len(_SUFFIXES)
_MOST = 4
"""Syllables of the longest words."""
_WORD = np.dtype("V32")
"""A word of a table: its letters, the blank behind it, zeros."""
_AT_ONCE = 1 << 14
"""Words written at once: what is between stays in the processor's cache, and memory is not asked for again."""
_SEPARATE, _SPREAD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)


class Words(NamedTuple):
    """Words that stand one after the other, a blank behind each: word n from `starts[n]` until `starts[n + 1]`."""

    text: str
    starts: np.ndarray


class _Table(NamedTuple):
    """Words that can be drawn, and their lengths with the blank."""

    words: np.ndarray
    sizes: np.ndarray


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
        self._cells = np.concatenate((drawn, np.full(TABLE - self._first_far, HEAD)))
        words, sizes = _spelled(np.arange(HEAD + 1))  # the last stands for the far ones
        words[: len(COMMON)] = np.array([f"{word} " for word in COMMON], f"S{_WORD.itemsize}").view(_WORD)
        sizes[: len(COMMON)] = [len(word) + 1 for word in COMMON]
        self._near = _Table(words, sizes)

    def draw(self, random: np.random.Generator, count: int) -> Words:
        """So many words."""
        cells = random.integers(0, TABLE, count, np.uint32)
        left = 1 - random.random(int(np.count_nonzero(cells >= self._first_far)))
        ranks = (HEAD + SHIFT) * left ** (-1 / (SECOND_FALL - 1))
        far = _spelled(ranks.clip(HEAD, 1 << 40).astype(np.int64))
        texts, starts, seen = [], [np.zeros(1, int)], 0
        for first in range(0, count, _AT_ONCE):
            drawn = self._cells.take(cells[first : first + _AT_ONCE])
            words, sizes = self._near.words.take(drawn), self._near.sizes.take(drawn)
            places = np.flatnonzero(drawn == HEAD)
            here = slice(seen, seen + len(places))
            words[places], sizes[places] = far.words[here], far.sizes[here]
            ends = sizes.cumsum()
            letters = np.empty(int(ends[-1]) + words.itemsize, np.uint8)
            _put(letters, ends - sizes, words)
            texts.append(letters[: ends[-1]].tobytes())
            starts.append(ends + starts[-1][-1])
            seen += len(places)
        return Words(b"".join(texts).decode("ascii"), np.concatenate(starts))


def _spelled(ranks: np.ndarray) -> _Table:
    """The words beyond the common ones of these ranks. Some ranks share a spelling, as a few words do."""
    mixed = (ranks + 1).astype(np.uint64) * _SEPARATE ^ (ranks << 17).astype(np.uint64)
    syllables = 1 + (ranks > 400) + ((ranks > 2_000) & (mixed % 5 > 2)) + (mixed % 13 == 0)
    letters = np.zeros((len(ranks) + 1) * _WORD.itemsize, np.uint8)
    begins = np.arange(len(ranks)) * _WORD.itemsize
    ends = begins.copy()
    for number in range(_MOST):
        here = np.flatnonzero(syllables > number)
        mixed[here] = (mixed[here] ^ (mixed[here] >> 29)) * _SPREAD
        chosen = mixed[here] % len(_SYLLABLES)
        _put(letters, ends[here], _SYLLABLES.take(chosen))
        ends[here] += _SYLLABLE_SIZES.take(chosen)
    chosen = mixed // len(_SYLLABLES) % len(_SUFFIXES)
    _put(letters, ends, _SUFFIXES.take(chosen))
    return _Table(letters[: -_WORD.itemsize].view(_WORD), ends + _SUFFIX_SIZES.take(chosen) - begins)


def _put(letters: np.ndarray, starts: np.ndarray, words: np.ndarray) -> None:
    """Put each word at its place. Places rise, so that a word covers the zeros behind the one before it."""
    np.ndarray(len(letters) - words.itemsize + 1, words.dtype, letters, strides=(1,))[starts] = words
