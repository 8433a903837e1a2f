"""The fingerprints of a site's cables as arrays: what of them has changed can be told before it is known how they stand
to each other.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from reftel.archive import fingerprints
from reftel.archive.hub import Hub
from reftel.archive.model import Entry
from reftel.editorial.sidecars import Sidecars
from reftel.site.folding import Hashes, hash_of, hashes_of, mix


class Prints(NamedTuple):
    """Hashes of cables; the arrays have the order of `archive.everything`: the entries, then the twins."""

    rows: Hashes
    """Their fingerprints, a row for each."""
    own: Hashes
    """All that each one's record, file and sidecar say."""
    searched: bytes
    """For each cable that the search finds eight bytes: the same, and where it stands."""


def prints_of(everything: Iterable[Entry], sidecars: Sidecars, hub: Hub) -> Prints:
    """The hashes of these cables and of those of other sites that the hub searches."""
    rows = print_rows(everything)
    own = _with_sidecars(rows[:, fingerprints.ALL], everything, sidecars)
    there = hub.cables
    places = hashes_of((entry.stands_in, entry.created) for entry in there)
    beyond = mix(_with_sidecars(print_rows(there)[:, fingerprints.ALL], there, sidecars), places)
    return Prints(rows, own, np.concatenate([own, beyond]).astype("<u8").tobytes())


def print_rows(entries: Iterable[Entry]) -> Hashes:
    """The fingerprints of these cables, a row for each."""
    prints = np.frombuffer(b"".join([entry.prints for entry in entries]), "<u8")
    return prints.reshape(-1, fingerprints.PARTS)


def _with_sidecars(own: Hashes, entries: Iterable[Entry], sidecars: Sidecars) -> Hashes:
    """All that these cables' own records and files say, and their sidecars."""
    if not sidecars:
        return own
    held = [sidecars.get(entry.mrn) for entry in entries]
    return mix(own, np.array([hash_of(one.sidecar) if one else 0 for one in held], np.uint64))
