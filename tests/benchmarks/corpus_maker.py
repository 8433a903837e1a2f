"""Invented cables by the thousand, for measuring: the same number and seed give the same bytes on every machine.

    python tests/benchmarks/corpus_maker.py COUNT FOLDER [--seed N] [--words MEDIAN]

They are like the published ones where it costs time and memory: words per cable (5% below 425, half below 1,378, 5%
above 3,217), growth of the vocabulary (2.0 million words show about 46,000 types, 42% of them once), the telex and the
reflowed dialect, page markers, headings, REF lines in 56% of the cables that mostly cite the post's own last ones, of
which two thirds are held. `--words 930` gives the mean of the full set: 1,040.
"""

import argparse
import csv
import os
import re
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).parent))
from invented_words import Vocabulary, Words

MEDIAN, SPREAD_DOWN, SPREAD_UP = 1250, 0.80, 0.53
"""Words of a cable's prose: two halves of log-normal distributions."""
SETTINGS = 'title = "Invented cables"\npublic_address = "https://cables.example.org/"\n'
"""With a public address there are feeds and a sitemap too."""
BLOCK = 256
"""Cables whose words are drawn at once."""
KEPT = 31 << 20
"""Bytes of memory that a process keeps; glibc would not keep 32 MB."""
WORDS_IN_PARAGRAPH = 110
YEARS = {
    1973: 1,
    1979: 1,
    1989: 2,
    1995: 2,
    2002: 3,
    2003: 5,
    2004: 9,
    2005: 13,
    2006: 17,
    2007: 16,
    2008: 15,
    2009: 14,
}
LEVELS = (
    ("UNCLASSIFIED", "UNCLAS", "U", ""),
    ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "UNCLAS", "SBU", "SENSITIVE \n"),
    ("CONFIDENTIAL", "C O N F I D E N T I A L", "C", ""),
    ("SECRET", "S E C R E T", "S", ""),
    ("SECRET//NOFORN", "S E C R E T", "S/NF", "NOFORN \n"),
)
OFTEN = (0.30, 0.23, 0.38, 0.06, 0.03)
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
PRECEDENCES = (("R", "RR"), ("P", "PP"), ("O", "OO"))
_LINE = re.compile(r"(?<=\n)|(.{1,66} |.+)|\n")
"""A line of a telex; each end of a line gives two empty ones."""


class Invented(NamedTuple):
    """What stands fixed of a cable before its words are drawn."""

    mrn: str
    post: int
    serial: int
    year: int
    month: int
    day: int
    minute: int


class Post(NamedTuple):
    """A post of the project's own vocabulary, as it is printed."""

    canonical: str
    origin: str
    station: str
    city: str


class Vocabularies(NamedTuple):
    """The project's own posts and TAGS."""

    posts: list[Post]
    tags: list[str]


class Plan(NamedTuple):
    """What the blocks of a corpus share: all cables, the places of each post's own, numbers for the REFs."""

    cables: list[Invented]
    own: dict[int, list[int]]
    chances: np.ndarray
    seed: int
    median: float


def cables(count: int, seed: int = 1, median: float = MEDIAN) -> Iterator[tuple[str, str]]:
    """`count` cables in Zulu order, as (path in a content folder, text)."""
    planned = plan(count, seed, median)
    for start in range(0, count, BLOCK):
        yield from block(planned, start)


def plan(count: int, seed: int, median: float) -> Plan:
    """All that must be known before any block can be written."""
    random = np.random.Generator(np.random.PCG64(seed))
    cables = _fixed(count, random, vocabularies())
    own: dict[int, list[int]] = {}
    for place, cable in enumerate(cables):
        own.setdefault(cable.post, []).append(place)
    return Plan(cables, own, random.random((count, 12)), seed, median)


def block(planned: Plan, start: int) -> Iterator[tuple[str, str]]:
    """The cables of the block that begins at `start`."""
    found, words = vocabularies(), vocabulary()
    random = np.random.Generator(np.random.PCG64([planned.seed, start]))
    cables = planned.cables[start : start + BLOCK]
    sizes = _sizes(random.standard_normal(len(cables)), planned.median)
    drawn = words.draw(random, int(sizes.sum()) + 40 * len(cables))
    chances = random.random((len(cables), 11)).tolist()
    at = 0
    for place, (cable, size, chance) in enumerate(zip(cables, sizes.tolist(), chances, strict=True), start):
        own, refs = Words(drawn.text, drawn.starts[at : at + size + 41]), _refs(planned, place, found)
        text = _text(cable, own, chance, found, refs)
        yield f"cables/{cable.year}/{cable.month:02}/{cable.mrn}.txt", text
        at += size + 40


