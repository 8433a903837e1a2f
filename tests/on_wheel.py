"""Run the suite on a built wheel, with the source tree out of reach: missing package data cannot pass.

usage: python tests/on_wheel.py dist/reftel-*.whl
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TAKEN = ("tests", "content", ".github", "README.md", "CHANGELOG.md")
"""What the tests read beside the package; generator/ and themes/ stay behind."""


def main(wheel: Path) -> int:
    """Copy the tests to an empty folder, install the wheel into an environment of its own there, and run them."""
    if not wheel.is_file():
        print(f"{wheel}: no such wheel; build one with `make wheel`", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder) / "away"
        away.mkdir()
        for name in TAKEN:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, away / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
            else:
                shutil.copy(source, away / name)
        (away / "pyproject.toml").write_text(pytest_settings(), encoding="utf-8")
        python = Path(folder) / "venv" / "bin" / "python"
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([sys.executable, "-m", "venv", str(python.parent.parent)], check=True)
        subprocess.run([*pip, "--require-hashes", "-r", str(PROJECT / "requirements-dev.txt")], check=True)
        subprocess.run([*pip, "--no-deps", str(wheel.resolve())], check=True)
        reference = os.environ.get("REFTEL_REFERENCE", str(PROJECT.parent / "shared"))
        environment = {
            **os.environ,
            "REFTEL_REFERENCE": reference,
            "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        }
        command = [str(python), "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-m", "not tree"]
        return subprocess.run(command, cwd=away, env=environment, check=False).returncode


def pytest_settings() -> str:
    """The pytest part of pyproject.toml, alone: the project's own file would let the tests find the tree."""
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    start = text.index("[tool.pytest.ini_options]")
    end = text.find("\n[", start + 1)
    return text[start : end if end > 0 else len(text)]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) if len(sys.argv) == 2 else 2)
