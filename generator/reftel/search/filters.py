"""Filters: which documents are of some days, origin, classification, post or TAGS."""

import calendar
from collections.abc import Iterable
from datetime import date

import numpy as np

from reftel.search.arrays import Array
from reftel.search.columns import EPOCH
from reftel.search.index import Index
from reftel.search.syntax import Item, QueryError
from reftel.search.words import fold, surfaces

COLUMN_OF = {"origin": "origin", "tag": "tag", "class": "class", "from": "post"}
NAME_OF = {"origin": "origin", "tag": "TAGS", "class": "classification", "from": "post"}


def passing(index: Index, filters: Iterable[Item]) -> Array:
    """For each document whether it passes. Values of one filter widen it (either origin), but TAGS narrow it (both);
    raises QueryError.
    """
    passed = np.ones(index.directory.documents, bool)
    either: dict[str, Array] = {}
    for item in filters:
        if item.name in ("after", "before"):
            first = first_day(item.text)
            days = index.days if names_day(item.text) else index.months
            there = days >= first if item.name == "after" else (days < first) & (days > 0)
            passed &= ~there if item.sign == "-" else there
            continue
        there = labelled(index, item)
        if item.sign == "-":
            passed &= ~there
        elif item.name == "tag":
            passed &= there
        else:
            either[item.name] = either.get(item.name, np.zeros(len(passed), bool)) | there
    for there in either.values():
        passed &= there
    return passed


def labelled(index: Index, item: Item) -> Array:
    """For each document whether it has a label in which all words of the filter's value stand, or (exact) no others."""
    column = index.labels(COLUMN_OF[item.name])
    wanted = label_words(item.text)

    def fits(words: list[str]) -> bool:
        return words == wanted if item.exact else set(wanted) <= set(words)

    numbers = [number for number, label in enumerate(column.labels) if wanted and fits(label_words(label))]
    if not numbers:
        raise QueryError(f"no cable here has the {NAME_OF[item.name]} “{item.text}”", item.start, item.end)
    there = np.zeros(index.directory.documents, bool)
    owner = np.repeat(np.arange(index.directory.documents), np.diff(column.starts))
    there[owner[np.isin(column.numbers, numbers)]] = True
    return there


def label_words(text: str) -> list[str]:
    """The words of a label: "UNCLASSIFIED//FOR OFFICIAL USE ONLY" has five."""
    return [
        word for surface in surfaces(text) for word in fold(surface).replace("//", "/").replace("-", "/").split("/")
    ]


def names_day(text: str) -> bool:
    """Whether a date has a day, so that months alone do not tell what is before it."""
    return text.count("-") > 1


def first_day(text: str) -> int:
    """The number of the first day of a year, a month, or of the day itself."""
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    return date(max(1, year), month, min(day, calendar.monthrange(max(1, year), month)[1])).toordinal() - EPOCH
