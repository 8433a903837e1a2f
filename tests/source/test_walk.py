"""Which files of a content folder are read."""

from pathlib import Path

from reftel.problems import Problem
from reftel.source.walk import Candidate, candidates, files, is_sidecar


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def shown(folder: Path) -> list[str]:
    return [found.shown if isinstance(found, Candidate) else str(found) for found in candidates(folder)]


def test_what_is_a_candidate(tmp_path: Path) -> None:
    """Every file is, outside `pages/` and `editions/` at the top, but settings, sidecars and hidden files."""
    write(
        tmp_path,
        "b.txt",
        "a.html",
        "archive.toml",
        "posts.csv",
        ".DS_Store",
        "Thumbs.db",
        "pages/about.md",
        "editions/one.txt",
    )
    write(tmp_path, "cables/x.toml", "cables/x.txt", "cables/pages/y.txt", ".git/config", "cables/.hidden/z.txt")
    assert shown(tmp_path) == ["a.html", "b.txt", "cables/x.txt", "cables/pages/y.txt"]
    found = [one for one in files(tmp_path) if isinstance(one, Candidate)]
    assert [one.shown for one in found if is_sidecar(one)] == ["cables/x.toml"]


def test_order_is_by_name(tmp_path: Path) -> None:
    """Files come before the folders beside them, each sorted by name, capitals first, whatever the disk says."""
    write(tmp_path, "c/2.txt", "b.txt", "c/10.txt", "a/1.txt", "Z.txt")
    assert shown(tmp_path) == ["Z.txt", "b.txt", "a/1.txt", "c/10.txt", "c/2.txt"]


def test_links(tmp_path: Path) -> None:
    """A loop of links ends; a linked folder is read once; a linked file is a file."""
    content = tmp_path / "content"
    write(tmp_path, "content/a/one.txt", "outside/two.txt")
    (content / "a" / "up").symlink_to(content, target_is_directory=True)
    (content / "b").symlink_to(content / "a", target_is_directory=True)
    (content / "c").symlink_to(tmp_path / "outside", target_is_directory=True)
    (content / "d.txt").symlink_to(tmp_path / "outside" / "two.txt")
    (content / "e.txt").symlink_to(tmp_path / "nowhere")
    assert shown(content) == ["d.txt", "e.txt", "a/one.txt", "c/two.txt"]


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    """A file name with bytes that are not UTF-8 is shown with U+FFFD."""
    try:
        write(tmp_path, "caf\udce9.txt")
    except (OSError, UnicodeError):
        return  # this system has no such names
    assert shown(tmp_path) == ["caf\ufffd.txt"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """It is a problem, not an exception."""
    (found,) = candidates(tmp_path / "none")
    assert isinstance(found, Problem)
    assert "cannot be listed" in found.message
