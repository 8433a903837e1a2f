"""The ledger of an output folder: what each task made, from which inputs, and how the two trees differ.

It lies in the build cache and is only believed of the very tree it was written for. Whatever it does not know, or is
not sure of, is made again and compared: a lost ledger costs time, never a byte.

    made      of the tree that stands: each task's name, the hash of its inputs, its files
    next      what a build that is under way has made anew
    behind    addresses at which the tree that waits may differ from the one that stands
    folder    folders of the tree that stands, with the time they were last changed, and what is not ours in them
    tree      which tree the rows describe ("standing"), which one is waiting, and which one is about to stand ("next")
    total     how many pages, files and bytes the tree that stands has, and whether what was published tells of them
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from reftel.site.trees import File

VERSION = 4
MANY = 5_000
"""Tasks from which on it is quicker to read all rows than each by its name."""
_LATE = 20_000_000
"""Nanoseconds by which a file system's clock may be behind."""


class Made(NamedTuple):
    """What a task has made: its name, the hash of its inputs (empty: it is made each time), how many of its files are
    pages, its files, the addresses of those that were written (the others had not changed).
    """

    name: str
    inputs: bytes
    pages: int
    files: list[File]
    changed: Sequence[str] = ()
    parts: Mapping[str, bytes] | None = None
    """Of some files, by their addresses: what they, or the pieces of them, were made from."""


class Total(NamedTuple):
    """What a site consists of: its pages, all its files, their bytes."""

    pages: int = 0
    files: int = 0
    size: int = 0

    def plus(self, made: Made, times: int = 1) -> "Total":
        """With what a task has made; without it when `times` is -1."""
        size = sum(file.size for file in made.files)
        return Total(self.pages + times * made.pages, self.files + times * len(made.files), self.size + times * size)


class Folder(NamedTuple):
    """A folder of the site: when it was last changed, in nanoseconds, and the names in it that are not ours."""

    path: str
    changed: int
    strangers: list[str]


