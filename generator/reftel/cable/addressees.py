"""Who gets a cable: `RUEHC/SECSTATE WASHDC IMMEDIATE 3484` is route, name, precedence and message number."""

import re
from functools import lru_cache

import msgspec

from reftel.cable.model import Addressee, Span

ROUTE = re.compile(r"R[A-Z0-9]{3,7}|ZEN")
NUMBER = re.compile(r"\d{3,6}(?:-\d{3,6})?")
"""A message number, or the first and last of a cable in several sections (`7721-7722`)."""
PRECEDENCES = {
    **{word: word for word in ("FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE", "NIACT")},
    **dict.fromkeys(("PIORITY", "PRIORTY", "PROIRITY", "PRORITY"), "PRIORITY"),
    **dict.fromkeys(("IMEDIATE", "IMMEDATE", "IMMEDIAE"), "IMMEDIATE"),
}
NUMBERED = re.compile(r"\b(?:AMEMBASSY|AMCONSUL|SECSTATE|USMISSION|US[A-Z]+|EMBASSY|CONSUL|WASHDC|WASHINGTON DC)\b")
"""Names whose trailing three digits are a message number, and no part of the name (as in `COMBINED TASK FORCE 150`)."""
PAGE = re.compile(r"PAGE +\d+ +[A-Z][A-Z ]*\d+(?: +\d+ OF \d+)? +\d{6}Z *")


class AddresseeList(msgspec.Struct, gc=False):
    """The action or the info addressees, while they are read."""

    entries: list[Addressee] = []
    excluding: bool = False
    """Whether unrouted names belong to the XMT line before them."""
    span: Span | None = None

    def add(self, text: str, offset: int) -> None:
        """Read one addressee, which stands at `offset` of the cable's text; a telex page line before it is left out."""
        if text.startswith("PAGE") and (page := PAGE.match(text)):
            text, offset = text[page.end() :], offset + page.end()
        text = text.rstrip()
        if not text.strip(" ."):
            return
        addressee = read_addressee(text)
        if self.excluding and not addressee.route and self.entries:
            self.entries[-1].excluded.append(addressee.name)
        else:
            self.excluding = False
            self.entries.append(addressee)
        self.span = (self.span[0] if self.span else offset, offset + len(text))

    def exclude(self, text: str, offset: int) -> None:
        """Read an XMT line: names left out of the addressee before it."""
        self.excluding = True
        if text:
            self.add(read_addressee(text).name, offset)


def read_addressee(text: str) -> Addressee:
    """One addressee from its line; the number stays as printed, zeros included ("0121")."""
    return Addressee(*_parts(text), [])


@lru_cache(maxsize=8192)
def _parts(text: str) -> tuple[str | None, str, str | None, str | None]:
    """Route, name, precedence and number. Kept, for the same posts are told again and again."""
    head, slash, tail = text.partition("/")
    route = head.strip() if slash and ROUTE.fullmatch(head.strip()) else None
    words = (tail if route else text).rstrip(" .").split()
    number = words.pop() if len(words) > 1 and NUMBER.fullmatch(words[-1]) else None
    precedence = PRECEDENCES.get(words[-1]) if len(words) > 1 else None
    if precedence:
        words.pop()
        if len(words) > 1 and words[-1] == "NIACT":
            words.pop()
            precedence = f"NIACT {precedence}"
    name = " ".join(words)
    if number and len(number) == 3 and not precedence and not NUMBERED.search(name):
        name, number = f"{name} {number}", None
    return route, name, precedence, number
