"""Missing cables: cited, not held."""

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from reftel.archive.model import Entry, serial_key
from reftel.archive.serials import Bracket, Serials


class Missing(NamedTuple):
    """A cable that is cited and not held, the MRNs of those that cite it, in Zulu order, and when it was likely
    sent.
    """

    mrn: str
    citers: tuple[str, ...]
    sent: Bracket

    @property
    def group(self) -> str:
        """Post and year, "07MOSCOW": its page."""
        return group_of(self.mrn)


def group_of(mrn: str) -> str:
    """Post and year of an MRN, as they stand in it: "07MOSCOW" of 07MOSCOW4008."""
    return mrn.rstrip("0123456789") or mrn


def find_missing(entries: Sequence[Entry], held: Container[str], serials: Serials) -> dict[str, Missing]:
    """What the entries, in Zulu order, cite and `held` does not hold; by MRN, in the order of year, post and serial."""
    citers: dict[str, list[Entry]] = {}
    for entry in entries:
        for mrn in entry.cited():
            if mrn not in held:
                citers.setdefault(mrn, []).append(entry)
    return {
        mrn: Missing(mrn, tuple(entry.mrn for entry in citers[mrn]), serials.bracket(mrn, citers[mrn][0]))
        for mrn in sorted(citers, key=serial_key)
    }


def by_group(missing: Iterable[Missing]) -> dict[str, list[Missing]]:
    """Missing cables by post and year ("07MOSCOW"), in the order they come."""
    groups: dict[str, list[Missing]] = {}
    for one in missing:
        groups.setdefault(one.group, []).append(one)
    return groups
