"""All terms, in files by order of beginnings, and again by order of endings.

`nucl*` needs one file of the first kind, `*tion` one of the second; a word with one mistake has either its beginning
or its ending right, so it needs one of each. Both say how common each term is, the first kind also the word it is seen
as most, for "did you mean".
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
from reftel.search.cuts import ends
from reftel.search.directory import file_name
from reftel.search.packing import front_coded, in_utf16_order, read_front_coded, read_sections, sections
from reftel.search.splice import Done, Interval
from reftel.search.store import Store

TERMS_IN_FILE = 1000
KINDS = ("b", "e")


class Known(NamedTuple):
    """A term of the vocabulary: how common it is, and how it is written mostly ("" from a file of endings)."""

    term: str
    common: int
    shown: str


def how_common(documents: int) -> int:
    """A measure of a number of documents that seldom changes with it: 1 for 1 to 3, 2 from 4, 3 from 16, 4 from 64,
    and so on.
    """
    return (documents.bit_length() + 1) // 2


def how_common_each(documents: Array) -> list[int]:
    """The same of many numbers."""
    found: list[int] = ((np.frexp(documents)[1] + 1) // 2).tolist()
    return found


class Terms(NamedTuple):
    """Terms of the vocabulary in the order of their kind, in columns: the words that order them (reversed terms, of
    endings), how common they are, and how they are written mostly (nothing, of endings).
    """

    words: Sequence[str]
    common: Sequence[int]
    shown: Sequence[str] | None


def terms_of(known: Sequence[Known], kind: str) -> Terms:
    """Terms in columns."""
    common = [one.common for one in known]
    if kind == "e":
        return Terms([one.term[::-1] for one in known], common, None)
    return Terms([one.term for one in known], common, [one.shown for one in known])


def by_endings(terms: Terms) -> Terms:
    """Terms in the order of endings."""
    common = dict(zip((term[::-1] for term in terms.words), terms.common, strict=True))
    words = in_utf16_order(common)
    return Terms(words, [common[word] for word in words], None)


def write_files(terms: Terms, kind: str, store: Store, is_last: bool = True) -> tuple[list[str], bool]:
    """Write terms in files; returns the first word of each, and whether the last file is whole. One that is not is
    written only if it `is_last`.
    """
    words, common, shown = terms
    found = ends(words, [1] * len(words), TERMS_IN_FILE)
    is_whole = not words or found[-1:] == [len(words)]
    if not is_whole and not is_last:
        return [], False
    firsts = []
    start = 0
    for end in found if is_whole else [*found, len(words)]:
        some = words[start:end]
        packed = [front_coded(some), bytes(common[start:end])]
        if shown is not None:
            written = zip(some, shown[start:end], strict=True)
            packed.append("\n".join(["" if form == term else form for term, form in written]).encode())
        store.write(f"words/{kind}-{file_name(words[start])}", sections(packed))
        firsts.append(words[start])
        start = end
    return firsts, True


def read_beginnings(first: str, store: Store) -> list[Known]:
    """The terms of the file of beginnings that begins with this term, in order."""
    terms, common, shown = read_sections(store.read(f"words/b-{file_name(first)}"))
    rows = zip(read_front_coded(terms), common, shown.decode().split("\n"), strict=True)
    return [Known(term, count, word or term) for term, count, word in rows]


def read_endings(first: str, store: Store) -> list[Known]:
    """The terms of the file of endings that begins with this reversed term, in the order of their reversals."""
    terms, common = read_sections(store.read(f"words/e-{file_name(first)}"))
    return [Known(term[::-1], count, "") for term, count in zip(read_front_coded(terms), common, strict=True)]


class Changes(NamedTuple):
    """What becomes of the vocabulary's terms: as they are now (written as before where `shown` is ""), None where they
    are gone.
    """

    kind: str
    firsts: Sequence[str]
    terms: Mapping[str, Known | None]
    """By the word that orders them: the reversed term, of endings."""


def change_files(changes: Changes, at: Interval, old: Store, new: Store) -> Done:
    """Make the files of an interval of the old ones anew."""
    read = read_beginnings if changes.kind == "b" else read_endings
    found = {
        one.term if changes.kind == "b" else one.term[::-1]: one
        for first in changes.firsts[at.start : at.end]
        for one in read(first, old)
    }
    for word in at.words:
        now = changes.terms[word]
        if now:
            found[word] = now if now.shown else now._replace(shown=found[word].shown)
        else:
            found.pop(word, None)
    ordered = [found[word] for word in in_utf16_order(found)]
    return Done(*write_files(terms_of(ordered, changes.kind), changes.kind, new, at.end == len(changes.firsts)))
