#!/usr/bin/env python3
"""Indexing: seconds and peak memory, ours beside lunr.py's builder and Pagefind, each in a process of its own.

usage: search_build.py COUNT FOLDER [--jobs N] [--lunr COUNT] [--pagefind PATH]

Makes COUNT invented cables (search_documents.py), indexes them into FOLDER/search, and prints one JSON line each for
ours, for an update after one cable has changed or come, for lunr.py (on the first so many cables: it takes the same
fields, with its own tokenizer, trimmer, stop words and stemmer) and for Pagefind on the same cables as plain
pages. Peak memory is the sum over processes at its highest.
"""

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from search_documents import documents, spooled, write_page

from reftel.search.build import build_index
from reftel.search.document import SearchDocument
from reftel.search.fields import FIELDS
from reftel.search.store import put_in
from reftel.search.update import update_index
from reftel.search.work import Source, Work
from reftel.site.crew import Crew

Given = TypeVar("Given")
Done = TypeVar("Done")


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
    """Run a process that `start` starts, to its end; print its figures. Processor time includes its children's."""
    peak, ended = [0], threading.Event()
    begin, used = time.perf_counter(), _processor()
    process = start()
    watcher = threading.Thread(target=watched, args=(process.pid, peak, ended))
    watcher.start()
    status = process.wait() if isinstance(process, subprocess.Popen) else process.join() or process.exitcode
    seconds, processor = time.perf_counter() - begin, _processor() - used
    ended.set()
    watcher.join()
    line = {"what": name, "cables": count, "seconds": round(seconds, 2), "processor": round(processor, 2)}
    ms = round(processor / count * 1000, 3)
    print(json.dumps({**line, "ms_per_cable": ms, "peak_mb": round(peak[0] / 1e6), "status": status}), flush=True)


def _processor() -> float:
    """Seconds that ended children of this process have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ours(source: Source, folder: Path, jobs: int) -> None:
    """Index with our builder, documents read from a file."""
    report = build_index(source, folder / "search", crew_of(jobs))
    print(
        json.dumps({"terms": report.terms, "shards": report.shards, "files": len(report.files), "bytes": report.size})
    )


def crew_of(jobs: int) -> Work:
    """So many processes, as a build starts them."""
    crew = Crew(jobs)

    def work(
        function: Callable[[Given], Done], parts: Iterable[Given], /, here: Callable[[Given], Done] | None = None
    ) -> Iterator[Done]:
        return crew.work(function, list(parts), here)

    return work


def changed(source: Source, folder: Path, jobs: int, add: bool) -> None:
    """The same after one cable in the middle has changed, or come."""
    place = len(source.keys) // 2
    (document,) = source.here([place])
    text = ("par0", "entirely new words: " + document.paragraphs[0][1][:60])
    document = msgspec.structs.replace(document, paragraphs=[document.paragraphs[0], text, *document.paragraphs[1:]])
    if add:
        document = msgspec.structs.replace(document, key="99POST1", mrn="99POST1", address="cable/2009/01/99POST1.html")
        keys = [*source.keys, document.key]
    else:
        keys = list(source.keys)

    def read(places: Sequence[int]) -> list[SearchDocument]:
        return [document if keys[at] == document.key else source.here([at])[0] for at in places]

    put = put_in(folder / "changed")
    now = Source(keys, read, read)
    report = update_index(source.keys, {document.key}, now, folder / "search", put, crew_of(jobs))
    assert report
    print(json.dumps({"files": len(report.files), "bytes": report.size}))


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

    for name in ("search", "changed"):
        shutil.rmtree(asked.folder / name, ignore_errors=True)
    source = spooled(asked.count, asked.folder)
    timed(f"ours, {asked.jobs} jobs", asked.count, process(ours, source, asked.folder, asked.jobs))
    for what in (False, True):
        name = "one cable more" if what else "one cable changed"
        timed(f"{name}, {asked.jobs} jobs", asked.count, process(changed, source, asked.folder, asked.jobs, what))
    if asked.lunr:
        timed("documents for lunr.py alone", asked.lunr, process(only_documents, asked.lunr))
        timed("lunr.py", asked.lunr, process(lunr_py, asked.lunr))
    if asked.pagefind:
        for document in documents(asked.count):
            write_page(document, asked.folder)
        command = [str(asked.pagefind), "--site", str(asked.folder)]
        timed("pagefind", asked.count, lambda: subprocess.Popen(command, stdout=subprocess.DEVNULL))


if __name__ == "__main__":
    main()
