"""A large file of sorted lines brought up to date: the lines that have changed are put in their places among the
others, which are not looked at, so that it takes time in proportion to the change (and to copying the rest).
"""

from collections.abc import Callable, Mapping


def spliced(lines: bytes, changes: Mapping[str, bytes | None], key: Callable[[bytes], str]) -> bytes:
    """Lines sorted by their key, each with its end, with those of the changed keys put in their places, or taken out
    (None). `key` is that of a line with its end.
    """
    made: list[bytes | memoryview] = []
    rest = memoryview(lines)
    at = 0
    for changed in sorted(changes):
        place = _place_of(lines, changed, at, key)
        made.append(rest[at:place])
        end = _end_of(lines, place)
        at = end if place < len(lines) and key(lines[place:end]) == changed else place
        if line := changes[changed]:
            made.append(line)
    made.append(rest[at:])
    return b"".join(made)


def _place_of(lines: bytes, wanted: str, low: int, key: Callable[[bytes], str]) -> int:
    """Where the first line at or after `low`, the start of a line, begins whose key is not before the wanted one."""
    high = len(lines)
    while low < high:
        middle = (low + high) // 2
        start = lines.rfind(b"\n", low, middle) + 1 or low
        end = _end_of(lines, start)
        if key(lines[start:end]) < wanted:
            low = end
        else:
            high = start
    return low


def _end_of(lines: bytes, start: int) -> int:
    return lines.find(b"\n", start) + 1 or len(lines)
