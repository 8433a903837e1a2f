"""Stage one: every file of the content folder read and parsed, in chunks that any process may work on.

Small files go to the workers by name; a large one (the full set's CSV) is streamed here and its cables go to them. It
begins with a look at the folder, in a copy of the process: the rest of the program can be loaded meanwhile.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from reftel.archive.model import Entry
from reftel.archive.sharing import Captions, share
from reftel.cable.posts import BadPosts, with_own_posts
from reftel.problems import Problem, Refusal
from reftel.site.crew import Beside, Crew, chunks
from reftel.site.folders import check_content
from reftel.site.looking import LARGE, Looked, look_over, whole
from reftel.site.records import CachePlace, Found, Parsed, Records, decode, encode, made_by, open_records
from reftel.source.walk import Candidate

CHUNK = 24
"""Files or cables that one worker gets at a time."""
FEW = 1_000
"""Rows of the cache up to which they are read sooner than somebody else could look at the folder."""
MANY = 500 * 2**20
"""Bytes of all files from which on what entries say alike is kept once: of some fifty thousand cables."""


class Seen(NamedTuple):
    """What a look at a folder has found; of few small files that are to be read, also what these hold."""

    looked: Looked
    few: Sequence[Parsed]


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


class Reading(NamedTuple):
    """The reading of a content folder that has begun: with the open cache, the archive's own `posts`, and the look at
    the folder that is taken meanwhile; None where it is still to be taken.
    """

    content: Path
    records: Records
    crew: Crew
    posts: str
    looking: Beside[Seen] | None


@contextmanager
def begin_reading(content: Path, cache: Path, crew: Crew) -> Iterator[Reading]:
    """Open the build cache, for this build alone, and begin to look at a content folder. Raises Refusal when the
    folder, its `posts.csv` or the cache cannot be used.
    """
    check_content(content)
    if crew.is_given:  # its workers may stand elsewhere
        content, cache = content.resolve(), cache.resolve()
    with open_records(cache) as records:
        posts = own_posts(content)
        look = partial(_look, content, records.place, posts)
        looking = crew.beside(look) if records.count() > FEW else None
        with looking or nullcontext():
            yield Reading(content, records, crew, posts, looking)


def gather(
    reading: Reading, progress: Callable[[int, int], None], meanwhile: Callable[[], object] = lambda: None
) -> Gathered:
    """Read and parse a content folder; the records are in the cache afterwards. `progress` is told (files done, files
    in all). What can be done `meanwhile` is, while a copy of this process looks at the folder.
    """
    content, records, crew, posts, looking = reading
    known = [(key, decode(found)) for key, found in records.looked_at(posts)]
    meanwhile()
    looked, few = looking.result() if looking else _look(content, records.place, posts)
    captions: Captions | None = {} if looked.size > MANY else None
    gathered = Gathered([], looked.problems, [], looked.sidecars, captions)
    for key, found in known:
        if key not in looked.stale:
            gathered.take(key, found)
    small = _small(looked)
    done = looked.files - len(small)
    cache = records.place if records.count() else None
    for parsed in chain([few], _parsed(small[len(few) :], cache, posts, crew)):
        _keep(parsed, posts, gathered, records)
        done += len(parsed)
        progress(done, looked.files)
    for file in looked.unread:
        if file.look.size > LARGE:
            _stream(file, cache, posts, gathered, records, crew)
    progress(looked.files, looked.files)
    return gathered


def _small(looked: Looked) -> list[Candidate]:
    """The files to be read that are not streamed."""
    return [file for file in looked.unread if file.look.size <= LARGE]


def _look(content: Path, cache: CachePlace, posts: str) -> Seen:
    """Look at a folder, and parse what is to be read, where that is little."""
    looked = look_over(content, cache, posts)
    small = _small(looked)
    return Seen(looked, next(_parsed(small, cache, posts, Crew(1)), []) if len(small) <= CHUNK else [])


def _parsed(files: Sequence[Candidate], cache: CachePlace | None, posts: str, crew: Crew) -> Iterator[Sequence[Parsed]]:
    """Read and parse files, in chunks. Only now the parser is loaded, for its patterns take a while to make."""
    if files:
        from reftel.site.parsing import Files, read_chunk

        yield from crew.work(read_chunk, (Files(cache, posts, chunk) for chunk in chunks(files, CHUNK)))


def _keep(parsed: Sequence[Parsed], posts: str, gathered: Gathered, records: Records) -> None:
    for one in parsed:
        gathered.take(one.key, decode(one.found))
    records.keep(parsed, made_by(posts))


def _stream(
    file: Candidate, cache: CachePlace | None, posts: str, gathered: Gathered, records: Records, crew: Crew
) -> None:
    """Parse the cables of a large file. Its look is noted for all of its rows at last, and for one that says that these
    are all.
    """
    from reftel.site.parsing import Sources, cables_of, parse_chunk

    look, keys = file.look.settled, list[str]()
    problems: list[Problem] = []
    streamed = cables_of(file, problems)
    for parsed in crew.work(parse_chunk, (Sources(cache, posts, chunk) for chunk in chunks(streamed, CHUNK))):
        _keep(parsed, posts, gathered, records)
        keys += (one.key for one in parsed)
    end = Parsed(whole(file.shown, file.look.text), file.shown, encode(Found([], problems)), [])
    _keep([end], posts, gathered, records)
    records.note(look, [*keys, end.key])


def own_posts(content: Path) -> str:
    """The text of the archive's `posts.csv`, "" when there is none. Raises Refusal when it cannot be used."""
    path = content / "posts.csv"
    if not path.is_file():
        return ""
    try:
        text = path.read_text("utf-8-sig")
        with_own_posts(text)
    except UnicodeDecodeError:
        raise Refusal(f"{path}: is not UTF-8; save it as UTF-8") from None
    except BadPosts as error:
        raise Refusal(f"{path}:{error.line}: {error}") from None
    return text
