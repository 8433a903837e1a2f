"""The transmission header: what the network needed to carry a cable from its post to its readers.

    VZCZCXRO5660                                the transmission's id
    OO RUEHDBU                                  precedence and routes
    DE RUEHMO #4307/01 2431351                  from which station, its serial and section, day of the year and time
    ZNY CCCCC ZZH                               encryption and classification
    O 311351Z AUG 07                            precedence, date-time group
    FM AMEMBASSY MOSCOW
    TO RUEHC/SECSTATE WASHDC IMMEDIATE 3484     action: route/name precedence number
    INFO RUCNCIS/CIS COLLECTIVE PRIORITY        info
    XMT AMEMBASSY SOFIA                         left out of the collective before it

Everything is optional. Telex page lines may stand between the addressees (08STATE50524), the whole header may be
printed twice (09ULAANBAATAR234), stand below a first summary of the cable (03ABUDHABI2641), or be reflowed into one
line.
"""

import re

import msgspec

from reftel.cable.addressees import AddresseeList
from reftel.cable.dtg import DATE_TIME_GROUP, zulu
from reftel.cable.header_lines import (
    DISTRIBUTION,
    LINE,
    LOOK_AHEAD,
    OFFICE,
    REFLOW_BREAK,
    first_line,
    goes_on_below,
    is_reflowed,
    may_be_name,
    opens_body,
)
from reftel.cable.labels import label_of
from reftel.cable.markings import read_classification_line
from reftel.cable.model import Addressee, Span
from reftel.cable.sheet import Sheet

PRECEDENCES = {"Z": "FLASH", "O": "IMMEDIATE", "P": "PRIORITY", "R": "ROUTINE"}
PLAIN_KINDS = {"crypto": "encryption", "routes": "precedence and routes", "page": "telex page line"}


class Header(msgspec.Struct, frozen=True, gc=False):
    """The transmission header; `end` is the index of the first line after it, `body` the offset of that text."""

    transmission_id: str | None = None
    precedence: str | None = None
    """In words: "IMMEDIATE"; where action and info differ, both: "IMMEDIATE PRIORITY"."""
    dtg: str | None = None
    """As printed: "311351Z AUG 07"."""
    created: str | None = None
    """The same, "2007-08-31T13:51:00Z"; None where no such day or hour exists."""
    station: str | None = None
    serial: str | None = None
    from_: str | None = None
    action: list[Addressee] = []
    info: list[Addressee] = []
    partial: bool = False
    """Whether a line above it says that only an extract is held."""
    spans: dict[str, Span] = {}
    end: int = 0
    body: int = 0


class Reading(msgspec.Struct, gc=False):
    """What has been read of a header so far."""

    values: dict[str, str] = {}
    spans: dict[str, Span] = {}
    created: str | None = None
    lists: dict[str, AddresseeList] = {}
    current: AddresseeList | None = None


def read_header(sheet: Sheet, start: int) -> Header:
    """The header that begins at or after line `start`; its lines are claimed "header", those above it "preface"."""
    reading = Reading()
    first = first_line(sheet, start)
    if first is None:
        return _finish(sheet, reading, start, _offset(sheet, start))
    stray = _names_only(sheet, first) and any(opens_body(line) for line in sheet.lines[start:first])
    if not stray:
        for i in range(start, first):
            if sheet.lines[i].strip():
                sheet.claim(i, "preface", "stands above the transmission header")
    end, body = _read_lines(sheet, reading, first)
    return _finish(sheet, reading, start, _offset(sheet, start)) if stray else _finish(sheet, reading, end, body)


def _read_lines(sheet: Sheet, reading: Reading, first: int) -> tuple[int, int]:
    """Read and claim the header's lines; the index of the first line after them, the offset of the text after them."""
    end, gap = first, False
    for i in range(first, len(sheet.lines)):
        if not sheet.stripped[i]:
            gap = True
            continue
        if sheet.labels[i]:
            continue
        line = sheet.lines[i]
        if is_reflowed(line):
            taken = _take_reflowed(reading, line, sheet.starts[i])
            if taken < len(line):
                return i, sheet.starts[i] + taken
            sheet.claim(i, "header", "several parts of the transmission header on one line")
        elif why := _take(reading, line, sheet.starts[i], gap):
            sheet.claim(i, "header", why)
        elif goes_on_below(sheet, i):
            sheet.claim(i, "header", "unknown, but between two parts of the transmission header")
        else:
            break
        end, gap = i + 1, False
    return end, _offset(sheet, end)


def _names_only(sheet: Sheet, first: int) -> bool:
    """Whether a header begins with addressees: such lines may stray below the classification line (05MADRID1178)."""
    found = LINE.match(sheet.lines[first])
    return found is not None and found.lastgroup == "first"