class Ledger:
    """The ledger of one output folder. Nothing is lost or half written when the process ends anywhere."""

    def __init__(self, cache: Path, output: Path) -> None:
        """Opens it, and makes it anew where it is damaged or of another version."""
        name = hashlib.sha256(str(output).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        path = cache / f"output-{name}.sqlite3"
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._connection = _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def tree(self, role: str) -> str:
        """The identity of the tree of a role: "standing", "waiting", "next"; "" when there is none."""
        row = self._connection.execute("SELECT id FROM tree WHERE role = ?", (role,)).fetchone()
        return str(row[0]) if row else ""

    @property
    def written(self) -> int:
        """When the tree that stands was finished: files changed later are not as the build made them."""
        row = self._connection.execute("SELECT id FROM tree WHERE role = 'written'").fetchone()
        return int(row[0]) if row else 0

    def forget(self) -> None:
        """Believe nothing: the tree that stands is another one."""
        with self._transaction() as connection:
            for table in ("made", "next", "behind", "folder", "tree", "total"):
                connection.execute(f"DELETE FROM {table}")

    def inputs(self) -> dict[str, bytes]:
        """The hash of the inputs of each task, by its name."""
        return dict(self._connection.execute("SELECT name, inputs FROM made"))

    def files(self, names: Iterable[str]) -> Iterator[Made]:
        """What these tasks had made when the tree that stands was finished."""
        wanted = set(names)
        query = "SELECT name, inputs, pages, files FROM made"
        if len(wanted) > MANY:
            rows = (row for row in self._connection.execute(query) if row[0] in wanted)
        else:
            one = f"{query} WHERE name = ?"
            found = (self._connection.execute(one, (name,)).fetchone() for name in wanted)
            rows = (row for row in found if row)
        for name, inputs, pages, files in rows:
            yield Made(name, inputs, pages, _FILES.decode(files))

    @property
    def is_published(self) -> bool:
        """Whether the files of the publishers were made for the tree that stands, not for one before it."""
        row = self._connection.execute("SELECT published FROM total").fetchone()
        return bool(row and row[0])

    def total(self) -> Total | None:
        """What the tree that stands has; None when that is not known."""
        row = self._connection.execute("SELECT pages, files, size FROM total").fetchone()
        return Total(*row) if row else None

    def news(self) -> Iterator[Made]:
        """What the build under way has made so far."""
        query = "SELECT name, inputs, pages, files FROM next WHERE inputs IS NOT NULL"
        for name, inputs, pages, files in self._connection.execute(query):
            yield Made(name, inputs, pages, _FILES.decode(files))

    def parts(self, name: str) -> dict[str, bytes]:
        """What files of a task, or pieces of them, were made from when the tree that stands was finished."""
        row = self._connection.execute("SELECT parts FROM made WHERE name = ?", (name,)).fetchone()
        return _PARTS.decode(row[0]) if row else {}

    def new_names(self) -> set[str]:
        """The names of what the build under way has made so far."""
        return {name for (name,) in self._connection.execute("SELECT name FROM next")}

    def behind(self) -> list[str]:
        """Where the waiting tree may differ from the one that stands."""
        return [address for (address,) in self._connection.execute("SELECT address FROM behind")]

    def folders(self) -> list[Folder]:
        """The folders of the tree that stands."""
        rows = self._connection.execute("SELECT path, changed, strangers FROM folder")
        return [Folder(path, changed, _NAMES.decode(strangers)) for path, changed, strangers in rows]

    def caught_up(self, waiting: str) -> None:
        """The waiting tree is as the one that stands."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM behind")
            connection.execute("INSERT OR REPLACE INTO tree VALUES ('waiting', ?)", (waiting,))

    def begin(self) -> None:
        """Begin to gather what a build makes. From here on the waiting tree may be anything."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM next")
            connection.execute("DELETE FROM tree WHERE role = 'waiting'")

    def add(self, made: Iterable[Made]) -> None:
        """Note what tasks have made."""
        rows = [(one.name, one.inputs, one.pages, _encode(one.files), _encode(one.parts or {})) for one in made]
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO next VALUES (?, ?, ?, ?, ?)", rows)

    def remove(self, names: Iterable[str]) -> None:
        """Note that there are no such tasks any more."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO next VALUES (?, NULL, 0, x'90', x'80')", ((name,) for name in names)
            )

    def ready(self, tree: str, changed: Iterable[str]) -> None:
        """All is made; `tree` is about to stand, and differs at the `changed` addresses from the one that stands."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO tree VALUES ('next', ?)", (tree,))
            connection.execute("DELETE FROM behind")
            connection.executemany("INSERT OR IGNORE INTO behind VALUES (?)", ((address,) for address in changed))

    def stands(self, waiting: str) -> None:
        """The next tree stands now, and the one that stood waits (or none does: "")."""
        with self._transaction() as connection:
            if connection.execute("SELECT 1 FROM made").fetchone():
                connection.execute("INSERT OR REPLACE INTO made SELECT * FROM next WHERE inputs IS NOT NULL")
                connection.execute("DELETE FROM made WHERE name IN (SELECT name FROM next WHERE inputs IS NULL)")
                connection.execute("DELETE FROM next")
            else:  # no row need be copied
                connection.execute("DROP TABLE made")
                connection.execute("ALTER TABLE next RENAME TO made")
                connection.execute("DELETE FROM made WHERE inputs IS NULL")
                connection.execute(_TABLE.format("next"))
            connection.execute("INSERT OR REPLACE INTO tree SELECT 'standing', id FROM tree WHERE role = 'next'")
            connection.execute("DELETE FROM tree WHERE role IN ('next', 'waiting', 'written')")
            connection.execute("DELETE FROM total")
            if waiting:
                connection.execute("INSERT INTO tree VALUES ('waiting', ?)", (waiting,))

    def seal(self, folders: Iterable[Folder], total: Total, published: bool) -> None:
        """Note how the tree that stands looks and what it has, now that nothing more will be done to it."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM total")
            connection.execute("INSERT INTO total VALUES (?, ?, ?, ?)", (*total, published))
            connection.execute("DELETE FROM folder")
            rows = ((folder.path, folder.changed, _encode(folder.strangers)) for folder in folders)
            connection.executemany("INSERT INTO folder VALUES (?, ?, ?)", rows)
            connection.execute("INSERT OR REPLACE INTO tree VALUES ('written', ?)", (str(time.time_ns() - _LATE),))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def _open(path: Path) -> sqlite3.Connection:
    connection = _connected(path)
    if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
        connection.close()
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        connection = _connected(path)
        connection.executescript(f"PRAGMA user_version = {VERSION}; {_TABLES}")
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    """The file of a ledger, opened so that a transaction does not wait for the disk."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_SELDOM}")
    return connection


_SELDOM = "PRAGMA wal_autocheckpoint = 8000;"
"""The log is worked in when the ledger is closed, or has that many pages: each time waits for the disk."""
_TABLE = "CREATE TABLE {} (name TEXT PRIMARY KEY, inputs BLOB, pages INT, files BLOB, parts BLOB) WITHOUT ROWID;"
_TABLES = f"""
    {_TABLE.format("made")}
    {_TABLE.format("next")}
    CREATE TABLE behind (address TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE folder (path TEXT PRIMARY KEY, changed INT, strangers BLOB) WITHOUT ROWID;
    CREATE TABLE total (pages INT, files INT, size INT, published INT);
    CREATE TABLE tree (role TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
"""
_FILES = msgspec.msgpack.Decoder(list[File])
_NAMES = msgspec.msgpack.Decoder(list[str])
_PARTS = msgspec.msgpack.Decoder(dict[str, bytes])
_encode = msgspec.msgpack.Encoder().encode
