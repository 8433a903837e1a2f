"""Fingerprints of an entry: one for each part of it that others may show, so that a build can tell what a change
reaches without looking at the parts again. They are made once, when a cable is parsed, and kept with its entry.
"""

import hashlib
from operator import attrgetter

import msgspec

from reftel.archive.model import Entry

CARD, ANCHORS, REFS, MENTIONS, ALL = range(5)
"""Which fingerprint is which: what lists and cards show, the anchors, the REF line, the mentions, everything."""
PARTS = 5
SIZE = 8
"""Bytes of one."""
OWN = frozenset({"key", "path", "line", "sha256", "refs", "mentions", "anchors", "twin", "prints", "stands_in"})
"""Fields that no card shows."""

_card = attrgetter(*(name for name in Entry.__struct_fields__ if name not in OWN))
_encode = msgspec.msgpack.Encoder().encode


def fingerprints(entry: Entry) -> bytes:
    """The fingerprints of an entry, `PARTS` of `SIZE` bytes."""
    parts = (_card(entry), entry.anchors, entry.refs, entry.mentions, entry)
    return b"".join(hashlib.blake2b(_encode(part), digest_size=SIZE).digest() for part in parts)


def of(entry: Entry, *parts: int) -> bytes:
    """Some of the fingerprints of an entry, one after the other."""
    return b"".join(entry.prints[part * SIZE : (part + 1) * SIZE] for part in parts)
