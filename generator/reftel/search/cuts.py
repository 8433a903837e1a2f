"""Where lists of words are cut into files: a function of the words near a cut alone, so that a change moves few cuts.

A file ends behind a word whose hash says so, once it is half as large as it should be, and at the latest when it is
twice as large. So the cuts behind a changed word are soon where they were.
"""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from reftel.search.arrays import Array

LARGE = 4
"""A term of more than so many times a shard's bytes, with its tokens, is a shard of its own, in several parts."""


def ends(words: Sequence[str], sizes: Sequence[int], target: int, alone: Sequence[bool] = ()) -> list[int]:
    """Where files of about `target` in all end; a word that is `alone` has one to itself. The last file may not be at
    its end yet: then its end is not among them.
    """
    found = []
    size, last = 0, len(words) - 1
    half, double, scale = target / 2, 2 * target, (1 << 33) / target
    for place, more in enumerate(sizes):
        size += more
        if size < half and not alone:
            continue
        is_end = size >= double or (size >= half and crc32(words[place].encode()) < more * scale)
        if is_end or (alone and (alone[place] or (place < last and alone[place + 1]))):
            found.append(place + 1)
            size = 0
    return found


def parts_of(postings: Array, tokens: Array, target: int) -> list[int]:
    """Into how many parts terms are cut by document number, powers of two."""
    size = 3 * postings.astype(np.int64) + 4 * tokens.astype(np.int64)
    limit = LARGE * target
    parts = np.ones(len(size), np.int64)
    while (more := size > limit * parts).any():
        parts[more] *= 2
    found: list[int] = parts.tolist()
    return found


def shard_target(bits: int) -> int:
    """About how many bytes of postings a shard should have, before deflating, in a table of 2^bits documents."""
    return min(40_000, max(4_000, int(32 * 2 ** (bits / 2))))


def term_sizes(postings: Array) -> list[int]:
    """About how many bytes terms of so many postings take in a term shard."""
    found: list[int] = (10 + 3 * postings.astype(np.int64)).tolist()
    return found
