"""One part of the documents: a pure piece of work for any process. Its texts and cards are written, its postings left
in the scratch folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array, open_arrays, save_arrays
from reftel.search.cards import CARD_BITS, card_of, write_cards, write_text
from reftel.search.columns import Facts, facts_of
from reftel.search.gather import Run, gather
from reftel.search.store import Store
from reftel.search.work import Put, Read, Written

_ARRAYS = (
    "lengths", "starts", "posting_document", "posting_mask", "posting_tokens", "entry_frequency", "entry_short",
    "token_position", "token_form", "token_before", "token_after", "gaps_before", "gaps_after",
)  # fmt: skip


class Part(NamedTuple):
    """Documents of consecutive numbers: the number of the part (from 0), the documents' places in the list of keys,
    their numbers, how to write, and where to leave the postings.
    """

    number: int
    places: Sequence[int]
    numbers: Array
    put: Put
    scratch: str


@dataclass(slots=True)
class PartReport:
    """What a part has come to."""

    lengths: Array
    facts: Facts
    files: list[Written]


def index_part(read: Read, part: Part) -> PartReport:
    """Do one part."""
    store = Store(Path(), part.put)
    documents = read(part.places)
    run = gather(documents)
    save_run(run, Path(part.scratch, str(part.number)), part.numbers)
    blocks = part.numbers >> CARD_BITS
    bounds = [*np.flatnonzero(np.diff(blocks, prepend=-1)).tolist(), len(documents)]
    for start, end in pairwise(bounds):
        write_cards(map(card_of, documents[start:end]), store, int(blocks[start]))
    for document in documents:
        write_text(document, store)
    return PartReport(run.lengths, facts_of(documents), store.files)


def save_run(run: Run, folder: Path, numbers: Array) -> None:
    """Leave a run in a folder of its own, with the numbers of its documents."""
    folder.mkdir(parents=True)
    save_arrays({"numbers": numbers.astype(np.int32), **{name: getattr(run, name) for name in _ARRAYS}}, folder / "run")
    (folder / "terms").write_bytes(run.terms)
    (folder / "forms").write_bytes(run.forms)


def open_run(folder: Path) -> tuple[Run, Array]:
    """A run as left, and the numbers of its documents: arrays stay on disk until they are looked at, and terms and
    forms are not read.
    """
    arrays = open_arrays(folder / "run")
    numbers = arrays.pop("numbers")
    return Run(documents=len(numbers), terms=b"", forms=b"", **arrays), numbers
