"""Stage one: every file of the content folder read and parsed, in chunks that any process may work on.

Small files go to the workers by name; a large one (the full set's CSV) is streamed here and its cables go to them.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from reftel.archive.catalogue import entry_of
from reftel.archive.model import Entry
from reftel.archive.sharing import Captions, share
from reftel.cable.parse import parse
from reftel.cable.posts import POSTS, BadPosts, Posts, with_own_posts
from reftel.problems import Problem, Refusal
from reftel.site.crew import Crew, chunks
from reftel.site.looking import LARGE, Looked, look_over, whole
from reftel.site.records import (
    CachePlace,
    Found,
    Kept,
    Parsed,
    Records,
    decode,
    encode,
    made_by,
    parser_version,
    shared_records,
)
from reftel.source.looks import Look
from reftel.source.model import Source
from reftel.source.read import read_file
from reftel.source.walk import Candidate

CHUNK = 24
"""Files or cables that one worker gets at a time."""
FEW = 1_000
"""Rows of the cache up to which they are read sooner than somebody else could look at the folder."""
MANY = 500 * 2**20
"""Bytes of all files from which on what entries say alike is kept once: of some fifty thousand cables."""


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


Row = tuple[str, Found | None]
"""A key of the cache, and what was found under it; None where that is of another shape."""


class Gathered(NamedTuple):
    """All that was found in a content folder; `keys` of the cache's rows that it came from."""

    entries: list[Entry]
    problems: list[Problem]
    keys: list[str]
    sidecars: list[Candidate]
    captions: Captions | None
    """Those of the entries; None where these are so few that sharing would take longer than it is worth."""

    def take(self, key: str, found: Found | None) -> None:
        """Take what was found under a key."""
        self.keys.append(key)
        if found:
            captions = self.captions
            if captions is None:
                self.entries.extend(found.entries)
            else:
                self.entries.extend(share(entry, captions) for entry in found.entries)
            self.problems.extend(found.problems)


def gather(content: Path, records: Records, crew: Crew, progress: Callable[[int, int], None]) -> Gathered:
    """Read and parse a content folder; the records are in `records` afterwards. `progress` is told (files done, files
    in all).
    """
    posts = own_posts(content)
    looked, known = _look_over(content, posts, records, crew)
    captions: Captions | None = {} if looked.size > MANY else None
    gathered = Gathered([], looked.problems, [], looked.sidecars, captions)
    for key, found in known:
        if key not in looked.stale:
            gathered.take(key, found)
    unread = looked.unread
    small = [file for file in unread if file.look.size <= LARGE]
    done = looked.files - len(small)
    looks: list[tuple[Look, str]] = []
    cache = records.place if records.count() else None
    for parsed in crew.work(read_chunk, (Files(cache, posts, chunk) for chunk in chunks(small, CHUNK))):
        begin = len(looks)
        _keep(parsed, posts, gathered, records)
        looks += ((file.look, one.key) for file, one in zip(small[begin : begin + len(parsed)], parsed, strict=True))
        progress(done + len(looks), looked.files)
    for file in unread:
        if file.look.size > LARGE:
            looks += _stream(file, cache, posts, gathered, records, crew)
    records.note(looks)
    progress(looked.files, looked.files)
    return gathered


def _look_over(content: Path, posts: str, records: Records, crew: Crew) -> tuple[Looked, list[Row]]:
    """What a look at the folder finds, and what the cache knows; the two take as long, and are done side by side."""
    looking = partial(look_over, content, records.place, posts)
    beside = crew.beside(looking) if records.count() > FEW else None
    with beside or nullcontext():
        known = [(key, decode(found)) for key, found in records.looked_at(posts)]
    return beside.result() if beside else looking(), known


def _keep(parsed: Sequence[Parsed], posts: str, gathered: Gathered, records: Records) -> None:
    for one in parsed:
        gathered.take(one.key, decode(one.found))
    records.keep(parsed, made_by(posts))


def _stream(
    file: Candidate, cache: CachePlace | None, posts: str, gathered: Gathered, records: Records, crew: Crew
) -> Iterator[tuple[Look, str]]:
    """Parse the cables of a large file; the looks are those of its rows, and of one that says that they are all."""
    problems: list[Problem] = []
    streamed = _streamed(file, problems)
    for parsed in crew.work(parse_chunk, (Sources(cache, posts, chunk) for chunk in chunks(streamed, CHUNK))):
        _keep(parsed, posts, gathered, records)
        yield from ((file.look, one.key) for one in parsed)
    end = Parsed(whole(file.shown, file.look.text), file.shown, encode(Found([], problems)), [])
    _keep([end], posts, gathered, records)
    yield file.look, end.key


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


def _streamed(file: Candidate, problems: list[Problem]) -> Iterator[Source]:
    """The cables of a large file, one by one; what cannot be read goes to `problems`."""
    for one in read_file(file.path, file.shown):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            yield one


def read_chunk(chunk: Files) -> list[Parsed]:
    """Read and parse a chunk of files, those that the cache does not know."""
    records = shared_records(chunk.cache) if chunk.cache else None
    return [_read_one(file, records, chunk.posts) for file in chunk.files]


def _read_one(file: Candidate, records: Records | None, posts: str) -> Parsed:
    path, raw = file.path, None
    try:
        raw = path.read_bytes()
        key = _key(file.shown, raw, posts)
    except OSError:
        key = _key(file.shown, b"unreadable", posts)
    else:
        if records and (found := records.find(key)):
            return Parsed(key, file.shown, found, [], is_kept=True)
    parsed = Found([], [])
    rows: list[tuple[str, bytes]] = []
    for number, one in enumerate(read_file(path, file.shown, raw)):
        if isinstance(one, Problem):
            parsed.problems.append(one)
        else:
            _parse_one(one, f"{key}-{number}", parsed, rows, posts)
    return Parsed(key, file.shown, encode(parsed), rows)


def parse_chunk(chunk: Sources) -> list[Parsed]:
    """Parse a chunk of cables, those that the cache does not know."""
    records = shared_records(chunk.cache) if chunk.cache else None
    made: list[Parsed] = []
    for source in chunk.sources:
        key = _key(f"{source.path}:{source.line}", source.raw, chunk.posts)
        if records and (kept := records.find(key)):
            made.append(Parsed(key, source.path, kept, [], is_kept=True))
            continue
        found, rows = Found([], []), list[tuple[str, bytes]]()
        _parse_one(source, f"{key}-0", found, rows, chunk.posts)
        made.append(Parsed(key, source.path, encode(found), rows))
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
