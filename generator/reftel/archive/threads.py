"""Threads: the cables that REF lines connect, in Zulu order.

Two held cables belong to one thread when a REF leads from one to the other, or a chain of such REFs does. Only the REF
line connects: an MRN written in the prose is a pointer, not an answer; a missing cable connects nothing, because nobody
can read what it would have joined.

A hub does not glue. A circular that hundreds answer, or a yearly report that lists all it rests on, would make one
thread of what are many conversations. So a REF connects only where the cable it leads to is cited by at most `HUBS[0]`
held cables, and the cable it stands in cites at most as many. In a large archive that is not enough: chains of ordinary
REFs run from conversation to conversation until most of the archive hangs together. So whatever still has more than
`LARGEST` cables is cut again at its busiest ones, with the next of the `HUBS`, down to plain chains.

Citing and cited cables are counted in the whole archive, so the order of the cables and of their REFs is all the same.
A hub stays in the thread of its other REFs; its page lists all who cite it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from reftel.archive.model import Entry

HUBS = (20, 10, 5, 3, 2, 1)
"""How many cables may cite a cable, or be cited by it, at most, for its REFs to connect: first everywhere, then in what
is too large."""
LARGEST = 200
"""Cables from which on a thread is cut again."""
BESIDE = 8
"""Cables of a thread on each side of one, where it is shown with its surroundings only."""


Member = TypeVar("Member")


class Thread(NamedTuple):
    """Cables connected by REF, at least two, in Zulu order. It is named by its earliest cable."""

    name: str
    mrns: tuple[str, ...]

    def around(self, place: int) -> tuple[str, ...]:
        """The cable at `place` (from 0) with the `BESIDE` before and after it."""
        return tuple(beside(self.mrns, place))


def beside(row: Sequence[Member], place: int) -> Sequence[Member]:
    """The one at `place` of a thread, with the `BESIDE` before and after it."""
    return row[max(0, place - BESIDE) : place + BESIDE + 1]


def find_threads(entries: Sequence[Entry], place: Mapping[str, int]) -> tuple[Thread, ...]:
    """The threads of entries that stand in Zulu order, by their earliest cable; `place` says where each MRN stands.

    It takes time linear in cables and references.
    """
    cites = [
        sorted({place[ref.mrn] for ref in entry.refs if ref.mrn and ref.mrn in place} - {here}) if entry.refs else ()
        for here, entry in enumerate(entries)
    ]
    citers = Counter(there for cited in cites for there in cited)
    tied = [here for here, cited in enumerate(cites) if cited or here in citers]
    waiting: list[tuple[Sequence[int], int]] = [(tied, 0)]
    found: list[list[int]] = []
    while waiting:
        members, step = waiting.pop()
        for part in _connected(members, cites, citers, HUBS[step]):
            if len(part) > LARGEST and step + 1 < len(HUBS):
                waiting.append((part, step + 1))
            else:
                found.append(part)
    return tuple(Thread(entries[part[0]].mrn, tuple(entries[here].mrn for here in part)) for part in sorted(found))


def _connected(
    members: Iterable[int], cites: Sequence[Sequence[int]], citers: Mapping[int, int], hub: int
) -> list[list[int]]:
    """The parts, of two cables or more, into which `members` fall when hubs connect nothing. Members stand in order."""
    root = {here: here for here in members}
    for here in root:
        if len(cites[here]) <= hub:
            for there in cites[here]:
                if citers[there] <= hub and there in root:
                    _join(root, here, there)
    parts: dict[int, list[int]] = {}
    for here in root:
        parts.setdefault(_find(root, here), []).append(here)
    return [part for part in parts.values() if len(part) > 1]


def _find(root: dict[int, int], here: int) -> int:
    """The first cable of a cable's thread so far; paths are halved on the way, so that it stays short."""
    while root[here] != here:
        root[here] = root[root[here]]
        here = root[here]
    return here


def _join(root: dict[int, int], a: int, b: int) -> None:
    """Make one thread of two, named by the earlier cable."""
    a, b = _find(root, a), _find(root, b)
    root[max(a, b)] = min(a, b)
