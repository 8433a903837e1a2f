"""Chunks of a text by their bytes, looked up many at a time.

A short chunk's bytes are two numbers of 64 bits, and these say where in a table the chunk's number stands. Where two
chunks want one place it stays with the first, and the other is not in the table, as long ones are not: one look is
enough.
"""

import numpy as np

from reftel.search.arrays import Array

SHORT = 16
"""Bytes of chunks that may be in the table; most are shorter by far."""
NONE = -1
_BITS = 20
_BLANK, _NEWLINE = b" \n"
_MASKS = np.array(
    [[(1 << 8 * min(size, 8)) - 1, (1 << 8 * max(0, size - 8)) - 1] for size in range(SHORT + 1)] + [[0, 0]], np.uint64
)
"""What a chunk of so many bytes has of the sixteen at its start; one of more has nothing."""
_SPREAD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
"""Odd numbers by which the bytes are multiplied, so that all tell in the place."""


def bounds(text: bytes) -> tuple[Array, Array]:
    """Where the chunks of a text start and end, which begins with a blank; the end of the text ends one, too."""
    data = np.frombuffer(text + b" ", np.uint8)
    solid = (data != _BLANK) & (data != _NEWLINE)
    edges = np.flatnonzero(solid[1:] != solid[:-1]) + 1
    return edges[::2], edges[1::2]


def spelled(text: bytes, starts: Array, ends: Array) -> Array:
    """The bytes of chunks as two numbers each, [chunks, 2]; zeros for long ones."""
    padded = text + bytes(SHORT)
    everywhere = np.ndarray(len(text) + 1, f"V{SHORT}", padded, strides=(1,))
    pairs = everywhere[starts].view("<u8").reshape(-1, 2)
    pairs &= _MASKS.take(np.minimum(ends - starts, SHORT + 1), axis=0)
    return pairs


def _places(pairs: Array) -> Array:
    """Where chunks stand in the table."""
    spread: Array = pairs[:, 0] * _SPREAD[0] + pairs[:, 1] * _SPREAD[1]
    return (spread >> (64 - _BITS)).astype(np.int64)


class Table:
    """Numbers of short chunks, by how they are spelled."""

    def __init__(self) -> None:
        self._spelled = np.zeros((1 << _BITS, 2), np.uint64)
        self._numbers = np.full(1 << _BITS, NONE, np.int32)

    def numbers(self, pairs: Array) -> Array:
        """The numbers of chunks; NONE for those that are not in the table."""
        places = _places(pairs)
        there = self._spelled.take(places, axis=0)
        is_it = (there[:, 0] == pairs[:, 0]) & (there[:, 1] == pairs[:, 1])
        return np.where(is_it, self._numbers.take(places), NONE)

    def add(self, pairs: Array, numbers: Array) -> None:
        """Take in chunks that were not there, where there is room."""
        places = _places(pairs)
        free = np.flatnonzero((self._numbers[places] == NONE) & (pairs[:, 0] > 0))
        places, first = np.unique(places[free], return_index=True)
        self._spelled[places] = pairs[free[first]]
        self._numbers[places] = numbers[free[first]]
