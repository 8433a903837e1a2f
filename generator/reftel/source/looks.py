"""How a file looks from outside: enough to tell that it has not been changed, without reading it."""

import os
import time
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
        return f"{self[0]} {self[1]} {self[2]} {self[3]}"

    @property
    def settled(self) -> str:
        """The same where any change from now on will show; else ""."""
        return self.text if max(self.changed, self.touched) < time.time_ns() - _FRESH else ""


UNSEEN = Look(0, 0, 0, 0)
"""What cannot be looked at."""


def look(entry: os.DirEntry[str]) -> Look:
    """How a file of a folder's list looks; a link looks as what it leads to."""
    try:
        found = entry.stat()
    except OSError:
        return UNSEEN
    return Look(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
