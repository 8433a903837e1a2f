#!/usr/bin/env python3
"""Indexing: seconds and peak memory, ours beside lunr.py's builder and Pagefind, each in a process of its own.

usage: search_build.py COUNT FOLDER [--jobs N] [--lunr COUNT] [--pagefind PATH]

Makes COUNT invented cables (search_documents.py), indexes them into FOLDER/search, and prints one JSON line each for
ours, for lunr.py (on the first so many cables: it takes the same fields, with its own tokenizer, trimmer, stop words
and stemmer) and for Pagefind on the same cables as plain pages. Peak memory is the sum over processes at its highest.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from search_documents import documents, write_page

from reftel.search import SearchDocument, build_index
from reftel.search.fields import FIELDS


def memory_of(pid: int) -> int:
    """Resident bytes of a process and its children."""
    total = 0
    for process in [pid, *_children(pid)]:
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            continue
    return total


def _children(pid: int) -> list[int]:
    found = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            direct = [int(word) for word in path.read_text().split()]
        except OSError:
            continue
        for child in direct:
            found += [child, *_children(child)]
    return found


def watched(pid: int, peak: list[int], ended: threading.Event) -> None:
    """Note the highest memory until the end."""
    while not ended.wait(0.05):
        peak[0] = max(peak[0], memory_of(pid))


def timed(name: str, count: int, start: Callable[[], Any]) -> None:
    """Run a process that `start` starts, to its end; print its figures."""
    peak, ended = [0], threading.Event()
    begin = time.perf_counter()
    process = start()
    watcher = threading.Thread(target=watched, args=(process.pid, peak, ended))
    watcher.start()
    status = process.wait() if isinstance(process, subprocess.Popen) else process.join() or process.exitcode
    seconds = time.perf_counter() - begin
    ended.set()
    watcher.join()
    line = {"what": name, "cables": count, "seconds": round(seconds, 1), "per_second": round(count / seconds, 1)}
    print(json.dumps({**line, "peak_mb": round(peak[0] / 1e6), "status": status}), flush=True)


def ours(count: int, folder: Path, jobs: int) -> None:
    """Index with our builder; making the documents is in the time."""
    if jobs == 1:
        report = build_index(documents(count), folder / "search")
    else:
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:

            def work(function: Callable[[Any], Any], parts: Iterable[Any]) -> Iterator[Any]:
                rest = iter(parts)
                under_way = [pool.submit(function, part) for part in islice(rest, 2 * jobs)]
                while under_way:
                    yield under_way.pop(0).result()
                    under_way += [pool.submit(function, part) for part in islice(rest, 1)]

            report = build_index(documents(count), folder / "search", work)
    print(
        json.dumps({"terms": report.terms, "shards": report.shards, "files": len(report.files), "bytes": report.size})
    )


def lunr_py(count: int) -> None:
    """Index with the lunr package as it comes."""
    from lunr import lunr

    def row(document: SearchDocument) -> dict[str, str]:
        row = {name: str(getattr(document, name)) for name in ("subject", "summary", "mrn", "origin", "signature")}
        row |= {"id": document.key, "tags": " ".join(document.tags), "refs": " ".join(document.refs)}
        return row | {"body": " ".join(text for _, text in document.paragraphs)}

    fields = [{"field_name": name, "boost": boost} for name, boost in FIELDS.items()]
    json.dumps(lunr(ref="id", fields=fields, documents=[row(document) for document in documents(count)]).serialize())


def only_documents(count: int) -> None:
    """Make the documents and nothing else: what is in the other times, too."""
    for _ in documents(count):
        pass


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--lunr", type=int, default=0)
    parser.add_argument("--pagefind", type=Path)
    asked = parser.parse_args()

    def process(target: Callable[..., None], *given: Any) -> Callable[[], Any]:
        def start() -> Any:
            made = multiprocessing.get_context("spawn").Process(target=target, args=given)
            made.start()
            return made

        return start

    timed("documents alone", asked.count, process(only_documents, asked.count))
    timed(f"ours, {asked.jobs} jobs", asked.count, process(ours, asked.count, asked.folder, asked.jobs))
    if asked.lunr:
        timed("documents alone", asked.lunr, process(only_documents, asked.lunr))
        timed("lunr.py", asked.lunr, process(lunr_py, asked.lunr))
    if asked.pagefind:
        for document in documents(asked.count):
            write_page(document, asked.folder)
        command = [str(asked.pagefind), "--site", str(asked.folder)]
        timed("pagefind", asked.count, lambda: subprocess.Popen(command, stdout=subprocess.DEVNULL))


if __name__ == "__main__":
    main()
