"""Mutate the reference cables and parse them: `python tests/benchmarks/fuzz.py --minutes 10 [--seed 1]`.

The parser must not raise, every span must lie in the text, every line with a letter must be recognised or stand in a
block, and no text may take longer than its length warrants. What fails is written below `tests/actual/fuzz/`, and the
exit code is 1.
"""

import argparse
import hashlib
import os
import random
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec

from reftel.cable.inspect import inspect
from reftel.cable.parse import parse
from reftel.source.model import Source

PROJECT = Path(__file__).resolve().parents[2]
FAILED = PROJECT / "tests/actual/fuzz"
SIGNS = "".join(map(chr, range(32, 127))) + "\n\n\n  \t\x00\x1b\u00a0\u2028\u202e\ufffd’“é١İſ\U0001f600"
SLOW = 0.5
SLOW_LINE = 0.0002
"""Seconds that a text may take, and as much again per megabyte; and for each of its lines: far above what it takes."""

Mutation = Callable[[random.Random, str, str], str]


def drop(random_: random.Random, text: str, _: str) -> str:
    """Without a piece of it."""
    start, end = _piece(random_, text)
    return text[:start] + text[end:]


def repeat(random_: random.Random, text: str, _: str) -> str:
    """With a piece of it repeated, up to 200 times."""
    start, end = _piece(random_, text)
    return text[:end] + text[start:end] * random_.choice((1, 2, 9, 200)) + text[end:]


def replace(random_: random.Random, text: str, _: str) -> str:
    """With some signs replaced by any others."""
    signs = list(text)
    for _n in range(random_.choice((1, 5, 50))):
        if signs:
            signs[random_.randrange(len(signs))] = random_.choice(SIGNS)
    return "".join(signs)


def graft(random_: random.Random, text: str, other: str) -> str:
    """With a piece of another cable inside."""
    start, end = _piece(random_, other)
    at = random_.randrange(len(text) + 1)
    return text[:at] + other[start:end] + text[at:]


def shuffle(random_: random.Random, text: str, _: str) -> str:
    """With some of its lines exchanged."""
    lines = text.split("\n")
    for _n in range(random_.choice((1, 4, 20))):
        a, b = random_.randrange(len(lines)), random_.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    return "\n".join(lines)


def reflow(random_: random.Random, text: str, _: str) -> str:
    """With some of its line ends gone, or all."""
    share = random_.choice((0.1, 0.5, 1.0))
    return "".join(" " if sign == "\n" and random_.random() < share else sign for sign in text)


def stretch(random_: random.Random, text: str, _: str) -> str:
    """With one sign or word repeated very often, for patterns that take too long."""
    at = random_.randrange(len(text) + 1)
    start, end = _piece(random_, text, 12)
    return text[:at] + (text[start:end] or " ") * random_.choice((1_000, 20_000)) + text[at:]


def change_case(random_: random.Random, text: str, _: str) -> str:
    """With a piece of it in small letters, as some newspapers printed it."""
    start, end = _piece(random_, text)
    return text[:start] + text[start:end].swapcase() + text[end:]


MUTATIONS: tuple[Mutation, ...] = (drop, repeat, replace, graft, shuffle, reflow, stretch, change_case)


def _piece(random_: random.Random, text: str, longest: int = 600) -> tuple[int, int]:
    start = random_.randrange(len(text) + 1)
    return start, min(len(text), start + random_.randrange(longest))


def fault(text: str) -> str | None:
    """What is wrong with the record of a text; None when nothing is."""
    source = Source("fuzz.txt", "text", b"", "0" * 64, text)
    begin = time.process_time()
    try:
        cable = parse(source)
        taken = time.process_time() - begin
        msgspec.json.encode(cable)
        shown = inspect(source)[2 : 3 + text.count("\n")]
    except Exception:
        return traceback.format_exc()
    if taken > SLOW * (1 + len(text) / 1_000_000) + SLOW_LINE * text.count("\n"):
        return f"took {taken:.2f} s for {len(text)} characters"
    spans = [*cable.spans.values(), *(ref.span for ref in cable.refs), *(block.span for block in cable.blocks)]
    spans += [mention.span for block in cable.blocks for mention in block.mentions]
    if wrong := [span for span in spans if not 0 <= span[0] <= span[1] <= len(text)]:
        return f"spans outside the text: {wrong}"
    lost = [line for line in shown if line[8:].startswith("? ") and any(map(str.isalnum, line[28:100]))]
    return "lines that are nowhere:\n" + "\n".join(lost) if lost else None


def main() -> int:
    """Run, and say what was found."""
    arguments = argparse.ArgumentParser(description="Fuzz the parser with mutated reference cables.")
    arguments.add_argument("--minutes", type=float, default=1.0)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    folder = Path(os.environ.get("REFTEL_REFERENCE", PROJECT.parent / "shared")) / "corpus/raw"
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    if not texts:
        print(f"no cables in {folder}: set REFTEL_REFERENCE", file=sys.stderr)
        return 2
    random_ = random.Random(given.seed)
    end = time.monotonic() + given.minutes * 60
    tried = failed = 0
    while time.monotonic() < end:
        text = random_.choice(texts)
        for mutation in random_.choices(MUTATIONS, k=random_.choice((1, 2, 3))):
            text = mutation(random_, text, random_.choice(texts))
        tried += 1
        if message := fault(text):
            failed += 1
            name = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
            FAILED.mkdir(parents=True, exist_ok=True)
            (FAILED / f"{name}.txt").write_text(text, "utf-8", "replace")
            print(f"{name}: {message.strip().splitlines()[-1][:300]}")
    print(f"{tried} texts in {given.minutes:g} minutes (seed {given.seed}), {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
