"""How search data is packed: numbers as varints, sections in a row, deflated, in base64, as a classic script.

`reftel.shard("terms/t-moscow", "eJxj...")` is the one form that loads from http, from disk and in Kiwix alike.
Deflated, because the data would otherwise take three times the space on a host or a stick; over the wire it makes no
difference (base64 of deflated bytes gzips back to their size). The browser inflates with its own DecompressionStream.
libdeflate packs tighter than zlib in half the time, and a version of it to the same bytes on x86 and ARM alike; zlib
has makers that differ.
"""

import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from deflate import deflate_compress
from numpy.typing import NDArray

Ints = NDArray[np.int64]


USUAL = 5
"""The level of what most files hold. Levels are those of libdeflate."""
TEXT = 2
"""For texts, which are most bytes: 5 takes a third longer, for two bytes in a hundred."""
QUICK = 1
"""For phrase shards, which are most of what a changed cable writes: higher levels gain little on them."""
_HEAD = b'reftel.shard("'
BEYOND = 0xF0
"""UTF-8 begins so only what lies beyond the basic plane: without that, the order of characters is that of units."""


def varints(values: NDArray[np.integer]) -> tuple[NDArray[np.uint8], Ints]:
    """Non-negative numbers as LEB128 bytes, and at which byte each begins (one entry more than numbers)."""
    most = int(values.max(initial=0))
    starts = np.arange(len(values) + 1)
    if most < 1 << 7:
        return values.astype(np.uint8), starts
    numbers: NDArray[np.unsignedinteger] = values.astype(np.uint32 if most < 1 << 32 else np.uint64)
    longer = [np.flatnonzero(numbers >= 1 << bits) for bits in range(7, most.bit_length(), 7)]
    more = np.zeros(len(numbers), np.uint8)
    for there in longer:
        more[there] += 1
    starts[1:] += np.cumsum(more, dtype=np.int64)
    packed = np.empty(int(starts[-1]), np.uint8)
    packed[starts[:-1]] = numbers
    for place, there in enumerate(longer):
        at = starts[there] + place
        packed[at] |= 128
        packed[at + 1] = numbers[there] >> (7 * place + 7)
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
    return front_coded_rows(words, [0])[0].tobytes()


def front_coded_rows(words: Sequence[str], firsts: Sequence[int]) -> tuple[NDArray[np.uint8], Ints]:
    """Several such lists, one after the other, that begin at `firsts`; also at which byte each word begins (one entry
    more than words).
    """
    spelled = [word.encode() for word in words]
    sizes = np.fromiter(map(len, spelled), np.int64, len(spelled))
    letters = np.frombuffer(b"".join(spelled), np.uint8)
    inside = np.arange(int(sizes.max(initial=0)) + 1) < sizes[:, None]
    table = np.zeros(inside.shape, np.uint8)
    table[inside] = letters
    differs = ~inside
    differs[1:] |= table[1:] != table[:-1]
    shared = differs.argmax(axis=1)
    shared[[first for first in firsts if first < len(words)]] = 0
    starts = np.zeros(len(words) + 1, np.int64)
    np.cumsum(sizes - shared + 2, out=starts[1:])
    packed = np.zeros(int(starts[-1]), np.uint8)
    packed[starts[:-1]], packed[starts[:-1] + 1] = shared, sizes - shared
    is_letter = np.ones(len(packed), bool)
    is_letter[starts[:-1]] = is_letter[starts[:-1] + 1] = False
    packed[is_letter] = table[inside & (np.arange(inside.shape[1]) >= shared[:, None])]
    return packed, starts


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


def script(name: str, payload: bytes, level: int = USUAL) -> bytes:
    """A classic script that hands the payload to the page under its name."""
    deflated = b2a_base64(deflate_compress(payload, level), newline=False)
    return b"".join((_HEAD, name.encode(), b'","', deflated, b'")\n'))


def read_script(path: Path) -> bytes:
    """The payload of a script."""
    data = path.read_bytes()
    start = data.index(b'","') + 3
    return zlib.decompress(a2b_base64(data[start : data.rindex(b'"')]), -15)


def utf16_order(word: str) -> bytes:
    """The sort key that orders words as JavaScript does."""
    return word.encode("utf-16-be", "surrogatepass")


def in_utf16_order(words: Iterable[str]) -> list[str]:
    """Words sorted as JavaScript sorts them."""
    ordered = sorted(words)
    bytes_of = np.frombuffer("".join(ordered).encode("utf-8", "surrogatepass"), np.uint8)
    if len(bytes_of) and bytes_of.max() >= BEYOND:
        ordered.sort(key=utf16_order)
    return ordered
