"""Inventories: which cables another archive holds, so that REFs lead there and back.

Each build writes `inventory.json` (publish/inventory.py). An archive names those of others in its settings; a build
reads them as files and asks no network. The own copy of a cable always comes first, then the archives in their order.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from reftel.archive.fingerprints import fingerprints
from reftel.archive.model import Entry, EntryRef
from reftel.config import Elsewhere
from reftel.problems import Problem


class Inventoried(msgspec.Struct, frozen=True, gc=False):
    """A cable in an inventory: what a link to it shows, and which cables it cites that its archive does not hold."""

    address: str
    created: str | None = None
    subject: str | None = None
    cites: list[str] = []


class Inventory(msgspec.Struct, frozen=True):
    """`inventory.json`: the cables of an archive by their MRN."""

    title: str
    cables: dict[str, Inventoried]


def read_inventories(content: Path, archives: Iterable[Elsewhere]) -> tuple[list[Inventory], list[Problem]]:
    """The inventories that an archive names, one for each; one that cannot be read is empty, and a Problem."""
    found: list[Inventory] = []
    problems: list[Problem] = []
    for archive in archives:
        try:
            found.append(msgspec.json.decode((content / archive.inventory).read_bytes(), type=Inventory))
        except OSError as error:
            message = f"the inventory {archive.inventory} cannot be read ({error.strerror}): build that archive first"
            problems.append(Problem("archive.toml", 0, message))
            found.append(Inventory("", {}))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            message = f"{archive.inventory} is no inventory of an archive ({error}): copy its inventory.json anew"
            problems.append(Problem("archive.toml", 0, message))
            found.append(Inventory("", {}))
    return found, problems


def elsewhere(
    entries: Collection[Entry], archives: Collection[Elsewhere], inventories: Iterable[Inventory]
) -> dict[str, Entry]:
    """The cables of other archives that these entries cite, or that cite them, by MRN."""
    if not archives:
        return {}
    held = {entry.mrn for entry in entries}
    cited = {mrn for entry in entries for mrn in entry.cited()} - held
    found: dict[str, Entry] = {}
    for archive, inventory in zip(archives, inventories, strict=True):
        for mrn, one in inventory.cables.items():
            if mrn not in held and mrn not in found and (mrn in cited or not held.isdisjoint(one.cites)):
                found[mrn] = _entry(mrn, one, archive, archive.title or inventory.title)
    return found


def site_of(archive: Elsewhere) -> str:
    """The address of another archive's site, with a slash at its end."""
    return archive.address.rstrip("/") + "/"


def _entry(mrn: str, one: Inventoried, archive: Elsewhere, title: str) -> Entry:
    refs = [EntryRef(None, mrn, "cable", mrn, []) for mrn in one.cites]
    entry = Entry(
        "", mrn, title, 0, "", created=one.created, subject=one.subject, refs=refs, stands_in=site_of(archive)
    )
    return msgspec.structs.replace(entry, prints=fingerprints(entry))
