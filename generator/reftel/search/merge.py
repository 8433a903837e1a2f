"""Join the parts' postings into one index, a range of terms at a time, so that memory stays bounded however many
cables there are.

`join` numbers all terms and forms and leaves these numbers beside each part's postings in the scratch folder;
`read_range` then brings together the postings of some consecutive terms, and needs nothing but that folder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

import numpy as np

from reftel.search.gather import Array, Run, slices, sorting
from reftel.search.packing import utf16_order
from reftel.search.parts import open_run, read_words

BITS = np.array([number.bit_count() for number in range(256)])
"""How many fields a mask names."""
TOKENS_AT_ONCE = 1_500_000


@dataclass
class Scratch:
    """The scratch folder: the runs of so many parts, each of so many documents."""

    folder: Path
    documents: list[int]

    @cached_property
    def parts(self) -> list[tuple[Run, Array, Array, int]]:
        """Each part's run, the numbers of its terms and of its forms among all, and its first document."""
        firsts = [0, *accumulate(self.documents)]
        return [
            (
                open_run(place),
                np.load(place / "term_numbers.npy", mmap_mode="r"),
                np.load(place / "form_numbers.npy", mmap_mode="r"),
                first,
            )
            for place, first in zip(self.places, firsts, strict=False)
        ]

    @property
    def places(self) -> list[Path]:
        """The parts' folders."""
        return [self.folder / str(number) for number in range(len(self.documents))]

    @cached_property
    def lengths(self) -> Array:
        """The lengths of all fields of all documents."""
        table: Array = np.load(self.folder / "lengths.npy", mmap_mode="r")
        return table

    @cached_property
    def _forms(self) -> tuple[bytes, list[int]]:
        """All forms in a row, and where each begins."""
        return (self.folder / "forms").read_bytes(), np.load(self.folder / "form_starts.npy").tolist()

    def forms(self, numbers: Array) -> list[str]:
        """The forms of these numbers."""
        text, starts = self._forms
        return [text[starts[number] : starts[number + 1]].decode() for number in numbers.tolist()]


@dataclass(slots=True)
class Range:
    """The postings of consecutive terms over all documents; the columns are those of `Run`, numbers count over the
    whole archive.
    """

    terms: Sequence[str]
    starts: Array
    """Where each term's postings, entries and tokens begin, [terms + 1, 3]."""
    posting_document: Array
    posting_mask: Array
    posting_tokens: Array
    entry_frequency: Array
    first_place: Array
    token_position: Array
    token_form: Array
    token_before: Array
    token_after: Array
    gaps_before: Array
    gaps_after: Array


def join(scratch: Scratch, lengths: Array) -> list[str]:
    """Number the terms and forms of all parts; returns the terms in UTF-16 order."""
    np.save(scratch.folder / "lengths.npy", lengths)
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
    ordered = sorted(words, key=utf16_order)
    number = {word: place for place, word in enumerate(ordered)}
    for place in places:
        own = read_words(place, kind)
        np.save(place / f"{kind[:-1]}_numbers.npy", np.fromiter(map(number.__getitem__, own), np.int32, len(own)))
    return ordered


def bounds(scratch: Scratch, terms: int, at_once: int = TOKENS_AT_ONCE) -> Iterator[tuple[int, int]]:
    """Ranges [start, end) of terms that together have about so many postings and tokens."""
    weight = np.zeros(terms, np.int64)
    for run, numbers, _, _ in scratch.parts:
        weight[numbers] += np.diff(run.starts[:, 0]) + np.diff(run.starts[:, 2])
    sums = np.cumsum(weight)
    start = 0
    while start < terms:
        done = int(sums[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(sums, done + at_once, side="right")))
        yield start, end
        start = end


def read_range(scratch: Scratch, terms: Sequence[str], start: int) -> Range:
    """Every part's share of these terms, of which the first has this number, put into the order of terms."""
    end = start + len(terms)
    shares: list[dict[str, Array]] = []
    first_place = np.full(len(terms), -1, np.int32)
    for run, numbers, forms, first in scratch.parts:
        low, high = np.searchsorted(numbers, [start, end])
        if low == high:
            continue
        (postings, entries, tokens, before, after) = run.starts[low].tolist()
        (postings_end, entries_end, tokens_end, before_end, after_end) = run.starts[high].tolist()
        here = numbers[low:high] - start
        unseen = first_place[here] < 0
        first_place[here[unseen]] = run.first_place[low:high][unseen]
        shares.append({
            "term": np.repeat(here, np.diff(run.starts[low : high + 1, 0])),
            "document": run.posting_document[postings:postings_end] + np.int32(first),
            "mask": run.posting_mask[postings:postings_end],
            "tokens": run.posting_tokens[postings:postings_end],
            "frequency": run.entry_frequency[entries:entries_end],
            "position": run.token_position[tokens:tokens_end],
            "form": forms[run.token_form[tokens:tokens_end]],
            "before": run.token_before[tokens:tokens_end],
            "after": run.token_after[tokens:tokens_end],
            "gaps_before": run.gaps_before[before:before_end],
            "gaps_after": run.gaps_after[after:after_end],
        })  # fmt: skip
    whole = {name: np.concatenate([share[name] for share in shares]) for name in shares[0]}
    return _ordered(whole, terms, first_place)


def _ordered(whole: dict[str, Array], terms: Sequence[str], first_place: Array) -> Range:
    order = sorting(whole["term"])
    entries = BITS[whole["mask"]]
    entry_order = _spread(order, entries)
    token_order = _spread(order, whole["tokens"])
    before_order, after_order = _spread(token_order, whole["before"]), _spread(token_order, whole["after"])
    first_posting = np.searchsorted(whole["term"][order], np.arange(len(terms) + 1))
    tokens = whole["tokens"][order]
    sums = [np.concatenate(([0], np.cumsum(sizes)))[first_posting] for sizes in (entries[order], tokens)]
    return Range(
        terms=terms,
        starts=np.column_stack((first_posting, *sums)),
        posting_document=whole["document"][order],
        posting_mask=whole["mask"][order],
        posting_tokens=tokens,
        entry_frequency=whole["frequency"][entry_order],
        first_place=first_place,
        token_position=whole["position"][token_order],
        token_form=whole["form"][token_order],
        token_before=whole["before"][token_order],
        token_after=whole["after"][token_order],
        gaps_before=whole["gaps_before"][before_order],
        gaps_after=whole["gaps_after"][after_order],
    )


def _spread(order: Array, sizes: Array) -> Array:
    """The order of the parts, from the order of the wholes and the number of parts of each."""
    sizes = sizes.astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    return slices(starts[order], sizes[order])
