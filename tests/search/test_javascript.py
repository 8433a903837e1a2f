"""The page's scripts, run by Node's own test runner: the tables of `cases/`, and what needs no browser."""

import os
import subprocess
from pathlib import Path

import pytest

JS = Path(__file__).resolve().parent.parent / "js"


@pytest.mark.slow
def test_scripts(node: str, search_folder: Path) -> None:
    """All of `tests/js/*.test.js` pass."""
    files = sorted(str(path) for path in JS.glob("*.test.js"))
    done = subprocess.run(
        [node, "--test", *files],
        env=os.environ | {"REFTEL_SEARCH": str(search_folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# skipped 0" in done.stdout.replace("ℹ", "#"), done.stdout
