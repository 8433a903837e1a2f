"""The words of the genre as data: one CSV a subject, with a header line, in UTF-8."""

import csv
from importlib.resources import files


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of `name` ("tags.csv"), each by column name."""
    text = (files("reftel.cable.vocabulary") / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def names(cell: str) -> list[str]:
    """The names in a cell that holds several, separated by `|`."""
    return [name for name in (part.strip() for part in cell.split("|")) if name]
