"""How much memory does reading a 1 GB `cables.csv` take?

    python tests/benchmarks/csv_memory.py [gigabytes]

The CSV is made from the reference corpus (`REFTEL_REFERENCE`, default `../shared`), again and again, in a temporary
folder, and read by the same function that a build uses. It fails when the peak is 300 MB or more.
"""

import csv
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from reftel.problems import Problem
from reftel.source.read import read_file, read_folder

LIMIT = 300
PROJECT = Path(__file__).resolve().parent.parent.parent


def rows(corpus: Path) -> list[tuple[str, ...]]:
    """The columns of each cable of the corpus but the running number."""
    found = []
    for source in read_folder(corpus):
        assert not isinstance(source, Problem), source
        _, values, _, *rest = source.text.split("\n", 3)
        mrn, day, time_of_day, *_ = values.split()
        year, month, date = day.split("-")
        header, _, body = rest[0].partition("\n\n")
        created = f"{int(month)}/{int(date)}/{year} {time_of_day}"
        found.append((created, mrn, "Embassy Moscow", "CONFIDENTIAL", "", header, body))
    return found


def write_dump(path: Path, cables: list[tuple[str, ...]], size: int) -> int:
    """Write rows until the file has `size` bytes; returns how many."""
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\", lineterminator="\n")
        for cable in _endless(cables):
            if number % 100 == 0 and file.tell() >= size:
                return number
            number += 1
            writer.writerow((str(number), *cable))
    return number


def _endless(cables: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    while True:
        yield from cables


def peak() -> float:
    """The most memory this process has had so far, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> int:
    """Write, read, report."""
    reference = Path(os.environ.get("REFTEL_REFERENCE", PROJECT.parent / "shared")) / "corpus" / "raw"
    if not reference.is_dir():
        print(f"no cables in {reference}: set REFTEL_REFERENCE", file=sys.stderr)
        return 2
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 1) * 2**30)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cables.csv"
        written = write_dump(path, rows(reference), size)
        before, began = peak(), time.perf_counter()
        read = sum(not isinstance(found, Problem) for found in read_file(path, path.name))
        seconds = time.perf_counter() - began
        print(f"{path.stat().st_size / 2**20:.0f} MB, {written} rows written, {read} read in {seconds:.0f} s")
        print(f"peak memory {peak():.0f} MB ({before:.0f} MB before reading; the limit is {LIMIT} MB)")
    return 0 if read == written and peak() < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
