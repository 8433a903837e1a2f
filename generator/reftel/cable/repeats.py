"""What a cable says twice: its caption on every page, a later section's header inside the text, a line sent again."""

import re

from reftel.cable.sheet import Sheet

CAPTION = "repeated caption"
HEADER = "repeated header"
SENT_AGAIN = "line sent again"

_CAPTION_LINE = re.compile(r"\n[ \t]*(?:(?:S(?:IPDIS|ipdis|TADIS|ENSITIVE)|NOFORN|EXDIS|NODIS|LIMDIS)[ \t]*)+(?=\n|$)")
LONGEST_CAPTIONS = 120
PREAMBLE_LINES = 40
SHORTEST_REPEAT = 12
_CAPTION_INSIDE = re.compile(r"SIPDIS")
_ASKED_FOR = re.compile(
    r"(?:includ|us|add|mark|slug|caption|with|contain|need|requir)\w* +(?:the +|a +)?[\"']?$|[\"'(/-]$", re.I
)
_ABOUT_IT = re.compile(r"[ \t]*(?:caption|in |tag|slug|distribution|channel|addressee|system|[\"').,/-])", re.I)
_LATER_SECTIONS = (
    re.compile(r" SECTION 0*(?:[2-9]|[1-9]\d) OF \d"),
    re.compile(r" section 0*(?:[2-9]|[1-9]\d) of \d"),
)
_CLASSIFICATION = re.compile(r"\s*(?:(?:[A-Z] ){4,}[A-Z /]*|(?:UNCLAS\w*|CONFIDENTIAL|SECRET)[A-Z /]*)$", re.I)
_PAGE = re.compile(r"PAGE \d\d .* \d{6}Z")
_TRANSMISSION = re.compile(
    r"(?:VZCZC\w+|[ZOPRY] \d{6}Z [A-Z]{3} \d\d.*|[ZOPR]{2} RU.*|DE RU\w+ #?\d.*|ZN[RY] .*|FM [A-Z].*|TO [A-Z].*"
    r"|INFO [A-Z].*|RU?[A-Z]{4,7}/.*|ACTION [A-Z]+-\d\d.*|(?:[A-Z]+-\d\d\s+){2,}.*|PAGE \d\d .*)$"
)
_FIELD = re.compile(
    r"(?:E\.?O\.? ?1\d{4}|TAGS\b|SUBJECT\b|SUBJ:|REF(?:S|TELS?)?\s?[:.]|CLASSIFIED BY\b|SIPDIS$|NOFORN$|EXDIS$)", re.I
)
_RETRANSMITTED = re.compile(r"\nQ(?=\d{1,3}[.,)])")


def mark_repeats(sheet: Sheet, start: int) -> None:
    """Claim, from line `start` on, the captions printed again, later sections' headers and lines sent again."""
    _mark_caption_lines(sheet, start)
    _mark_later_sections(sheet, start)
    if "\nQ" not in sheet.text:
        return
    for found in _RETRANSMITTED.finditer(sheet.text, max(0, sheet.starts[start] - 1)):
        line = sheet.line_at(found.end())
        if sheet.lines[line - 1].strip() == sheet.lines[line].strip()[1:]:
            sheet.claim(line, SENT_AGAIN, "the line above once more, with the operator's Q (09BAGHDAD3195)")


def mark_captions(sheet: Sheet, offset: int) -> None:
    """The same for what stands after the preamble, at `offset`: there SIPDIS is always a page's, alone or inside a
    sentence.

    It stays where the sentence is about it ("please include SIPDIS in all responses", 08STATE128877).
    """
    text = sheet.text
    cuts = list(sheet.cuts)
    _mark_repeated_lines(sheet, sheet.line_at(offset))
    for found in _CAPTION_INSIDE.finditer(text, offset):
        line = sheet.line_at(found.start())
        if len(sheet.lines[line]) < LONGEST_CAPTIONS and not sheet.lines[line].replace("SIPDIS", "").strip():
            sheet.claim(line, CAPTION, "the caption alone on a line inside the text")
        elif not _ASKED_FOR.search(
            text[max(sheet.starts[line], found.start() - 24) : found.start()]
        ) and not _ABOUT_IT.match(text, found.end()):
            cuts.append(found.span())
    sheet.cuts = sorted(set(cuts))


def _mark_repeated_lines(sheet: Sheet, body: int) -> None:
    """Lines in capitals that stood above the body too: `C O R R E C T E D C O P Y (ADDED TAGS)` on a later page
    (08PARIS130)."""
    above = {line.strip() for line in sheet.lines[max(0, body - PREAMBLE_LINES) : body] if len(line) > SHORTEST_REPEAT}
    again = above & set(map(str.strip, sheet.lines[body:]))
    if not any(map(str.isupper, again)):
        return
    for i in range(body, len(sheet.lines)):
        if sheet.lines[i].strip() in again and sheet.lines[i].isupper():
            sheet.claim(i, CAPTION, "a line that stands above the body too")


def _mark_caption_lines(sheet: Sheet, start: int) -> None:
    """A line of captions that has stood in the cable before: `SIPDIS` once more (07MOSCOW4307)."""
    seen: set[str] = set()
    for found in _CAPTION_LINE.finditer(sheet.text, max(0, sheet.starts[start] - 1)):
        words = set(found[0].upper().split())
        if words <= seen:
            sheet.claim(sheet.line_at(found.end()), CAPTION, "a caption that was printed above")
        seen |= words


def _mark_later_sections(sheet: Sheet, start: int) -> None:
    """The whole header of section 2, 3, ... inside the text (00HARARE6677, 90CAPETOWN97).

    It begins with the lines of the transmission above the section line, and goes on below it with fields, and with
    lines that the cable's own beginning has too.
    """
    own: set[str] = set()
    if sheet.text.count(" SECTION ") + sheet.text.count(" section ") < 2:
        return
    for found in [found for pattern in _LATER_SECTIONS for found in pattern.finditer(sheet.text, sheet.starts[start])]:
        line = sheet.line_at(found.start())
        if not _CLASSIFICATION.match(sheet.text[sheet.starts[line] : found.start()]):
            continue
        if not own:
            own = {_plain(text) for text in sheet.lines[: min(line, start + 60)] if text.strip()}
        sheet.claim(line, HEADER, "classification line of a later section")
        _claim_upwards(sheet, line, start)
        _claim_downwards(sheet, line, own)


def _claim_upwards(sheet: Sheet, line: int, start: int) -> None:
    last = line
    for above in range(line - 1, max(start, line - 80), -1):
        text = sheet.lines[above].strip()
        if _TRANSMISSION.match(text):
            last = above
        elif text and above < last - 2:
            break
    for above in range(last, line):
        if sheet.lines[above].strip():
            sheet.claim(above, HEADER, "transmission lines above a later section")


def _claim_downwards(sheet: Sheet, line: int, own: set[str]) -> None:
    for below in range(line + 1, min(len(sheet.lines), line + 60)):
        text = sheet.lines[below].strip()
        if not text or sheet.labels[below]:
            continue
        if not _FIELD.match(text) and _plain(text) not in own:
            return
        sheet.claim(below, HEADER, "the cable's beginning once more, under a later section's line")


def _plain(text: str) -> str:
    return "".join(_PAGE.sub("", text).split()).upper()
