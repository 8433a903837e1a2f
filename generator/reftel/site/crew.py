"""Who does the work: this process alone, or any `concurrent.futures` executor; the results are the same.

Work is a function of a module and a list of chunks of picklable values. Results come in the order of the chunks, and
only a few chunks are under way at a time, so that memory stays bounded.
"""

import ctypes
import gc
import os
import signal
import sys
import threading
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Generic, Literal, Self, TypeVar, cast

from reftel import spare_memory_work
from reftel.problems import Refusal

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

FEW = 2
"""With fewer parts than so many for each worker, none is started."""
AHEAD = 3
"""Parts under way for each worker."""
LOST = ("BrokenProcessPool", "KilledWorker")
"""What executors say when a worker is gone for good: the standard library's, and Dask's after several tries."""
KILLED = "a worker process was killed (was memory short?): try again with --jobs 1"
NOTHING: Iterator[object] = iter(())
"""To be done meanwhile."""
_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG: end when the parent does."""

Given = TypeVar("Given")
Made = TypeVar("Made")
Done = TypeVar("Done")


class Crew:
    """`jobs` worker processes, started when needed. With one job, and for little work, there are none."""

    def __init__(self, jobs: int = 0, executor: "Executor | None" = None) -> None:
        """`jobs` 0 is one for each core; an `executor` of the caller's is used as it is and not shut down."""
        self.jobs = jobs or _cores()
        self._given = executor

    @property
    def is_given(self) -> bool:
        """Whether the work is done by an executor of the caller's."""
        return self._given is not None

    def is_elsewhere(self, parts: int) -> bool:
        """Whether so many parts are worked on by processes that share no memory with this one."""
        return self.is_given or (self._is_much(parts) and not _may_fork())

    def is_copied(self, parts: int) -> bool:
        """Whether so many parts are worked on by copies of this process."""
        return not self.is_given and self._is_much(parts) and _may_fork()

    def beside(self, function: Callable[[], Done]) -> "Beside[Done] | None":
        """Begin a function beside what this process does next; None where there is but one job, or where no copy can
        be made.
        """
        return Beside(function) if self.jobs > 1 and not self.is_given and _may_fork() else None

    def work(
        self,
        function: Callable[[Given], Made],
        parts: Iterable[Given],
        here: Callable[[Given], Made] | None = None,
        renewed: int = 0,
        meanwhile: Iterator[object] = NOTHING,
    ) -> Iterator[Made]:
        """`function` of each part, in order. A few parts are done in this process, sooner than workers could start.

        `here` takes the place of `function` in this process, and in those that are its copies. These share what is in
        memory, until a process counts its own references to it: so they are made anew after so many parts (`renewed`).
        While it waits for workers, this process does steps of what can be done `meanwhile`, as far as it comes.
        Raises Refusal when a worker dies.
        """
        left = iter(parts)
        first = list(islice(left, FEW * self.jobs))
        if self._given:
            yield from self._by(self._given, function, chain(first, left), meanwhile)
        elif not self._is_much(len(first)):
            yield from map(here or function, chain(first, left))
        elif _may_fork():
            for some in chunks(chain(first, left), renewed) if renewed else [chain(first, left)]:
                with _copies(self.jobs, here or function) as pool:
                    yield from self._by(pool, cast("Callable[[Given], Made]", _do), some, meanwhile)
        else:
            with _pool("spawn", self.jobs) as pool:
                yield from self._by(pool, function, chain(first, left), meanwhile)

    def is_few(self, parts: int) -> bool:
        """Whether so few parts are sooner done in this process, though there could be workers."""
        return self.jobs > 1 and self._given is None and not self._is_much(parts)

    def _is_much(self, parts: int) -> bool:
        return self.jobs > 1 and parts >= FEW * self.jobs

    def _by(
        self,
        executor: "Executor",
        function: Callable[[Given], Made],
        parts: Iterable[Given],
        meanwhile: Iterator[object],
    ) -> Iterator[Made]:
        under_way: deque[Future[Made]] = deque()
        try:
            for part in parts:
                under_way.append(executor.submit(function, part))
                if len(under_way) >= AHEAD * self.jobs:
                    yield _result(under_way.popleft(), meanwhile)
            while under_way:
                yield _result(under_way.popleft(), meanwhile)
        except Exception as error:
            if type(error).__name__ not in LOST:
                raise
            raise Refusal(KILLED) from None
        finally:
            for future in under_way:
                future.cancel()


