"""The two trees of a build: the one that stands, and the fresh one that will take its place.

A file of the site may be one file in both trees, linked, so it is never opened for writing where it stands: a new one
takes its name. All of this may be done again, when a worker was lost in the middle of it.
"""

import filecmp
import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

SCRATCH = ".reftel-scratch"
"""Folder of the fresh tree for what others write; it is gone before the tree stands."""


class File(NamedTuple):
    """A file of the site: its address, its bytes counted, their SHA-256 in hex."""

    address: str
    size: int
    sha256: str


def figures(address: str, data: bytes) -> File:
    """The figures of a file whose bytes are in hand."""
    return File(address, len(data), hashlib.sha256(data).hexdigest())


def measured(folder: Path, address: str) -> File:
    """The figures of a file, of any size, that lies at its address in a folder."""
    path = folder / address
    with path.open("rb") as file:
        return File(address, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


class Trees(NamedTuple):
    """Where to write: the tree that is being made, and the one that stands, "" when there is none. Picklable, for
    workers.
    """

    fresh: str
    old: str

    @property
    def scratch(self) -> Path:
        """Where others may write files, for `take_over`."""
        return Path(self.fresh, SCRATCH)

    def write(self, address: str, data: bytes, is_new: bool = False) -> bool:
        """Make the file at `address`. An unchanged one is linked to the old, which is not looked at where it is known
        that these bytes are new; True when it was written.
        """
        path = os.path.join(self.fresh, address)  # noqa: PTH118 (called a million times)
        if not is_new and self.old and _same(old := os.path.join(self.old, address), data) and _link(old, path):  # noqa: PTH118
            return False
        try:
            _write(path, data)
        except FileNotFoundError:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            _write(path, data)
        except FileExistsError:
            os.unlink(path)  # noqa: PTH108
            _write(path, data)
        return True

    def take_over(self, address: str) -> tuple[File, bool]:
        """The same for a file, of any size, that somebody else has written into the scratch folder; with its figures.
        It can be read there until the build ends.
        """
        path, old, made = Path(self.fresh, address), Path(self.old, address), self.scratch / address
        found = measured(self.scratch, address)
        if self.old and old.is_file() and filecmp.cmp(made, old, shallow=False) and _link(str(old), str(path)):
            return found, False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if not _link(str(made), str(path)):
            shutil.copyfile(made, path)
        return found, True

    def share(self, address: str) -> None:
        """Make the file at `address` what it is in the tree that stands: the same file, a copy where there are no
        links, or none.
        """
        path, old = f"{self.fresh}/{address}", f"{self.old}/{address}"
        if _link(old, path):
            return
        self.remove(address)
        if Path(old).is_file():
            shutil.copy2(old, path)

    def share_all(self, addresses: Iterable[str]) -> None:
        """The same of many."""
        for address in addresses:
            self.share(address)

    def remove(self, address: str) -> None:
        """Take away the file at `address`, and the folders that are empty then."""
        path = Path(self.fresh, address)
        path.unlink(missing_ok=True)
        with suppress(OSError):
            for folder in path.parents:
                if folder == Path(self.fresh):
                    break
                folder.rmdir()


def _link(old: str, path: str) -> bool:
    """Make `path` a further name of `old`, whatever it was before; False on a file system without links."""
    try:
        os.link(old, path, follow_symlinks=False)
    except FileNotFoundError:
        if not os.path.lexists(old):
            return False
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return _link(old, path)
    except FileExistsError:
        if os.path.samestat(os.lstat(old), os.lstat(path)):
            return True
        os.unlink(path)  # noqa: PTH108
        return _link(old, path)
    except OSError:
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108
        return False
    return True


def _write(path: str, data: bytes) -> None:
    file = os.open(path, _NEW, 0o666)
    try:
        done = os.write(file, data)
        while done < len(data):
            done += os.write(file, data[done:])
    finally:
        os.close(file)


def _same(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return os.fstat(file.fileno()).st_size == len(data) and file.read(len(data) + 1) == data
    except OSError:
        return False
