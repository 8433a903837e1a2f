"""References: the items of the REF line, each a `Ref` with what it names.

What cannot be decided has no MRN, and there is a problem that says why. No cable is looked up here: whether it exists
is for the archive to say.
"""

import re

import msgspec

from reftel.cable.cited import LAST_YEAR, Citing, citing, decided
from reftel.cable.model import Ref, RefKind
from reftel.cable.posts import POSTS, Posts
from reftel.cable.ref_cables import cables, tokens
from reftel.cable.ref_items import Item, capitals, items
from reftel.cable.sheet import Joined, Sheet

_LONGEST = 30_000
"""Characters; the longest REF lines have two thousand."""
_NO_REFS = re.compile(r"[\s(]*(?:NONE|N/?A|NIL|NOT APPLICABLE)?[\s.):-]*")
_KINDS: tuple[tuple[RefKind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"\bE-? ?MAILS?\b")),
    ("telcon", re.compile(r"\bTELE?CONS?\b|\bPHONE|\bTELEPHONE|\bS?D?VTC\b|\bDVC\b")),
    (
        "report",
        re.compile(r"\b(?:IIRS?|OSC|FBIS|TDX?|HOTR|REPORTS?|DAILY|POINTS|ASSESSMENT)\b|\b\d{3}/\d{4,6}-\d\d\b"),
    ),
    ("memo", re.compile(r"\bMEMOS?\b|\bMEMORAND(?:UM|A)\b|\bMEMCONS?\b")),
)
_CAPTION = re.compile(r"\b(NOTAL|EXDIS|NODIS|LIMDIS|STADIS|NOFORN|SIPDIS|ROGER CHANNEL|EYES ONLY|DISSENT CHANNEL)\b")
_NO_CABLE_WORDS = re.compile(
    r"\b(?:UNSCR?|RES|RESOLUTION|FAM|FAH|CFR|USC|PARAS?|PUBLIC LAW|ARTICLE|POC|DTG|NOTE|FAX|LETTER|"
    r"JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC|JANUARY|FEBRUARY|MARCH|APRIL|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|"
    r"DECEMBER)\b"
)
"""What is numbered, or dated, and no cable."""
_LIKE_A_CABLE = re.compile(
    r"\s*(?:'?\d{2,4}[ -]?)?([A-Z]{3,}(?:[ .-]{1,2}[A-Z]{2,}){0,3}) ?#?\d{2,8}(?![\d/-])\s*(?:\([^()]*\))?[\s.,;]*"
)
_AGAIN = re.compile(r"(?:ref(?:erence)?(?:tel)?s?|and(?! prev))\b[\s.:]*", re.I)
_REDACTED = re.compile(r"X{5,}")
_CHUNK = re.compile(r"\([^()]*\)|;")
_AND = re.compile(r"(?:,|\bAND|&)\s*$")
_TRAILS = (",", ";", ":", "-", "&", "AND", "and", "REF", "Ref", "<br>", "<BR>", "¶", "\\")


class _Line(msgspec.Struct, frozen=True, gc=False):
    """A REF line being read: its text, the same in capitals, the citing cable, the posts, and the sheet for doubts."""

    field: Joined
    plain: str
    own: Citing | None
    posts: Posts
    sheet: Sheet


def find_refs(field: Joined | None, mrn: str | None, sheet: Sheet, posts: Posts = POSTS) -> list[Ref]:
    """The references of a REF field without its label, in order. `mrn`: the citing cable's. Doubts go to `sheet`."""
    if field is None:
        return []
    plain = capitals(field.text[:_LONGEST])
    if len(field.text) > _LONGEST:
        sheet.doubt(field.origin(_LONGEST), f"the REF line has more than {_LONGEST} characters: the rest was not read")
    if _NO_REFS.fullmatch(plain):
        return []
    line = _Line(field, plain, citing(mrn, posts), posts, sheet)
    return [ref for item in items(plain, posts) for ref in _item_refs(line, item)]


def _item_refs(line: _Line, item: Item) -> list[Ref]:
    """What one item names: several cables (`BRASILIA 2799 AND 2764`), or parts between semicolons."""
    cuts = [found.start() for found in _CHUNK.finditer(line.plain, item.start, item.end) if found[0] == ";"]
    starts = [item.start, *(cut + 1 for cut in cuts)]
    ends = [*cuts, item.end]
    return [ref for start, end in zip(starts, ends, strict=True) for ref in _part_refs(line, item.label, start, end)]


def _part_refs(line: _Line, label: str | None, start: int, end: int) -> list[Ref]:
    until = line.own.year if line.own else LAST_YEAR
    found = cables(tokens(line.plain, start, end), until, line.posts)
    if not found:
        other = _no_cable(line, label, start, end)
        return [other] if other else []
    refs = []
    lead = line.plain[start : found[0].start]
    if _AND.search(lead) and _kind(lead) != "other" and (other := _no_cable(line, label, start, found[0].start)):
        refs.append(other)
        start = found[0].start
    begins = [start, *(cited.start for cited in found[1:])]
    for cited, first, last in zip(found, begins, [*begins[1:], end], strict=True):
        mrn, doubt = decided(cited, line.own, line.posts)
        refs.append(_ref(line, label, "cable", mrn, first, last))
        if doubt:
            line.sheet.doubt(line.field.origin(cited.start), f"REF {refs[-1].text!r}: {doubt}")
    return refs


def _no_cable(line: _Line, label: str | None, start: int, end: int) -> Ref | None:
    """An item that names no readable cable: an e-mail, a report, or a cable whose post or number is not to be read."""
    plain = line.plain[start:end]
    if not any(sign.isalnum() for sign in plain):
        return None
    kind, doubt = _kind(plain), None
    if kind == "other" and (doubt := _undecided(plain, line.posts)):
        kind = "cable"
    ref = _ref(line, label, kind, None, start, end)
    if doubt:
        line.sheet.doubt(ref.span[0], f"REF {ref.text!r}: {doubt}")
    return ref


def _kind(plain: str) -> RefKind:
    return next((kind for kind, pattern in _KINDS if pattern.search(plain)), "other")


def _undecided(plain: str, posts: Posts) -> str | None:
    """Why something that is a cable cannot be read; None when it is none."""
    if _REDACTED.search(plain):
        return "redacted"
    if len(plain) > 200 or _NO_CABLE_WORDS.search(plain):
        return None
    if posts.spelled(plain) and sum(sign.isdigit() for sign in plain) <= 4:
        return "the number is not printed"
    return "no post is known by this name" if _LIKE_A_CABLE.fullmatch(plain) else None


def _ref(line: _Line, label: str | None, kind: RefKind, mrn: str | None, start: int, end: int) -> Ref:
    start, end = _trimmed(line.field.text, start, end)
    text = line.field.text[start:end]
    captions = list(dict.fromkeys(_CAPTION.findall(text.upper())))
    return Ref(label, text, kind, mrn, captions, line.field.span(start, end))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and signs around it, nor the `REF` and `AND` that lead on; never empty."""
    while start < end - 1 and (text[start].isspace() or text[start] in ".,;:-¶\\"):
        start += 1
    if (again := _AGAIN.match(text, start, end)) and again.end() < end:
        start = again.end()
    before = end + 1
    while end < before:
        before = end
        while end > start + 1 and text[end - 1].isspace():
            end -= 1
        for trail in _TRAILS if text.endswith(_TRAILS, start + 1, end) else ():
            if text.endswith(trail, start + 1, end) and (not trail.isalpha() or text[end - len(trail) - 1].isspace()):
                end -= len(trail)
                break
    return start, end
