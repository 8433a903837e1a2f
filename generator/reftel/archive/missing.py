"""Missing cables: cited, not held."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reftel.archive.model import Entry, group_of, serial_key
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


def find_missing(citers: Mapping[str, Sequence[Entry]], serials: Serials) -> dict[str, Missing]:
    """The missing cables by MRN, in the order of year, post and serial. `citers` are, for each, the entries that cite
    it, in Zulu order.
    """
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
