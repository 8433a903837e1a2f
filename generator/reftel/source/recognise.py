"""What a text is, by its content: the full set's CSV, a page of the 2010 site, another HTML page, a cable as raw text,
or none of these.
"""

import re
from collections.abc import Iterator

_FIRST_ROW = re.compile(r'\A(?:[^\n]{0,300}\n){0,2}?"\d{1,9}","\d{1,2}/\d{1,2}/\d{4}[^"\n]{0,12}","[^"\n]{0,60}","')
"""The beginning of a row of the full set, perhaps after a line of column names."""

_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|!--|[a-z][a-z0-9]{0,12}[\s>/])", re.I)
_ELEMENT = re.compile(r"<(?:html|head|body|div|p|br|table|pre|article|section|main|h[1-6]|span)[\s>/]", re.I)

_LABELS = re.compile(
    r"[Rr](?i:eference[ _]?ID[\s\xa0|]{1,20}Created[\s\xa0|]{1,20}(?:Released[\s\xa0|]{1,20})?"
    r"Classification[\s\xa0|]{1,20}Origin)[ \t\xa0|]{0,20}(?=\n|\Z)"
)
_STATION = re.compile(r"DE (?P<station>R[A-Z]{3,7}) #?(?P<serial>\d{2,6})(?:/\d\d)?\b")

CLASSIFICATION = re.compile(
    r"^[ \t]{0,8}(?:C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T|U ?N ?C ?L ?A ?S(?: ?S ?I ?F ?I ?E ?D)?"
    r"|LIMITED OFFICIAL USE)\b"
    r"[^\n]{0,80}? (?P<serial>\d{3,6})\b",
    re.M | re.I,
)
"""The line that opens a cable's body: classification, perhaps a section, post and serial."""

_SIGNS = (
    re.compile(r"^[ \t]{0,8}E\.? ?O\.? ?1\d{4}\b", re.M | re.I),
    re.compile(r"^[ \t]{0,8}TAGS?\b", re.M | re.I),
    re.compile(r"^[ \t]{0,8}SUBJ(?:ECT)?[ \t]?:", re.M | re.I),
    re.compile(r"^[ \t]{0,8}REFS?[ \t]?:|^[ \t]{0,8}REFTELS?\b", re.M | re.I),
    re.compile(r"^[ \t]{0,8}Classified by\b", re.M | re.I),
    re.compile(r"^[ \t]{0,8}(?:[ZOPR] ){0,3}\d{6}Z [A-Z]{3} \d\d\b", re.M),
    re.compile(r"^[ \t]{0,8}(?:FM|FROM) (?:AMEMBASSY|AMCONSUL|SECSTATE|USMISSION|USDEL)\b", re.M),
    re.compile(r"^[ \t]{0,8}SIPDIS[ \t]*$", re.M),
    re.compile(r"^[ \t]{0,8}\d{1,3}[.,)]? ?\((?:C|S|U|SBU|S/NF|C/NF|S//NF)\) ", re.M),
)


def find_labels(text: str) -> Iterator[re.Match[str]]:
    """The metadata labels: on one line, or one below the other where a table was pasted. They begin a line."""
    for at in sorted([*_places("eference", text), *_places("EFERENCE", text)]):
        found = _LABELS.match(text, at - 1) if at else None
        if found and not _words_before(text, found.start()).strip("|>\ufeff"):
            yield found


def first_labels(text: str) -> re.Match[str] | None:
    """The first of them. Most texts begin with it, and are not searched."""
    opening = _LABELS.match(text) if text[1:9] in ("eference", "EFERENCE") else None
    return opening or next(find_labels(text), None)


def _places(word: str, text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    at = text.find(word, start, end)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word), end)


def find_headers(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The station lines of transmission headers, with `station` and `serial`: `DE RUEHMO #4307/01 2431351`."""
    for at in _places("DE R", text, start, end):
        found = _STATION.match(text, at, end)
        if found and not _words_before(text, at):
            yield found


def _words_before(text: str, at: int) -> str:
    """What stands before a place on its line, within a few characters."""
    return text[max(0, at - 20) : at].rpartition("\n")[2].strip(" \t\xa0")


def is_dump(head: str) -> bool:
    """Whether a file begins as the full set's CSV does."""
    return bool(_FIRST_ROW.match(head))


def is_markup(text: str) -> bool:
    """Whether a text is HTML: it begins with a tag and holds an element of a page (a cable may hold stray tags, but
    does not begin with one).
    """
    return bool(_MARKUP.match(text) and _ELEMENT.search(text, 0, 1 << 16))


def is_cable(text: str) -> bool:
    """Whether a text holds a cable: its metadata labels, a transmission header, the line that opens a body, or two
    lesser signs.
    """
    if first_labels(text) or any(find_headers(text, 0, len(text))) or CLASSIFICATION.search(text):
        return True
    return sum(bool(sign.search(text)) for sign in _SIGNS) >= 2
