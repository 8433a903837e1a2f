"""One cable's light record in the archive: what the relations and the listings need, never its text."""

from collections.abc import Collection
from typing import NamedTuple

import msgspec

from reftel.cable.model import RefKind


class EntryRef(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An item of the REF line. `line` is its line in the file it stands in, for problems."""

    label: str | None
    text: str
    kind: RefKind
    mrn: str | None
    captions: list[str]
    line: int = 0


class Pointing(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A place of a cable's prose that points to another cable: the back-link shows where it came from.

    `anchor` and `number` are the citing paragraph's ("" and None where it has none), `words` its first ones; `target`
    is the paragraph of the cited cable that is meant, if one is.
    """

    mrn: str
    anchor: str
    number: int | None
    words: str
    target: str | None = None


class Entry(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What the archive keeps of one cable.

    `key` finds its record in the build cache; `path` and `line` say where it was found. `opening` is its preview in
    UTF-8, which takes half the memory. `anchors` names its paragraphs, blank-separated (a link to a paragraph that is
    not there goes to the cable). `prints` are its fingerprints (fingerprints.py).

    Entries hold no circles, so the garbage collector need not look at them.
    """

    key: str
    mrn: str
    path: str
    line: int
    sha256: str
    created: str | None = None
    released: str | None = None
    classification: str | None = None
    captions: list[str] = []
    origin: str | None = None
    post: str | None = None
    subject: str | None = None
    tags: list[str] = []
    signature: str | None = None
    opening: bytes = b""
    refs: list[EntryRef] = []
    mentions: list[Pointing] = []
    anchors: str = ""
    twin: str = ""
    """"" for the cable that holds the MRN's address; the first 8 of its sha256 for a later file of the same MRN."""
    prints: bytes = b""
    stands_in: str = ""
    """The address of the site of another archive that holds the cable; "" for one of this archive. `path` is that
    archive's title then.
    """

    @property
    def preview(self) -> str:
        """The beginning of its summary or first paragraph."""
        return self.opening.decode()

    def cites(self) -> tuple[Collection[str], int]:
        """The MRNs it cites (see `cited`), and how many of them its REF line does: they come first."""
        own, found = self.mrn, dict[str, None]()
        for ref in self.refs:
            if (mrn := ref.mrn) and mrn != own:
                found[mrn] = None
        in_refs = len(found)
        for pointing in self.mentions:
            if (mrn := pointing.mrn) != own:
                found[mrn] = None
        return found, in_refs

    def cited(self) -> list[str]:
        """The MRNs it cites: first those of its REF line, then those of its prose; each once, itself never."""
        return list(self.cites()[0])


def group_of(mrn: str) -> str:
    """Post and year of an MRN, as they stand in it: "07MOSCOW" of 07MOSCOW4008."""
    return mrn.rstrip("0123456789") or mrn


class SerialKey(NamedTuple):
    """An MRN in an order for readers: by full year, post, serial."""

    year: int
    post: str
    serial: int
    mrn: str


OLDEST_YEAR = 45
"""Two-digit years from here on are of the twentieth century: the genre's oldest cables are of 1966, its youngest of
2010.
"""


def serial_of(mrn: str) -> int:
    """The serial alone, for what needs no order."""
    rest = mrn[2:]
    serial = rest[len(rest.rstrip("0123456789")) :]
    return int(serial) if serial and mrn[:2].isascii() and mrn[:2].isdigit() else 0


def serial_key(mrn: str) -> SerialKey:
    """The parts of a canonical MRN as a sort key; of anything else, last in its order: `99ZZZ`."""
    digits, rest = mrn[:2], mrn[2:]
    post = rest.rstrip("0123456789")
    if not digits.isascii() or not digits.isdigit():
        return SerialKey(9999, mrn, 0, mrn)
    year = int(digits)
    serial = rest[len(post) :]
    return SerialKey(
        year + (1900 if year >= OLDEST_YEAR else 2000), post, int(serial) if serial.isdecimal() else 0, mrn
    )
