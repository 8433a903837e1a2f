"""`inventory.json`: the cables of this archive by their MRN, for other archives whose REFs lead here."""

import hashlib
from collections.abc import Container, Iterator, Sequence
from functools import partial

import msgspec
import numpy as np

from reftel.archive.inventory import Inventoried
from reftel.archive.model import Entry
from reftel.publish.groups import Group, GroupsOf, fixed
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.publishing import Finished, Piece, Published

INVENTORY = "inventory.json"


def publish_inventory(groups_of: GroupsOf, finished: Finished) -> Published:
    """One cable a line, so that two inventories can be compared by any tool. It does not depend on other inventories:
    two archives that name each other are complete when each was built once and one of them again.
    """
    site = finished.site
    yield INVENTORY, finished.join(INVENTORY, _pieces(site, groups_of(site.archive)))


def _pieces(site: Site, groups: Sequence[Group]) -> Iterator[Piece]:
    """A piece for each group: it depends on what is shown of its cables, and on which of those they cite are held."""
    archive = site.archive
    sizes, cited = archive.citations.sizes, archive.citations.cited
    held = (cited < len(archive.everything)).tobytes()
    ends = np.cumsum(sizes)
    yield fixed(b'{"title":' + msgspec.json.encode(site.settings.title) + b',"cables":{')
    start = place = 0
    for seen, entries in groups:
        place += len(entries)
        end = int(ends[place - 1])
        is_first = place == len(entries)
        inputs = hashlib.blake2b(b"%d" % is_first + seen + held[start:end], digest_size=16).digest()
        yield Piece(inputs, partial(_lines, entries, archive.places, is_first))
        start = end
    yield fixed(b"\n}}\n" if archive.entries else b"\n\n}}\n")


def _lines(entries: Sequence[Entry], held: Container[str], is_first: bool) -> bytes:
    """The lines of some cables, with a comma before all but the first of them."""
    lines = []
    for entry in entries:
        cites = [mrn for mrn in entry.cited() if mrn not in held]
        one = Inventoried(addresses.cable(entry), entry.created, entry.subject, cites)
        lines.append(msgspec.json.encode(entry.mrn) + b":" + msgspec.json.encode(one))
    return (b"\n" if is_first else b",\n") + b",\n".join(lines)
