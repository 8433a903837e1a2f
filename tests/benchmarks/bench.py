"""Builds of invented archives in a folder, as whole processes, each a line of a table."""

import argparse
import json
import shutil
import sys
import time
from pathlib import Path

from corpus_maker import SETTINGS, write_corpus
from measured import Measured, run

BUILD = (sys.executable, "-c", "import sys; from reftel.cli import main; sys.argv[0] = 'reftel'; main()", "build")
COLUMNS = "{:<24} {:>8} {:>9} {:>9} {:>9} {:>9} {:>8}  {}"


class Bench:
    """Builds in a folder."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.folder, self.jobs, self.words = given.folder.resolve(), given.jobs, given.words
        self.hugo, self.pagefind, self.standing = given.hugo, given.pagefind, given.standing
        self.folder.mkdir(parents=True, exist_ok=True)
        self._gone = self.folder / f"gone-{time.time_ns()}"

    def corpus(self, count: int) -> Path:
        """The content folder of so many cables."""
        content = self.folder / f"content-{count}"
        if not (content / "archive.toml").exists():
            shutil.rmtree(content, ignore_errors=True)
            began = time.perf_counter()
            size = write_corpus(content, count, median=self.words, jobs=2)
            speed = count / (time.perf_counter() - began)
            print(f"corpus of {count:,}: {size / 1e6:,.0f} MB, {speed:,.0f} cables a second")
        (content / "archive.toml").write_text(SETTINGS, "utf-8")
        return content

    def build(self, count: int, name: str, *options: str, fresh: bool = False) -> tuple[Measured, dict[str, object]]:
        """Build, from nothing when `fresh`; what it took and what it said of itself."""
        work = self.folder / f"work-{count}"
        work.mkdir(exist_ok=True)
        site = work / "site"
        if fresh:
            for path in (site, work / ".site.reftel-new", work / ".reftel"):
                self.put_away(path)
        given = ("--content", self.corpus(count), "--output", site, "--report", work / "report.json")
        found = run((*BUILD, *given, "--jobs", str(self.jobs), *options), work)
        report = json.loads((work / "report.json").read_text()) if not found.code else {}
        print(row(name, count, found, report), flush=True)
        return found, report

    def put_away(self, path: Path) -> None:
        """Take what an earlier run has made out of the way. It is removed when all is measured (`clear`): after many
        files were removed, ext4 without a journal makes each new one ten times as slowly, for minutes.
        """
        self._gone.mkdir(exist_ok=True)
        if path.exists():
            path.rename(self._gone / str(time.time_ns()))

    def clear(self) -> None:
        """Remove what was put away."""
        shutil.rmtree(self._gone, ignore_errors=True)


def row(name: str, count: int, found: Measured, report: dict[str, object]) -> str:
    """One line of the table."""
    seconds = report.get("seconds", {})
    stages = " ".join(f"{stage} {spent:.1f}" for stage, spent in seconds.items()) if isinstance(seconds, dict) else ""
    more = f"{report.get('changed', 0):,} of {report.get('files', 0):,} files written, " if report else ""
    size = f"{int(str(report.get('size', 0))) / 1e6:,.0f} MB; " if report else ""
    each = f"{1000 * found.processor / count:.1f} ms"
    memory = f"{found.memory / 1e6:,.0f} MB", f"{found.resident / 1e6:,.0f} MB"
    spent = f"{found.seconds:.2f} s", f"{found.processor:.2f} s", *memory
    return COLUMNS.format(name, f"{count:,}", *spent, each, f"{more}{size}{stages}")