def write_corpus(folder: Path, count: int, seed: int = 1, median: float = MEDIAN, jobs: int = 1) -> int:
    """Write a content folder of so many cables, with `jobs` processes; returns their bytes."""
    planned = plan(count, seed, median)
    for parent in {f"cables/{cable.year}/{cable.month:02}" for cable in planned.cables}:
        (folder / parent).mkdir(parents=True, exist_ok=True)
    (folder / "archive.toml").write_text(SETTINGS, "utf-8")
    starts = [list(range(number * BLOCK, count, jobs * BLOCK)) for number in range(jobs)]
    if jobs == 1:
        return _write_blocks(folder, planned, starts[0])
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as workers:
        return sum(workers.map(partial(_write_blocks, folder, planned), starts))


def _write_blocks(folder: Path, planned: Plan, starts: list[int]) -> int:
    np.empty(KEPT, np.uint8)  # given back at once: from then on glibc keeps as much for the arrays of the next block
    size = 0
    for start in starts:
        for path, text in block(planned, start):
            file = os.open(f"{folder}/{path}", os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o666)
            size += os.write(file, text.encode())
            os.close(file)
    return size


vocabulary = lru_cache(maxsize=1)(Vocabulary)


@lru_cache(maxsize=1)
def vocabularies() -> Vocabularies:
    """The project's posts and TAGS."""
    folder = files("reftel.cable") / "vocabulary"
    rows = csv.DictReader((folder / "posts.csv").read_text("utf-8").splitlines())
    posts = [
        Post(row["post"], row["name"], row["station"], row["name"].split(" ", 1)[-1].upper())
        for row in rows
        if row["station"] and row["name"]
    ]
    tags = [row["tag"] for row in csv.DictReader((folder / "tags.csv").read_text("utf-8").splitlines())]
    return Vocabularies(posts, tags)


