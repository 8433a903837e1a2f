"""What a cable says twice: its caption on every page, a later section's header inside the text, a line sent again."""

import re

from reftel.cable.sheet import Sheet, places_of

CAPTION = "repeated caption"
HEADER = "repeated header"
SENT_AGAIN = "line sent again"

LONGEST_CAPTIONS = 120
PREAMBLE_LINES = 40
SHORTEST_REPEAT = 12
_INSIDE = "SIPDIS"
_ASKED_FOR = re.compile(
    r"(?:includ|us|add|mark|slug|caption|with|contain|need|requir)\w* +(?:the +|a +)?[\"']?$|[\"'(/-]$", re.I
)
_ABOUT_IT = re.compile(r"[ \t]*(?:caption|in |tag|slug|distribution|channel|addressee|system|[\"').,/-])", re.I)
_LATER_SECTION = re.compile(r" (?:SECTION 0*(?:[2-9]|[1-9]\d) OF|section 0*(?:[2-9]|[1-9]\d) of) \d")
_CLASSIFICATION = re.compile(r"\s*(?:(?:[A-Z] ){4,}[A-Z /]*|(?:UNCLAS\w*|CONFIDENTIAL|SECRET)[A-Z /]*)$", re.I)
_PAGE = re.compile(r"PAGE \d\d .* \d{6}Z")
_TRANSMISSION = re.compile(
    r"(?:VZCZC\w+|[ZOPRY] \d{6}Z [A-Z]{3} \d\d.*|[ZOPR]{2} RU.*|DE RU\w+ #?\d.*|ZN[RY] .*|FM [A-Z].*|TO [A-Z].*"
    r"|INFO [A-Z].*|RU?[A-Z]{4,7}/.*|ACTION [A-Z]+-\d\d.*|(?:[A-Z]+-\d\d\s+){2,}.*|PAGE \d\d .*)$"
)
_FIELD = re.compile(
    r"(?:E\.?O\.? ?1\d{4}|TAGS\b|SUBJECT\b|SUBJ:|REF(?:S|TELS?)?\s?[:.]|CLASSIFIED BY\b|SIPDIS$|NOFORN$|EXDIS$)", re.I
)
_RETRANSMITTED = re.compile(r"(?<=\n)Q(?=\d{1,3}[.,)])")


def mark_repeats(sheet: Sheet, start: int, captions: list[re.Match[str]]) -> None:
    """Claim, from line `start` on, the captions printed again, later sections' headers and lines sent again.

    `captions`: the lines of captions from there on.
    """
    _mark_caption_lines(sheet, captions)
    _mark_later_sections(sheet, start)
    for at in places_of("Q", sheet.text, sheet.starts[start]):
        if not _RETRANSMITTED.match(sheet.text, at):
            continue
        line = sheet.line_at(at)
        if sheet.stripped[line - 1] == sheet.stripped[line][1:]:
            sheet.claim(line, SENT_AGAIN, "the line above once more, with the operator's Q (09BAGHDAD3195)")


def mark_captions(sheet: Sheet, offset: int) -> None:
    """The same for what stands after the preamble, at `offset`: there SIPDIS is always a page's, alone or inside a
    sentence.

    It stays where the sentence is about it ("please include SIPDIS in all responses", 08STATE128877).
    """
    text = sheet.text
    cuts = list(sheet.cuts)
    _mark_repeated_lines(sheet, sheet.line_at(offset))
    for at in places_of(_INSIDE, text, offset):
        line, end = sheet.line_at(at), at + len(_INSIDE)
        if len(sheet.lines[line]) < LONGEST_CAPTIONS and not sheet.lines[line].replace(_INSIDE, "").strip():
            sheet.claim(line, CAPTION, "the caption alone on a line inside the text")
        elif not _ASKED_FOR.search(text[max(sheet.starts[line], at - 24) : at]) and not _ABOUT_IT.match(text, end):
            cuts.append((at, end))
    sheet.cuts = sorted(set(cuts))


def _mark_repeated_lines(sheet: Sheet, body: int) -> None:
    """Lines in capitals that stood above the body too: `C O R R E C T E D C O P Y (ADDED TAGS)` on a later page
    (08PARIS130)."""
    lines = sheet.stripped
    above = {line for line in lines[max(0, body - PREAMBLE_LINES) : body] if len(line) > SHORTEST_REPEAT}
    repeated = set(filter(str.isupper, above.intersection(lines[body:])))
    if not repeated:
        return
    for i in range(body, len(lines)):
        if lines[i] in repeated:
            sheet.claim(i, CAPTION, "a line that stands above the body too")


def _mark_caption_lines(sheet: Sheet, captions: list[re.Match[str]]) -> None:
    """A line of captions that has stood in the cable before: `SIPDIS` once more (07MOSCOW4307)."""
    seen: set[str] = set()
    for found in captions:
        words = set(found[0].upper().split())
        if words <= seen:
            sheet.claim(sheet.line_at(found.end()), CAPTION, "a caption that was printed above")
        seen |= words


def _mark_later_sections(sheet: Sheet, start: int) -> None:
    """The whole header of section 2, 3, ... inside the text (00HARARE6677, 90CAPETOWN97).

    It begins with the lines of the transmission above the section line, and goes on below it with fields, and with
    lines that the cable's own beginning has too.
    """
    text, own = sheet.text, set[str]()
    for at in places_of(b" section ", sheet.lower, sheet.starts[start]):
        if not _LATER_SECTION.match(text, at):
            continue
        line = sheet.line_at(at)
        if not _CLASSIFICATION.match(text[sheet.starts[line] : at]):
            continue
        if not own:
            own = {_plain(words) for words in sheet.stripped[: min(line, start + 60)] if words}
        sheet.claim(line, HEADER, "classification line of a later section")
        _claim_upwards(sheet, line, start)
        _claim_downwards(sheet, line, own)


def _claim_upwards(sheet: Sheet, line: int, start: int) -> None:
    last = line
    for above in range(line - 1, max(start, line - 80), -1):
        text = sheet.stripped[above]
        if _TRANSMISSION.match(text):
            last = above
        elif text and above < last - 2:
            break
    for above in range(last, line):
        if sheet.stripped[above]:
            sheet.claim(above, HEADER, "transmission lines above a later section")


def _claim_downwards(sheet: Sheet, line: int, own: set[str]) -> None:
    for below in range(line + 1, min(len(sheet.lines), line + 60)):
        text = sheet.stripped[below]
        if not text or sheet.labels[below]:
            continue
        if not _FIELD.match(text) and _plain(text) not in own:
            return
        sheet.claim(below, HEADER, "the cable's beginning once more, under a later section's line")


def _plain(text: str) -> str:
    return "".join(_PAGE.sub("", text).split()).upper()
