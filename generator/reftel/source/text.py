"""Cables in a plain text: where each begins and ends in a file, and its text without what a blog put around it."""

import re
from collections.abc import Iterator

import msgspec

from reftel.source.decode import without_escaped_ends
from reftel.source.furniture import sure_lines, without_tail
from reftel.source.model import METADATA_LABELS
from reftel.source.recognise import CLASSIFICATION, find_headers, find_labels, first_labels, is_cable

_ABOVE = re.compile(r"[ \t]{0,8}(?:VZCZC\w{3,12}|(?:[ZOPR]{2} )?R[A-Z]{4,7}(?: R[A-Z]{4,7}){0,30})[ \t]{0,8}\n")
"""A line of a transmission header above its station line: the transmission id, precedence and routes."""

_OWN_LINES = re.compile(r"^(?:[ZOPR] ){1,3}\d{6}Z [A-Z]{3} \d\d\b[^\n]*\nFM ", re.M)
_BLANKS = re.compile(r"[ \t\xa0|]+")
_SIGN = re.compile(r"^([ \t]{0,8})¶(?=\d|[A-Z]\. )", re.M)
"""The 2010 site's paragraph sign, which stays where its page was copied as text."""

_ARTICLES = re.compile(r"\s{0,20}Appears in these articles:[ \t]*\n(?:[ \t]*https?://\S+[ \t]*\n)*", re.I)
"""The last row of that page's table."""

_VALUE_LINES = 20
_HEADER_LINES = 10
_BLANK_LINE = 80
_NEAR = 2000
"""How far behind a message's beginning its header and the line that opens its body are looked for."""


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A part of a file that holds one cable."""

    start: int
    """Where it begins in the file's text; it ends where the next one begins."""
    text: str
    """The cable's text: metadata lines first, no furniture."""
    line: int
    """The line of the file that the text's first line stands for."""
    lost: int = 0
    """The line of a numbered paragraph in what was cut as furniture, 0 for none."""


def pieces(text: str) -> Iterator[Piece]:
    """The cables of a text, in order; none where nothing looks like a cable.

    A new cable begins at each pair of metadata lines. Without them it begins where a message ended (`NNNN`) and a
    header of another station or serial follows, or at a whole transmission header whose serial is that of the line
    opening its body: a second section's header (90CAPETOWN97) repeats its cable's serial.
    """
    starts = _starts(text)
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line += text.count("\n", counted, start)
        counted = start
        piece = _read_piece(text[start:end], start, line)
        if piece is not None:
            yield piece


def _starts(text: str) -> list[int]:
    """Where the file's cables begin. The first owns all that stands before it."""
    labels = [text.rfind("\n", 0, found.start()) + 1 for found in find_labels(text)]
    labelled = [True] * len(labels)
    if not labels or (labels[0] and is_cable(_head_of_blogless(text[: labels[0]]))):
        labels.insert(0, 0)
        labelled.insert(0, False)
    starts: list[int] = []
    for start, end, has_labels in zip(labels, [*labels[1:], len(text)], labelled, strict=True):
        starts.append(start if starts else 0)
        starts += _message_starts(text, start, end, has_labels)
    return starts


def _head_of_blogless(head: str) -> str:
    """What stands before the first metadata labels, "" where it is a blog's furniture."""
    return "" if any(sure_lines(head)) else head


def _message_starts(text: str, start: int, end: int, labelled: bool) -> Iterator[int]:
    """Where further messages begin in a part of the file; in one with metadata only behind the end of a message."""
    if labelled and text.find("NNNN", start, end) < 0:
        return
    own: tuple[str, int] | None = None
    for found in find_headers(text, start, end):
        other = found["station"], int(found["serial"])
        if own is not None and other != own:
            top = _top(text, found.start(), start)
            if not _after_end(text, start, top) and (labelled or not _is_whole(text, top, found, end)):
                continue
            yield top
        own = other