def _fixed(count: int, random: np.random.Generator, found: Vocabularies) -> list[Invented]:
    """MRNs and dates: years by their share, posts by rank, serials that leave out every third number."""
    years, shares = np.array(list(YEARS)), np.array(list(YEARS.values()), float)
    year = np.sort(
        years[np.searchsorted(np.cumsum(shares / shares.sum()), random.random(count)).clip(0, len(years) - 1)]
    )
    minute = np.zeros(count, int)
    for one in years:
        here = np.flatnonzero(year == one)
        minute[here] = np.sort((random.random(len(here)) * 365 * 1440).astype(int))
    weights = 1 / (np.arange(len(found.posts)) + 6.0)
    post = np.searchsorted(np.cumsum(weights / weights.sum()), random.random(count)).clip(0, len(found.posts) - 1)
    steps = 1 + (random.random(count) < 0.5)
    serials: dict[tuple[int, int], int] = {}
    made = []
    for y, p, m, step in zip(year.tolist(), post.tolist(), minute.tolist(), steps.tolist(), strict=True):
        serial = serials[p, y] = serials.get((p, y), p % 40) + step
        day = m // 1440
        month = min(day // 30, 11)
        made.append(
            Invented(
                f"{y % 100:02}{found.posts[p].canonical}{serial}",
                p,
                serial,
                y,
                month + 1,
                min(day - 30 * month, 27) + 1,
                m % 1440,
            )
        )
    made.sort(key=lambda cable: (cable.year, cable.month, cable.day, cable.minute))
    return made


def _sizes(normal: np.ndarray, median: float) -> np.ndarray:
    spread = np.where(normal < 0, SPREAD_DOWN, SPREAD_UP)
    return (median * np.exp(normal * spread)).clip(40, 10_500).astype(int)


def _refs(planned: Plan, place: int, found: Vocabularies) -> list[str]:
    """The items of the REF line: none in 44% of the cables, else 1 to 5, each as printed."""
    cable, chance = planned.cables[place], planned.chances[place].tolist()
    if chance[0] > 0.56:
        return []
    items = []
    for number in range(1 + int(4.4 * chance[1] ** 2.2)):
        near, what = chance[2 + number], chance[7 + number]
        if what < 0.08:
            items.append(("MOORE-SMITH E-MAIL OF MARCH 3", "SMITH-JONES TELCON", "IIR 6 803 0421 07")[number % 3])
            continue
        post = cable.post if what < 0.7 else int(what * 9973) % len(found.posts)
        own = planned.own.get(post, [])
        before = bisect_left(own, place)
        if what > 0.4 and before:
            cited = planned.cables[own[max(0, before - 1 - int(12 * near * near / (1.02 - near)))]]
            year, serial = cited.year, cited.serial
        else:
            year, serial = cable.year, max(1, cable.serial - 1 - int(60 * near))
        name = found.posts[post].city
        items.append(f"{name} {serial}" if year == cable.year else f"{year % 100:02} {name} {serial}")
    return items


def _text(cable: Invented, words: Words, chance: list[float], found: Vocabularies, refs: list[str]) -> str:
    level, printed, mark, caption = LEVELS[_choice(chance[0], OFTEN)]
    _, origin, station, city = found.posts[cable.post]
    (letter, double), telex = PRECEDENCES[int(chance[1] * 3)], chance[2] < 0.53
    hour, minute = divmod(cable.minute, 60)
    when = f"{cable.year}-{cable.month:02}-{cable.day:02}"
    group = f"{cable.day:02}{hour:02}{minute:02}Z {MONTHS[cable.month - 1]} {cable.year % 100:02}"
    place = 97 + int(chance[3] * 40)
    info = "\n".join(_addressee(found, cable.post, step * place) for step in range(1, 2 + int(chance[4] * 9)))
    tags = " ".join(dict.fromkeys(found.tags[int(len(found.tags) * share**2.5)] for share in chance[5:10]))
    first = words.text[words.starts[0] : words.starts[21]].split()
    subject = " ".join(first[:9]).upper().replace("'", "")
    head = (
        f"Reference ID Created Released Classification Origin\n{cable.mrn} {when} {hour:02}:{minute:02} "
        f"2011-08-{1 + cable.day % 30:02} 01:44 {level} {origin}\n"
        "\n"
        f"VZCZCXRO{1000 + cable.serial % 9000}\n{double} RUEHWEB\nDE {station} #{cable.serial:04}/01 0341536\n"
        f"ZNY {mark[0] * 5} ZZH\n{letter} {group}\nFM AMEMBASSY {city}\n"
        f"TO RUEHC/SECSTATE WASHDC {1000 + cable.serial}\n"
        f"INFO {info}\n\n{printed} SECTION 01 OF 02 {city} {cable.serial:06} \n\nSIPDIS \n{caption}\n"
        f"E.O. 12958: DECL: {when[5:7]}/{when[8:]}/{cable.year + 10} \nTAGS: {tags} \nSUBJECT: {subject} \n\n"
    )
    if refs:
        head += "REF: " + "\n".join(f"{chr(65 + number)}. {ref} " for number, ref in enumerate(refs)) + "\n\n"
    if mark not in ("U", "SBU"):
        head += f"Classified By: Political Counselor {first[10].title()} {first[11].title()}, reasons 1.4 (b/d). \n\n"
    prose = _prose(Words(words.text, words.starts[40:]), mark, chance[10], bool(refs))
    if telex:
        prose = _with_markers(_LINE.findall(prose), city, cable.serial)
    return f"{head}{prose}\n{first[20].upper().replace(chr(39), '')}\n"


def _addressee(found: Vocabularies, post: int, step: int) -> str:
    _, _, station, city = found.posts[(post + step) % len(found.posts)]
    return f"{station}/AMEMBASSY {city} PRIORITY {1000 + step}"


def _prose(words: Words, mark: str, chance: float, has_refs: bool) -> str:
    """Numbered paragraphs: a summary, headings, mentions of REFs and paragraphs, a comment."""
    parts = []
    text = words.text
    count = max(1, round((len(words.starts) - 1) / WORDS_IN_PARAGRAPH))
    cuts = words.starts[: count * WORDS_IN_PARAGRAPH : WORDS_IN_PARAGRAPH].tolist()
    for number, (start, behind) in enumerate(zip(cuts, [*cuts[1:], int(words.starts[-1])], strict=True), 1):
        end = behind - 1
        middle = start + (end - start) // 2 + 1
        half, rest = text.rfind(" ", start, middle), text.find(" ", middle, end) + 1
        said = f"{text[start].upper()}{text[start + 1 : half]}. {text[rest].upper()}{text[rest + 1 : end]}."
        if number == 1 and count > 2:
            said = f"SUMMARY: {said} END SUMMARY."
        elif number == count and count > 3:
            said = f"COMMENT: {said} END COMMENT."
        elif number % 4 == 0:
            heading = " ".join(text[start : start + 128].split(" ", 4)[:4]).title().replace("'", "")
            parts.append(f"{heading}\n{'-' * len(heading)}\n")
            said += " (See para 1.)"
        elif number % 4 == 2 and has_refs and chance < 0.5:
            said += " This was reported in Ref A."
        parts.append(f"{number}. ({mark}) {said} \n")
    return "\n".join(parts)


def _with_markers(lines: list[str], city: str, serial: int) -> str:
    """A page marker after about every 40 lines."""
    for number, at in enumerate(range(40, len(lines), 41), 2):
        lines.insert(at, f"\n{city} {serial:08}  {number:03} OF {number + 1:03} \n")
    return "\n".join(lines)


def _choice(chance: float, shares: tuple[float, ...]) -> int:
    for number, share in enumerate(shares):
        chance -= share
        if chance < 0:
            return number
    return len(shares) - 1


def main() -> None:
    """Write a corpus and say how fast."""
    parser = argparse.ArgumentParser(description="Invented cables for measuring.")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--words", type=float, default=MEDIAN, help="median words of a cable's prose")
    given = parser.parse_args()
    began = time.perf_counter()
    size = write_corpus(given.folder, given.count, given.seed, given.words, given.jobs)
    seconds = time.perf_counter() - began
    print(f"{given.count:,} cables, {size / 1e6:,.1f} MB in {seconds:.1f} s: {given.count / seconds:,.0f} a second")


if __name__ == "__main__":
    main()
