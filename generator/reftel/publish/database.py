"""The archive as one SQLite file, for Datasette, R, or `sqlite3` alone, with a full-text index of its paragraphs.

The same records give the same bytes, on any machine with one version of SQLite: nothing in the file is left to a clock,
and the two counters in its header that tell the writer's version are set to zero.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from reftel.cable.model import Cable

SCHEMA = """
CREATE TABLE cables (
  address TEXT PRIMARY KEY, mrn TEXT NOT NULL, created TEXT, released TEXT, classification TEXT, captions TEXT,
  origin TEXT, post TEXT, subject TEXT, summary TEXT, comment TEXT, signature TEXT, precedence TEXT,
  declassify_on TEXT, partial INTEGER, corrected INTEGER, redactions INTEGER, source_path TEXT, source_sha256 TEXT
);
CREATE TABLE paragraphs (
  id INTEGER PRIMARY KEY, address TEXT NOT NULL REFERENCES cables(address), mrn TEXT NOT NULL, anchor TEXT,
  number INTEGER, kind TEXT NOT NULL, mark TEXT, text TEXT NOT NULL
);
CREATE TABLE refs (
  address TEXT NOT NULL REFERENCES cables(address), mrn TEXT NOT NULL, label TEXT, text TEXT NOT NULL,
  kind TEXT NOT NULL, cited TEXT, held INTEGER NOT NULL
);
CREATE TABLE tags (
  address TEXT NOT NULL REFERENCES cables(address), mrn TEXT NOT NULL, tag TEXT NOT NULL, kind TEXT
);
CREATE TABLE addressees (
  address TEXT NOT NULL REFERENCES cables(address), mrn TEXT NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL,
  route TEXT, precedence TEXT, number TEXT
);
CREATE VIRTUAL TABLE paragraphs_fts USING fts5(
  text, content='paragraphs', content_rowid='id', tokenize='porter unicode61'
);
"""
INDEXES = """
CREATE INDEX cables_mrn ON cables(mrn);
CREATE INDEX cables_created ON cables(created);
CREATE INDEX paragraphs_mrn ON paragraphs(mrn);
CREATE INDEX refs_mrn ON refs(mrn);
CREATE INDEX refs_cited ON refs(cited);
CREATE INDEX tags_tag ON tags(tag);
CREATE INDEX addressees_name ON addressees(name);
"""
_VERSION_AT = 92
"""Where a database's header tells which SQLite wrote it: eight bytes."""

Row = tuple[str | int | None, ...]


def write_database(target: Path, cables: Iterable[tuple[str, Cable]], held: Iterable[str]) -> None:
    """Write the cables, (address, record), into a new file; `held` are the MRNs that the archive has."""
    here = frozenset(held)
    connection = sqlite3.connect(target, isolation_level=None)
    try:
        connection.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;" + SCHEMA
        )
        connection.execute("BEGIN")
        for address, cable in cables:
            _insert(connection, "cables", [_cable(address, cable)])
            _insert(connection, "paragraphs", _paragraphs(address, cable))
            _insert(connection, "refs", _refs(address, cable, here))
            _insert(connection, "tags", [(address, cable.mrn, tag, cable.tag_kinds.get(tag)) for tag in cable.tags])
            _insert(connection, "addressees", _addressees(address, cable))
        connection.execute("INSERT INTO paragraphs_fts(paragraphs_fts) VALUES ('rebuild')")
        connection.execute("INSERT INTO paragraphs_fts(paragraphs_fts) VALUES ('optimize')")
        connection.execute("COMMIT")
        connection.executescript(INDEXES + "VACUUM;")
    finally:
        connection.close()
    with target.open("r+b") as file:
        file.seek(_VERSION_AT)
        file.write(bytes(8))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    for row in rows:
        places = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {table} VALUES ({places})", tuple(map(_sound, row)))


def _sound(value: str | int | None) -> str | int | None:
    """A lone surrogate cannot be stored."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _cable(address: str, cable: Cable) -> Row:
    return (
        address,
        cable.mrn,
        cable.created,
        cable.released,
        cable.classification,
        ";".join(cable.captions),
        cable.origin,
        cable.post,
        cable.subject,
        cable.summary,
        cable.comment,
        cable.signature,
        cable.precedence,
        cable.declassify_on,
        int(cable.partial),
        int(cable.corrected),
        cable.redactions,
        cable.source.path,
        cable.source.sha256,
    )


def _paragraphs(address: str, cable: Cable) -> Iterator[Row]:
    for block in cable.blocks:
        if block.text and block.kind != "rule":
            yield None, address, cable.mrn, block.anchor, block.number, block.kind, block.mark, block.text


def _refs(address: str, cable: Cable, held: frozenset[str]) -> Iterator[Row]:
    for ref in cable.refs:
        yield address, cable.mrn, ref.label, ref.text, ref.kind, ref.mrn, int(ref.mrn in held)


def _addressees(address: str, cable: Cable) -> Iterator[Row]:
    for role, names in (("action", cable.action), ("info", cable.info)):
        for one in names:
            yield address, cable.mrn, role, one.name, one.route, one.precedence, one.number
