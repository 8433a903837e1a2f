"""Which cables cite which, as arrays: the full set has 251,287 cables, and a list of MRNs for each would take long to
make and much memory.

Every cable that is held or cited has a number: a held one its place among all cables (the first file of its MRN), one
that is cited only a number after these.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reftel.archive.model import Entry

Numbers = NDArray[np.int64]
_NOTHING: tuple[tuple[()], int] = (), 0
"""What a cable cites that has no REFs and mentions none."""


class Ties(NamedTuple):
    """Which held cables cite which others in their REF lines, each pair once and in order, as places in Zulu order."""

    citing: Numbers
    cited: Numbers


class Citations:
    """What the cables of an archive cite, in their REF lines and their prose."""

    sizes: Numbers
    """How many other cables each of them cites."""
    cited: Numbers
    """The numbers of these, one cable's after the other's."""
    beyond: Sequence[str]
    """The MRNs of those that are cited and not held, in the order of their numbers."""
    citing: Numbers
    """The places of the cables that cite, one cited cable's after the other's, by its number."""
    ties: Ties
    """Those of the REF lines, between held cables."""

    def __init__(self, everything: Sequence[Entry], places: Mapping[str, int]) -> None:
        """Of cables whose MRNs have `places`; those after these are twins, and cite without being counted."""
        self._places, self._beyond = places, dict[str, int]()
        mrns, sizes, in_refs = list[str](), list[int](), list[int]()
        for entry in everything:
            found, first = entry.cites() if entry.refs or entry.mentions else _NOTHING
            mrns += found
            sizes.append(len(found))
            in_refs.append(first)
        self.sizes = np.array(sizes, np.int64)
        self.cited = self._numbers(mrns, len(everything))
        self.beyond = list(self._beyond)
        count = len(places)
        citing = np.repeat(np.arange(count), self.sizes[:count])
        cited = self.cited[: len(citing)]
        order = np.argsort(cited, kind="stable")
        self.citing = citing[order]
        self._counts = np.bincount(cited, minlength=len(everything) + len(self.beyond))
        self._ends = np.cumsum(self._counts)
        self.ties = self._find_ties(citing, cited, np.array(in_refs[:count], np.int64))

    def _numbers(self, mrns: Sequence[str], first: int) -> Numbers:
        """The number of each MRN; those that are not held get numbers from `first` on."""
        place, beyond = self._places.get, self._beyond
        found = [beyond.setdefault(mrn, first + len(beyond)) if (here := place(mrn)) is None else here for mrn in mrns]
        return np.array(found, np.int64)

    def _find_ties(self, citing: Numbers, cited: Numbers, in_refs: Numbers) -> Ties:
        count = len(in_refs)
        sizes = self.sizes[:count]
        within = np.arange(len(citing)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        ties = (within < np.repeat(in_refs, sizes)) & (cited < count)
        pairs = np.sort(citing[ties] * count + cited[ties])  # each as one number
        return Ties(*np.divmod(pairs, max(1, count)))

    def citers(self, mrn: str) -> list[int]:
        """The places of the cables that cite an MRN, in order."""
        number = self._places.get(mrn, self._beyond.get(mrn))
        if number is None:
            return []
        end = self._ends[number]
        places: list[int] = self.citing[end - self._counts[number] : end].tolist()
        return places

    def citing_bounds(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Where those that cite each of these numbers begin and end in `citing`."""
        ends = self._ends[numbers]
        return ends - self._counts[numbers], ends

    def most_cited(self, count: int) -> list[tuple[int, int]]:
        """The places of the held cables that most others cite, with how many."""
        counts = self._counts[: len(self._places)]
        first = np.argsort(-counts, kind="stable")[:count]
        return [(place, cited) for place, cited in zip(first.tolist(), counts[first].tolist(), strict=True) if cited]
