"""The build cache: parsed records in a SQLite file, so that neither memory nor a second build has to hold or parse them
all.

Rows are keyed by what they were made from: the file's path and bytes, and the code that parsed it. It is safe to
delete; a damaged one is thrown away. One build uses it at a time.
"""

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from reftel.archive.model import Entry
from reftel.cable.model import Cable
from reftel.problems import Problem, Refusal
from reftel.site.versions import parser_version

NAME = "records-2.sqlite3"
"""With the number of its shape."""
LOCK = "lock.sqlite3"
PAGE = 8_192
"""Bytes of a page of SQLite's: a record takes one or two."""
PAGES = 4_000
"""Pages of SQLite's log after which it is worked in: each time waits for the disk."""
WAIT = 60.0
"""Seconds to wait for another build that uses the same cache."""


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


class Found(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What one file holds: its cables as light entries, and what is doubtful in it."""

    entries: list[Entry] = []
    problems: list[Problem] = []


class Brief(msgspec.Struct, frozen=True, gc=False):
    """Of a record, what a list of cables shows: read in a tenth of the time."""

    summary: str | None = None


class KeptBrief(msgspec.Struct, frozen=True, gc=False):
    """A cable as kept, in brief."""

    cable: Brief


_LOOK = "UPDATE found SET look = ? WHERE key = ?"

Read = Callable[[str], Kept]
"""Reads a record by its entry's key."""


class Parsed(NamedTuple):
    """What was found under a key: in the file shown as `path`, as an encoded `Found`, with the encoded records of its
    cables by their keys. The records are left out when the cache has them already. The `look` is that of the file when
    it was read, "" when it may have changed meanwhile, or is yet to be noted.
    """

    key: str
    path: str
    found: bytes
    cables: list[tuple[str, bytes]]
    look: str = ""
    is_kept: bool = False


class CachePlace(NamedTuple):
    """Where the cache is, for workers; `opened` tells apart the builds of one process, each of which opens it anew."""

    folder: str
    opened: int


class Records:
    """An open build cache.

    A row of `found` is a file, or a cable of a large file; its look is that of its file when it was read, "" when it
    may have changed meanwhile.
    """

    def __init__(self, place: CachePlace) -> None:
        self.place = place
        path = Path(place.folder) / NAME
        self._connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        self._connection.executescript(
            f"PRAGMA page_size = {PAGE}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            f"PRAGMA wal_autocheckpoint = {PAGES};"
            "CREATE TABLE IF NOT EXISTS found (key TEXT PRIMARY KEY, path TEXT NOT NULL, look TEXT NOT NULL DEFAULT '',"
            " made_by TEXT NOT NULL, body BLOB NOT NULL);"
            "CREATE TABLE IF NOT EXISTS cable (key TEXT PRIMARY KEY, file TEXT NOT NULL, body BLOB NOT NULL);"
        )

    def count(self) -> int:
        """How many rows of files, or of cables of large files, it has."""
        return int(self._connection.execute("SELECT count(*) FROM found").fetchone()[0])

    def find(self, key: str) -> bytes | None:
        """What was found under this key, encoded; None when it is not in the cache, or of another shape."""
        row = self._connection.execute("SELECT body FROM found WHERE key = ?", (key,)).fetchone()
        return row[0] if row and decode(row[0]) else None

    def looked_at(self, posts: str) -> Iterator[tuple[str, bytes]]:
        """All that was read with this vocabulary and may be as it was: (key, what was found, encoded); `posts` is the
        text of the archive's `posts.csv`.
        """
        query = "SELECT key, body FROM found WHERE look != '' AND made_by = ?"
        return iter(self._connection.execute(query, (made_by(posts),)))

    def looks(self, posts: str) -> Iterator[tuple[str, str, str]]:
        """How the files of these looked: (path, look, key)."""
        query = "SELECT path, look, key FROM found WHERE look != '' AND made_by = ?"
        return iter(self._connection.execute(query, (made_by(posts),)))

    def keep(self, parsed: Iterable[Parsed], made: str) -> None:
        """Keep what was read and is not kept yet; `made` says with what (`made_by`)."""
        execute = self._connection.execute
        execute("BEGIN")
        for key, path, found, cables, look, is_kept in parsed:
            if is_kept:
                if look:
                    execute(_LOOK, (look, key))
                continue
            for cable_key, body in cables:
                execute("INSERT OR REPLACE INTO cable VALUES (?, ?, ?)", (cable_key, key, body))
            execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?, ?)", (key, path, look, made, found))
        execute("COMMIT")

    def note(self, look: str, keys: Iterable[str]) -> None:
        """Note how the file looked of which these are rows, now that all of it is read."""
        self._connection.execute("BEGIN")
        self._connection.executemany(_LOOK, ((look, key) for key in keys))
        self._connection.execute("COMMIT")

    def read(self, key: str) -> Kept:
        """A cable's record by its entry's key."""
        return _KEPT.decode(self._body(key))

    def summary(self, key: str) -> str | None:
        """Only the summary of the same."""
        return _BRIEF.decode(self._body(key)).cable.summary

    def _body(self, key: str) -> bytes:
        row = self._connection.execute("SELECT body FROM cable WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"no record {key}")
        body: bytes = row[0]
        return body

    def drop_unused(self, used: Collection[str]) -> None:
        """Forget the files that no build has asked for, once they outnumber the used ones. `used` are files' keys."""
        if self.count() <= 2 * len(used):
            return
        keys = set(used)
        stale = [key for (key,) in self._connection.execute("SELECT key FROM found") if key not in keys]
        self._connection.execute("BEGIN")
        for key in stale:
            self._connection.execute("DELETE FROM found WHERE key = ?", (key,))
        self._connection.execute("DELETE FROM cable WHERE file NOT IN (SELECT key FROM found)")
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@lru_cache(maxsize=4)
def made_by(posts: str) -> str:
    """What a file is read with: the program's parser and the archive's own posts."""
    return hashlib.sha256(f"{parser_version()}\n{posts}".encode()).hexdigest()[:20]


def decode(found: bytes) -> Found | None:
    """What a file holds, as it was encoded by `encode`; None when it is of another shape."""
    try:
        return _FOUND.decode(found)
    except msgspec.DecodeError:
        return None


_FOUND = msgspec.msgpack.Decoder(Found)
_KEPT = msgspec.msgpack.Decoder(Kept)
_BRIEF = msgspec.msgpack.Decoder(KeptBrief)
encode = msgspec.msgpack.Encoder().encode


@contextmanager
def open_records(folder: Path) -> Iterator[Records]:
    """The build cache in `folder`, for this build alone. Raises Refusal when it cannot be made or another build keeps
    using it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(folder / LOCK, timeout=WAIT, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except (OSError, sqlite3.Error) as error:
        raise Refusal(f"{folder}: the build cache cannot be used ({_told(error)}") from None
    try:
        records = _open_or_renew(CachePlace(str(folder), time.monotonic_ns()))
        try:
            yield records
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise Refusal(f"{folder}: the build cache cannot be used ({_told(error)}") from None
            records.close()
            for path in folder.glob("*.sqlite3"):
                if path.name != LOCK:
                    _remove(path)
            raise Refusal(
                f"{folder}: the build cache was damaged ({error}) and has been removed; run the command again"
            ) from None
        finally:
            records.close()
    finally:
        lock.close()


def _told(error: OSError | sqlite3.Error) -> str:
    """What is wrong, and what can be done."""
    what = getattr(error, "strerror", None) or str(error)
    if "locked" in what:
        return f"{what}); is another build running?"
    return f"{what}); free some space" if "full" in what or "space" in what else f"{what}); check its permissions"


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file is at fault, and not the disk or a permission; an error that comes from a worker has lost its
    number.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return not isinstance(error, sqlite3.OperationalError)
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


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
