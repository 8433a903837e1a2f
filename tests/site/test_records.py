"""The build cache: kept, found again, thrown away when it is damaged or stale."""

from pathlib import Path

import pytest

from reftel.problems import Problem, Refusal
from reftel.site import records as module
from reftel.site.records import NAME, Found, Parsed, encode, open_records
from reftel.site.versions import parser_version

FOUND = Found([], [Problem("a.txt", 1, "doubtful")])


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    """A second build finds what the first one kept, by its key, and nothing else."""
    with open_records(tmp_path) as records:
        records.keep([Parsed("k1", "a.txt", encode(FOUND), [("k1-0", b"")])], "")
    with open_records(tmp_path) as records:
        assert records.find("k1") == encode(FOUND)
        assert records.find("k2") is None


@pytest.mark.parametrize(
    "damage", [b"not a database, but long enough to be looked at" * 100, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_cache_is_thrown_away(tmp_path: Path, damage: bytes) -> None:
    """It is safe to delete, so it is deleted."""
    tmp_path.joinpath(NAME).write_bytes(damage)
    with open_records(tmp_path) as records:
        records.keep([Parsed("k1", "a.txt", encode(FOUND), [])], "")
        assert records.find("k1") == encode(FOUND)


def test_a_row_of_another_shape_is_not_found(tmp_path: Path) -> None:
    """What cannot be decoded is parsed again."""
    with open_records(tmp_path) as records:
        records.keep([Parsed("k1", "a.txt", b"\xc1", [])], "")
        assert records.find("k1") is None


def test_a_missing_record_drops_the_cache(tmp_path: Path) -> None:
    """A record that should be there and is not: the cache goes, and the message says to run again."""
    with pytest.raises(Refusal, match=r"was damaged .* run the command again"), open_records(tmp_path) as records:
        records.read("nowhere")
    assert not (tmp_path / NAME).exists()


def test_one_build_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build waits, and then says why it cannot go on."""
    monkeypatch.setattr(module, "WAIT", 0.01)
    with open_records(tmp_path), pytest.raises(Refusal, match="is another build running"), open_records(tmp_path):
        pass


def test_a_cache_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """A file where the cache folder should be."""
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="the build cache cannot be used"), open_records(tmp_path / "file"):
        pass


def test_stale_rows_go_once_they_outnumber_the_used(tmp_path: Path) -> None:
    """An editor who changes a cable again and again does not fill the disk; one change throws nothing away."""
    with open_records(tmp_path) as records:
        for key in ("a", "b", "c"):
            records.keep([Parsed(key, "a.txt", encode(FOUND), [(f"{key}-0", b"")])], "")
        records.drop_unused(["a", "b"])
        assert records.find("c")
        records.drop_unused(["a"])
        assert records.find("a")
        assert not records.find("b")
        assert not records.find("c")


def test_the_parsers_version_is_a_hash_of_its_code() -> None:
    """It is the same each time, and a hash."""
    assert parser_version() == parser_version()
    assert len(parser_version()) == 64
