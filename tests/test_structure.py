"""The shape of the project, held by tests: imports go one way, files stay readable, no machine's path is kept."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "generator" / "reftel"
STAGES = ["problems", "toml", "config", "source", "cable", "archive", "editorial", "search", "site", "publish", "cli"]
ORDER = {stage: (STAGES.index("search") if stage == "site" else place) for place, stage in enumerate(STAGES)}
"""Search and site stand side by side: the site uses the index, the index knows no pages."""

pytestmark = pytest.mark.tree


def imports(path: Path) -> set[str]:
    """The stages that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            if name.startswith("reftel."):
                found.add(name.split(".")[1])
    return found & ORDER.keys()


def test_imports_go_one_way() -> None:
    """A stage imports itself and what stands before it, never what comes after."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        stage = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if stage in ORDER:
            wrong += [f"{path.name} imports {other}" for other in imports(path) if ORDER[other] > ORDER[stage]]
    assert wrong == []


def test_search_knows_no_pages() -> None:
    """The search index is made from records and addresses, not from the site's pages."""
    assert all("site" not in imports(path) for path in (PACKAGE / "search").rglob("*.py"))


def test_files_stay_readable() -> None:
    """A module that grows beyond 300 lines wants to be two."""
    long = [path.name for path in PACKAGE.rglob("*.py") if len(path.read_text(encoding="utf-8").splitlines()) > 300]
    assert long == []


def test_no_drawer_names() -> None:
    """A module is named by what it knows, not as a drawer for the rest."""
    drawers = {"utils", "helpers", "common", "core", "base", "manager", "handler"}
    assert [path.name for path in PACKAGE.rglob("*.py") if path.stem in drawers] == []


def test_no_machine_in_a_tracked_file() -> None:
    """No absolute path of a machine and no registry's host stands in what is committed, lock files included."""
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    telling = re.compile(r"/(?:work|root|home/\w+)/|registry\.npmjs\.org|pypi\.org|files\.pythonhosted\.org")
    wrong = []
    for name in listed.stdout.splitlines():
        path = PROJECT / name
        if path == Path(__file__) or not path.is_file():
            continue
        if telling.search(path.read_text(encoding="utf-8", errors="replace")):
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize(
    ("loaded", "without"),
    [
        ("reftel.cli.building, reftel.publish.publishers, reftel.site.build", "reftel.search.build lunr pygments"),
        ("reftel.cli.building, reftel.publish.publishers, reftel.site.build", "reftel.cable.parse concurrent.futures"),
        ("reftel.site.parsing", "numpy jinja2"),
    ],
)
def test_what_is_seldom_needed_is_not_loaded(loaded: str, without: str) -> None:
    """A small build does not load what only copies of its process use, nor the parser what relates cables."""
    command = [sys.executable, "-c", f"import sys, {loaded}; print(*sys.modules)"]
    modules = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {*without.split()} & {*modules} == set()
