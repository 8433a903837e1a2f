"""What filters, facets and the histogram count: per document its month, origin, classification, post and TAGS; and
field lengths.

Every answer shows its hits by month. The day is asked for by few questions: it is a column of its own.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from reftel.search.arrays import Array
from reftel.search.document import SearchDocument
from reftel.search.fields import LONG_FIELDS, NAMES
from reftel.search.packing import read_sections, read_varints, sections, varint_bytes
from reftel.search.postings import spread
from reftel.search.store import Store

EPOCH = date(1900, 1, 1).toordinal() - 1
"""Day 1 is 1900-01-01, day 0 is "undated"."""
COLUMNS = ("month", "origin", "class", "post", "tag")
_POST = re.compile(r"^[0-9]{2}([A-Z]{2,})[0-9]+$")


@dataclass(slots=True)
class Facts:
    """What the columns are made of, for some documents: their days of the month (0 for undated), and for each column
    of labels its rows.
    """

    days: Array
    rows: dict[str, list[tuple[str, ...]]]


def facts_of(documents: Sequence[SearchDocument]) -> Facts:
    """The facts of documents; values they lack are left out."""
    posts = [_POST.match(document.mrn) for document in documents]
    dates = [document.date if day_number(document.date) else "" for document in documents]
    return Facts(
        np.array([int(text[8:] or 0) for text in dates], np.uint8),
        {
            "month": [(text[:7],) if text else () for text in dates],
            "origin": [(document.origin,) if document.origin else () for document in documents],
            "class": [(document.classification,) if document.classification else () for document in documents],
            "post": [(found[1],) if found else () for found in posts],
            "tag": [tuple(dict.fromkeys(document.tags)) for document in documents],
        },
    )


def day_number(text: str) -> int:
    """The number of a day "2007-08-31"; 0 where there is none, or it is before 1900."""
    try:
        return max(0, date.fromisoformat(text).toordinal() - EPOCH)
    except ValueError:
        return 0


class Columns:
    """Gathers the facts of part after part, as numbers, and writes the columns."""

    def __init__(self) -> None:
        self._days: list[Array] = []
        self._labels: dict[str, dict[str, int]] = {name: {} for name in COLUMNS}
        self._sizes: dict[str, list[Array]] = {name: [] for name in COLUMNS}
        self._numbers: dict[str, list[Array]] = {name: [] for name in COLUMNS}

    def add(self, facts: Facts) -> None:
        """Take in the facts of the documents that follow."""
        self._days.append(facts.days)
        for name, rows in facts.rows.items():
            labels = self._labels[name]
            numbers = [labels.setdefault(label, len(labels)) for row in rows for label in row]
            self._sizes[name].append(np.array([len(row) for row in rows], np.int32))
            self._numbers[name].append(np.array(numbers, np.int32))

    def take(self, store: Store) -> None:
        """Take in columns that were written."""
        self._days.append(read_month_days(store))
        for name in COLUMNS:
            column, labels = read_labels(name, store), self._labels[name]
            numbers = np.array([labels.setdefault(label, len(labels)) for label in column.labels], np.int32)
            self._sizes[name].append(np.diff(column.starts))
            self._numbers[name].append(numbers[column.numbers])

    def write(self, store: Store, order: Array | None = None) -> list[str]:
        """Write the columns, of all documents or of some in the order in which they are named; returns the posts,
        sorted.
        """
        days = np.concatenate([np.zeros(0, np.uint8), *self._days])
        store.write("columns/day", (days if order is None else days[order]).tobytes())
        return sorted([self._write_labels(name, store, order) for name in COLUMNS][COLUMNS.index("post")])

    def _write_labels(self, name: str, store: Store, order: Array | None) -> list[str]:
        """Labels, the most used first, and for each document how many it has and which. Returns the labels."""
        seen = list(self._labels[name])
        numbers = np.concatenate([np.zeros(0, np.int64), *self._numbers[name]])
        sizes = np.concatenate([np.zeros(0, np.int64), *self._sizes[name]])
        if order is not None:
            numbers, sizes = numbers[spread(order, sizes)], sizes[order]
        counts = np.bincount(numbers, minlength=len(seen)).tolist()
        used = sorted((-count, seen[number], number) for number, count in enumerate(counts) if count)
        rank = np.zeros(len(seen), np.int64)
        rank[[number for _, _, number in used]] = np.arange(len(used))
        labels = [label for _, label, _ in used]
        packed = json.dumps(labels, ensure_ascii=False).encode()
        store.write(f"columns/{name}", sections([packed, varint_bytes(sizes), varint_bytes(rank[numbers])]))
        return labels


@dataclass(slots=True)
class Labels:
    """A column: the labels, and for each document (by `starts`) the numbers of its own."""

    labels: list[str]
    starts: Array
    numbers: Array


def read_labels(name: str, store: Store) -> Labels:
    """A column of labels."""
    labels, counts, numbers = read_sections(store.read(f"columns/{name}"))
    return Labels(json.loads(labels), np.concatenate(([0], np.cumsum(read_varints(counts)))), read_varints(numbers))


def read_months(store: Store) -> Array:
    """The number of the first day of each document's month, 0 for undated."""
    column = read_labels("month", store)
    firsts = np.array([day_number(f"{label}-01") for label in column.labels], np.int64)
    months = np.zeros(len(column.starts) - 1, np.int64)
    months[np.diff(column.starts) > 0] = firsts[column.numbers]
    return months


def read_month_days(store: Store) -> Array:
    """Each document's day of the month, 0 for undated."""
    return np.frombuffer(store.read("columns/day"), np.uint8)


def write_lengths(lengths: Sequence[Array], store: Store) -> None:
    """Write the tables of the long fields' lengths, one for each of `LONG_FIELDS`: their lower eight bits, which are
    anything, apart from the others, which are much alike.
    """
    for name, table in zip(LONG_FIELDS, lengths, strict=True):
        planes = [varint_bytes(table >> 8), (table & 255).astype(np.uint8).tobytes()]
        store.write(f"lengths/{name}", sections(planes))


def long_lengths(lengths: Array) -> list[Array]:
    """The columns of a table of all fields that stand in tables."""
    return [lengths[:, NAMES.index(name)] for name in LONG_FIELDS]


def read_lengths(name: str, store: Store) -> Array:
    """The lengths of a long field, by document."""
    high, low = read_sections(store.read(f"lengths/{name}"))
    return np.frombuffer(low, np.uint8) | read_varints(high) << 8
