"""Hashes of hashes, many at a time: what pages depend on is folded together in numpy, some nanoseconds for each part.

A hash is 64 bits. The parts are real hashes; folding keeps them apart with factors that differ by place and are odd,
so that one changed part always changes the whole, and several do but for one time in 2^64.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_encode = msgspec.msgpack.Encoder(enc_hook=str).encode


class Rows(NamedTuple):
    """Lists of places, one after the other."""

    sizes: Places
    places: Places

    @property
    def bounds(self) -> tuple[Places, Places]:
        """Where each list begins and ends among the places."""
        ends = np.cumsum(self.sizes)
        return ends - self.sizes, ends


def rows_of(rows: Iterable[Sequence[int]]) -> Rows:
    """These lists of places."""
    lists = list(rows)
    return _one_after_the_other(lists, chain.from_iterable(lists))


def rows_at(rows: Iterable[Sequence[str]], place: Callable[[str], int]) -> Rows:
    """The places of what these lists name."""
    lists = list(rows)
    return _one_after_the_other(lists, map(place, chain.from_iterable(lists)))


def _one_after_the_other(lists: Sequence[Sequence[object]], places: Iterable[int]) -> Rows:
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    return Rows(sizes, np.fromiter(places, np.int64, int(sizes.sum())))


def rows_in(rows: Sequence[Places]) -> Rows:
    """These arrays of places."""
    return Rows(np.fromiter(map(len, rows), np.int64, len(rows)), np.concatenate([np.zeros(0, np.int64), *rows]))


def parts(places: Places, starts: Places, ends: Places) -> Rows:
    """Parts of one list of places, a row each: from each of the starts to its end."""
    sizes = ends - starts
    steps = np.repeat(starts - np.cumsum(sizes) + sizes, sizes)
    return Rows(sizes, places[steps + np.arange(len(steps))])


def hash_of(value: object) -> int:
    """The hash of any value that can be encoded."""
    return int.from_bytes(hashlib.blake2b(_encode(value), digest_size=8).digest(), "little")


def hashes_of(values: Iterable[object]) -> Hashes:
    """The hash of each value."""
    return np.array([hash_of(value) for value in values], np.uint64)


def fold(hashes: Hashes, rows: Rows) -> Hashes:
    """One hash for each row: of the hashes at its places, in their order."""
    starts, ends = rows.bounds
    within = np.arange(len(rows.places)) - np.repeat(starts, rows.sizes)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(hashes[rows.places] * _factors(within))])
    return _stirred(sums[ends] - sums[starts] + rows.sizes.astype(np.uint64) * _STEP)


def mix(*parts: Hashes) -> Hashes:
    """One hash for each place: of the parts' hashes there."""
    factors = _factors(np.arange(len(parts)))
    mixed = parts[0] * factors[0]
    for part, factor in zip(parts[1:], factors[1:], strict=True):
        mixed = mixed + part * factor
    return _stirred(mixed)


def _factors(places: Places) -> Hashes:
    return _stirred((places.astype(np.uint64) + np.uint64(1)) * _STEP) | np.uint64(1)


def _stirred(hashes: Hashes) -> Hashes:
    """Every bit of each hash depends on all others (the last steps of SplitMix64)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * _FIRST
    hashes = (hashes ^ (hashes >> np.uint64(27))) * _SECOND
    return hashes ^ (hashes >> np.uint64(31))
