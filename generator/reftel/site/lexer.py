"""A Pygments lexer for cables, and the raw view made with it.

It goes line by line: what a line begins with says what it is (`E.O.`, `TAGS:`, `DE RUEHMO #4307/01`, `MOSCOW
00004307 002 OF 002`), and inside the prose only redactions, MRNs and references are told apart. It colours, it
decides nothing: the parser reads cables, this shows them. Every character comes out again, and every pattern takes
linear time.
"""

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from markupsafe import Markup
from pygments.lexer import Lexer
from pygments.token import (
    STANDARD_TYPES,
    Comment,
    Generic,
    Keyword,
    Literal,
    Name,
    Number,
    Punctuation,
    Text,
    _TokenType,
)

from reftel.site.markup import escaped, harmless, shown

Token = tuple[int, _TokenType, str]
Piece = tuple[_TokenType, str]

# What a line is, by the name of the alternative that matches. Every quantifier is bounded or runs over one class of
# characters to a fixed end, so that no line takes more than linear time.
_LINE = re.compile(
    r"""\s*(?:
    (?P<label> (?i:Reference\ ID\s+Created\s+Released\s+Classification\s+Origin\s*$) )
  | (?P<values> \d\d[A-Z][A-Z0-9]{1,40}[ \t]+\d{4}-\d\d-\d\d\ \d\d:\d\d[ \t] )
  | (?P<page> (?i: PAGE\ \d\d\b | [A-Z][A-Z ]{2,40}\ \d{5,8}\ {1,8}\d{3}(?:\.\d)?\ OF\ \d{3}\s*$ ) )
  | (?P<secrecy> (?: C\ ?O\ ?N\ ?F\ ?I\ ?D\ ?E\ ?N\ ?T\ ?I\ ?A\ ?L | S\ ?E\ ?C\ ?R\ ?E\ ?T | TOP\ SECRET
        | U\ ?N\ ?C\ ?L\ ?A\ ?S(?:\ ?S\ ?I\ ?F\ ?I\ ?E\ ?D)? )\b(?=[^a-z]{0,80}$) | [SCU](?:\ [a-z]){5,11}\b )
  | (?P<caption> (?: (?: SIPDIS | NOFORN | EXDIS | NODIS | LIMDIS | STADIS | TERREP | NOCONTRACT | ORCON
        | CORRECTED\ COPY )\b[\s,/]{0,20} )+ (?: \([^()]{0,60}\)\s* )?$ )
  | (?P<routing> (?: VZCZC\w* | (?:[A-Z]{2}\ )?RU[A-Z]{4,6}(?:\ RU[A-Z]{4,6})* | Z[A-Z]{2}\ [A-Z]{5}(?:\ ZZH)?
        | \#\d{4}.* | NNNN | BT )\s*$ )
  | (?P<rule> [-=*_~+][-=*_~+ ]{2,}$ )
  | (?P<station> DE\ R[A-Z]{3,7}\b )
  | (?P<time> (?i: (?:[ZOPR](?:\ [ZOPR])?\ )?\d{6}Z\ [A-Z]{3}\ \d\d(?:\d\d)?\s*$ ) )
  | (?P<address> (?:FM|TO|INFO|XMT)\b | R[UH][A-Z]{3,6}/ )
  | (?P<field> (?i: E\.\ ?O\.\ ?\d{5}:? | EO\ \d{5}:? | (?:TAGS?|SUBJECT|SUBJ|REFS?|REFTELS?)\s?: | TAGS(?=\ )
        | (?:DECL|REASON): | (?:Derived\ from|Classified\ by)\b:? ) )
    )""",
    re.X,
)
_WHOLE = {
    "label": Keyword.Declaration,
    "page": Comment,
    "secrecy": Keyword.Type,
    "caption": Name.Decorator,
    "routing": Comment,
    "rule": Punctuation,
}
"""Lines that are one thing from end to end."""
_PARTS = {
    "values": re.compile(
        r"\s*(?P<mrn>\w+)\s+(?P<created>\S+ \S+)\s+(?P<released>\S+ \S+)\s+"
        r"(?:(?P<secrecy>[A-Z/]{2,40}(?: [A-Z/]{2,40}){0,3})\s+)?(?P<origin>.*)"
    ),
    "station": re.compile(r"\s*(?P<label>DE) (?P<route>R[A-Z]{3,7}).*"),
    "time": re.compile(r"\s*(?P<precedence>[A-Z](?: [A-Z])?(?= ))? ?(?P<time>.*)", re.I),
    "address": re.compile(r"\s*(?P<label>FM|TO|INFO|XMT)? ?(?P<route>R[UH][A-Z]{3,6}/)?(?P<name>.*)"),
}
"""Lines of several parts, and how they are cut."""
_KINDS = {
    "label": Keyword.Declaration,
    "mrn": Name.Label,
    "created": Literal.Date,
    "released": Literal.Date,
    "secrecy": Keyword.Type,
    "origin": Name.Namespace,
    "precedence": Name.Exception,
    "time": Literal.Date,
    "route": Name.Attribute,
    "name": Name.Namespace,
    "number": Number,
    "mark": Name.Decorator,
    "alone": Name.Decorator,
}
_PARAGRAPH = re.compile(
    r"\s*(?:(?P<number>\d{1,3})"
    r"(?:[.,)] {0,4}(?P<mark>\( ?[A-Z]{1,6}(?:/{1,2}[A-Z][A-Z, ]{0,30})? ?\))?| {0,4}(?=\([CSU]\)))"
    r"|(?P<alone>\( ?(?:U|C|S|TS|SBU|FOUO|LOU|(?:C|S|TS|U|SBU)/{1,2}[A-Z][A-Z, ]{0,30}) ?\)))",
    re.I,
)
_STARTS = frozenset("0123456789(")
"""What a paragraph's number or mark begins with."""
_NAME = re.compile(r"\s*[A-Z][A-Z'’.-]{2,20}(?: [A-Z][A-Z'’.-]{2,20})?\s*$")
# One class of first characters, so that the search skips from one to the next.
_INLINE = re.compile(
    r"[Xx\dRr](?:(?<=X)X{4,}|(?<=x)x{4,}"
    r"|(?<=\d)(?<!\w\d)\d ?[A-Z]{4,20}(?: [A-Z]{3,20})? ?\d{1,6}\b"
    r"|(?<!\w.)(?:(?<=R)EF|(?<=[Rr])ef)(?:TEL|tel)?[Ss]?(?: [A-Z]\b)?(?![A-Za-z]))"
)
_TAG = re.compile(r"[A-Za-z]+")
_HEADING = 90
"""A heading is shorter than this."""
_OPENING = {kind: f'<span class="{name}">' for kind, name in STANDARD_TYPES.items()}


