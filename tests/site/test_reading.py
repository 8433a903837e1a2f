"""Reading: every file once, its problems with it, and a large file as a stream."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reftel.site import looking, parsing, reading
from reftel.site.crew import Crew
from reftel.site.reading import Gathered, begin_reading, gather
from reftel.site.records import made_by, open_records
from reftel.source.looks import Look
from reftel.source.walk import Candidate

Telex = Callable[..., str]


def gathered(content: Path, cache: Path, crew: Crew | None = None) -> Gathered:
    with begin_reading(content, cache, crew or Crew(1)) as begun:
        found = gather(begun, lambda done, whole: None)
        for entry in found.entries:
            assert begun.records.read(entry.key).cable.mrn == entry.mrn
        return found


@pytest.fixture
def content(tmp_path: Path, telex: Telex) -> Path:
    """A folder of two cables and a file that is none."""
    folder = tmp_path / "content"
    folder.mkdir()
    folder.joinpath("a.txt").write_text(telex("09OSLO12", "2009-03-01 10:00", ["Words."]))
    folder.joinpath("b.txt").write_text(telex("09OSLO13", "2009-03-02 10:00", ["Words."]))
    folder.joinpath("c.txt").write_text("no cable")
    return folder


def test_what_was_read_once_is_found_in_the_cache(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time nothing is parsed, and entries and problems are the same."""
    first = gathered(content, tmp_path / "cache")
    assert [entry.mrn for entry in first.entries] == ["09OSLO12", "09OSLO13"]
    assert {problem.path for problem in first.problems} == {"c.txt"}

    def never(*given: object) -> None:
        raise AssertionError("parsed again")

    monkeypatch.setattr(parsing, "parse", never)
    assert gathered(content, tmp_path / "cache") == first


def test_a_changed_or_moved_file_is_read_again(content: Path, tmp_path: Path) -> None:
    """Its bytes and its path are what a row depends on."""
    gathered(content, tmp_path / "cache")
    (content / "b.txt").rename(content / "d.txt")
    found = gathered(content, tmp_path / "cache")
    assert [entry.path for entry in found.entries] == ["a.txt", "d.txt"]


def test_how_files_looked_is_kept_with_what_was_read(content: Path, tmp_path: Path) -> None:
    """Also by a build that ends before all is read; but not of a file that was changed in the moment of its reading."""
    looks = [Look(2, 10**18, 10**18, 7), Look(2, time.time_ns(), 10**18, 8)]
    assert [look.settled for look in looks] == [looks[0].text, ""]
    with open_records(tmp_path / "cache") as records:
        some = [
            Candidate(str(content / name), name, look) for name, look in zip(("a.txt", "b.txt"), looks, strict=True)
        ]
        records.keep(parsing.read_chunk(parsing.Files(None, "", some)), made_by(""))
        assert [(path, look) for path, look, _ in records.looks("")] == [("a.txt", looks[0].text)]
        moved = Candidate(str(content / "a.txt"), "a.txt", Look(2, 10**18, 10**18, 9))
        records.keep(parsing.read_chunk(parsing.Files(records.place, "", [moved])), made_by(""))
        assert [(path, look) for path, look, _ in records.looks("")] == [("a.txt", moved.look.text)]


def test_a_failing_parser_takes_one_cable_only(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug becomes one line that asks for a report; the other cables are read."""
    parse = parsing.parse

    def failing(source: object, *more: object) -> object:
        if getattr(source, "path", "") == "a.txt":
            raise IndexError("string index\nout of range")
        return parse(source, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(parsing, "parse", failing)
    found = gathered(content, tmp_path / "cache")
    assert [entry.mrn for entry in found.entries] == ["09OSLO13"]
    assert str(found.problems[0] if found.problems[0].path == "a.txt" else found.problems[1]) == (
        "a.txt:1: error: the parser failed (IndexError: string index out of range); please report it with this file"
    )


def test_a_large_file_is_streamed(content: Path, tmp_path: Path, telex: Telex, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cables of a large file are found as those of a small one, by one process or several."""
    many = "".join(telex(f"09RIGA{number}", "2009-03-01 10:00", ["Words."]) + "\n" for number in range(1, 101))
    (content / "z.txt").write_text(many)
    small = gathered(content, tmp_path / "cache")
    assert len(small.entries) == 102
    monkeypatch.setattr(reading, "LARGE", 3000)
    monkeypatch.setattr(looking, "LARGE", 3000)
    large = gathered(content, tmp_path / "other")
    with ThreadPoolExecutor(2) as executor:
        again = gathered(content, tmp_path / "third", Crew(2, executor))

    def facts(found: Gathered) -> list[tuple[str, str, int]]:
        return [(entry.mrn, entry.path, entry.line) for entry in found.entries]

    assert facts(large) == facts(again) == facts(small)


def test_the_folder_is_looked_at_beside(content: Path, tmp_path: Path, telex: Telex) -> None:
    """Whoever looks which files have changed, and whether what entries say alike is kept once, the same is found."""
    for cache in ("one", "other"):
        gathered(content, tmp_path / cache)
    (content / "a.txt").write_text(telex("09OSLO12", "2009-03-01 10:00", ["Other words."]))
    (content / "b.txt").unlink()
    (content / "d.txt").write_text(telex("09OSLO14", "2009-03-02 10:00", ["Words."]))
    here = gathered(content, tmp_path / "one")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "FEW", 0)
        patch.setattr(reading, "MANY", 0)
        beside = gathered(content, tmp_path / "other", Crew(2))
    assert beside.captions is not None and here.captions is None
    assert beside._replace(captions=None) == here
    assert [entry.path for entry in here.entries] == ["a.txt", "d.txt"]
