r"""The full set's `cables.csv`: a cable a row, eight quoted columns without a line of names.

    "1","8/31/2007 13:51","07MOSCOW4307","Embassy Moscow","CONFIDENTIAL","07MOSCOW4008|07MOSCOW4009","FM ...","TEXT ..."

number, created, MRN, origin, classification, references, header, body. Header and body hold line ends; a quote in them
is `\"`, a backslash `\\`, and a line end may have a backslash before it; before anything else it stands for itself.
So no line inside a field can look like the beginning of a row, and a damaged row ends where the next one begins. The
file is read row by row: it may be of any size.
"""

import datetime
import re
from collections.abc import Iterator
from typing import IO

import msgspec

from reftel.source.decode import decode
from reftel.source.model import METADATA_LABELS

LARGEST_ROW = 4 * 2**20
"""Bytes; ten times the largest cable there is."""

_CHUNK = 1 << 20
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?"[0-9]{0,12}","[^"\\\n]{0,40}","[^"\\\n]{0,80}","[^"\\\n]{0,200}","')
_FIELD = re.compile(r'"([^"\\]*+(?:(?:\\.|"")[^"\\]*+)*+)"(,|\s*\Z)', re.S)
_ESCAPE = re.compile(r'\\(["\\\n])|""')
_CREATED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: (\d{1,2}):(\d{2})(?::\d{2})? ?([AaPp][Mm])?)?\s*$")
_COLUMNS = 8


class Row(msgspec.Struct, frozen=True):
    """A cable of the dump: its text rebuilt, and header and body unescaped as they stand there."""

    line: int
    """The line of the file on which the row begins."""
    text: str
    raw: str
    encoding: str
    doubt: str = ""
    """What is doubtful about it, "" for nothing."""


class BadRow(msgspec.Struct, frozen=True):
    """Lines that are no row, or a row that cannot be read."""

    line: int
    message: str


def read_rows(file: IO[bytes]) -> Iterator[Row | BadRow]:
    """The rows of a dump opened in binary mode, in order. It holds one row in memory, never more than `LARGEST_ROW`
    bytes.
    """
    for line, raw in _raw_rows(file):
        if raw is None:
            yield BadRow(
                line, f"row larger than {LARGEST_ROW >> 20} MB: skipped; look for a quote that is never closed"
            )
        elif _ROW.match(raw):
            yield _read_row(raw, line)
        elif raw.strip() and not (line == 1 and _is_names(raw)):
            yield BadRow(
                line, "no row of eight quoted columns: skipped; a row begins with a quoted number, date and MRN"
            )


def _raw_rows(file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """(line, bytes) of each row, and of what stands before the first; None for one that is too large."""
    held: list[bytes] = []
    size, began, line, at_start = 0, 1, 1, True
    while chunk := file.readline(_CHUNK):
        if at_start and _ROW.match(chunk):
            if held:
                yield began, b"".join(held) if size <= LARGEST_ROW else None
            held, size, began = [], 0, line
        size += len(chunk)
        if size <= LARGEST_ROW:
            held.append(chunk)
        at_start = chunk.endswith(b"\n")
        line += at_start
    if held:
        yield began, b"".join(held) if size <= LARGEST_ROW else None


def _is_names(raw: bytes) -> bool:
    """Whether what stands before the first row is a line of column names."""
    return raw.count(b"\n") == 1 and raw.count(b",") == _COLUMNS - 1


def _read_row(raw: bytes, line: int) -> Row | BadRow:
    decoded = decode(raw)
    fields = _fields(decoded.text)
    if fields is None:
        return BadRow(
            line, "the row's quotes are damaged or it has not eight columns: skipped; escape each quote inside a field"
        )
    _, created, mrn, origin, classification, _, header, body = fields
    if not mrn.strip():
        return BadRow(line, "a row without MRN: skipped; write it into the third column")
    date = iso_date(created)
    doubt = "" if date or not created.strip() else f"the date {created!r} is not M/D/YYYY H:MM: left out"
    if decoded.bad_line:
        doubt = doubt or "bytes that are not of the row's encoding: replaced"
    values = " ".join(value.strip() for value in (mrn, date, classification, origin) if value.strip())
    text = (
        f"{METADATA_LABELS}\n{' '.join(values.split())}\n\n"
        + "\n\n".join(part.strip("\n") for part in (header, body) if part.strip())
        + "\n"
    )
    return Row(line, text, "\n\n".join(part for part in (header, body) if part), decoded.encoding, doubt)


def _fields(text: str) -> list[str] | None:
    """The unescaped columns of a row, None where they are not eight."""
    fields: list[str] = []
    at = 0
    while found := _FIELD.match(text, at):
        fields.append(_ESCAPE.sub(lambda escape: escape[1] or '"', found[1]))
        at = found.end()
        if found[2] != ",":
            return fields if len(fields) == _COLUMNS and at == len(text) else None
        if len(fields) == _COLUMNS:
            return None
    return None


def iso_date(created: str) -> str:
    """`8/31/2007 13:51` or `8/31/2007 1:51 PM` as `2007-08-31 13:51`, "" for anything else."""
    found = _CREATED.match(created.strip())
    if not found:
        return ""
    half = (found[6] or "").upper()
    hour = int(found[4] or 0)
    if half and not 1 <= hour <= 12:
        return ""
    try:
        moment = datetime.datetime(
            int(found[3]), int(found[1]), int(found[2]), hour % 12 if half else hour, int(found[5] or 0)
        )
    except ValueError:
        return ""
    if half == "PM":
        moment += datetime.timedelta(hours=12)
    return moment.strftime("%Y-%m-%d %H:%M" if found[4] else "%Y-%m-%d")
