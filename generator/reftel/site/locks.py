"""Locks on folders: they end with the process that holds them, however it ends."""

import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from reftel.problems import Refusal

if sys.platform != "win32":
    import fcntl

TRIES = 20
"""Tenths of a second to wait."""


class Lock:
    """A lock on some folders, by their identity and not their names. Where the system has none, it does nothing."""

    def __init__(self, folders: Iterable[Path], message: str) -> None:
        """Takes the folders that exist. Raises Refusal with `message` when somebody else has one of them."""
        self._message = message
        self._held: dict[tuple[int, int], int] = {}
        try:
            for folder in folders:
                self.take(folder)
        except Refusal:
            self.release()
            raise

    def take(self, folder: Path) -> None:
        """Lock a further folder; one that does not exist, or is locked already, is passed over."""
        if sys.platform == "win32":
            return
        try:
            opened = os.open(folder, os.O_RDONLY)
        except OSError:
            return
        found = os.fstat(opened)
        if (found.st_dev, found.st_ino) in self._held:
            os.close(opened)
            return
        if _locked(opened):
            self._held[found.st_dev, found.st_ino] = opened
            return
        os.close(opened)
        raise Refusal(self._message)

    def release(self) -> None:
        """Give all of them back."""
        for opened in self._held.values():
            os.close(opened)
        self._held.clear()


def _locked(opened: int) -> bool:
    """Whether the lock could be had; the workers of a build that was killed may take a moment to end."""
    for _ in range(TRIES):
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:  # a file system without locks
            return True
        else:
            return True
    return False
