"""Read a content folder or one file: each cable in it as a `Source`, each thing that cannot be read as a `Problem`, in
a stable order.

`read_file` depends on nothing but the file, so that any worker process may run it.
"""

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import IO

from reftel.problems import Problem, Severity
from reftel.source.decode import Decoded, decode, line_offsets, what_binary
from reftel.source.dump import BadRow, Row, read_rows
from reftel.source.model import Format, Source
from reftel.source.recognise import is_dump, is_markup
from reftel.source.text import Piece, pieces
from reftel.source.walk import Candidate, candidates

LARGEST_FILE = 20 * 2**20
"""A single cable is never a thousandth of this; only a dump, which is read as a stream, may be larger."""

_HEAD = 1 << 16
_FIRST_LINES = 1 << 12
"""Bytes in which a dump shows itself: two lines of column names, and the beginning of a row."""
_OTHER_NAMES = (
    "readme",
    "license",
    "licence",
    "copying",
    "notice",
    "changelog",
    "contributing",
    "makefile",
    "manifest",
    "index",
    "sha256sums",
)
_OTHER_SUFFIXES = (
    ".md",
    ".rst",
    ".css",
    ".js",
    ".json",
    ".jsonl",
    ".xml",
    ".yml",
    ".yaml",
    ".py",
    ".sh",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".svg",
    ".webp",
    ".ico",
)


def read_folder(content: Path) -> Iterator[Source | Problem]:
    """All cables of a content folder and what cannot be read in it, file by file. It holds no more than one file in
    memory.
    """
    for found in candidates(content):
        if isinstance(found, Candidate):
            yield from read_file(found.path, found.shown)
        else:
            yield found


def read_file(path: Path, shown: str, raw: bytes | None = None) -> Iterator[Source | Problem]:
    """The cables of one file, with problems where `shown` is its path. Formats are told by content, never by name.

    `raw` is the file's content, where the caller has read it.
    """
    try:
        yield from _read(path, shown, raw)
    except OSError as error:
        yield Problem(
            shown, 0, f"cannot be read ({error.strerror or error}): check that it exists and its permissions", "error"
        )


def _read(path: Path, shown: str, raw: bytes | None) -> Iterator[Source | Problem]:
    if raw is not None:
        yield from _read_bytes(raw, path, shown)
        return
    place = str(path)
    status = os.stat(place)  # noqa: PTH116
    if not stat.S_ISREG(status.st_mode):
        instead = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
        yield Problem(shown, 0, f"{instead}: name a file that holds a cable", "error")
        return
    with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - most are small, and there are many
        head = file.read(_HEAD) or b""
        if _begins_dump(head):
            file.seek(0)
            yield from _read_dump(io.BufferedReader(file), shown)
            return
        whole = len(head) == status.st_size or status.st_size > LARGEST_FILE
        rest = b"" if whole else io.BufferedReader(file).read(LARGEST_FILE + 1 - len(head))
    yield from _read_cables(head, rest, status.st_size, path, shown)


def _read_bytes(raw: bytes, path: Path, shown: str) -> Iterator[Source | Problem]:
    """The cables of a file that has been read."""
    if _begins_dump(raw):
        return _read_dump(io.BytesIO(raw), shown)
    return _read_cables(raw[:_HEAD], raw[_HEAD:], len(raw), path, shown)


def _begins_dump(head: bytes) -> bool:
    start = head[:_FIRST_LINES]
    return b'","' in start and is_dump(start.decode("utf-8-sig", "replace"))


def _read_dump(file: IO[bytes], shown: str) -> Iterator[Source | Problem]:
    for row in read_rows(file):
        yield _row_found(row, shown)


