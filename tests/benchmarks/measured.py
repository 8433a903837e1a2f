"""A whole process and all its children, measured: seconds, processor time, the peak of their memory together."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PAGE = os.sysconf("SC_PAGESIZE")
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
"""Whoever has installed the program has its bytecode: with this set, every process would compile it anew."""


class Measured(NamedTuple):
    """What a command took. `resident` and `memory` are bytes, at their largest, of it and its descendants: the sum of
    their resident memory, which counts a page that several share several times, and of their parts of it, which does
    not.
    """

    seconds: float
    processor: float
    memory: int
    resident: int
    code: int
    said: str


def run(command: Sequence[str | Path], folder: Path, more: dict[str, str] | None = None) -> Measured:
    """Run a command in `folder`. Its standard error is kept, and shown when it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env={**{name: value for name, value in os.environ.items() if name != NO_BYTECODE}, **(more or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = _Watch(process.pid)
    watch.start()
    said = process.stderr.read() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    watch.stop()
    if process.returncode:
        print(said[-2000:], file=sys.stderr)
    processor = used.ru_utime + used.ru_stime
    return Measured(seconds, processor, watch.memory, watch.resident, process.returncode, said)


class _Watch(threading.Thread):
    """Looks ten times a second, and once as exactly: that holds up the process it looks at."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.memory, self.resident, self._over = pid, 0, 0, threading.Event()

    def run(self) -> None:
        looks = 0
        while not self._over.wait(0.1):
            looks += 1
            found = descendants(self.pid)
            self.resident = max(self.resident, sum(map(_resident, found)))
            if looks % 10 == 1:
                self.memory = max(self.memory, sum(map(_proportional, found)))

    def stop(self) -> None:
        self._over.set()
        self.join()


def descendants(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:  # it has ended meanwhile
                continue
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0


def _proportional(pid: int) -> int:
    """The bytes of a process in memory; of a page that several share, its part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def folder_size(folder: Path) -> tuple[int, int]:
    """Files below a folder, and their bytes."""
    files = size = 0
    for here, _, names in os.walk(folder):
        files += len(names)
        size += sum(os.lstat(os.path.join(here, name)).st_size for name in names)  # noqa: PTH118 (a million of them)
    return files, size
