"""What each line of a transmission header looks like, and between which lines a header stands."""

import re

from reftel.cable.labels import INSTRUCTION, label_of
from reftel.cable.markings import caption_words, read_classification_line
from reftel.cable.sheet import Sheet

LINE = re.compile(
    r"""[ \t]*+(?:
    (?P<routed>(?:R[UHX][A-Z0-9]{2,6}|ZEN)\ ?/\ ?[A-Z0-9].*)
    | (?P<transmission>V?ZCZC[A-Z0-9]*)
    | (?P<station>DE\ +(?P<code>R[A-Z0-9]{3,7})(?:\ *+(?:\#\ *+)?(?P<serial>\d{1,6}))?(?:[/ ].*)?)
    | (?P<crypto>ZN[RY]\ .*|BT)
    | (?P<dtg>(?:(?P<letters>[ZOPRY]{1,2}(?:\ [ZOPR])?)\ +)?(?P<group>[0-3O]\d\d{4}\ ?(?:Z\b|[A-Z]{3}\ ).*))
    | (?P<routes>(?:[ZOPRY]{2}\ +)?R[UH][A-Z0-9]{2,6}(?:\ +R[UH][A-Z0-9]{2,6})*)
    | FM\ +(?P<from>\S.*)
    | (?P<list>TO|INFO|XMT)(?:\ +(?P<first>\S.*))?
    | (?P<page>PAGE\ +\d+\ .*)
    )\s*$""",
    re.X,
)
"""One line of a header; the name of the match's last group says which."""
STRONG = frozenset(("transmission", "station", "crypto", "dtg", "from", "routed"))
"""What begins a header wherever it stands."""
OFFICE = re.compile(
    r"\b(?:AM(?:EMBASSY|CONSUL|CONGEN)|USMISSION|SECSTATE|COLLECTIVE|WASH(?:INGTON )?DC|NSC|SECDEF|CIA|DIA)\b"
)
"""A word that only an addressee's name holds."""
DISTRIBUTION = re.compile(
    r"[ \t]*+(?:(?:ORIGIN|ACTION|INFO)[ ]+)?(?:[A-Z]{1,5}[-/]\d\d[ ]*)+(?:/\d{3}[A-Z])?\s*$"
    r"|[ \t]*+-{6,}[ ]*[0-9A-F]{6}\s.*$|[ \t]*+/\d{3}[A-Z]\s*$"
)
"""The Department's own distribution table: `INFO  LOG-00   NP-00    AID-00` (00HARARE6677)."""
PARAGRAPH = re.compile(r"[ \t]*+¶?(?:\d{1,2}[.,]?[ ]?\([A-Z]|1\. )")
PARTIAL = re.compile(r"\s*This record is a partial extract\b", re.I)
REFLOWED = re.compile(r"\s(?:FM [A-Z]|TO R[UH]|INFO R[UH]|R[UH][A-Z]{3,6}/)")
"""Several parts of a header on one line."""
REFLOW_BREAK = re.compile(
    r"(?<!\bFM)(?<!\bTO)(?<!\bINFO)(?<!\bXMT)(?<!\bPASS)(?<!\s)\s+"
    r"(?=(?:FM|TO|INFO|XMT) |DE R[A-Z]{3,6} |ZN[RY] |[ZOPR]{2} R[UH]|R[UHX][A-Z]{3,6}/"
    r"|(?<!\b[ZOPR] )[ZOPR]{1,2}(?: [ZOPR])? \d{6}Z"
    r"|(?:AMEMBASSY|AMCONSUL|USMISSION|SECSTATE) |(?<!\b[A-Z] )(?:[A-Z] ){4}|UNCLAS )"
)
LOOK_AHEAD = 90
"""A header begins within so many lines, or there is none."""
LONGEST_NOTICE = 200
BRIDGE = 7
"""So many unknown lines may stand between two parts of a header."""
LONG = 80
"""A line longer than a telex line's is looked at for several parts."""


def is_reflowed(line: str) -> bool:
    """Whether a line holds several parts of a header."""
    return len(line) > LONG and REFLOWED.search(line) is not None


def may_be_name(line: str) -> bool:
    """Whether a line below TO or INFO may be an addressee's name without a route."""
    return (
        len(line) < 90
        and line == line.upper()
        and any(map(str.isalpha, line))
        and ": " not in line
        and line.strip().strip("X") != ""
        and not INSTRUCTION.search(line)
        and not label_of(line)
        and not read_classification_line(line)
        and not caption_words(line)
    )


def opens_body(line: str) -> bool:
    """Whether a line is a classification line with its serial: below it stands the body."""
    known = read_classification_line(line)
    return known is not None and known.serial is not None


def first_line(sheet: Sheet, start: int) -> int | None:
    """Where the header begins: at the first line of a kind that only a header has."""
    weak: int | None = None
    for i in range(start, min(len(sheet.lines), start + LOOK_AHEAD)):
        line = sheet.lines[i]
        if not sheet.stripped[i]:
            continue
        if sheet.stripped[i][0] in "Tt" and PARTIAL.match(line) and len(line) < LONGEST_NOTICE:
            sheet.claim(i, "partial", "says that only an extract is held")
            continue
        if PARAGRAPH.match(line):
            break
        found = LINE.match(line)
        kind = found.lastgroup if found else None
        if kind in STRONG or is_reflowed(line):
            return i if weak is None else weak
        if weak is None and (kind == "routes" or (kind == "first" and OFFICE.search(line)) or DISTRIBUTION.match(line)):
            weak = i
    return weak


def goes_on_below(sheet: Sheet, index: int) -> bool:
    """Whether the header goes on within a few lines (09ULAANBAATAR234 prints it again, below its catalogue's lines)."""
    unknown = 0
    for line in sheet.lines[index : index + 5 * BRIDGE]:
        if not line or line.isspace():
            continue
        found = LINE.match(line)
        if found and found.lastgroup in STRONG:
            return True
        if DISTRIBUTION.match(line) or (found and found.lastgroup == "page"):
            continue
        unknown += 1
        if unknown > BRIDGE or label_of(line) or opens_body(line):
            return False
    return False
