"""The words of the genre as data: one CSV a subject, with a header line, in UTF-8."""

import csv
from pathlib import Path


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of `name` ("tags.csv"), each by column name."""
    header, *rows = csv.reader(Path(__file__).with_name(name).read_text("utf-8").splitlines())
    return [dict(zip(header, row, strict=True)) for row in rows]


def names(cell: str) -> list[str]:
    """The names in a cell that holds several, separated by `|`."""
    return [name for name in (part.strip() for part in cell.split("|")) if name]
