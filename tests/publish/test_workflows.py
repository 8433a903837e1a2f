"""The workflows, this project's own and those of a new archive: valid, without known weaknesses, pinned by hash."""

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import reftel

PROJECT = Path(__file__).resolve().parents[2]
NEW = Path(reftel.__file__).parent / "publish/new_archive/github/workflows"
WORKFLOWS = sorted([*(PROJECT / ".github/workflows").glob("*.yml"), *NEW.glob("*.yml")])


def tool(name: str) -> str:
    path = shutil.which(name) or str(Path(sys.executable).parent / name)
    if not Path(path).is_file():
        pytest.skip(f"no {name} here")
    return path


def test_they_are_valid() -> None:
    """GitHub's own schema takes them."""
    command = [tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_they_have_no_known_weakness(tmp_path: Path) -> None:
    """zizmor finds nothing in them."""
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    for path in WORKFLOWS:
        shutil.copy(path, folder / f"{path.parents[2].name}-{path.name}")
    command = [tool("zizmor"), "--offline", "--no-progress", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: f"{path.parents[2].name}/{path.name}")
def test_actions_are_pinned_and_permissions_least(path: Path) -> None:
    """Every action is named by a commit's hash with its version beside it; nothing is permitted by default."""
    text = path.read_text("utf-8")
    for used in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used
    assert "permissions: {}\n" in text


def test_nothing_is_installed_by_a_bare_name() -> None:
    """The new archive installs only what its requirements name by hash: a name can be taken by a stranger."""
    for path in NEW.glob("*.yml"):
        for line in re.findall(r".*pip.*install.*", path.read_text("utf-8")):
            assert "--require-hashes" in line and "-r tool/requirements.txt" in line


def test_the_gitlab_job_is_valid(tmp_path: Path) -> None:
    """GitLab's own schema takes the job that the README shows."""
    readme = (PROJECT / "README.md").read_text("utf-8")
    job = re.search(r"^    pages:\n(?:     .*\n)+", readme, re.M)
    assert job
    (tmp_path / ".gitlab-ci.yml").write_text(textwrap.dedent(job[0]))
    command = [tool("check-jsonschema"), "--builtin-schema", "vendor.gitlab-ci", str(tmp_path / ".gitlab-ci.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "--require-hashes" in job[0]
