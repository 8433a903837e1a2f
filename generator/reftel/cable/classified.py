"""`Classified By`: who classified a cable, and for which reasons of the executive order.

    Classified By: Political Minister-Counselor Alice G. Wells.  Reason:  1
    .4 (b, d)

One program cut the field at 71 characters, in mid-word or between words (07MOSCOW4307, above): its lines are mended
first.
"""

import re
from collections.abc import Iterator

from reftel.cable.model import ClassifiedBy
from reftel.cable.officer import TITLES, name_and_title
from reftel.cable.sheet import places_of

LEAD = re.compile(
    r"\s*(?:\(?[A-Z]{1,4}\)|\d\.(?!\d)\s*(?:\([A-Z]{1,3}\))?"
    r"|(?:CLASS?I?FI?ED|DERIVED)\s+(?:BY|FROM)\b\s*:?|[A-Z]+ - ENTIRE TEXT\.|BY\b:?)\s*",
    re.I,
)
"""What may stand before the officer: the label, once or twice, a paragraph's number and mark."""
DERIVED = re.compile(r"\s*(?:CLASSIFIED BY:?\s*)?DERIVED\b", re.I)
"""Classified as its sources are: no officer."""
REASONS = re.compile(
    r"\b(?:r\s?e\s?a\s?s\s?o\s?n(?:\s?s)?|re?[ae]?s?[ae]?s?ons?|reaons|reas|re)\b"
    r"(?=\W*(?:\(s\)\W*)?(?:para|sections?|sec|are|for|of|under|E\.?O)?[\s:.,()]*(?:$|\d|\(?[a-h]\b))"
    r"|\b1\s?[.,:/]?\s?[456](?!\d)|\bE\.?\s?O\.?,?\s*\d{5}|\b12958\b|\breasons?\b",
    re.I,
)
"""Where the reasons begin, mistyped or broken by the cut."""
REASONS_START = re.compile(r"[rR1eE](?<!\w.)")
"""The first sign of such a word; it is found far faster."""
CONNECTORS = frozenset(
    """
    FOR FR F0R PER UNDER DUE TO BASED UPON ON PURSUANT AND AS THE BY IN ACCORDANCE WITH SECTION SECTIONS SEC PARA
    PARAGRAPH GIVEN R RE O REASON OF OR CITING
    """.split()  # noqa: SIM905 - a list of words reads better as prose
)
"""Words that lead over from the officer to the reasons."""
COMMON = (TITLES | CONNECTORS | {"REASONS"}) - {"R", "RE", "O"}
"""Words that the field holds as a rule: a part of a word that was cut is none of them."""
CLAUSE = re.compile(
    r"(?<![\d./])1\s?[.,:/]?\s?(?P<number>[456])(?!\d)[\s.]*"
    r"(?P<letters>(?:[\s(),/&+;-]|\b(?:AND|OR|THROUGH)\b|(?<![A-Z])[A-H](?![A-Z])\.?(?=[\s),/&+;-]|$))*)",
    re.I,
)
LETTER = re.compile(r"(?<![A-Z])[A-H](?![A-Z])", re.I)
BROKEN_AND = re.compile(r"[Aa](?<!\w[Aa])(?:\s+[Nn][Dd]|[Nn]\s+[Dd]|\s+[Nn]\s+[Dd])\b(?=\s*[(\w])")
"""Cut, and joined with a blank: `1.4 (b) a nd (d)` (09MADRID392)."""
CUT_WIDTH = 71
CUT_LINE = re.compile(r"^(.{70}[\w(.])[ \t]*\n(?=([\w.)]+))", re.M)
CLOSING = re.compile(r"[\s)\].]*")


def read_classified_by(text: str) -> ClassifiedBy:
    """The field's joined text, label included or not, with name, title and reasons as far as they are told apart."""
    value = text.strip()
    while lead := LEAD.match(value):
        value = value[lead.end() :]
    starts = REASONS_START.finditer(value)
    found = next((found for start in starts if (found := REASONS.match(value, start.start()))), None)
    who = _without_connectors(value[: found.start()] if found else value)
    name, title = (None, who or None) if DERIVED.match(text) else name_and_title(who)
    return ClassifiedBy(text.strip(), name, title, read_reasons(value))


def read_reasons(text: str) -> list[str]:
    """ "1.4 (b, d)", "1.4 b and d", "1.5.D" as ["1.4(b)", "1.4(d)"], ...; "1.4" where no letter is printed."""
    reasons: list[str] = []
    for clause in _clauses(_without_broken_and(text)):
        number = f"1.{clause['number']}"
        letters = LETTER.findall(clause["letters"])
        reasons += [f"{number}({letter.lower()})" for letter in letters] or [number]
    return list(dict.fromkeys(reasons))


def reasons_end(text: str) -> int | None:
    """The offset at which the last reason ends, its bracket and full stop included; None where there is none."""
    end = None
    text = _without_broken_and(text)
    for clause in _clauses(text):
        letters = LETTER.finditer(text, clause.start("letters"), clause.end())
        end = max((letter.end() for letter in letters), default=clause.end("number"))
    closing = CLOSING.match(text, end) if end is not None else None
    return closing.end() if closing else end


def _clauses(text: str) -> Iterator[re.Match[str]]:
    """The matches of CLAUSE, each looked for at its `1`."""
    end = 0
    for at in places_of("1", text):
        if at >= end and (clause := CLAUSE.match(text, at)):
            end = clause.end()
            yield clause


def mended(lines: str) -> str:
    """The lines of the field joined: by a blank, but by nothing where a word was cut at the field's width.

    There the parts are one word if the whole is a known one ("reaso", "ns"), or if the first part is none ("Blah",
    "a"; but not "and", "d)").
    """
    if len(lines) > CUT_WIDTH and "\n" in lines:
        lines = CUT_LINE.sub(_mend, lines)
    return " ".join(lines.split())


def _mend(cut: re.Match[str]) -> str:
    head, tail = _last_word(cut[1]), _first_word(cut[2])
    return cut[1] if head + tail in COMMON or not (head in COMMON and tail) else cut[1] + " "


def _last_word(text: str) -> str:
    start = len(text)
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start:].upper()


def _first_word(text: str) -> str:
    end = 0
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[:end].upper()


def _without_broken_and(text: str) -> str:
    """With commas for the cut "and"s, of the same length."""
    return BROKEN_AND.sub(lambda found: "," * len(found.group()), text)


def _without_connectors(who: str) -> str:
    """Without the words that lead over to the reasons: "Liz Dibble for" → "Liz Dibble"."""
    who = who.rstrip(" ,;:-(/.\t")
    while who:
        head, _, last = who.rpartition(" ")
        if last.strip(".,;:").upper() not in CONNECTORS:
            break
        who = head.rstrip(" ,;:-(/.\t")
    return who
