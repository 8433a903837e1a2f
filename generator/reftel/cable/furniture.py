"""Page furniture: what a teleprinter, a page break or an export put between the lines of a cable's text.

Each rule here is certain by its form alone; a line that could be the author's own stays in the body. Furniture that
fills a line is claimed; furniture inside a line of text becomes a cut (`Sheet.cuts`).
"""

import re

from reftel.cable.model import Span
from reftel.cable.repeats import mark_repeats
from reftel.cable.sheet import Sheet, places_of

PAGE_MARKER = "page marker"
TELEX_PAGE = "telex page"
BANNER = "classification banner"
DEBRIS = "export debris"

LONGEST_MARKER = 120
MARKER_NAME = 10
"""A marker prints no more characters of a post's name."""

# What is rare is looked for as plain text first: of most texts these patterns see little or nothing.
_PAGES = ((" OF", re.compile(r" OF \d{2,3}\b")), (" of 0", re.compile(r" of \d{3}\b")))
_PAGE = re.compile(r"\d[\d.]\d")
_MARKER = re.compile(
    r"(?:(?P<post>(?:\b[A-Za-z][A-Za-z.'-]* +){1,5})|\bX{6,} +)?(?P<serial>\d{8}) {1,3}\d{3}(?:\.\d)?$"
)
_CUT_OFF = re.compile(r"[A-Za-z][A-Za-z .'-]{2,20} \d{8} {1,3}\d{3}(?:\.\d?)?(?: OF 0{0,2}\d?)?\.*", re.I)
_REDACTED_MARKER = re.compile(r"^\s*X{6,} +\d{3}(?:\.\d)?$")
_TELEX_PAGE = re.compile(
    r"PAGE \d\d +(?:[A-Z][A-Z .'-]{2,30} +\d{4,6} +(?:\d\d OF \d\d +)?\d{6}Z"
    r"|RUE?[A-Z]{3,5}\d{4}(?: [A-Z](?= |$))+(?: [A-Z][A-Z .'-]{2,30} \d{6})?)",
    re.M,
)
_CLASS = r"(?:TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS|LIMITED OFFICIAL USE)"
_BANNER = re.compile(rf"[ \t]*{_CLASS}(?:\s+PTQ\d+)?[ \t]*$")
_BANNER_AT_END = re.compile(rf"\s{{2,}}{_CLASS}[ \t]*$")
_TAG = re.compile(r"</?(?:br|p|td|tr|table|tbody|div|span|pre|font)\b[^<>\n]{0,80}>|<<\d{1,9}>>", re.I)
_LINES = re.compile(
    r"\n[ \t]*+(?=[NnB#STIODCMEL\d][NnOTEIDRALXitr\d/])(?:(?P<ending>[Nn]{4}|BT|#\d{4})"
    r"|(?P<captions>(?:(?:S(?:IPDIS|ipdis|TADIS|ENSITIVE)|NOFORN|EXDIS|NODIS|LIMDIS)[ \t]*)+(?=\n|$))"
    r"|(?P<sure>SELECT \* FROM [`\w]+ WHERE .*"
    r"|Track impresi.{1,3}n: .*|ID:\s+\d{4,7}|\d{4}[A-Z]{3,20}\d{4,6} - [A-Z ]+)"
    r"|(?:ORIGIN|DATE|SOURCE|CLASSIFICATION|MISC|DESTINATION): .*|\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d)[ \t]*(?=\n|$)"
)
"""What transmissions end with, captions, and what databases and newspapers exported; the last row only beside the one
above it."""
_SECTION_LINE = re.compile(rb"of \d\d ([a-z][a-z .'-]{1,60}?) +0*(\d{1,8})\b")
_CAPITALS = re.compile(r"(?:\b[A-Z][A-Z.'-]+ +)+$")
_TITLED = re.compile(r"(?:\b(?:[Ss]t\. +)?[A-Z][a-z'-]+ +)+$")
SECTION_REACH = 6000
"""Characters from the beginning in which the classification line stands."""


def mark_furniture(sheet: Sheet, start: int) -> None:
    """Claim the furniture from line `start` on; furniture inside a line goes into `sheet.cuts`."""
    if start >= len(sheet.lines):
        return
    offset = sheet.starts[start]
    lines = list(_LINES.finditer(sheet.text, max(0, offset - 1)))
    cuts = _mark_pages(sheet, offset)
    if "PAGE" in sheet.text:
        cuts += _mark_telex_pages(sheet, offset)
    _mark_debris(sheet, [line for line in lines if line.lastgroup != "captions"])
    if "<" in sheet.text:
        cuts += _mark_tags(sheet, offset)
    _mark_cut_off_page(sheet)
    mark_repeats(sheet, start, [line for line in lines if line.lastgroup == "captions"])
    sheet.cuts = _apart(sorted(cuts))