def _take(reading: Reading, line: str, offset: int, gap: bool) -> str:
    """Read one line of the header; why it belongs to it, "" when it does not."""
    found = LINE.match(line)
    if not found:
        return _take_addressee(reading, line, offset, gap)
    kind = found.lastgroup or ""
    if kind == "routed":
        reading.current = reading.current or reading.lists.setdefault("action", AddresseeList())
        reading.current.add(found[kind], offset + found.start(kind))
        return "addressee"
    if kind == "transmission":
        reading.values["transmission_id"] = found[kind]
        reading.spans["transmission_id"] = _span(found, kind, offset)
        return "transmission id"
    if kind == "station":
        reading.values["station"] = found["code"]
        if found["serial"]:
            reading.values["serial"] = found["serial"]
        return "station, serial and section, day of the year"
    if kind == "dtg":
        return _take_dtg(reading, found, offset)
    if kind == "from":
        reading.values["from"] = " ".join(found[kind].split()).rpartition("/")[2]
        reading.spans["from"] = _span(found, kind, offset)
        reading.lists = {}
        return "FM: the post that sent it"
    return PLAIN_KINDS[kind] if kind in PLAIN_KINDS else _begin_list(reading, found, offset)


def _take_dtg(reading: Reading, found: re.Match[str], offset: int) -> str:
    group = DATE_TIME_GROUP.match(found["group"])
    if not group:
        return ""
    if letters := found["letters"]:
        words = [PRECEDENCES[letter] for letter in letters if letter in PRECEDENCES]
        reading.values["precedence"] = " ".join(dict.fromkeys(words))
    reading.values["dtg"] = " ".join(group.group().split())
    reading.created = zulu(group)
    start = offset + found.start("group")
    reading.spans["dtg"] = (start, start + len(group.group().rstrip()))
    return "precedence and date-time group"


def _begin_list(reading: Reading, found: re.Match[str], offset: int) -> str:
    """TO, INFO or XMT, with or without a first name."""
    word, first = found["list"], found["first"] or ""
    at = offset + (found.start("first") if first else 0)
    if "-" in first and DISTRIBUTION.match(found.group()):
        return "the Department's own distribution"
    if word == "XMT":
        if reading.current:
            reading.current.exclude(first, at)
        return "XMT: left out of the collective before it"
    reading.current = reading.lists.setdefault("action" if word == "TO" else "info", AddresseeList())
    reading.current.excluding = False
    if first:
        reading.current.add(first, at)
    return "TO: action addressee" if word == "TO" else "INFO: info addressee"


def _take_addressee(reading: Reading, line: str, offset: int, gap: bool) -> str:
    """A name without a route, below TO or INFO; after a blank line only if it looks like nothing else."""
    if DISTRIBUTION.match(line):
        return "the Department's own distribution"
    if reading.current is None or (gap and not OFFICE.search(line)) or not may_be_name(line):
        return ""
    indent = len(line) - len(line.lstrip())
    reading.current.add(line.strip(), offset + indent)
    return "addressee"


def _take_reflowed(reading: Reading, line: str, offset: int) -> int:
    """Read a header that was reflowed into one line; how many characters of the line belong to it."""
    start = 0
    for stop in [*(found.start() for found in REFLOW_BREAK.finditer(line)), len(line)]:
        piece = line[start:stop]
        text = piece.lstrip()
        at = start + len(piece) - len(text)
        if start and (read_classification_line(text) or label_of(text)):
            return at
        if not _take(reading, text, offset + at, gap=False):
            return at
        start = stop
    return len(line)


def _offset(sheet: Sheet, line: int) -> int:
    return sheet.starts[line] if line < len(sheet.lines) else len(sheet.text)


def _span(found: re.Match[str], group: str, offset: int) -> Span:
    return offset + found.start(group), offset + found.start(group) + len(found[group].rstrip())


def _finish(sheet: Sheet, reading: Reading, end: int, body: int) -> Header:
    for key, addressees in reading.lists.items():
        if addressees.span:
            reading.spans[key] = addressees.span
    values = reading.values
    if "dtg" in values and not reading.created:
        sheet.doubt(reading.spans["dtg"][0], f"no such date-time group: {values['dtg']}")
    return Header(
        transmission_id=values.get("transmission_id"),
        precedence=values.get("precedence"),
        dtg=values.get("dtg"),
        created=reading.created,
        station=values.get("station"),
        serial=values.get("serial"),
        from_=values.get("from"),
        action=reading.lists["action"].entries if "action" in reading.lists else [],
        info=reading.lists["info"].entries if "info" in reading.lists else [],
        partial="partial" in sheet.labels[:LOOK_AHEAD],
        spans=reading.spans,
        end=end,
        body=body,
    )
