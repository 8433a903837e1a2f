"""All terms with their numbers of documents, in files by order of beginnings, and again by order of endings.

`nucl*` needs one file of the first kind, `*tion` one of the second; a word with one mistake has either its beginning
or its ending right, so it needs one of each. The first kind says for each term the word it is seen as most, for "did
you mean".
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from reftel.search.gather import Array
from reftel.search.packing import (
    front_coded,
    read_front_coded,
    read_sections,
    read_varints,
    sections,
    utf16_order,
    varint_bytes,
)
from reftel.search.store import Store

TERMS_IN_FILE = 2000


class Known(NamedTuple):
    """A term of the vocabulary: in how many documents it stands, and how it is written mostly ("" from a file of
    endings).
    """

    term: str
    documents: int
    shown: str


def write_vocabulary(
    terms: Sequence[str], documents: Array, shown: Sequence[str], store: Store
) -> tuple[list[str], list[str]]:
    """Write both kinds; returns the first term of each file of beginnings, and the first reversed term of each of
    endings.
    """
    firsts = []
    for start in range(0, len(terms), TERMS_IN_FILE):
        here = slice(start, start + TERMS_IN_FILE)
        words = "\n".join("" if word == term else word for term, word in zip(terms[here], shown[here], strict=True))
        packed = [front_coded(terms[here]), varint_bytes(documents[here]), words.encode()]
        store.write(f"words/b{start // TERMS_IN_FILE}", sections(packed))
        firsts.append(terms[start])
    backwards = [term[::-1] for term in terms]
    order = np.array(sorted(range(len(terms)), key=lambda number: utf16_order(backwards[number])), np.int64)
    reversed_firsts = []
    for start in range(0, len(terms), TERMS_IN_FILE):
        part = order[start : start + TERMS_IN_FILE]
        store.write(
            f"words/e{start // TERMS_IN_FILE}",
            sections([front_coded([backwards[n] for n in part]), varint_bytes(documents[part])]),
        )
        reversed_firsts.append(backwards[part[0]])
    return firsts, reversed_firsts


def read_beginnings(number: int, store: Store) -> list[Known]:
    """The terms of a file of beginnings, in order."""
    terms, documents, shown = read_sections(store.read(f"words/b{number}"))
    rows = zip(read_front_coded(terms), read_varints(documents).tolist(), shown.decode().split("\n"), strict=True)
    return [Known(term, count, word or term) for term, count, word in rows]


def read_endings(number: int, store: Store) -> list[Known]:
    """The terms of a file of endings, in the order of their reversals."""
    terms, documents = read_sections(store.read(f"words/e{number}"))
    return [
        Known(term[::-1], count, "")
        for term, count in zip(read_front_coded(terms), read_varints(documents).tolist(), strict=True)
    ]