def _read_cables(head: bytes, rest: bytes, size: int, path: Path, shown: str) -> Iterator[Source | Problem]:
    """The cables of a file that is no dump, by its beginning and the rest of it; of one that is too large the rest is
    not asked for."""
    if (not head or head.isspace()) and (not rest or rest.isspace()):
        yield Problem(shown, 0, "empty: fill it or remove it", _severity(path))
    elif what := what_binary(head):
        message = f"{what}, not the text of a cable: save its text in a file or move it out of the content folder"
        yield Problem(shown, 0, message, "warning" if what.startswith("an image") else _severity(path))
    elif size > LARGEST_FILE:
        message = f"larger than {LARGEST_FILE >> 20} MB and not the full set's CSV: split it into one file a cable"
        yield Problem(shown, 0, message, "error")
    else:
        yield from _read_text(head + rest if rest else head, path, shown)


def _severity(path: Path) -> Severity:
    """A file that holds no cable is an error, unless its name says that it is something else."""
    named_otherwise = path.suffix.lower() in _OTHER_SUFFIXES or path.name.lower().split(".")[0] in _OTHER_NAMES
    return "warning" if named_otherwise else "error"


def _read_text(raw: bytes, path: Path, shown: str) -> Iterator[Source | Problem]:
    """The cables of a file that is text: a page of the 2010 site, a blog's page, or a plain text."""
    decoded = decode(raw)
    sources = list(_sources(raw, decoded, shown))
    if sources:
        yield from sources
    else:
        message = "no cable recognised: give it a metadata line, or lines such as E.O. 12958, TAGS and SUBJECT"
        yield Problem(shown, 0, message, _severity(path))


def _sources(raw: bytes, decoded: Decoded, shown: str) -> Iterator[Source]:
    if not is_markup(decoded.text):
        found = list(pieces(decoded.text))
        slices = _slices(raw, decoded, [piece.start for piece in found])
        for piece, part in zip(found, slices, strict=True):
            yield _source(shown, "text", part, decoded, piece)
        return
    from reftel.source.blog import read_blog  # the parser of web pages is large, and many archives hold none
    from reftel.source.page import read_page

    page = list(read_page(decoded.text))
    if page:
        for cable, part in zip(page, _slices(raw, decoded, [cable.start for cable in page]), strict=True):
            yield _source(shown, "html", part, decoded, Piece(cable.start, cable.text, 1))
        return
    for piece in pieces(read_blog(decoded.text)):
        yield _source(shown, "blog", raw, decoded, Piece(0, piece.text, 1))


def _slices(raw: bytes, decoded: Decoded, starts: list[int]) -> list[bytes]:
    """The bytes of each cable of a file, cut at the beginning of the lines in which the cables begin; together they
    are the file.
    """
    if len(starts) < 2:
        return [raw] * len(starts)
    offsets = line_offsets(raw, decoded.encoding)
    cuts = [0, *(offsets[decoded.text.count("\n", 0, start)] for start in starts[1:]), len(raw)]
    return [raw[start:end] for start, end in pairwise(cuts)]


def _source(shown: str, format_: Format, raw: bytes, decoded: Decoded, piece: Piece) -> Source:
    problems = []
    if decoded.bad_line:
        message = f"bytes that are not {decoded.encoding} became U+FFFD: save the file as UTF-8"
        problems.append(Problem(shown, decoded.bad_line, message))
    if piece.lost:
        message = "numbered paragraphs after a blog's furniture were cut with it: remove the furniture from the file"
        problems.append(Problem(shown, piece.lost, message))
    return Source(shown, format_, raw, sha256_of(raw), piece.text, piece.line, decoded.encoding, tuple(problems))


@lru_cache(maxsize=1)
def sha256_of(raw: bytes) -> str:
    """The SHA-256 of some bytes, hexadecimal. Kept for a moment: most files hold one cable, and both are asked for."""
    return hashlib.sha256(raw).hexdigest()


def _row_found(row: Row | BadRow, shown: str) -> Source | Problem:
    if isinstance(row, BadRow):
        return Problem(shown, row.line, row.message, "error")
    raw = row.raw.encode()
    problems = (Problem(shown, row.line, row.doubt),) if row.doubt else ()
    return Source(shown, "csv", raw, hashlib.sha256(raw).hexdigest(), row.text, row.line, row.encoding, problems)
