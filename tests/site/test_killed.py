"""kill -9 at any moment: the last good site stands, and the next build is a clean one."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reftel.site import output
from reftel.site.build import build

KILLS = int(os.environ.get("REFTEL_KILLS", "12"))
"""The benchmarks ask for 50 and more."""


def bytes_of(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def killed_after(seconds: float, content: Path, folder: Path, jobs: int) -> bool:
    """Build in another process and kill it; whether it was still at work."""
    child = os.fork()
    if not child:
        try:
            build(content, folder / "site", jobs=jobs, cache=folder / "cache")
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_what_a_killed_build_has_made_is_not_the_operators(
    tmp_path: Path, telex: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of a new cable, made by a build that was killed before it stood, does not appear in the site."""
    monkeypatch.setattr(output, "LARGE", 1)
    content = tmp_path / "content"
    content.mkdir()
    for number in range(3):
        (content / f"{number}.txt").write_text(telex(f"09OSLO{number + 1}", "2009-03-01 10:00", ["Words."]))
        build(content, tmp_path / "site", jobs=1, cache=tmp_path / "cache")
    stands = bytes_of(tmp_path / "site")
    (content / "new.txt").write_text(telex("09RIGA1", "2009-03-15 11:00", ["New."]))
    child = os.fork()
    if not child:
        monkeypatch.setattr(output.Output, "swap_changes", lambda *_: os._exit(9))
        build(content, tmp_path / "site", jobs=1, cache=tmp_path / "cache")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert bytes_of(tmp_path / "site") == stands
    (content / "new.txt").unlink()
    build(content, tmp_path / "site", jobs=1, cache=tmp_path / "cache")
    assert bytes_of(tmp_path / "site") == stands


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("large", [1, 2_000], ids=["trees take turns", "small"])
def test_killed_at_any_moment(
    tmp_path: Path, telex: Callable[..., str], monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    """After each kill the old site or the new one stands, whole; built on, it equals a clean build."""
    monkeypatch.setattr(output, "LARGE", large)
    chance = random.Random(large)
    content = tmp_path / "content"
    content.mkdir()
    for number in range(1, 30):
        refs = f"A. OSLO {number - 1}" if number % 3 else ""
        text = telex(f"09OSLO{number}", f"2009-03-{number:02} 10:00", [f"Words {number}."], refs=refs)
        (content / f"{number:02}.txt").write_text(text)
    began = time.perf_counter()
    build(content, tmp_path / "site", jobs=1, cache=tmp_path / "cache")
    longest = time.perf_counter() - began
    stands, killed = bytes_of(tmp_path / "site"), 0
    while killed < KILLS:
        edited = content / f"{chance.randint(1, 29):02}.txt"
        edited.write_text(edited.read_text() + f"\nMore of {killed}.\n")
        if chance.random() < 0.2:
            (content / f"n{killed}.txt").write_text(telex(f"09RIGA{killed}", "2009-03-15 11:00", ["New."]))
        (tmp_path / "site" / "CNAME").write_text("example.org")
        killed += killed_after(longest * chance.random(), content, tmp_path, jobs=chance.choice((1, 2)))
        build(content, tmp_path / "clean", jobs=1, cache=tmp_path / "clean-cache")
        clean = bytes_of(tmp_path / "clean")
        found = bytes_of(tmp_path / "site")
        assert found.pop("CNAME", b"") == b"example.org" or (found in (stands, clean))
        assert found in (stands, clean)
        if chance.random() < 0.5:
            build(content, tmp_path / "site", jobs=1, cache=tmp_path / "cache")
            found = bytes_of(tmp_path / "site")
            assert found.pop("CNAME") == b"example.org"
            assert found == clean
        stands = found
