"""What the index does with arrays of numbers, many at a time."""

import math
import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_WORD = 8
"""Bytes at whose multiples what is in a file begins."""


def sorting(numbers: Array) -> Array:
    """The stable order of small non-negative numbers: by their lower, then by their upper 16 bits, for which numpy
    counts instead of comparing.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    if len(numbers) and int(numbers.max()) > 0xFFFF:
        order = order[np.argsort((numbers >> 16).astype(np.uint16)[order], kind="stable")]
    return order


def slices(starts: Array, sizes: Array, counted: Array | None = None) -> Array:
    """The indexes of slices in a row: starts [5, 2] of sizes [2, 3] are 5 6 2 3 4. `counted`, where there is one, has
    the numbers from 0 on, as many as there are indexes or more.
    """
    if not sizes.all():
        some = np.flatnonzero(sizes)
        starts, sizes = starts.take(some), sizes.take(some)
    ends = np.cumsum(sizes, dtype=np.int64)
    places: Array = np.repeat(starts - ends + sizes, sizes)
    places += np.arange(len(places)) if counted is None else counted[: len(places)]
    return places


def short_slices(starts: Array, sizes: Array) -> Array:
    """The same where most slices are of one index, and all are short: one of each is taken at a time."""
    bounds = running(sizes)
    places = np.empty(int(bounds[-1]) + 1, starts.dtype)
    places[bounds[:-1]] = starts  # where a slice is empty, the next one's start takes the place
    some = np.flatnonzero(sizes > 1)
    number = 1
    while len(some):
        places[bounds.take(some) + number] = starts.take(some) + number
        number += 1
        some = some[sizes.take(some) > number]
    return places[:-1]


def running(sizes: Array) -> Array:
    """Running sums, from 0."""
    sums = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=sums[1:])
    return sums


def changes(*columns: Array) -> Array:
    """True where any column differs from the row before; the first row differs."""
    changed = np.zeros(len(columns[0]), bool)
    changed[:1] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return changed


def save_arrays(arrays: Mapping[str, Array], path: Path) -> None:
    """Write arrays into one file, from which they can be looked at without reading them all."""
    rows = [(name, array.dtype.str, array.shape) for name, array in arrays.items()]
    head = msgspec.json.encode(rows)
    with path.open("wb") as file:
        for data in (len(head).to_bytes(_WORD, "little"), head, *(array.tobytes() for array in arrays.values())):
            file.write(data + bytes(-len(data) % _WORD))


def open_arrays(path: Path) -> dict[str, Array]:
    """The arrays of such a file."""
    with path.open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    at = _WORD
    size = int.from_bytes(data[:at], "little")
    found: dict[str, Array] = {}
    for name, kind, shape in msgspec.json.decode(data[at : at + size], type=list[tuple[str, str, list[int]]]):
        at += size + -size % _WORD
        count = math.prod(shape)
        found[name] = np.frombuffer(data, kind, count, at).reshape(shape)
        size = found[name].nbytes
    return found
