"""Kept editions: `content/editions/NAME.json` says what an edition held, so that later ones can be compared with it.

Only `reftel edition NAME` writes there. A build reads all of them and makes of each pair in a row a part of the page of
changes, and an entry of its feed. `content/editions/withdrawn.toml` declares what was taken back on purpose:

    [[withdrawn]]
    cable = "07MOSCOW4307"
    anchor = "par4"            # left out: the whole cable
    reason = "names a source"
"""

import datetime
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from reftel.archive.model import Entry
from reftel.problems import Problem, Refusal
from reftel.publish.copies import open_copy
from reftel.publish.diff import decode
from reftel.publish.held_records import HeldRecords
from reftel.site import addresses
from reftel.site.frame import Site

FOLDER = "editions"
DECLARED = "editions/withdrawn.toml"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}$")


class KeptCable(msgspec.Struct, frozen=True):
    """A cable in a kept edition."""

    address: str
    subject: str
    raw: str
    """SHA-256 of the source as found."""
    anchors: str
    """Blank-separated."""


class KeptEdition(msgspec.Struct, frozen=True):
    """A kept edition: its name, the day it was kept, its cables by the name of their file."""

    name: str
    date: str
    cables: dict[str, KeptCable]


class Withdrawal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that was taken back on purpose."""

    cable: str
    anchor: str = ""
    reason: str = ""


class Declarations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content/editions/withdrawn.toml`."""

    withdrawn: list[Withdrawal] = []


def keep_edition(content: Path, site: Site, name: str, date: str = "") -> Path:
    """Write `content/editions/NAME.json`. `date` is today where it is not given: the one place where a clock is asked.

    Raises Refusal when the name is no file name, is taken, or the date is none.
    """
    if not _NAME.match(name):
        raise Refusal(f"{name}: an edition's name has letters, digits, dots and dashes, such as 2026-11")
    path = content / FOLDER / f"{name}.json"
    if path.exists():
        raise Refusal(f"{path}: this edition is kept already; editions are never changed")
    day = date or datetime.datetime.now(datetime.UTC).date().isoformat()
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        raise Refusal(f"--date {day}: a date is 2026-11-22") from None
    edition = KeptEdition(name, day, dict(sorted(_cables(site.archive.everything))))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(edition), indent=1) + b"\n")
    return path


def _cables(entries: Iterable[Entry]) -> Iterable[tuple[str, KeptCable]]:
    for entry in entries:
        address = addresses.cable(entry)
        kept = KeptCable(address, entry.subject or "", entry.sha256, entry.anchors)
        yield address.rpartition("/")[2].removesuffix(".html"), kept


def read_editions(content: Path) -> list[KeptEdition]:
    """All kept editions, the oldest first. Raises Refusal for one that cannot be read."""
    editions = []
    for path in sorted((content / FOLDER).glob("*.json")):
        try:
            editions.append(msgspec.json.decode(path.read_bytes(), type=KeptEdition))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refusal(f"{path}: is no kept edition ({error})") from None
    return sorted(editions, key=lambda edition: (edition.date, edition.name))


def hash_of_kept(content: Path) -> bytes:
    """A hash of all that kept editions and declared withdrawals say."""
    found = hashlib.sha256()
    for path in sorted((content / FOLDER).glob("*")):
        if path.is_file():
            found.update(f"{path.name}\n".encode())
            found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.digest()


def read_declared(content: Path) -> list[Withdrawal]:
    """What the content declares as withdrawn. Raises Refusal when the file is wrong."""
    path = content / DECLARED
    if not path.is_file():
        return []
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Declarations).withdrawn
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}: {error}") from None


def check_against(content: Path, old: Path) -> Callable[[Site], list[Problem]]:
    """A look at a site for what an old edition, a built one or a kept `editions/*.json`, has published and it lacks:
    each is an error, unless declared.
    """

    def look(site: Site) -> list[Problem]:
        declared = {(one.cable, one.anchor) for one in read_declared(content)}
        here = dict(_cables(site.archive.everything))
        found = []
        for name, cable in published(old).items():
            now = here.get(name)
            lost = "" if now and now.address == cable.address else f"was published at {cable.address}"
            if lost and (name, "") not in declared:
                found.append(Problem(name, 0, f"{lost} and is not there any more; {_REMEDY}", "error"))
            if now is None or (name, "") in declared:
                continue
            gone = set(cable.anchors.split()) - set(now.anchors.split())
            for anchor in sorted(gone):
                if (name, anchor) not in declared:
                    message = f"#{anchor} was published and is not there any more; {_REMEDY}"
                    found.append(Problem(name, 0, message, "error"))
        return found

    return look


_REMEDY = f"bring it back, or declare it in {DECLARED}"


def published(old: Path) -> dict[str, KeptCable]:
    """What an old edition has published: from a kept one, or from the records of a built site."""
    if old.suffix == ".json":
        try:
            return msgspec.json.decode(old.read_bytes(), type=KeptEdition).cables
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refusal(f"{old}: is no kept edition ({error})") from None
    return dict(_published_records(old))


def _published_records(old: Path) -> Iterable[tuple[str, KeptCable]]:
    with open_copy(old) as copy:
        held = HeldRecords(copy)
        for name, place in held.places.items():
            record = decode(held, name)
            anchors = " ".join(block.anchor for block in record.blocks if block.anchor)
            yield name, KeptCable(place.page, record.subject or "", place.digest.hex(), anchors)