class CableLexer(Lexer):
    """Colours the text of a diplomatic cable as it was sent."""

    name = "Diplomatic cable"
    aliases: ClassVar[list[str]] = ["cable"]
    filenames: ClassVar[list[str]] = ["*.cable"]
    mimetypes: ClassVar[list[str]] = []

    def get_tokens_unprocessed(self, text: str) -> Iterator[Token]:
        """The tokens of `text` as (offset, kind, characters); the characters joined are `text`."""
        offset = 0
        for index, line in enumerate(_lines(text)):
            if index:
                yield offset, Text, "\n"
                offset += 1
            for kind, value in line:
                yield offset, kind, value
                offset += len(value)


def coloured(text: str) -> Markup:
    """The inside of the raw view's `<pre>`: one element a line with the id `L12`, its number as a link, coloured
    and inert.
    """
    show = escaped if harmless(text) else shown
    parts: list[str] = []
    for number, line in enumerate(_lines(text.removesuffix("\n")), 1):
        parts.append(f'<span id="L{number}"><a href="#L{number}">{number}</a>')
        for kind, value in line:
            if kind is Text:
                parts.append(show(value))
            else:
                parts.append(f"{_OPENING[kind]}{show(value)}</span>")
        parts.append("</span>\n")
    return Markup("".join(parts))


