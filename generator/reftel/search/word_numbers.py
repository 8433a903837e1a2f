"""Words by numbers: each has one, in the order in which they came.

Beside the dictionary all words stand in one text, so that many are put in order, or written, without a look at each.
"""

from array import array

import numpy as np

from reftel.search.arrays import Array, slices
from reftel.search.packing import BEYOND, utf16_order
from reftel.search.table import NONE, SHORT, Table, beginnings, bounds, spelled


class Words(dict[str, int]):
    """Words by numbers that count in the order in which they came."""

    def __init__(self) -> None:
        super().__init__()
        self._text = bytearray()
        """All words, each with a new line behind it."""
        self._starts = array("q", [0])

    def __missing__(self, word: str) -> int:
        number = self[word] = self.count
        self._text += word.encode() + b"\n"
        self._starts.append(len(self._text))
        return number

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._starts) - 1

    def in_order(self, numbers: Array) -> Array:
        """The numbers in the order in which JavaScript sorts their words: by how these begin, and where that says too
        little, one by one.
        """
        if np.frombuffer(self._text, np.uint8).max(initial=0) >= BEYOND:
            return self._one_by_one(numbers)
        starts, sizes = self._slices(numbers)
        keys = beginnings(self._text, starts, np.minimum(sizes - 1, SHORT)).byteswap()
        order = np.lexsort((keys[:, 1], keys[:, 0]))
        numbers, keys = numbers.take(order), keys.take(order, axis=0)
        is_same = (keys[1:] == keys[:-1]).all(axis=1)
        tied = np.flatnonzero(np.append(is_same, False) | np.append(False, is_same))
        numbers[tied] = self._one_by_one(numbers[tied])
        return numbers

    def _one_by_one(self, numbers: Array) -> Array:
        found = zip(self.listed(numbers), numbers.tolist(), strict=True)
        return np.array([number for _, number in sorted(found, key=lambda pair: utf16_order(pair[0]))], numbers.dtype)

    def joined(self, numbers: Array) -> bytes:
        """The words of some numbers, with new lines between them."""
        return np.frombuffer(self._text, np.uint8).take(slices(*self._slices(numbers))).tobytes()[:-1]

    def listed(self, numbers: Array) -> list[str]:
        """The words of some numbers."""
        return words_of(self.joined(numbers))

    def _slices(self, numbers: Array) -> tuple[Array, Array]:
        starts = np.frombuffer(self._starts, np.int64)
        first = starts.take(numbers)
        return first, starts.take(numbers + 1) - first


class AllWords(Words):
    """Words of many lists, each taken in at once. Short ones stand in a table by their bytes, and only those that find
    no place there in the dictionary.
    """

    def __init__(self) -> None:
        super().__init__()
        self._table = Table()

    def numbers_of(self, joined: bytes) -> Array:
        """The numbers of a list's words, which are all different and stand with new lines between them."""
        text = b"\n" + joined
        starts, sizes = bounds(text)
        pairs = spelled(text, starts, sizes)
        numbers = self._table.numbers(pairs)
        missing = np.flatnonzero(numbers == NONE)
        new = missing.take(self._table.room(pairs[missing]))
        numbers[new] = np.arange(self.count, self.count + len(new))
        self._table.put(pairs[new], numbers[new])
        self._take_in(text + b"\n", starts.take(new), sizes.take(new) + 1)
        others = np.flatnonzero(numbers == NONE)
        bounds_of = zip(starts[others].tolist(), (starts + sizes)[others].tolist(), strict=True)
        numbers[others] = [self[text[start:end].decode()] for start, end in bounds_of]
        return numbers

    def _take_in(self, text: bytes, starts: Array, sizes: Array) -> None:
        ends = np.cumsum(sizes, dtype=np.int64) + len(self._text)
        self._text += np.frombuffer(text, np.uint8).take(slices(starts, sizes)).tobytes()
        self._starts.frombytes(ends.tobytes())


def words_of(joined: bytes) -> list[str]:
    """Words with new lines between them."""
    return joined.decode().split("\n") if joined else []