def _top(text: str, at: int, floor: int) -> int:
    """Where the transmission header begins whose station line is at a place."""
    top = text.rfind("\n", floor, at) + 1 or floor
    for _ in range(_HEADER_LINES):
        above = max(text.rfind("\n", floor, top - 1) + 1, floor) if top > floor else floor
        if above == top or not _ABOVE.fullmatch(text, above, top):
            break
        top = above
    return top


def _after_end(text: str, start: int, at: int) -> bool:
    """Whether the last words before a place are the end of a message."""
    before = text[max(start, at - 200) : at].rstrip()
    return before.endswith("NNNN") and before[:-4].rpartition("\n")[2].strip() == ""


def _is_whole(text: str, top: int, header: re.Match[str], end: int) -> bool:
    """Whether a header stands alone behind an empty line and opens a body with its own serial."""
    if text[max(0, top - _BLANK_LINE) : top].rpartition("\n")[0].rpartition("\n")[2].strip():
        return False
    stop = min(end, header.end() + _NEAR)
    opening = CLASSIFICATION.search(text, header.end(), stop)
    return bool(
        opening
        and int(opening["serial"]) == int(header["serial"])
        and _OWN_LINES.search(text, header.end(), opening.start())
    )


def _read_piece(part: str, start: int, line: int) -> Piece | None:
    """One cable from its part of the file, None where there is none in it."""
    labels = first_labels(part)
    if labels:
        before = bool(part[: labels.start()].strip(" \t\n\xa0\ufeff|>"))
        pair, end = _metadata(part, labels)
        if articles := _ARTICLES.match(part, end):
            end = articles.end()
        text = pair + part[end:]
        line = max(1, line + part.count("\n", 0, end) - 2)
        body = len(pair)
    else:
        if not is_cable(part):
            return None
        end = _first_line(part)
        before, text, body = end > 0, part[end:], 0
        line += part.count("\n", 0, end)
    if "¶" in text:
        text = _SIGN.sub(r"\1", text)
    text = without_escaped_ends(text)
    kept, lost = without_tail(text, body, before)
    return Piece(start, kept, line, 0 if lost < 0 else line + text.count("\n", 0, lost))


def _metadata(part: str, labels: re.Match[str]) -> tuple[str, int]:
    """The two metadata lines in their one form, and where they end in the part.

    Values stand on the next line that is not empty, or one below the other where the first is an MRN alone.
    """
    wanted = len(labels[0].replace("|", " ").split()) - 1  # "Reference ID" is one label
    values: list[str] = []
    end = min(labels.end() + 1, len(part))
    for _ in range(_VALUE_LINES):
        if len(values) == wanted or end == len(part):
            break
        stop = part.find("\n", end) + 1 or len(part)
        value = _single_blanks(part[end:stop].strip(" \n"))
        if not value and values:
            break
        values += [value] if value else []
        end = stop
        if len(values) == 1 and " " in value:
            break
    return f"{METADATA_LABELS}\n{' '.join(values)}\n", end


def _single_blanks(line: str) -> str:
    """A line's words and cells, single blanks between them; most lines stand so already."""
    plain = not any(map(line.__contains__, ("  ", "\t", "\xa0", "|")))
    return (line if plain else _BLANKS.sub(" ", line)).strip()


def _first_line(part: str) -> int:
    """Where a text without metadata begins: behind the last furniture before the first line of a cable."""
    header, opening = next(find_headers(part, 0, len(part)), None), CLASSIFICATION.search(part)
    tops = [_top(part, header.start(), 0)] if header else []
    first = min([*tops, *([opening.start()] if opening else [])], default=0)
    ends = [end for _, end in sure_lines(part, 0, first)]
    if not ends:
        return 0
    end = part.find("\n", ends[-1]) + 1
    blank = re.compile(r"\s*\n").match(part, end)
    return min(first, blank.end() if blank else end)
