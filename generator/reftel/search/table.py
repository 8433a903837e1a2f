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
_BOTH = f"V{SHORT}"
"""Two numbers as one item of an array, which is taken faster than two."""
_SIZES = [*range(SHORT + 1), 0]
_MASKS = np.array([[(1 << 8 * min(size, 8)) - 1, (1 << 8 * max(0, size - 8)) - 1] for size in _SIZES], np.uint64)
"""What a chunk of so many bytes has of the sixteen at its start; one of more has nothing."""
_SPREAD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
"""Odd numbers by which the bytes are multiplied, so that all tell in the place."""


def bounds(text: bytes) -> tuple[Array, Array]:
    """Where the chunks of a text start, and their sizes. It begins with a blank; the end of the text ends one, too."""
    data = np.frombuffer(text + b" ", np.uint8)
    solid = (data != _BLANK) & (data != _NEWLINE)
    edges = np.flatnonzero(solid[1:] != solid[:-1]) + 1
    starts = edges[::2]
    return starts, edges[1::2] - starts


def spelled(text: bytes, starts: Array, sizes: Array) -> Array:
    """The bytes of chunks as two numbers each, [chunks, 2]; zeros for long ones."""
    return beginnings(text, starts, np.minimum(sizes, SHORT + 1))


def beginnings(text: bytes | bytearray, starts: Array, sizes: Array) -> Array:
    """The same of what begins at some places, of no more than SHORT bytes (of one more: zeros)."""
    padded = text + bytes(SHORT)
    everywhere = np.ndarray(len(text) + 1, _BOTH, padded, strides=(1,))
    pairs = everywhere[starts].view("<u8").reshape(-1, 2)
    pairs &= _MASKS.view(_BOTH).ravel().take(sizes).view(np.uint64).reshape(-1, 2)
    return pairs


def _places(pairs: Array) -> Array:
    """Where chunks stand in the table."""
    spread: Array = pairs[:, 0] * _SPREAD[0]
    spread += pairs[:, 1] * _SPREAD[1]
    spread >>= np.uint64(64 - _BITS)
    return spread.view(np.int64)


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

    def room(self, pairs: Array) -> Array:
        """Which of some chunks that are not there find a place: one for each that is free. They must be put there."""
        places = _places(pairs)
        free = np.flatnonzero((self._numbers.take(places) == NONE) & (pairs[:, 0] > 0))
        places = places.take(free)
        self._numbers[places] = free  # of those that want one place, one stays
        found: Array = free[self._numbers.take(places) == free]
        return found

    def put(self, pairs: Array, numbers: Array) -> None:
        """Take in chunks that have found a place."""
        places = _places(pairs)
        self._spelled[places] = pairs
        self._numbers[places] = numbers
