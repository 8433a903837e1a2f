"""A small invented archive and the site that comes of it: the list of files, and some whole pages.

`UPDATE_GOLDENS=1 pytest tests/site/test_golden.py` writes the goldens anew; look at the difference before you keep it.
"""

import os
from pathlib import Path

import pytest

from reftel.site.build import Report, build

HERE = Path(__file__).resolve().parent
CONTENT = HERE / "golden-content"
GOLDEN = HERE / "golden"
ACTUAL = HERE.parent / "actual" / "site"
PAGES = ["cable/2009/02/09RIGA7.html", "missing/08STATE.html", "thread/09OSLO12.html"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """The golden content's site."""
    folder = tmp_path_factory.mktemp("golden")
    return folder / "site", build(CONTENT, folder / "site", jobs=1, cache=folder / "cache")


def same(name: str, actual: str) -> None:
    """Compare with the golden file of that name; what differs is kept under tests/actual for looking at."""
    golden = GOLDEN / name
    if os.environ.get("UPDATE_GOLDENS"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(actual, "utf-8", newline="\n")
    if not golden.exists() or actual != golden.read_text("utf-8"):
        path = ACTUAL / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, "utf-8", newline="\n")
    assert actual == golden.read_text("utf-8"), f"look at {ACTUAL / name}"


def test_list_of_files(built: tuple[Path, Report]) -> None:
    """The addresses of a site are promises; search data and static files have their own tests."""
    files = sorted(path.relative_to(built[0]).as_posix() for path in built[0].rglob("*") if path.is_file())
    same("files.txt", "".join(f"{name}\n" for name in files if not name.startswith(("search/", "static/"))))


def test_problems(built: tuple[Path, Report]) -> None:
    """What is doubtful is said in one line each: where, what, what to do."""
    same("problems.txt", "".join(f"{problem}\n" for problem in built[1].problems))


@pytest.mark.parametrize("page", PAGES)
def test_page(built: tuple[Path, Report], page: str) -> None:
    """A whole page, byte for byte."""
    same(page, (built[0] / page).read_text("utf-8"))
