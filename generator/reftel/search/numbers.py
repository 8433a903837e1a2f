"""The numbers of documents: each has a place of its own in a sparse table, so that a further cable moves hardly any
other.

A document's number follows from the hash of its key; where two want one place, the one of the higher hash (then key)
moves on to the next. So the numbers are a function of the set of keys alone, whatever was added or taken away before.
Only the files know them: when they are read, documents are counted from 0 in the order of their numbers.
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
from reftel.search.packing import read_varints, varint_bytes
from reftel.search.store import Store

SPARSE = 3
"""There are at least so many places for each document."""
FEWEST_BITS = 6


class Numbers(NamedTuple):
    """Where documents stand: the table has 2^bits places (a few may stand behind its end)."""

    bits: int
    order: Array
    """The documents, as places in the list of their keys, in the order of their numbers."""
    numbers: Array
    """Their numbers, in this order."""

    def in_order(self, keys: Sequence[str]) -> list[str]:
        """The keys in the order of their numbers."""
        return list(map(keys.__getitem__, self.order.tolist()))


def bits_for(documents: int) -> int:
    """How large the table of so many documents is."""
    return max(FEWEST_BITS, (SPARSE * documents - 1).bit_length())


def digest_of(key: str) -> bytes:
    """What says where a document of this key wants to stand."""
    return blake2b(key.encode(), digest_size=8).digest()


def number(keys: Sequence[str], digest: Callable[[str], bytes] = digest_of) -> Numbers:
    """The numbers of documents with these keys, which are all different. `digest` is for who keeps what it has said."""
    bits = bits_for(len(keys))
    hashes = np.frombuffer(b"".join(map(digest, keys)), ">u8").astype(np.uint64)
    order = np.argsort(hashes, kind="stable")
    equal = np.flatnonzero(hashes[order][1:] == hashes[order][:-1])
    if len(equal):
        order = np.array(sorted(range(len(keys)), key=lambda place: (int(hashes[place]), keys[place])), np.int64)
    wanted = (hashes[order] >> np.uint64(64 - bits)).astype(np.int64)
    steps = np.arange(len(keys))
    return Numbers(bits, order, np.maximum.accumulate(wanted - steps) + steps if len(keys) else wanted)


def write_numbers(numbers: Array, store: Store) -> None:
    """Write the numbers that are taken."""
    store.write("numbers", varint_bytes(np.diff(numbers, prepend=-1) - 1))


def read_numbers(store: Store) -> Array:
    """The numbers that are taken, in order."""
    return np.cumsum(read_varints(store.read("numbers")) + 1) - 1