def _lines(text: str) -> Iterator[list[Piece]]:
    """Each line of `text` as coloured pieces, none of them empty."""
    lines = text.split("\n")
    names = [found.lastgroup or "" if found else "" for found in map(_LINE.match, lines)]
    names.append("")
    last = _last_written(lines)
    field = ""
    for index, line in enumerate(lines):
        name = names[index]
        if name == "field":
            field = line.lstrip()[:3].upper()
            pieces = _labelled(line, field)
        elif name or not line or line.isspace():
            field = ""
            pieces = _known(line, name)
        elif field and not _PARAGRAPH.match(line):
            pieces = _value(line, field)
        elif index == last and _NAME.match(line):
            pieces = [(Name.Function, line)]
        elif names[index + 1] == "rule" and len(line) < _HEADING:
            pieces = [(Generic.Heading, line)]
        else:
            field = ""
            pieces = _prose(line)
        yield pieces


def _known(line: str, name: str) -> list[Piece]:
    """A line that `_LINE` knows, or a blank one."""
    if name in _WHOLE:
        return [(_WHOLE[name], line)]
    found = _PARTS[name].match(line) if name else None
    return _parts(found) if found else _text(line)


def _text(text: str) -> list[Piece]:
    return [(Text, text)] if text else []


def _labelled(line: str, field: str) -> list[Piece]:
    """A line that begins with a label: TAGS, SUBJECT, REF, E.O., Classified By."""
    found = _LINE.match(line)
    end = found.end() if found else 0
    return [(Keyword.Declaration, line[:end]), *_value(line[end:], field)]


def _value(rest: str, field: str) -> list[Piece]:
    """What stands after a label, or goes on below it."""
    if field == "SUB":
        return [(Generic.Emph, rest)] if rest else []
    return _found(rest, _TAG) if field == "TAG" else _found(rest, _INLINE)


def _prose(line: str) -> list[Piece]:
    """A line of the body: a paragraph's number and mark, then text."""
    if line.lstrip()[:1] not in _STARTS:
        return _found(line, _INLINE)
    opening = _PARAGRAPH.match(line)
    return [*_parts(opening), *_found(line[opening.end() :], _INLINE)] if opening else _found(line, _INLINE)


def _found(text: str, pattern: re.Pattern[str]) -> list[Piece]:
    """`text` with everything `pattern` finds coloured by its first character, or as a TAG."""
    found = pattern.search(text)
    if not found:
        return _text(text)
    pieces: list[Piece] = []
    done = 0
    while found:
        start, end = found.span()
        if start > done:
            pieces.append((Text, text[done:start]))
        pieces.append((Name.Tag if pattern is _TAG else _inline_kind(text[start]), text[start:end]))
        done = end
        found = pattern.search(text, end)
    return pieces + _text(text[done:])


def _inline_kind(first: str) -> _TokenType:
    if first in "Xx":
        return Generic.Deleted
    return Name.Variable if first in "Rr" else Name.Label


def _parts(found: re.Match[str]) -> list[Piece]:
    """What a pattern matched, its named groups coloured by `_KINDS`, all else plain; the groups stand in order."""
    pieces: list[Piece] = []
    done = found.start()
    for name in found.re.groupindex:
        start, end = found.span(name)
        if start >= 0:
            pieces += _text(found.string[done:start])
            if end > start:
                pieces.append((_KINDS[name], found.string[start:end]))
            done = end
    return pieces + _text(found.string[done : found.end()])


def _last_written(lines: Sequence[str]) -> int:
    """The index of the last line that holds more than the end-of-message signs, -1 where there is none."""
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].strip() not in ("", "NNNN", "BT"):
            return index
    return -1
