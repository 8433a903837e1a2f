"""A new archive: what stands in it, and that it carries the very program that made it."""

import hashlib
import zipfile
from pathlib import Path

import pytest

import reftel
from reftel.problems import Refusal
from reftel.publish.init import init, renew_tool
from reftel.site.build import build


def test_a_new_archive_builds_at_once(tmp_path: Path) -> None:
    """`init` makes content, workflows, README and .gitignore; a build of it has nothing to complain about."""
    started = init(tmp_path / "my-cables")
    names = set(started.files)
    assert {"content/archive.toml", ".github/workflows/site.yml", "README.md", ".gitignore"} <= names
    assert 'title = "My Cables"' in (tmp_path / "my-cables/content/archive.toml").read_text()
    report = build(tmp_path / "my-cables/content", tmp_path / "site", jobs=1, cache=tmp_path / "cache")
    assert (report.cables, report.problems) == (0, [])


def test_the_tool_is_named_by_its_hash(tmp_path: Path) -> None:
    """The archive carries the program as a wheel; its requirements name it and everything else by hash."""
    init(tmp_path / "a")
    tool = tmp_path / "a/tool"
    wheel = next(tool.glob("*.whl"))
    lines = (tool / "requirements.txt").read_text().splitlines()
    assert lines[0] == f"./tool/{wheel.name} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        record = archive.read(f"reftel-{reftel.__version__}.dist-info/RECORD").decode()
    assert {"reftel/cli/__init__.py", "reftel/themes/record/templates/cable.html", "reftel/requirements.txt"} <= set(
        names
    )
    assert len(record.splitlines()) == len(names)
    init(tmp_path / "b")
    assert (tmp_path / "b/tool" / wheel.name).read_bytes() == wheel.read_bytes()


def test_sample_and_what_is_there_already(tmp_path: Path) -> None:
    """`--sample` adds the fictional cables; a file that stands there is kept; an archive is not begun twice."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/README.md").write_text("mine")
    started = init(tmp_path / "a", sample=True)
    assert started.samples > 20
    assert (tmp_path / "a/README.md").read_text() == "mine"
    assert "Ansel" in (tmp_path / "a/content/archive.toml").read_text()
    with pytest.raises(Refusal, match="archive already"):
        init(tmp_path / "a")


def test_the_tool_can_be_renewed(tmp_path: Path) -> None:
    """A newer program takes the place of the archive's own; no other file is touched."""
    init(tmp_path / "a")
    old = tmp_path / "a/tool/reftel-0.0.1-py3-none-any.whl"
    old.write_bytes(b"")
    assert renew_tool(tmp_path / "a")[1] == f"tool/reftel-{reftel.__version__}-py3-none-any.whl"
    assert not old.exists()
    with pytest.raises(Refusal):
        renew_tool(tmp_path / "nowhere")


def test_cables_come_along(tmp_path: Path) -> None:
    """A folder or a file of cables is copied as it is, folders inside it too; dot files stay behind."""
    raw = tmp_path / "raw"
    (raw / "2009").mkdir(parents=True)
    (raw / "2009/one.txt").write_bytes(b"one\r\n")
    (raw / "cables.csv").write_bytes(b'"1"\n')
    (raw / ".git").mkdir()
    (raw / ".git/config").write_text("")
    started = init(tmp_path / "a", cables=raw)
    assert started.cables == 2
    assert (tmp_path / "a/content/cables/2009/one.txt").read_bytes() == b"one\r\n"
    assert not (tmp_path / "a/content/cables/.git").exists()
    assert init(tmp_path / "b", cables=raw / "cables.csv").cables == 1
    assert (tmp_path / "b/content/cables/cables.csv").is_file()


@pytest.mark.parametrize(
    ("folder", "cables", "message"),
    [
        ("a", "nowhere", "there are no cables"),
        ("raw/a", "raw", "inside the cables"),
        ("raw/one.txt", "raw", "is a file"),
    ],
)
def test_cables_that_cannot_come(tmp_path: Path, folder: str, cables: str, message: str) -> None:
    """Where the cables are not there, or the archive would lie among them, nothing is made."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/one.txt").write_text("")
    with pytest.raises(Refusal, match=message):
        init(tmp_path / folder, cables=tmp_path / cables)
    assert [path.name for path in tmp_path.rglob("*")] == ["raw", "one.txt"]
