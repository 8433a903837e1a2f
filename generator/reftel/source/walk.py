"""Which files of a content folder are candidates: every file outside `pages/` and `editions/` that is no sidecar."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reftel.problems import Problem
from reftel.source.looks import Look, look

NOT_CABLES = ("pages", "editions")
"""The folders at the top of a content folder that hold no cables."""

SETTINGS = ("archive.toml", "posts.csv")
"""The files at the top of a content folder that set something for the whole archive."""

_LITTER = ("thumbs.db", "desktop.ini")
"""What Windows leaves in folders."""


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """A file that may hold cables. `place` is its path as the system knows it, `shown` as it is reported: relative to
    the content folder, with forward slashes.
    """

    place: str
    shown: str
    look: Look

    @property
    def path(self) -> Path:
        """Its path, to open it."""
        return Path(self.place)


def candidates(content: Path) -> Iterator[Candidate | Problem]:
    """The candidate files of a content folder, folder by folder and sorted by name; a folder that cannot be listed is
    a Problem.

    Files and folders whose name begins with a dot are not looked at; `*.toml` files are settings and sidecars.
    """
    return (found for found in files(content) if isinstance(found, Problem) or is_candidate(found))


def is_candidate(found: Candidate) -> bool:
    """Whether a file may hold cables, by its name."""
    shown = found.shown
    if shown.endswith(".toml") or shown in SETTINGS:
        return False
    return shown[-4:] == ".txt" or shown.rpartition("/")[2].lower() not in _LITTER


def is_sidecar(found: Candidate) -> bool:
    """Whether a file says something of a cable; `archive.toml` at the top does not."""
    return found.shown.endswith(".toml") and found.shown not in SETTINGS


def files(content: Path) -> Iterator[Candidate | Problem]:
    """All files outside the folders that hold no cables: candidates, sidecars and settings.

    Linked folders are followed, each folder once: a second way to it is left out, so that a loop of links ends.
    Folders to visit are kept on a list, not on the call stack: a tree may be as deep as the system allows.
    """
    seen: set[tuple[int, int]] = set()
    waiting = [(content, "")]
    while waiting:
        folder, name = waiting.pop()
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in seen:
                continue
            seen.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            shown = printable(name) or str(folder)
            yield Problem(shown, 0, f"cannot be listed ({error.strerror}): check its permissions", "error")
            continue
        folders = []
        for entry in found:
            inside = f"{name}/{entry.name}" if name else entry.name
            if entry.name.startswith(".") or inside in NOT_CABLES:
                continue
            if _is_folder(entry):
                folders.append((folder / entry.name, inside))
            else:
                yield Candidate(entry.path, printable(inside), look(entry))
        waiting.extend(reversed(folders))


def printable(name: str) -> str:
    """A file name as it can be printed and written: bytes that are no text become U+FFFD."""
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
