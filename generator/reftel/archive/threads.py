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

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from reftel.archive.citations import Ties
from reftel.archive.model import Entry

HUBS = (20, 10, 5, 3, 2, 1)
"""How many cables may cite a cable, or be cited by it, at most, for its REFs to connect: first everywhere, then in what
is too large."""
LARGEST = 200
"""Cables from which on a thread is cut again."""
BESIDE = 8
"""Cables of a thread on each side of one, where it is shown with its surroundings only."""


Member = TypeVar("Member")
Places = NDArray[np.int64]


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


def find_threads(entries: Sequence[Entry], ties: Ties) -> tuple[Thread, ...]:
    """The threads of entries that stand in Zulu order and have these ties, by their earliest cable.

    It takes time linear in cables and references.
    """
    count = len(entries)
    citing, cited = ties
    cites, citers = (np.bincount(ends, minlength=count) for ends in (citing, cited))
    found: list[list[int]] = []
    for hub in HUBS:
        connects = (cites[citing] <= hub) & (citers[cited] <= hub)
        citing, cited = citing[connects], cited[connects]
        first = _firsts(count, citing, cited)
        parts = _parts(first, np.flatnonzero(np.bincount(np.concatenate((citing, cited)), minlength=count)))
        is_large = np.bincount(first, minlength=count) > (LARGEST if hub != HUBS[-1] else count)
        again = is_large[first[citing]]
        citing, cited = citing[again], cited[again]
        found += (part for part in parts if not is_large[part[0]])
    return tuple(Thread(entries[part[0]].mrn, tuple(entries[here].mrn for here in part)) for part in sorted(found))


def _firsts(count: int, citing: Places, cited: Places) -> Places:
    """Of each of so many cables the first one that it hangs together with, itself where there is none before it.

    Each round at least halves how many parts that hang together are still told apart.
    """
    first = np.arange(count)
    while (first[citing] != first[cited]).any():
        a, b = first[citing], first[cited]
        np.minimum.at(first, np.maximum(a, b), np.minimum(a, b))
        while (first != (nearer := first[first])).any():
            first = nearer
    return first


def _parts(first: Places, tied: Places) -> list[list[int]]:
    """The `tied` cables that hang together, each part in order; `first` says which is the first of each one's part."""
    ordered = tied[np.argsort(first[tied], kind="stable")]
    cuts = np.flatnonzero(np.diff(first[ordered], prepend=-1, append=-1)).tolist()
    return [part.tolist() for part in (ordered[start:end] for start, end in pairwise(cuts))]