def _mark_pages(sheet: Sheet, offset: int) -> list[Span]:
    """`MOSCOW 00004307  002 OF 002`, `Kabul 00000376 001.2 of 003`, alone or in mid-sentence (06PARIS741,
    08BRASILIA43)."""
    text = sheet.text
    inside: list[Span] = []
    names: dict[str, str] = {}
    for sign, pages in _PAGES:
        for at in places_of(sign, text, offset):
            if not (text[at - 1].isdigit() and _PAGE.match(text, max(0, at - 3), at)):
                continue
            found = pages.match(text, at)
            if not found:
                continue
            line = sheet.line_at(at)
            begin = max(sheet.starts[line], at - 70)
            head = text[begin:at]
            marker = _MARKER.search(head) or _REDACTED_MARKER.search(head)
            if not marker:
                continue
            post = ""
            if marker.re is _MARKER and marker["post"]:
                serial = marker["serial"]
                if serial not in names:
                    names[serial] = _section_name(sheet.lower, int(serial))
                post = _own_name(names[serial], marker["post"])
            left = begin + (marker.end("post") - len(post) if post else marker.start())
            if _stands_alone(sheet, line, left, found.end()):
                sheet.claim(line, PAGE_MARKER, "post, number and page of pages on a line of their own")
            else:
                inside.append((left, found.end()))
    return inside


def _stands_alone(sheet: Sheet, line: int, start: int, end: int) -> bool:
    """Whether a line holds nothing but blanks before `start` and after `end`, and not many of them."""
    first = sheet.starts[line]
    last = first + len(sheet.lines[line])
    if start - first > LONGEST_MARKER or last - end > LONGEST_MARKER:
        return False
    return not (sheet.text[first:start].strip() or sheet.text[end:last].strip())


def _mark_cut_off_page(sheet: Sheet) -> None:
    """A marker at which an extract was cut off: `DUSHANBE 00000575  001.2 OF 0...` as the last line (09DUSHANBE575)."""
    last = len(sheet.lines) - 1
    while last > 0 and not sheet.stripped[last]:
        last -= 1
    if _CUT_OFF.fullmatch(sheet.stripped[last][:LONGEST_MARKER]):
        sheet.claim(last, PAGE_MARKER, "a page marker cut off")


def _section_name(lower: bytes, serial: int) -> str:
    """The name that stands behind `SECTION 01 OF 02`, in small letters, before this serial; the first counts."""
    sections = _SECTION_LINE.finditer(lower, 0, SECTION_REACH)
    return next((found[1].decode() for found in sections if int(found[2]) == serial), "")


def _own_name(section_name: str, words: str) -> str:
    """Which of the words before a marker are the post's name: what `SECTION 01 OF 02` names, else by the letters."""
    named = section_name[:MARKER_NAME].rstrip()
    if named and words.rstrip().lower().endswith(named):
        return words[len(words.rstrip()) - len(named) :]
    capitals = _CAPITALS.search(words)
    if capitals:
        return capitals[0]
    titled = _TITLED.search(words)
    return titled[0] if titled else words[words.rstrip().rfind(" ") + 1 :]


def _mark_telex_pages(sheet: Sheet, offset: int) -> list[Span]:
    """`PAGE 02 HARARE 06677 01 OF 03 291400Z` (00HARARE6677), `PAGE 03 RUEHFRA0170 S E C R E T` (07PARIS170), and the
    banner before."""
    inside: list[Span] = []
    for found in _TELEX_PAGE.finditer(sheet.text, offset):
        line = sheet.line_at(found.start())
        if (
            found.start() - sheet.starts[line] > LONGEST_MARKER
            or sheet.text[sheet.starts[line] : found.start()].strip()
        ):
            continue
        if not sheet.text[found.end() : sheet.starts[line] + len(sheet.lines[line])][:LONGEST_MARKER].strip():
            sheet.claim(line, TELEX_PAGE, "telex page line")
        else:
            inside.append((sheet.starts[line], found.end()))
        inside += _mark_banner_above(sheet, line)
    return inside


def _mark_banner_above(sheet: Sheet, line: int) -> list[Span]:
    """The page that ends above a telex page line ends in its classification, alone or behind the last words."""
    above = line - 1
    while above > 0 and (not sheet.lines[above].strip() or _BANNER.fullmatch(sheet.lines[above])):
        if sheet.lines[above].strip():
            sheet.claim(above, BANNER, "the page's classification, above a telex page line")
        above -= 1
    tail = _BANNER_AT_END.search(sheet.lines[above][-40:])
    if not tail:
        return []
    end = sheet.starts[above] + len(sheet.lines[above])
    return [(end - len(tail[0]), end)]


def _mark_debris(sheet: Sheet, lines: list[re.Match[str]]) -> None:
    """What exports left on lines of its own: `NNNN`, `BT`, a newspaper's print line, database fields (09SAOPAULO487,
    09KUWAIT110)."""
    exported = any(found["sure"] for found in lines)
    for found in lines:
        if found["ending"]:
            sheet.claim(sheet.line_at(found.start() + 1), DEBRIS, "end of transmission")
        elif exported:
            sheet.claim(sheet.line_at(found.start() + 1), DEBRIS, "a database's or a newspaper's own line")


def _mark_tags(sheet: Sheet, offset: int) -> list[Span]:
    """Tags of a web page (09LAPAZ96)."""
    text = sheet.text
    inside: list[Span] = []
    for i in range(sheet.line_at(offset), len(sheet.lines)):
        if "<" not in sheet.lines[i]:
            continue
        if _TAG.sub("", sheet.lines[i]).strip():
            inside += [
                found.span() for found in _TAG.finditer(text, sheet.starts[i], sheet.starts[i] + len(sheet.lines[i]))
            ]
        else:
            sheet.claim(i, DEBRIS, "tags of a web page")
    return inside


def _apart(cuts: list[Span]) -> list[Span]:
    """The same without overlaps."""
    apart: list[Span] = []
    for start, end in cuts:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
