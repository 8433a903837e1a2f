"""Two folders exchange their names."""

import ctypes
import os
import sys
from pathlib import Path

_SWAP = 2
"""renameat2's RENAME_EXCHANGE, and macOS's RENAME_SWAP."""
_HERE = -100
"""AT_FDCWD."""


def exchange(fresh: Path, standing: Path) -> None:
    """Exchange the names of two folders: in one step where the system can, else in two with a moment between."""
    if exchange_at_once(os.fsencode(fresh), os.fsencode(standing)):
        return
    out_of_the_way = aside(fresh)
    standing.rename(out_of_the_way)
    fresh.rename(standing)
    out_of_the_way.rename(fresh)


def aside(fresh: Path) -> Path:
    """Where the old tree lies for the moment between the two steps."""
    return fresh.with_name(fresh.name + "-aside")


def exchange_at_once(a: bytes, b: bytes) -> bool:
    """False where the system cannot."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return int(library.renamex_np(a, b, _SWAP)) == 0
        return int(library.renameat2(_HERE, a, _HERE, b, _SWAP)) == 0
    except (OSError, AttributeError, TypeError):
        return False
