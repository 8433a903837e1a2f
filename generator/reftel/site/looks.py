"""How a file looks from outside: enough to tell that it has not been changed, without reading it."""

import time
from pathlib import Path
from typing import NamedTuple

_FRESH = 2_000_000_000
"""Nanoseconds within which a further change might leave the times as they are."""


class Look(NamedTuple):
    """A file's size, its times in nanoseconds (the second cannot be set by hand), and its number."""

    size: int
    changed: int
    touched: int
    number: int

    @property
    def text(self) -> str:
        """As it is kept."""
        return " ".join(map(str, self))

    @property
    def is_settled(self) -> bool:
        """Whether any later change will show."""
        return max(self.changed, self.touched) < time.time_ns() - _FRESH


def look(path: Path) -> Look:
    """How a file looks; all zeros when it cannot be looked at."""
    try:
        found = path.stat()
    except OSError:
        return Look(0, 0, 0, 0)
    return Look(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
