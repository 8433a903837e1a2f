"""The metadata line: what the collection says about a cable before its text begins.

    Reference ID Created Released Classification Origin
    07MOSCOW4307 2007-08-31 13:51 2011-08-30 01:44 CONFIDENTIAL Embassy Moscow

The values are separated by blanks, and the classification and the origin hold blanks themselves: where one ends and the
other begins is known from the vocabulary of classifications (10MADRID174).
"""

import re

import msgspec

from reftel.cable.dtg import moment
from reftel.cable.markings import CLASSIFICATIONS
from reftel.cable.sheet import Sheet

LABELS = re.compile(r"\s*Reference ID\s+Created(?:\s+Released)?(?:\s+Classification)?(?:\s+Origin)?\s*$", re.I)
MRN = re.compile(r"\d{2}[A-Z][A-Z0-9]*?\d+$", re.I)
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]+(\d\d?):(\d\d)(?::(\d\d))?(?:Z|\b))?", re.A)
AMERICAN_DATE = re.compile(r"(\d\d?)/(\d\d?)/(\d{4})(?: +(\d\d?):(\d\d)(?::(\d\d))?)?", re.A)
MARKING_TAIL = re.compile(r"//[A-Z/, -]*[A-Z](?=[ \t]+\S*[a-z]|[ \t]*$)")
LOOK_AHEAD = 6
"""The values may stand on as many lines, one each, where a table was pasted."""


class Metadata(msgspec.Struct, frozen=True, gc=False):
    """What the metadata line says; `end` is the index of the first line after it (0 without one)."""

    mrn: str | None = None
    """As printed, without blanks, in capitals."""
    created: str | None = None
    """Zulu time, "2007-08-31T13:51:00Z"."""
    released: str | None = None
    classification: str | None = None
    origin: str | None = None
    end: int = 0


def read_metadata(sheet: Sheet) -> Metadata:
    """The metadata line of a cable, where its text begins with one; its lines are claimed "metadata"."""
    labels = next((i for i, line in enumerate(sheet.lines[:LOOK_AHEAD]) if line.strip()), None)
    if labels is None or not LABELS.match(sheet.lines[labels]):
        return Metadata()
    first = labels + 1
    while first < len(sheet.lines) and not sheet.lines[first].strip():
        first += 1
    values, end = "", first
    for line in sheet.lines[first : first + LOOK_AHEAD]:
        if values and (not line.strip() or _complete(values)):
            break
        values = f"{values} {line.strip()}".strip()
        end += 1
    for i in range(labels, end):
        sheet.claim(i, "metadata", "the line before the cable that names its reference id, dates and origin")
    metadata = _read_values(values, end)
    if metadata.mrn is None:
        sheet.doubt(sheet.starts[min(first, len(sheet.lines) - 1)], "the metadata line holds no reference id")
    return metadata


def _complete(values: str) -> bool:
    """Whether a line of values already holds an origin."""
    return _read_values(values, 0).origin is not None


def _read_values(values: str, end: int) -> Metadata:
    words = values.split(None, 1)
    mrn = words[0].upper() if words and MRN.match(words[0]) else None
    rest = words[1] if mrn and len(words) > 1 else "" if mrn else values
    dates: list[str | None] = []
    while (date := ISO_DATE.match(rest) or AMERICAN_DATE.match(rest)) and len(dates) < 2:
        dates.append(_iso(date))
        rest = rest[date.end() :].lstrip()
    classification, origin = _split_classification(rest.strip())
    created, released = (*dates, None, None)[:2]
    return Metadata(mrn, created, released, classification, origin, end)


def _iso(date: re.Match[str]) -> str | None:
    first, second, third, hour, minute, seconds = date.groups()
    year, month, day = (first, second, third) if date.re is ISO_DATE else (third, first, second)
    return moment(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(seconds or 0))


def _split_classification(text: str) -> tuple[str | None, str | None]:
    """("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "Embassy Madrid"): the longest known classification, then the origin."""
    upper = text.upper()
    for word in CLASSIFICATIONS:
        if upper.startswith(word) and not upper[len(word) : len(word) + 1].isalpha():
            tail = MARKING_TAIL.match(text, len(word))
            end = tail.end() if tail else len(word)
            return upper[:end], text[end:].strip() or None
    return None, text or None