def _result(part: "Future[Made]", meanwhile: Iterator[object]) -> Made:
    """What has become of a part; until that is there, steps of what can be done `meanwhile` are."""
    while not part.done() and next(meanwhile, NOTHING) is not NOTHING:
        pass
    return part.result()


class Beside(Generic[Done]):
    """A function that is at work in a copy of this process, while this one goes on; what it changes in memory stays
    there. As a context it is ended when what goes on beside it fails.
    """

    def __init__(self, function: Callable[[], Done]) -> None:
        context = get_context("fork")
        self._answer, answer = context.Pipe(duplex=False)
        self._process = context.Process(target=_answered, args=(function, answer, os.getpid()), daemon=True)
        self._process.start()
        answer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error:
            self.stop()

    @property
    def is_done(self) -> bool:
        """Whether it need not be waited for."""
        return self._answer.poll()

    def result(self) -> Done:
        """Wait for what the function returns, or raise what it raised. Raises Refusal when the copy was killed."""
        try:
            done, error = self._answer.recv()
        except EOFError:
            raise Refusal(KILLED) from None
        finally:
            self._process.join()
        if error is not None:
            raise error
        return cast("Done", done)

    def stop(self) -> None:
        """End the copy, whatever it is doing."""
        self._process.kill()
        self._process.join()


class Turns(Generic[Given]):
    """Things to do that this process and a copy of it share: each goes to whoever asks first. As a context it ends
    when all are done; not many more than ten thousand fit in.
    """

    def __init__(self, items: Sequence[Given]) -> None:
        self._items = items
        self._places, end = os.pipe()
        os.write(end, array("H", range(len(items))).tobytes())
        os.close(end)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._places)

    def __iter__(self) -> Iterator[Given]:
        while place := os.read(self._places, 2):
            yield self._items[int.from_bytes(place, sys.byteorder)]


def _answered(function: Callable[[], object], answer: Connection, parent: int) -> None:
    _begin(parent, None)
    try:
        answer.send((function(), None))
    except Exception as error:  # it is raised again where the result is asked for
        answer.send((None, error))


def _copies(jobs: int, function: Callable[[Given], Made]) -> "Executor":
    """Processes that are copies of this one: what it has in memory they have, and it is not there twice."""
    gc.freeze()
    try:
        return _pool("fork", jobs, cast("Callable[[object], object]", function))
    finally:
        gc.unfreeze()


def _pool(method: Literal["fork", "spawn"], jobs: int, work: Callable[[object], object] | None = None) -> "Executor":
    """Worker processes. Their code is loaded only now, for it takes a while, and a small change needs none."""
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(jobs, get_context(method), initializer=_begin, initargs=(os.getpid(), work))


def _may_fork() -> bool:
    """Copies are only made where that is safe: on Linux, of a process of one thread."""
    return sys.platform == "linux" and threading.active_count() == 1


_work: Callable[[object], object] | None = None
"""In a copy: what it does."""


def _do(part: object) -> object:
    assert _work is not None
    return _work(part)


def _begin(parent: int, work: Callable[[object], object] | None) -> None:
    """What a worker does first. Ctrl-C is for the process that was called, and when that ends, so do its workers."""
    global _work
    _work = work
    spare_memory_work()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def chunks(items: Iterable[Given], size: int) -> Iterator[list[Given]]:
    """The items in lists of `size`, the last one shorter."""
    left = iter(items)
    while chunk := list(islice(left, size)):
        yield chunk


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
