"""`inventory.json`: the cables of this archive by their MRN, for other archives whose REFs lead here."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from reftel.archive.inventory import Inventoried
from reftel.archive.model import Entry
from reftel.publish.groups import fixed, groups_of
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.publishing import Finished, Piece, Published

INVENTORY = "inventory.json"


def publish_inventory(finished: Finished) -> Published:
    """One cable a line, so that two inventories can be compared by any tool. It does not depend on other inventories:
    two archives that name each other are complete when each was built once and one of them again.
    """
    yield INVENTORY, finished.join(INVENTORY, _pieces(finished.site))


def _pieces(site: Site) -> Iterator[Piece]:
    archive = site.archive
    lost: dict[str, list[str]] = defaultdict(list)
    for mrn in (*archive.missing, *archive.left_out):
        for place in archive.citers(mrn):
            lost[archive.entries[place].mrn].append(mrn)
    yield fixed(b'{"title":' + msgspec.json.encode(site.settings.title) + b',"cables":{')
    for number, (seen, entries) in enumerate(groups_of(archive.entries)):
        inputs = repr((number == 0, [lost.get(entry.mrn) for entry in entries])).encode()
        yield Piece(
            hashlib.blake2b(seen + inputs, digest_size=16).digest(), partial(_lines, entries, lost, number == 0)
        )
    yield fixed(b"\n}}\n" if archive.entries else b"\n\n}}\n")


def _lines(entries: Sequence[Entry], lost: Mapping[str, Sequence[str]], is_first: bool) -> bytes:
    """The lines of some cables, with a comma before all but the first of them."""
    lines = []
    for entry in entries:
        not_held = set(lost.get(entry.mrn, ()))
        cites = [mrn for mrn in entry.cited() if mrn in not_held]
        one = Inventoried(addresses.cable(entry), entry.created, entry.subject, cites)
        lines.append(msgspec.json.encode(entry.mrn) + b":" + msgspec.json.encode(one))
    return (b"\n" if is_first else b",\n") + b",\n".join(lines)
