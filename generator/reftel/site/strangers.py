"""What lies in an output folder that no build has made, and what a build has made that is no longer there.

A folder whose time is the one in the ledger has had no file added, taken away or renamed, so that only changed folders
are looked into.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reftel.site.ledger import Folder
from reftel.site.trees import SCRATCH

LIST = ".reftel-files"
"""The list of what is ours. It lies in the output because it must survive the loss of the cache."""


class Found(NamedTuple):
    """Files that are not ours and hidden folders, by their path in the tree; files of ours that are gone."""

    strangers: list[str]
    lost: set[str]


def look(top: Path, ours: frozenset[str]) -> Found:
    """Look into every folder of a tree."""
    return Found(sorted(_strangers(top, "", ours)), {path for path in ours if not (top / path).is_file()})


def look_again(top: Path, known: Iterable[Folder], ours: Callable[[], frozenset[str]]) -> Found:
    """Look into those folders of a tree that have changed since they were noted; `ours` is only called when some
    have.
    """
    strangers: list[str] = []
    changed: set[str] = set()
    paths: set[str] = set()
    for folder in known:
        paths.add(folder.path)
        if _time(top / folder.path) == folder.changed:
            strangers += (_join(folder.path, name) for name in folder.strangers)
        else:
            changed.add(folder.path)
    if not changed:
        return Found(sorted(strangers), set())
    all_ours = ours()
    for path in sorted(changed):
        strangers += _in_folder(top, path, all_ours, paths)
    lost = {path for path in all_ours if path.rpartition("/")[0] in changed and not (top / path).is_file()}
    return Found(sorted(strangers), lost)


def folders_of(addresses: Iterable[str]) -> set[str]:
    """The folders that files at these addresses lie in, and those above them."""
    found = {""}
    for path in {address.rpartition("/")[0] for address in addresses}:
        while path not in found:
            found.add(path)
            path = path.rpartition("/")[0]
    return found


def noted(top: Path, folders: Iterable[str], strangers: Iterable[str]) -> list[Folder]:
    """These folders of a tree, as they are now; those that are no longer there are left out."""
    names: dict[str, list[str]] = {path: [] for path in folders}
    for stranger in strangers:
        path, _, name = stranger.rpartition("/")
        names.setdefault(path, []).append(name)
    found = (Folder(path, _time(top / path), sorted(names[path])) for path in sorted(names))
    return [folder for folder in found if folder.changed >= 0]


def _in_folder(top: Path, path: str, ours: frozenset[str], known: set[str]) -> Iterator[str]:
    try:
        with os.scandir(top / path) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError:
        return
    for name, is_folder in found:
        here = _join(path, name)
        if is_folder and not name.startswith("."):
            if here not in known:
                yield from _strangers(top, here, ours)
        elif _is_strange(here, name, ours):
            yield here


def _strangers(top: Path, below: str, ours: frozenset[str]) -> Iterator[str]:
    for here, folders, files in os.walk(top / below):
        inside = Path(here).relative_to(top).as_posix()
        inside = "" if inside == "." else inside
        hidden = [name for name in folders if name.startswith(".")]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (_join(inside, name) for name in [*hidden, *files] if _is_strange(_join(inside, name), name, ours))


def _is_strange(path: str, name: str, ours: frozenset[str]) -> bool:
    return path not in ours and path not in (LIST, SCRATCH)


def is_hidden(path: str) -> bool:
    """Whether a dot stands before a file's name: such files are kept, and nothing is said of them."""
    return path.rpartition("/")[2].startswith(".")


def _join(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name


def _time(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return -1
