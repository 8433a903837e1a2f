"""Join the parts' postings into one index, a range of terms at a time, so that memory stays bounded however many
cables there are.

`Numbering` numbers all terms and forms and leaves these numbers beside each part's postings in the scratch folder;
`read_range` then brings together the postings of some consecutive terms, and needs nothing but that folder.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reftel.search.arrays import Array, open_arrays, save_arrays, slices
from reftel.search.gather import Run
from reftel.search.parts import open_run
from reftel.search.postings import Postings, Share, concatenated, of_run, put_together
from reftel.search.word_numbers import AllWords, words_of

KINDS = ("terms", "forms")
AMONG_ALL = "among-all"
"""The file of a part's numbers of its terms and forms among all."""


@dataclass
class Scratch:
    """The scratch folder: the runs of so many parts."""

    folder: Path
    parts_count: int

    @property
    def parts(self) -> Iterator[tuple[Run, Array, Array, Array]]:
        """Each part's run, the numbers of its terms and of its forms among all, and of its documents. What was looked
        at of a part stays in memory as long as one of its arrays does, and more that lies beside it: of hundreds of
        parts that is much.
        """
        return map(_open_part, self.places)

    @property
    def places(self) -> list[Path]:
        """The parts' folders."""
        return [self.folder / str(number) for number in range(self.parts_count)]

    def forms(self, numbers: Array) -> list[str]:
        """The forms of these numbers."""
        text, starts = np.fromfile(self.folder / "forms", np.uint8), np.load(self.folder / "form_starts.npy")
        first = starts.take(numbers)
        return words_of(text.take(slices(first, starts.take(numbers + 1) - first)).tobytes()[:-1])

    def sizes(self, terms: int) -> tuple[Array, Array]:
        """How many postings and how many tokens each term has in all."""
        postings, tokens = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
        for run, numbers, _, _ in self.parts:
            postings[numbers] += np.diff(run.starts[:, 0])
            tokens[numbers] += np.diff(run.starts[:, 3])
        return postings, tokens


def _open_part(place: Path) -> tuple[Run, Array, Array, Array]:
    run, documents = open_run(place)
    numbers = open_arrays(place / AMONG_ALL)
    return run, numbers["terms"], numbers["forms"], documents


class Numbering:
    """Numbers the terms and forms of part after part."""

    def __init__(self) -> None:
        self._words = {kind: AllWords() for kind in KINDS}
        self._numbers: list[dict[str, Array]] = []

    def add(self, place: Path) -> None:
        """Take in the words of the part in this folder."""
        self._numbers.append(
            {kind: words.numbers_of((place / kind).read_bytes()) for kind, words in self._words.items()}
        )

    def finish(self, scratch: Scratch) -> list[str]:
        """Leave with each part the numbers that its words have among all; returns the terms in UTF-16 order."""
        ordered, ranks = {}, {}
        for kind, words in self._words.items():
            order = words.in_order(np.arange(words.count))
            ordered[kind] = words.joined(order)
            ranks[kind] = np.zeros(words.count, np.int32)
            ranks[kind][order] = np.arange(words.count)
        for place, numbers in zip(scratch.places, self._numbers, strict=True):
            save_arrays({kind: ranks[kind][own] for kind, own in numbers.items()}, place / AMONG_ALL)
        forms = ordered["forms"] + b"\n"
        (scratch.folder / "forms").write_bytes(forms)
        ends = np.flatnonzero(np.frombuffer(forms, np.uint8) == ord(b"\n"))
        np.save(scratch.folder / "form_starts.npy", np.append(0, ends + 1))
        return words_of(ordered["terms"])


def read_range(scratch: Scratch, start: int, end: int) -> Postings:
    """Every part's share of the terms [start, end), in the order of terms; these are counted from 0."""
    shares = []
    for run, terms, forms, documents in scratch.parts:
        low, high = np.searchsorted(terms, [start, end]).tolist()
        if low < high:
            own = terms[low:high] - start
            sizes = np.diff(run.starts[low : high + 1], axis=0)
            shares.append(Share(own, sizes, concatenated([of_run(run, low, high, own, forms, documents)])))
    return put_together(shares)
