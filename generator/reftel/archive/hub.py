"""A hub: a site that searches all cables of archives that stand on sites of their own. It reads these cables too, but
their pages and files are those of the other sites: which stands where, their inventories say.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

import msgspec

from reftel.archive.inventory import Inventory, site_of
from reftel.archive.model import Entry
from reftel.config import Elsewhere
from reftel.problems import Problem


class OtherSite(msgspec.Struct, frozen=True):
    """A site that holds cables that a hub searches; the address ends with a slash."""

    title: str
    address: str
    cables: int


class Hub(msgspec.Struct, frozen=True):
    """The sites that a hub names, and their cables that it searches, by MRN; each `stands_in` its site."""

    sites: list[OtherSite] = []
    cables: list[Entry] = []

    def searched(self, own: Sequence[Entry]) -> Sequence[Entry]:
        """All cables that the search finds: the archive's `own`, then those of other sites."""
        return (*own, *self.cables) if self.cables else own


NO_HUB = Hub()
"""Of a site whose cables all have their pages on it."""


class Shared(NamedTuple):
    """The cables of a hub's content folder: those that stand on other sites, and those that are left to it."""

    hub: Hub
    own: list[Entry]
    problems: list[Problem]


def share_out(
    entries: Iterable[Entry], archives: Sequence[Elsewhere], inventories: Sequence[Inventory], all_read: bool
) -> Shared:
    """Which of these cables stands on which site: on the first whose inventory has it. Of several files of an MRN the
    first in path order is taken, as on the site itself. Problems are the cables that only one side has; what no
    inventory has is one only where all of them could be read.
    """
    pairs = list(zip(archives, inventories, strict=True))
    places = {mrn: (site_of(archive), one) for archive, found in reversed(pairs) for mrn, one in found.cables.items()}
    there: dict[str, Entry] = {}
    own: list[Entry] = []
    problems: list[Problem] = []
    for entry in sorted(entries, key=attrgetter("mrn", "path", "line")):
        if entry.mrn not in places:
            own.append(entry)
        elif first := there.get(entry.mrn):
            message = f"{entry.mrn} stands in {first.path}:{first.line} too, and only that file is searched: remove one"
            problems.append(Problem(entry.path, entry.line, message))
        else:
            stands_in, one = places[entry.mrn]
            there[entry.mrn] = msgspec.structs.replace(entry, created=one.created, stands_in=stands_in)
    sites = [OtherSite(named(*pair), site_of(pair[0]), len(pair[1].cables)) for pair in pairs]
    problems += _not_here(there, pairs)
    if all_read:
        problems += _not_there(own)
    return Shared(Hub(sites, list(there.values())), own, problems)


def named(archive: Elsewhere, inventory: Inventory) -> str:
    """What another archive is called here."""
    return archive.title or inventory.title or archive.address


def _not_here(there: dict[str, Entry], pairs: Iterable[tuple[Elsewhere, Inventory]]) -> Iterator[Problem]:
    """Cables of the other archives that are not in the hub's folder."""
    for archive, inventory in pairs:
        lacking = sorted(inventory.cables.keys() - there.keys())
        if lacking:
            count = f"{len(lacking):,} cables" if len(lacking) > 1 else "one cable"
            message = (
                f"{count} of {named(archive, inventory)} cannot be searched here ({lacking[0]} is the first): put that "
                "archive's cables, or a link to their folder, into this one too"
            )
            yield Problem("archive.toml", 0, message)


def _not_there(own: Iterable[Entry]) -> Iterator[Problem]:
    """Cables that none of the archives has."""
    for entry in own:
        message = (
            f"{entry.mrn} is in none of the archives that this hub names, so its page is made here: add it to one of "
            "them, build that one, then this one"
        )
        yield Problem(entry.path, entry.line, message)
