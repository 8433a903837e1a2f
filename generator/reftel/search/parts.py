"""One part of the documents: a pure piece of work for any process. Its texts and cards are written, its postings left
in the scratch folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reftel.search.cards import CARDS_IN_FILE, card_of, write_cards, write_text
from reftel.search.columns import Facts, facts_of
from reftel.search.document import SearchDocument
from reftel.search.gather import Array, Run, gather
from reftel.search.store import Store

DOCUMENTS_IN_PART = 32 * CARDS_IN_FILE
_ARRAYS = (
    "starts", "posting_document", "posting_mask", "posting_tokens", "entry_frequency", "first_place", "token_position",
    "token_form", "token_before", "token_after", "gaps_before", "gaps_after",
)  # fmt: skip


class Part(NamedTuple):
    """Consecutive documents, the number of the part (from 0), the search folder, and where to leave the postings."""

    number: int
    documents: Sequence[SearchDocument]
    folder: str
    scratch: str


@dataclass(slots=True)
class PartReport:
    """What a part has come to."""

    documents: int
    lengths: Array
    facts: Facts
    files: list[str]
    size: int


def index_part(part: Part) -> PartReport:
    """Do one part."""
    store = Store(Path(part.folder))
    run = gather(part.documents)
    save_run(run, Path(part.scratch, str(part.number)))
    write_cards([card_of(document) for document in part.documents], store, part.number * DOCUMENTS_IN_PART)
    for document in part.documents:
        write_text(document, store)
    return PartReport(run.documents, run.lengths, facts_of(part.documents), store.files, store.size)


def save_run(run: Run, folder: Path) -> None:
    """Leave a run in a folder of its own."""
    folder.mkdir(parents=True)
    for name in _ARRAYS:
        np.save(folder / f"{name}.npy", getattr(run, name))
    (folder / "terms").write_text("\n".join(run.terms), "utf-8", newline="\n")
    (folder / "forms").write_text("\n".join(run.forms), "utf-8", newline="\n")


def open_run(folder: Path) -> Run:
    """A run as left: its arrays stay on disk until they are looked at, and terms, forms and lengths are not read."""
    return Run(
        lengths=np.zeros((0, 0)),
        terms=[],
        forms=[],
        documents=0,
        **{name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS},
    )


def read_words(folder: Path, kind: str) -> list[str]:
    """The "terms" or "forms" of a run as left."""
    return (folder / kind).read_text("utf-8").split("\n")
