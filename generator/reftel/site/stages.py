"""The stages of a build as the operator sees them: which one runs, how far it is, how long each took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Progress = Callable[[str, int, int], None]
"""Told (stage, done, in all)."""

Tell = Callable[[int, int], None]
"""Told (done, in all) within a stage."""


class Stages:
    """Seconds by stage, in the order the stages ran; the clock is for the report only and no page sees it."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress

    @contextmanager
    def stage(self, name: str) -> Iterator[Tell]:
        """Run a stage; it yields the function to tell how far it is."""
        start = time.perf_counter()
        yield lambda done, whole: self._progress(name, done, whole) if self._progress else None
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
