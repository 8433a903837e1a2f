"""The build cache: parsed records in a SQLite file, so that neither memory nor a second build has to hold or parse them
all.

Rows are keyed by what they were made from: the file's path and bytes, and the code that parsed it. It is safe to
delete; a damaged one is thrown away. One build uses it at a time.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

import reftel
from reftel.archive.model import Entry
from reftel.cable.model import Cable
from reftel.problems import Problem, Refusal
from reftel.site.looks import Look

NAME = "records.sqlite3"
WAIT = 60.0
"""Seconds to wait for another build that uses the same cache."""
PARSERS = ("problems.py", "source", "cable", "archive", "site/records.py", "site/reading.py", "site/looks.py")
"""What a row depends on beside its file."""


class Kept(msgspec.Struct, frozen=True):
    """A cable as kept between the stages: its record, its bytes as found, and its text where that is not just the bytes
    decoded.
    """

    cable: Cable
    raw: bytes
    line: int
    own_text: str | None = None

    @property
    def text(self) -> str:
        """The cable's text as its Source yielded it."""
        return self.raw.decode() if self.own_text is None else self.own_text


class Found(msgspec.Struct, frozen=True):
    """What one file holds: its cables as light entries, and what is doubtful in it."""

    entries: list[Entry] = []
    problems: list[Problem] = []


Read = Callable[[str], Kept]
"""Reads a record by its entry's key."""


class CachePlace(NamedTuple):
    """Where the cache is, for workers; `opened` tells apart the builds of one process, each of which opens it anew."""

    folder: str
    opened: int


class Records:
    """An open build cache."""

    def __init__(self, place: CachePlace) -> None:
        self.place = place
        path = Path(place.folder) / NAME
        self._connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        self._connection.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS file (path TEXT, look TEXT, made_by TEXT, key TEXT,"
            " PRIMARY KEY (path, made_by));"
            "CREATE TABLE IF NOT EXISTS cable (key TEXT PRIMARY KEY, file TEXT NOT NULL, body BLOB NOT NULL);"
        )

    def find(self, key: str) -> Found | None:
        """What the file of this key holds, None when it is not in the cache."""
        row = self._connection.execute("SELECT body FROM found WHERE key = ?", (key,)).fetchone()
        try:
            return _FOUND.decode(row[0]) if row else None
        except msgspec.DecodeError:
            return None

    def keys(self, posts: str) -> dict[tuple[str, str], str]:
        """The keys of all files read so far, by path and look; `posts` is the text of the archive's `posts.csv`."""
        rows = self._connection.execute("SELECT path, look, key FROM file WHERE made_by = ?", (_made_by(posts),))
        return {(path, look): key for path, look, key in rows}

    def note(self, files: Iterable[tuple[str, Look, str]], posts: str) -> None:
        """Note the looks of files that were read: (path, look, key)."""
        rows = [(path, look.text, _made_by(posts), key) for path, look, key in files if look.is_settled]
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", rows)
        self._connection.execute("COMMIT")

    def keep(self, key: str, found: bytes, cables: Iterable[tuple[str, bytes]]) -> None:
        """Keep what a file holds, as encoded by `encode`."""
        execute = self._connection.execute
        execute("BEGIN")
        for cable_key, body in cables:
            execute("INSERT OR REPLACE INTO cable VALUES (?, ?, ?)", (cable_key, key, body))
        execute("INSERT OR REPLACE INTO found VALUES (?, ?)", (key, found))
        execute("COMMIT")

    def read(self, key: str) -> Kept:
        """A cable's record by its entry's key."""
        row = self._connection.execute("SELECT body FROM cable WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"no record {key}")
        return _KEPT.decode(row[0])

    def drop_unused(self, used: Iterable[str]) -> None:
        """Forget the files that no build has asked for, once they outnumber the used ones. `used` are files' keys."""
        keys = set(used)
        stale = [key for (key,) in self._connection.execute("SELECT key FROM found") if key not in keys]
        if len(stale) <= len(keys):
            return
        self._connection.execute("BEGIN")
        for key in stale:
            self._connection.execute("DELETE FROM found WHERE key = ?", (key,))
        self._connection.execute("DELETE FROM cable WHERE file NOT IN (SELECT key FROM found)")
        self._connection.execute("DELETE FROM file WHERE key NOT IN (SELECT key FROM found)")
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _made_by(posts: str) -> str:
    return hashlib.sha256(f"{parser_version()}\n{posts}".encode()).hexdigest()[:20]


_FOUND = msgspec.msgpack.Decoder(Found)
_KEPT = msgspec.msgpack.Decoder(Kept)
encode = msgspec.msgpack.Encoder().encode


@contextmanager
def open_records(folder: Path) -> Iterator[Records]:
    """The build cache in `folder`, for this build alone. Raises Refusal when it cannot be made or another build keeps
    using it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / "lock.sqlite3", timeout=WAIT, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except (OSError, sqlite3.Error) as error:
        raise Refusal(f"{folder}: the build cache cannot be used ({error}); is another build running?") from None
    try:
        records = _open_or_renew(CachePlace(str(folder), time.monotonic_ns()))
        try:
            yield records
        except sqlite3.DatabaseError as error:
            records.close()
            _remove(folder / NAME)
            raise Refusal(
                f"{folder}: the build cache was damaged ({error}) and has been removed; run the command again"
            ) from None
        finally:
            records.close()
    finally:
        lock.close()


def _open_or_renew(place: CachePlace) -> Records:
    try:
        return Records(place)
    except sqlite3.DatabaseError:
        _remove(Path(place.folder) / NAME)
        return Records(place)


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def shared_records(place: CachePlace) -> Records:
    """The cache as a worker reads it, opened once for each process and build."""
    return _shared(place, os.getpid())


@lru_cache(maxsize=2)
def _shared(place: CachePlace, process: int) -> Records:
    """Of two, so that a copy of a process never closes what it has from its parent."""
    return Records(place)


@lru_cache(maxsize=1)
def parser_version() -> str:
    """A hash of the code and vocabulary that turn a file into entries and records."""
    digest = hashlib.sha256()
    package = Path(reftel.__file__).parent
    for part in PARSERS:
        top = package / part
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.suffix in (".py", ".csv"):
                digest.update(path.relative_to(package).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
