"""Reading and parsing a chunk of files or of cables, in any process: what stage one gives to workers.

It is loaded only when something is to be parsed, for the parser's patterns take a while to make.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reftel.archive.entries import entry_of
from reftel.cable.parse import parse
from reftel.cable.posts import POSTS, with_own_posts
from reftel.problems import Problem
from reftel.site.records import CachePlace, Found, Kept, Parsed, Records, encode, shared_records
from reftel.site.versions import parser_version
from reftel.source.model import Source
from reftel.source.read import read_file, sha256_of
from reftel.source.walk import Candidate


class Files(NamedTuple):
    """A chunk of small files."""

    cache: CachePlace | None
    """None where the cache is new, and need not be asked for each of them."""
    posts: str
    """The archive's own posts: the text of its `posts.csv`, "" for none."""
    files: Sequence[Candidate]


class Sources(NamedTuple):
    """A chunk of cables of a large file."""

    cache: CachePlace | None
    posts: str
    sources: Sequence[Source]


def read_chunk(chunk: Files) -> list[Parsed]:
    """Read and parse a chunk of files, those that the cache does not know."""
    records = shared_records(chunk.cache) if chunk.cache else None
    return [_read_one(file, records, chunk.posts) for file in chunk.files]


def _read_one(file: Candidate, records: Records | None, posts: str) -> Parsed:
    path, raw, look = file.path, None, file.look.settled
    try:
        with open(file.place, "rb", buffering=0) as opened:  # noqa: PTH123 - as short as can be: there are many
            raw = opened.readall()
        key = _key(file.shown, sha256_of(raw), posts)
    except OSError:
        key = _key(file.shown, "unreadable", posts)
    else:
        if records and (found := records.find(key)):
            return Parsed(key, file.shown, found, [], look, is_kept=True)
    parsed = Found([], [])
    rows: list[tuple[str, bytes]] = []
    for number, one in enumerate(read_file(path, file.shown, raw)):
        if isinstance(one, Problem):
            parsed.problems.append(one)
        else:
            _parse_one(one, f"{key}-{number}", parsed, rows, posts)
    return Parsed(key, file.shown, encode(parsed), rows, look)


def parse_chunk(chunk: Sources) -> list[Parsed]:
    """Parse a chunk of cables, those that the cache does not know."""
    records = shared_records(chunk.cache) if chunk.cache else None
    made: list[Parsed] = []
    for source in chunk.sources:
        key = _key(f"{source.path}:{source.line}", source.sha256, chunk.posts)
        if records and (kept := records.find(key)):
            made.append(Parsed(key, source.path, kept, [], is_kept=True))
            continue
        found, rows = Found([], []), list[tuple[str, bytes]]()
        _parse_one(source, f"{key}-0", found, rows, chunk.posts)
        made.append(Parsed(key, source.path, encode(found), rows))
    return made


def _key(place: str, sha256: str, posts: str) -> str:
    """What finds in the cache what was read from bytes of this SHA-256 at a place."""
    return hashlib.sha256(f"{parser_version()}\n{place}\n{posts}\n{sha256}".encode()).hexdigest()[:40]


def _parse_one(source: Source, key: str, found: Found, rows: list[tuple[str, bytes]], posts: str) -> None:
    """Parse one cable: its entry and problems go to `found`, its record to `rows`. A cable without MRN has no address
    and is left out.
    """
    found.problems.extend(source.problems)
    try:
        cable = parse(source, with_own_posts(posts) if posts else POSTS)
    except Exception as error:  # a bug of the parser's must not take the other cables with it
        message = f"the parser failed ({type(error).__name__}: {error}); please report it with this file"
        found.problems.append(Problem(source.path, source.line, " ".join(message.split()), "error"))
        return
    entry = entry_of(cable, source.text, source.line, key)
    if entry is None:
        message = "no MRN found, so the cable has no address and is left out: add the metadata line"
        found.problems.append(Problem(source.path, source.line, message, "error"))
        return
    for problem in cable.problems:
        found.problems.append(Problem(source.path, source.line + problem.line - 1, problem.message))
    own_text = None if _is_plain(source) else source.text
    found.entries.append(entry)
    rows.append((key, encode(Kept(cable, source.raw, source.line, own_text))))


def _is_plain(source: Source) -> bool:
    """Whether the text is the bytes decoded, and need not be kept beside them."""
    return (
        source.encoding == "utf-8"
        and source.format == "text"
        and source.raw == source.text.encode("utf-8", "surrogatepass")
    )


def cables_of(file: Candidate, problems: list[Problem]) -> Iterator[Source]:
    """The cables of a large file, one by one; what cannot be read goes to `problems`."""
    for one in read_file(file.path, file.shown):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            yield one
