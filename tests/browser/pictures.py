"""Make the README's two pictures: a cable page and a month of the timeline of the sample archive.

usage: python tests/browser/pictures.py   (or `make pictures`)
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).resolve().parent.parent.parent
FOLDER = PROJECT / ".github" / "pictures"
PICTURES = {
    "cable": "cable/2006/04/06PORTSORREL206.html",
    "timeline": "timeline/2006-04.html",
}
SIZE = {"width": 1280, "height": 1000}


def main() -> int:
    """Build the sample archive, photograph the two pages, and say how large the pictures are."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium found: install it or set CHROMIUM to its path", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        command = ["reftel", "build", "--content", str(PROJECT / "content"), "--output", str(site)]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for name, address in PICTURES.items():
            page = chromium.new_page(viewport=SIZE)  # type: ignore[arg-type]
            page.goto((site / address).as_uri())
            target = FOLDER / f"{name}.png"
            page.screenshot(path=target)
            print(f"{target.relative_to(PROJECT)}: {target.stat().st_size // 1024} KB")
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
