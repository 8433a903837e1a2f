"""Which files of a content folder are as they were when they were read last: told by size, inode and times, as in Git's
index, and so without opening them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reftel.problems import Problem
from reftel.site.records import CachePlace, shared_records
from reftel.source.walk import Candidate, files, is_candidate, is_sidecar

LARGE = 4 * 2**20
"""Bytes from which on a file is streamed: it has a row in the cache for each of its cables."""


class Looked(NamedTuple):
    """What a look at a content folder has found."""

    files: int
    """How many may hold cables."""
    size: int
    """Their bytes."""
    unread: list[Candidate]
    """Those that the cache does not know as they are."""
    stale: set[str]
    """Keys of rows that the cache has of files that are gone or have changed."""
    sidecars: list[Candidate]
    problems: list[Problem]


def look_over(content: Path, cache: CachePlace, posts: str) -> Looked:
    """Look at a content folder; `posts` is the text of its `posts.csv`."""
    sidecars, problems = list[Candidate](), list[Problem]()
    read = list(_sorted_out(content, sidecars, problems))
    unread = {file.shown: file for file in read}
    same_name = [file for file in read if unread[file.shown] is not file] if len(unread) < len(read) else []
    stale = set[str]()
    large: dict[str, list[str]] = {}
    for path, look, key in shared_records(cache).looks(posts):
        file = unread.get(path)
        if file is None or file.look.text != look:
            stale.add(key)
        elif file.look.size > LARGE:
            large.setdefault(path, []).append(key)
        else:
            del unread[path]
    for path, keys in large.items():  # all of its cables are taken, or none
        if whole(path, unread[path].look.text) in keys:
            del unread[path]
        else:
            stale.update(keys)
    changed = [*unread.values(), *same_name]
    return Looked(len(read), sum(file.look.size for file in read), changed, stale, sidecars, problems)


def whole(path: str, look: str) -> str:
    """The key of the row that says that all cables of a large file were read."""
    return f"{path} {look}"


def _sorted_out(content: Path, sidecars: list[Candidate], problems: list[Problem]) -> Iterator[Candidate]:
    """The files that may hold cables; sidecars and problems go where they belong."""
    for one in files(content):
        if isinstance(one, Problem):
            problems.append(one)
        elif is_candidate(one):
            yield one
        elif is_sidecar(one):
            sidecars.append(one)
