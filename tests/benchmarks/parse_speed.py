"""How fast are cables parsed, and does the time grow with the length alone?

    python tests/benchmarks/parse_speed.py [--hostile 1 5 50] [--only dashes]

First: cables a second with all fields in one process, from disk to record, over the raw cables of the reference corpus
(`REFTEL_REFERENCE`, default `../shared`), the median of five runs, beside a plain split of the same texts by one
pattern. Then texts of so many megabytes that no author wrote, each of another kind: seconds for each, and how the time
per megabyte of the longest compares with that of the shortest (about 1 where it is linear).
"""

import argparse
import gc
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from reftel.cable.parse import parse
from reftel.source.model import Source
from reftel.source.read import read_file

PROJECT = Path(__file__).resolve().parent.parent.parent
HEAD = (
    "Reference ID Created Released Classification Origin\n"
    "07MOSCOW4307 2007-08-31 13:51 2011-08-30 01:44 CONFIDENTIAL Embassy Moscow\n\n"
    "C O N F I D E N T I A L MOSCOW 004307\n\nE.O. 12958: DECL: 08/31/2017\n"
)
PLAIN = re.compile(r"^\s*(\d{1,3})\.\s*\(([A-Z/]+)\)", re.M)
KINDS: dict[str, tuple[str, str]] = {
    "one line without blanks": ("1. (C) ", "x"),
    "one line with blanks": ("1. (C) ", "the envoy said "),
    "one line of capitals": ("", "FISH AND CHIPS "),
    "digits and full stops": ("", "1.2 "),
    "digits alone": ("", "7"),
    "brackets": ("", "(C) ("),
    "open brackets": ("", "("),
    "line ends": ("", "\n"),
    "blanks": ("1. (C) a", " "),
    "a REF line": ("REF: ", "A. MOSCOW 4008 "),
    "a REF line without an item": ("REF: ", "of the "),
    "a TAGS line": ("TAGS: ", "PREL, "),
    "a TAGS line without a blank": ("TAGS: ", "PREL"),
    "a subject": ("SUBJECT: ", "FISH "),
    "dashes": ("", "-"),
    "dashes and blanks": ("", "- "),
    "lines of dashes": ("", "----\n"),
    "numbered lines": ("", "1. a\n"),
    "lettered lines": ("1. (C) a\n", "a. b\n"),
    "page markers": ("1. (C) a\n", "MOSCOW 00004307  002 OF 002\n"),
    "page markers in one line": ("1. (C) a ", "MOSCOW 00004307  002 OF 002 "),
    "numbers behind signs": ("1. (C) a", "#00"),
    "mentions": ("REF: MOSCOW 1\n1. (C) ", "see reftel, para 1 and Moscow 4008, "),
    "captions": ("1. (C) a ", "SIPDIS "),
    "tags of pages": ("1. (C) a ", "<br> "),
    "classified by": ("Classified By: ", "A. Tarn, reason 1.4 (b) "),
    "short lines": ("1. (C) a\n", "fish\n"),
    "columns": ("1. (C) a\n", "fish   12   13\n"),
    "headers": ("", "O 311351Z AUG 07\nFM AMEMBASSY MOSCOW\nTO RUEHC/SECSTATE WASHDC 3484\n"),
}
"""What comes first, and what is repeated after it."""


def median(work: Callable[[], object], times: int) -> float:
    """The median of several runs, in seconds of this process."""
    taken = []
    for _ in range(times):
        gc.collect()
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def parsed(text: str) -> float:
    """The seconds that one text takes."""
    source = Source("hostile.txt", "text", b"", "0" * 64, text)
    return median(lambda: parse(source), 1)


def _read(paths: list[Path]) -> Iterator[Source]:
    for path in paths:
        yield from (found for found in read_file(path, path.name) if isinstance(found, Source))


def corpus(folder: Path) -> None:
    """Measure the real cables."""
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        print(f"no cables in {folder}: set REFTEL_REFERENCE", file=sys.stderr)
        return
    sources = list(_read(paths))
    whole = len(paths) / median(lambda: [parse(source) for source in _read(paths)], 5)
    alone = len(paths) / median(lambda: [parse(source) for source in sources], 5)
    plain = len(paths) / median(lambda: [PLAIN.split(source.text) for source in sources], 5)
    print(f"{len(paths)} cables: {whole:.0f} a second from disk to record, {alone:.0f} from text to record")
    print(f"a plain split by one pattern: {plain:.0f} a second; ours takes {plain / alone:.0f} times as long")


def hostile(sizes: list[int], only: str) -> None:
    """Measure the texts no author wrote."""
    for kind, (first, again) in KINDS.items():
        if only not in kind:
            continue
        taken = [parsed(HEAD + first + again * (size * 1_000_000 // len(again))) for size in sizes]
        growth = (taken[-1] / sizes[-1]) / max(taken[0] / sizes[0], 0.001)
        print(
            f"{kind:28}" + "".join(f"{seconds:9.2f} s" for seconds in taken) + f"   grows by {growth:.1f}", flush=True
        )


def main() -> int:
    """Measure and report."""
    arguments = argparse.ArgumentParser(description="Measure the parser.")
    arguments.add_argument("--hostile", type=int, nargs="*", default=[1, 5, 50], metavar="MB")
    arguments.add_argument("--only", default="", metavar="KIND")
    given = arguments.parse_args()
    if not given.only:
        corpus(Path(os.environ.get("REFTEL_REFERENCE", PROJECT.parent / "shared")) / "corpus" / "raw")
    if given.hostile:
        hostile(given.hostile, given.only)
    return 0


if __name__ == "__main__":
    sys.exit(main())
