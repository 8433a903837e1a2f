"""Cables in groups of some dozen, for large files that say a line or two of each: a file is made of a piece for each
group, and those of a group that is as it was are taken from the last build's.
"""

import hashlib
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from reftel.archive import fingerprints
from reftel.archive.archive import Archive
from reftel.archive.model import Entry
from reftel.site.listings import page_ends
from reftel.site.prints import print_rows
from reftel.site.publishing import Piece

SIZE = 64
"""Cables of a group, about."""
SEEN = fingerprints.CARD, fingerprints.REFS, fingerprints.MENTIONS
"""What such files show of a cable."""


class Group(NamedTuple):
    """Some cables, and a hash of what is shown of them."""

    seen: bytes
    entries: Sequence[Entry]


GroupsOf = Callable[[Archive], Sequence[Group]]
"""`groups_of`, or what remembers what it has said."""


def groups_of(archive: Archive) -> Sequence[Group]:
    """The entries in groups, in their order. A cable more or less changes the group it is in, and perhaps the next
    one.
    """
    entries = archive.entries
    if not entries:
        return []
    prints = print_rows(entries)[:, SEEN].tobytes()
    each = len(SEEN) * fingerprints.SIZE
    ends = page_ends([entry.mrn for entry in entries], SIZE)
    return [
        Group(hashlib.blake2b(prints[start * each : end * each], digest_size=16).digest(), entries[start:end])
        for start, end in pairwise((0, *ends))
    ]


def fixed(data: bytes) -> Piece:
    """A piece that is no cable's."""
    return Piece(hashlib.blake2b(data, digest_size=16).digest(), lambda: data)
