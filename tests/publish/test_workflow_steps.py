"""A new archive's workflows, step by step: a first push, a second one on the kept cache, a pull request, a release."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reftel.publish.init import init

sys.path.insert(0, str(Path(__file__).resolve().parent))
from workflow import Machine

SITE, RELEASE = ".github/workflows/site.yml", ".github/workflows/release.yml"
ME = ["-c", "user.name=An Editor", "-c", "user.email=editor@archive.example"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("git") or not shutil.which("bash"), reason="no git or bash here"),
]


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *ME, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(folder: Path, message: str) -> str:
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def archive(tmp_path: Path, content: Path) -> Path:
    """A freshly begun archive with four cables, committed."""
    folder = tmp_path / "papers"
    init(folder, cables=content / "cables")
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    commit(folder, "The cables")
    return folder


def test_pushes_a_pull_request_and_a_release(archive: Path, tmp_path: Path) -> None:
    """Each run begins with a clean clone; the second has the first one's cache. Only a push is published, under the
    address that Pages has said; the pull request gets a summary of what it changes, and its doubts as annotations.
    """
    first = Machine(archive, tmp_path / "m").run(archive / SITE, "build")
    assert first.uploaded and not first.summary
    page = (first.uploaded / "cable/2009/01/09OSLO12.html").read_text("utf-8")
    assert 'href="https://example.github.io/papers/cable/2009/01/09OSLO12.html"' in page
    sums = (first.uploaded / "SHA256SUMS").read_bytes()

    second = Machine(archive, tmp_path / "m").run(archive / SITE, "build")
    assert second.restored
    assert second.uploaded and (second.uploaded / "SHA256SUMS").read_bytes() == sums

    base = git(archive, "rev-parse", "HEAD")
    cable = archive / "content/cables/09OSLO20.txt"
    (cable.parent / "09OSLO30.txt").write_text(cable.read_text().replace("09OSLO20", "09OSLO30"))
    cable.write_text(cable.read_text().replace("2. (C) Nobody", "3. (C) Somebody"))
    commit(archive, "A new cable, a changed one")
    request = Machine(archive, tmp_path / "m", "pull_request", base).run(archive / SITE, "build")
    assert request.uploaded is None and not request.restored
    assert "09OSLO30" in request.summary and "Somebody" in request.summary
    assert "::warning file=content/cables/09OSLO20.txt,line=" in request.printed

    released = Machine(archive, tmp_path / "m").run(archive / RELEASE, "bundle")
    assert "gh release create v1" in released.printed and "a true copy" in released.printed
