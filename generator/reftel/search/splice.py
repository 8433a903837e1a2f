"""A sorted list of words that is cut into files, changed at some words: which files must be made anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from reftel.search.packing import utf16_order


@dataclass(slots=True)
class Interval:
    """Old files [start, end) that are made anew together, and the words in them that have changed."""

    start: int
    end: int
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Done:
    """What an interval has become: the first word of each new file, and whether its last file ends where the old one
    did. Where not, nothing of it counts: the interval grows.
    """

    firsts: list[str]
    is_whole: bool


def intervals(firsts: Sequence[str], words: Sequence[str]) -> list[Interval]:
    """The files of sorted changed words. A word before the first file belongs to that."""
    found: list[Interval] = []
    number = 0
    bounds = [utf16_order(first) for first in firsts]
    for word in words:
        key = utf16_order(word)
        while number + 1 < len(bounds) and bounds[number + 1] <= key:
            number += 1
        if not found or found[-1].start != number:
            found.append(Interval(number, min(number + 1, len(bounds))))
        found[-1].words.append(word)
    return found


def settle(
    start: Sequence[Interval], end: int, redo: Callable[[list[Interval]], list[Done]]
) -> list[tuple[Interval, list[str]]]:
    """Make intervals anew until each is whole: those that are not grow by a file, into the next where that begins
    there. `end` is the number of old files. Returns the intervals with what has become of them.
    """
    waiting, settled = list(start), list[tuple[Interval, Done]]()
    while waiting:
        settled += zip(waiting, redo(waiting), strict=True)
        settled.sort(key=lambda pair: pair[0].start)
        waiting, kept = [], list[tuple[Interval, Done]]()
        for at, done in settled:
            if waiting and at.start < waiting[-1].end:
                waiting[-1].end = max(waiting[-1].end, at.end if done.is_whole else min(at.end + 1, end))
                waiting[-1].words += at.words
            elif done.is_whole:
                kept.append((at, done))
            else:
                waiting.append(Interval(at.start, min(at.end + 1, end), list(at.words)))
        settled = kept
    return [(at, done.firsts) for at, done in settled]


def replaced(firsts: Sequence[str], settled: Sequence[tuple[Interval, list[str]]]) -> list[str]:
    """The first words of all files, now that intervals of them are others."""
    found: list[str] = []
    at = 0
    for interval, new in settled:
        found += firsts[at : interval.start]
        found += new
        at = interval.end
    return found + list(firsts[at:])
