"""What a command says about its work: a progress bar for people, problems for people and machines, a closing line."""

import sys
import time
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from reftel.problems import Problem
from reftel.site.stages import Spent

if TYPE_CHECKING:  # what a bar is shown by is loaded before the rest of the program
    from rich.progress import Progress as Bars
    from rich.progress import Task, TaskID

    from reftel.site.build import Report

PER_SECOND = 10
"""How often the bars are drawn."""


class Format(StrEnum):
    """How `reftel check` prints problems."""

    text = "text"
    json = "json"
    github = "github"


class Progress:
    """A bar for each stage of long work, on a terminal only. Call it with (stage, done, all)."""

    def __init__(self) -> None:
        self._bars = _bars() if sys.stderr.isatty() else None
        self._stages = dict[str, "TaskID"]()
        self._shown = 0.0

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars:
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done in a stage."""
        if not self._bars:
            return
        if stage not in self._stages:
            self._stages[stage] = self._bars.add_task(stage, total=total)
        now = time.monotonic()
        if now - self._shown > 1 / PER_SECOND or done == total:
            self._shown = now
            self._bars.update(self._stages[stage], completed=done, total=total, refresh=True)


def _bars() -> "Bars":
    from rich.console import Console  # for people only
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bars
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: "Task") -> Text:
            return Text(
                f"{speed:,.0f}/s" if (speed := task.finished_speed or task.speed) else "", "progress.data.speed"
            )

    return Bars(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,  # a thread of its own would keep workers from being copies of this process
    )


def printed_problems(problems: list[Problem], form: Format, content: Path) -> str:
    """Problems as lines of text, one JSON list, or GitHub's annotations (paths from the working directory)."""
    if form is Format.json:
        return msgspec.json.format(msgspec.json.encode(problems), indent=2).decode()
    if form is Format.github:
        return "\n".join(_annotation(problem, content) for problem in problems)
    return "\n".join(str(problem) for problem in problems)


def _annotation(problem: Problem, content: Path) -> str:
    def value(text: str) -> str:
        return (
            text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
        )

    place = f"file={value((content / problem.path).as_posix())},line={max(1, problem.line)}"
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{problem.severity} {place}::{message}"


def profile(report: "Report") -> str:
    """What each stage of a build took, as a table."""
    row = "{:<10} {:>9} {:>11} {:>11} {:>13}".format
    whole = Spent()
    lines = [row("stage", "seconds", "processor s", "memory MB", "written MB")]
    for name, spent in [*report.stages.items(), ("all", whole)]:
        memory, written = f"{spent.memory / 1e6:,.0f}", f"{spent.written / 1e6:,.1f}"
        lines.append(row(name, f"{spent.seconds:.2f}", f"{spent.processor:.2f}", memory, written))
        whole.seconds += spent.seconds
        whole.processor += spent.processor
        whole.memory = max(whole.memory, spent.memory)
        whole.written += spent.written
    return "\n".join(lines)


def summary(report: "Report", output: Path) -> str:
    """The closing line of a build: cables, pages, references, problems, seconds."""
    seconds = sum(report.seconds.values())
    counted = ((report.cables, "cable"), (report.pages, "page"), (report.resolved, "reference"))
    said = ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in counted)
    problems = len(report.problems)
    return (
        f"{said} resolved, {report.missing:,} missing, {problems:,} problem{'' if problems == 1 else 's'}, "
        f"{seconds:.1f} s → {output / 'index.html'}"
    )
