"""Stage one: every file of the content folder read and parsed, in chunks that any process may work on.

Small files go to the workers by name; a large one (the full set's CSV) is streamed here and its cables go to them.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reftel.archive.catalogue import entry_of
from reftel.archive.model import Entry
from reftel.cable.parse import parse
from reftel.cable.posts import POSTS, BadPosts, Posts, with_own_posts
from reftel.problems import Problem, Refusal
from reftel.site.crew import Crew, chunks
from reftel.site.looks import Look, look
from reftel.site.records import CachePlace, Found, Kept, Records, encode, parser_version, shared_records
from reftel.source.model import Source
from reftel.source.read import read_file
from reftel.source.walk import Candidate, candidates

CHUNK = 24
"""Files or cables that one worker gets at a time."""
LARGE = 4 * 2**20
"""Bytes from which on a file is streamed."""


class Parsed(NamedTuple):
    """What was found under a key. `rows` are the encoded records, empty when the cache has them already."""

    key: str
    found: Found
    rows: list[tuple[str, bytes]]
    cached: bool = False


class Files(NamedTuple):
    """A chunk of small files."""

    cache: CachePlace
    posts: str
    """The archive's own posts: the text of its `posts.csv`, "" for none."""
    files: Sequence[Candidate]


class Sources(NamedTuple):
    """A chunk of cables of a large file."""

    cache: CachePlace
    posts: str
    sources: Sequence[Source]


class Gathered(NamedTuple):
    """All that was found in a content folder; `keys` of the cache's rows that it came from."""

    entries: list[Entry]
    problems: list[Problem]
    keys: list[str]


def gather(content: Path, records: Records, crew: Crew, progress: Callable[[int, int], None]) -> Gathered:
    """Read and parse a content folder; the records are in `records` afterwards. `progress` is told (files done, files
    in all).
    """
    posts = own_posts(content)
    found = list(candidates(content))
    gathered = Gathered([], [one for one in found if isinstance(one, Problem)], [])
    files = [one for one in found if isinstance(one, Candidate)]
    looks = {one.shown: look(one.path) for one in files}
    small = [one for one in files if looks[one.shown].size <= LARGE]
    unread = _keep_unchanged(small, looks, posts, gathered, records)
    known, done = len(small) - len(unread), 0
    noted: list[tuple[str, Look, str]] = []
    for parsed in crew.work(read_chunk, (Files(records.place, posts, chunk) for chunk in chunks(unread, CHUNK))):
        _keep(parsed, gathered, records)
        read = unread[done : done + len(parsed)]
        noted += ((file.shown, looks[file.shown], one.key) for file, one in zip(read, parsed, strict=True))
        done += len(parsed)
        progress(known + done, len(files))
    records.note(noted, posts)
    streamed = _streamed([one for one in files if looks[one.shown].size > LARGE], gathered.problems)
    for parsed in crew.work(parse_chunk, (Sources(records.place, posts, chunk) for chunk in chunks(streamed, CHUNK))):
        _keep(parsed, gathered, records)
    progress(len(files), len(files))
    return gathered


def _keep_unchanged(
    files: Iterable[Candidate], looks: Mapping[str, Look], posts: str, gathered: Gathered, records: Records
) -> list[Candidate]:
    """Keep what is known of the files that have not been changed since they were read; the others are returned.

    They are told by size, inode and times, as in Git's index. A file that was changed in the very moment of its reading
    is read again.
    """
    unread: list[Candidate] = []
    keys = records.keys(posts)
    for file in files:
        key = keys.get((file.shown, looks[file.shown].text))
        found = records.find(key) if key else None
        if found and key:
            _keep([Parsed(key, found, [], True)], gathered, records)
        else:
            unread.append(file)
    return unread


def _keep(parsed: Iterable[Parsed], gathered: Gathered, records: Records) -> None:
    for one in parsed:
        gathered.entries.extend(one.found.entries)
        gathered.problems.extend(one.found.problems)
        gathered.keys.append(one.key)
        if not one.cached:
            records.keep(one.key, encode(one.found), one.rows)


def own_posts(content: Path) -> str:
    """The text of the archive's `posts.csv`, "" when there is none. Raises Refusal when it cannot be used."""
    path = content / "posts.csv"
    if not path.is_file():
        return ""
    try:
        text = path.read_text("utf-8-sig")
        vocabulary(text)
    except UnicodeDecodeError:
        raise Refusal(f"{path}: is not UTF-8; save it as UTF-8") from None
    except BadPosts as error:
        raise Refusal(f"{path}:{error.line}: {error}") from None
    return text


@lru_cache(maxsize=1)
def vocabulary(posts: str) -> Posts:
    """The vocabulary of posts with an archive's own; made once in each process."""
    return with_own_posts(posts) if posts else POSTS


def _streamed(files: Iterable[Candidate], problems: list[Problem]) -> Iterator[Source]:
    """The cables of large files, one by one; what cannot be read goes to `problems`."""
    for file in files:
        for one in read_file(file.path, file.shown):
            if isinstance(one, Problem):
                problems.append(one)
            else:
                yield one


def read_chunk(chunk: Files) -> list[Parsed]:
    """Read and parse a chunk of files, those that the cache does not know."""
    records = shared_records(chunk.cache)
    return [_read_one(file, records, chunk.posts) for file in chunk.files]


def _read_one(file: Candidate, records: Records, posts: str) -> Parsed:
    try:
        key = _key(file.shown, file.path.read_bytes(), posts)
    except OSError:
        key = _key(file.shown, b"unreadable", posts)
    else:
        if found := records.find(key):
            return Parsed(key, found, [], True)
    parsed = Found([], [])
    rows: list[tuple[str, bytes]] = []
    for number, one in enumerate(read_file(file.path, file.shown)):
        if isinstance(one, Problem):
            parsed.problems.append(one)
        else:
            _parse_one(one, f"{key}-{number}", parsed, rows, posts)
    return Parsed(key, parsed, rows)


def parse_chunk(chunk: Sources) -> list[Parsed]:
    """Parse a chunk of cables, those that the cache does not know."""
    records = shared_records(chunk.cache)
    made: list[Parsed] = []
    for source in chunk.sources:
        key = _key(f"{source.path}:{source.line}", source.raw, chunk.posts)
        if found := records.find(key):
            made.append(Parsed(key, found, [], True))
            continue
        parsed = Parsed(key, Found([], []), [])
        _parse_one(source, f"{key}-0", parsed.found, parsed.rows, chunk.posts)
        made.append(parsed)
    return made


def _key(place: str, raw: bytes, posts: str) -> str:
    digest = hashlib.sha256(f"{parser_version()}\n{place}\n{posts}\n".encode())
    digest.update(raw)
    return digest.hexdigest()[:40]


def _parse_one(source: Source, key: str, found: Found, rows: list[tuple[str, bytes]], posts: str) -> None:
    """Parse one cable: its entry and problems go to `found`, its record to `rows`. A cable without MRN has no address
    and is left out.
    """
    found.problems.extend(source.problems)
    try:
        cable = parse(source, vocabulary(posts))
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
