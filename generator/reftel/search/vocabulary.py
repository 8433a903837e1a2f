"""All terms, in files by order of beginnings, and again by order of endings.

`nucl*` needs one file of the first kind, `*tion` one of the second; a word with one mistake has either its beginning
or its ending right, so it needs one of each. Both say how common each term is, the first kind also the word it is seen
as most, for "did you mean".
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
from reftel.search.cuts import ends
from reftel.search.directory import file_name
from reftel.search.packing import front_coded, in_utf16_order, read_front_coded, read_sections, sections
from reftel.search.splice import Done, Interval
from reftel.search.store import Store
from reftel.search.work import Put, Written

TERMS_IN_FILE = 1000
FILES_AT_ONCE = 8
"""Files that one worker gets at a time."""
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


class FilesTask(NamedTuple):
    """Some files of a kind: the terms of each."""

    kind: str
    files: Sequence[Terms]
    put: Put


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


def write_files(task: FilesTask) -> tuple[list[str], list[Written]]:
    """Write files, in any process; returns the first word of each, and what was written."""
    store = Store(Path(), task.put)
    return [_write_file(terms, task.kind, store) for terms in task.files], store.files


def tasks_of(terms: Terms, kind: str, put: Put) -> list[FilesTask]:
    """What there is to do to write all terms."""
    files, _ = _cut(terms)
    return [FilesTask(kind, files[at : at + FILES_AT_ONCE], put) for at in range(0, len(files), FILES_AT_ONCE)]


def _cut(terms: Terms) -> tuple[list[Terms], bool]:
    """The terms of each file, and whether the last file is whole."""
    words, common, shown = terms
    found = ends(words, [1] * len(words), TERMS_IN_FILE)
    is_whole = not words or found[-1:] == [len(words)]
    bounds = [0, *found] if is_whole else [0, *found, len(words)]
    return [Terms(words[a:b], common[a:b], shown and shown[a:b]) for a, b in pairwise(bounds)], is_whole


def _write_file(terms: Terms, kind: str, store: Store) -> str:
    """Write a file of terms; returns the first word."""
    words, common, shown = terms
    packed = [front_coded(words), bytes(common)]
    if shown is not None:
        written = zip(words, shown, strict=True)
        packed.append("\n".join(["" if form == term else form for term, form in written]).encode())
    store.write(f"words/{kind}-{file_name(words[0])}", sections(packed))
    return words[0]


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
    files, is_whole = _cut(terms_of(ordered, changes.kind))
    if not is_whole and at.end < len(changes.firsts):
        return Done([], False)
    return Done([_write_file(one, changes.kind, new) for one in files], True)
