"""The stages of a build as the operator sees them: which one runs, how far it is, what each took."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import active_children
from pathlib import Path

import msgspec

Progress = Callable[[str, int, int], None]
"""Told (stage, done, in all)."""

Tell = Callable[[int, int], None]
"""Told (done, in all) within a stage."""

_EACH = 2.0
"""Seconds between two looks at the memory: each takes some milliseconds of the system's time for each process."""


class Spent(msgspec.Struct):
    """What a stage took."""

    seconds: float = 0.0
    processor: float = 0.0
    """Seconds of processor time, of this process and of its workers; those of a cluster are not counted."""
    memory: int = 0
    """Bytes of memory at its largest, of this process and its workers; what they share is counted once. Linux only."""
    written: int = 0
    """Bytes of the files it made, also of those that were as before."""


class Stages:
    """What each stage took, in the order they ran; it is for the report only, and no page sees it."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.spent: dict[str, Spent] = {}
        self._progress = progress
        self._looked = 0.0

    @contextmanager
    def stage(self, name: str, written: Callable[[], int] = int) -> Iterator[Tell]:
        """Run a stage; it yields the function to tell how far it is. `written` counts the bytes made so far."""
        spent = self.spent.setdefault(name, Spent())
        start, processor, before = time.perf_counter(), _processor_time(), written()

        def tell(done: int, whole: int) -> None:
            if self._progress:
                self._progress(name, done, whole)
            now = time.perf_counter()
            if now > self._looked + _EACH:
                self._looked = now
                spent.memory = max(spent.memory, _memory())

        yield tell
        spent.memory = max(spent.memory, _memory())
        spent.seconds += time.perf_counter() - start
        spent.processor += _processor_time() - processor
        spent.written += written() - before

    @property
    def seconds(self) -> dict[str, float]:
        """Seconds by stage."""
        return {name: spent.seconds for name, spent in self.spent.items()}


def _processor_time() -> float:
    """Of this process and of the workers that have ended."""
    return sum(os.times()[:4])


def _memory() -> int:
    """Bytes of this process and its workers; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    workers = active_children()
    if not workers:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")
    return sum(map(proportional, ("self", *(str(worker.pid) for worker in workers))))


def proportional(process: str) -> int:
    """The bytes of a process in memory; of a page that several share, its part. 0 when it has ended."""
    try:
        lines = Path("/proc", process, "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
