"""The crew: any executor, results in order, few chunks under way."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from operator import neg

import pytest

from reftel.problems import Refusal
from reftel.site import crew as module
from reftel.site.crew import Crew, chunks

# Workers that are started anew cannot import this file: the work is a function of the standard library.


def test_chunks() -> None:
    """All items, in order, the last chunk shorter."""
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("copies", [True, False])
def test_results_come_in_order(jobs: int, copies: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process or two, copies of this one or started anew: the same results in the same order."""
    monkeypatch.setattr(module, "_may_fork", lambda: copies)
    assert list(Crew(jobs).work(neg, range(20))) == [-number for number in range(20)]


def test_workers_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many parts others go on, and the results come in the same order."""
    monkeypatch.setattr(module, "_may_fork", lambda: True)
    assert list(Crew(2).work(neg, range(20), renewed=6)) == [-number for number in range(20)]


def test_little_work_is_done_here() -> None:
    """Few parts start no worker, and what is done here may have its own way."""
    assert list(Crew(4).work(neg, range(3), abs)) == [0, 1, 2]


def test_any_executor_will_do() -> None:
    """An executor of the caller's is used, and not shut down."""
    with ThreadPoolExecutor(2) as executor:
        assert list(Crew(2, executor).work(neg, range(9))) == [-number for number in range(9)]
        assert executor.submit(neg, 4).result() == -4


def test_few_chunks_are_under_way() -> None:
    """Chunks are made as they are needed, so that memory stays bounded."""
    made = 0

    def parts() -> Iterator[int]:
        nonlocal made
        for number in range(1000):
            made += 1
            yield number

    with ThreadPoolExecutor(2) as executor:
        results = Crew(2, executor).work(neg, parts())
        assert next(results) == 0
        assert made <= 7


def test_something_else_is_done_meanwhile() -> None:
    """While workers are busy, steps of something else are done here, as far as it comes; none where nobody waits."""
    steps = iter(range(40))
    with ThreadPoolExecutor(2) as executor:
        found = list(Crew(2, executor).work(partial(_slow, 0.02), range(9), meanwhile=steps))
    assert found == [-number for number in range(9)]
    assert list(steps) == []
    steps = iter(range(40))
    assert list(Crew(1).work(neg, range(9), meanwhile=steps)) == found
    assert len(list(steps)) == 40


def _slow(seconds: float, number: int) -> int:
    time.sleep(seconds)
    return -number


@pytest.mark.parametrize("copies", [True, False])
def test_a_worker_that_dies_is_one_clear_message(copies: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker killed for memory ends the build with a remedy, not with a traceback."""
    monkeypatch.setattr(module, "_may_fork", lambda: copies)
    with pytest.raises(Refusal, match=r"a worker process was killed .* --jobs 1"):
        list(Crew(2).work(os._exit, [9] * 9))


def test_beside_what_goes_on_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function in a copy of this process gives its result, or its error; a copy that is killed is one clear message;
    where there is but one worker, there is none.
    """
    monkeypatch.setattr(module, "_may_fork", lambda: True)
    one = Crew(2).beside(partial(max, 3, 4))
    other = Crew(2).beside(partial(int, "x"))
    stopped = Crew(2).beside(partial(time.sleep, 60))
    assert one and one.result() == 4
    assert other and stopped
    with pytest.raises(ValueError, match="invalid literal"):
        other.result()
    stopped.stop()
    with pytest.raises(Refusal, match="a worker process was killed"):
        Crew(2).beside(partial(os._exit, 9)).result()  # type: ignore[union-attr]
    assert Crew(1).beside(partial(max, 3, 4)) is None
