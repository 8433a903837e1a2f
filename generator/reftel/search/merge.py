"""Join the parts' postings into one index, a range of terms at a time, so that memory stays bounded however many
cables there are.

`join` numbers all terms and forms and leaves these numbers beside each part's postings in the scratch folder;
`read_range` then brings together the postings of some consecutive terms, and needs nothing but that folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from reftel.search.gather import Array, Run
from reftel.search.packing import in_utf16_order
from reftel.search.parts import open_run, read_words
from reftel.search.postings import Postings, of_run, put_together


@dataclass
class Scratch:
    """The scratch folder: the runs of so many parts."""

    folder: Path
    parts_count: int

    @cached_property
    def parts(self) -> list[tuple[Run, Array, Array, Array]]:
        """Each part's run, the numbers of its terms and of its forms among all, and of its documents."""
        return [
            (
                open_run(place),
                np.load(place / "term_numbers.npy", mmap_mode="r"),
                np.load(place / "form_numbers.npy", mmap_mode="r"),
                np.load(place / "numbers.npy", mmap_mode="r"),
            )
            for place in self.places
        ]

    @property
    def places(self) -> list[Path]:
        """The parts' folders."""
        return [self.folder / str(number) for number in range(self.parts_count)]

    @cached_property
    def _forms(self) -> tuple[bytes, list[int]]:
        """All forms in a row, and where each begins."""
        return (self.folder / "forms").read_bytes(), np.load(self.folder / "form_starts.npy").tolist()

    def forms(self, numbers: Array) -> list[str]:
        """The forms of these numbers."""
        text, starts = self._forms
        return [text[starts[number] : starts[number + 1]].decode() for number in numbers.tolist()]

    def sizes(self, terms: int) -> tuple[Array, Array]:
        """How many postings and how many tokens each term has in all."""
        postings, tokens = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
        for run, numbers, _, _ in self.parts:
            postings[numbers] += np.diff(run.starts[:, 0])
            tokens[numbers] += np.diff(run.starts[:, 2])
        return postings, tokens


def join(scratch: Scratch) -> list[str]:
    """Number the terms and forms of all parts; returns the terms in UTF-16 order."""
    terms = _number(scratch.places, "terms")
    forms = _number(scratch.places, "forms")
    packed = [form.encode() for form in forms]
    starts = np.concatenate(([0], np.cumsum([len(form) for form in packed]))).astype(np.int64)
    np.save(scratch.folder / "form_starts.npy", starts)
    (scratch.folder / "forms").write_bytes(b"".join(packed))
    return terms


def _number(places: Sequence[Path], kind: str) -> list[str]:
    """All words of a kind, sorted, after leaving with each part the numbers of its own."""
    words: set[str] = set()
    for place in places:
        words.update(read_words(place, kind))
    ordered = in_utf16_order(words)
    number = {word: place for place, word in enumerate(ordered)}
    for place in places:
        own = read_words(place, kind)
        np.save(place / f"{kind[:-1]}_numbers.npy", np.fromiter(map(number.__getitem__, own), np.int32, len(own)))
    return ordered


def read_range(scratch: Scratch, start: int, end: int) -> Postings:
    """Every part's share of the terms [start, end), in the order of terms; these are counted from 0."""
    shares = []
    for run, terms, forms, documents in scratch.parts:
        low, high = np.searchsorted(terms, [start, end]).tolist()
        if low < high:
            shares.append(of_run(run, low, high, terms[low:high] - start, forms, documents))
    return put_together(shares)
