"""How search data is packed: numbers as varints, sections in a row, deflated, in base64, as a classic script.

`reftel.shard("terms/t-moscow", "eJxj...")` is the one form that loads from http, from disk and in Kiwix alike.
Deflated, because the data would otherwise take three times the space on a host or a stick; over the wire it makes no
difference (base64 of deflated bytes gzips back to their size). The browser inflates with its own DecompressionStream.
"""

import base64
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
LEVEL = 4
"""Of deflating: a third of the time of level 6, for one byte in a hundred."""
_HEAD = b'reftel.shard("'
_SIZES = [bytes((size,)) for size in range(256)]
_BEYOND = 0xF0
"""UTF-8 begins so only what lies beyond the basic plane: without that, the order of characters is that of units."""


def varints(values: NDArray[np.integer]) -> tuple[NDArray[np.uint8], Ints]:
    """Non-negative numbers as LEB128 bytes, and at which byte each begins (one entry more than numbers)."""
    numbers = values.astype(np.uint64)
    sizes = np.ones(len(numbers), np.int64)
    for bits in range(7, 64, 7):
        longer = numbers >= np.uint64(1 << bits)
        if not longer.any():
            break
        sizes += longer
    starts = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    packed = np.zeros(int(starts[-1]), np.uint8)
    for place in range(int(sizes.max(initial=0))):
        there = np.flatnonzero(sizes > place)
        part = (numbers[there] >> np.uint64(7 * place)) & np.uint64(127)
        more = (sizes[there] > place + 1).astype(np.uint64) << np.uint64(7)
        packed[starts[there] + place] = (part | more).astype(np.uint8)
    return packed, starts


def varint_bytes(values: Sequence[int] | NDArray[np.integer]) -> bytes:
    """The same, bytes alone."""
    return varints(np.asarray(values, np.int64))[0].tobytes()


def read_varints(packed: bytes) -> Ints:
    """The numbers again."""
    if not packed:
        return np.zeros(0, np.int64)
    data = np.frombuffer(packed, np.uint8)
    ends = np.flatnonzero(data < 128)
    starts = np.concatenate(([0], ends[:-1] + 1))
    place = np.arange(len(data)) - np.repeat(starts, ends - starts + 1)
    return np.add.reduceat((data & 127).astype(np.int64) << (7 * place), starts)


def sections(parts: Sequence[bytes]) -> bytes:
    """Parts in a row behind their number and sizes."""
    head = bytearray()
    for number in (len(parts), *map(len, parts)):
        while number > 127:
            head.append(number & 127 | 128)
            number >>= 7
        head.append(number)
    return bytes(head) + b"".join(parts)


def read_sections(packed: bytes) -> list[bytes]:
    """The parts again."""
    sizes: list[int] = []
    at = shift = number = 0
    while not sizes or len(sizes) <= sizes[0]:
        byte = packed[at]
        number |= (byte & 127) << shift
        shift += 7
        at += 1
        if byte < 128:
            sizes.append(number)
            shift = number = 0
    parts = []
    for size in sizes[1:]:
        parts.append(packed[at : at + size])
        at += size
    return parts


def front_coded(words: Sequence[str]) -> bytes:
    """Sorted words: for each how many bytes it shares with the one before, how many follow, and these (UTF-8)."""
    parts = []
    before = b""
    for here in map(str.encode, words):
        shared, most = 0, min(len(here), len(before))
        if here[:4] == before[:4] and most > 4:
            shared = 4
        while shared < most and here[shared] == before[shared]:
            shared += 1
        parts.append(_SIZES[shared] + _SIZES[len(here) - shared] + here[shared:])
        before = here
    return b"".join(parts)


def read_front_coded(packed: bytes) -> list[str]:
    """The words again."""
    words: list[str] = []
    before = b""
    at = 0
    while at < len(packed):
        shared, size = packed[at], packed[at + 1]
        before = before[:shared] + packed[at + 2 : at + 2 + size]
        words.append(before.decode())
        at += 2 + size
    return words


def script(name: str, payload: bytes, level: int = LEVEL) -> bytes:
    """A classic script that hands the payload to the page under its name."""
    deflater = zlib.compressobj(level, zlib.DEFLATED, -15, 9)
    deflated = deflater.compress(payload) + deflater.flush()
    return _HEAD + name.encode() + b'","' + base64.b64encode(deflated) + b'")\n'


def read_script(path: Path) -> bytes:
    """The payload of a script."""
    data = path.read_bytes()
    start = data.index(b'","') + 3
    return zlib.decompress(base64.b64decode(data[start : data.rindex(b'"')]), -15)


def utf16_order(word: str) -> bytes:
    """The sort key that orders words as JavaScript does."""
    return word.encode("utf-16-be", "surrogatepass")


def in_utf16_order(words: Iterable[str]) -> list[str]:
    """Words sorted as JavaScript sorts them."""
    ordered = sorted(words)
    bytes_of = np.frombuffer("".join(ordered).encode("utf-8", "surrogatepass"), np.uint8)
    if len(bytes_of) and bytes_of.max() >= _BEYOND:
        ordered.sort(key=utf16_order)
    return ordered
