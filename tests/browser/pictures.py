"""Make the README's pictures: a thread, a month and a cable page of the sample archive, by day and by night.

usage: python tests/browser/pictures.py   (or `make pictures`)
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent.parent
FOLDER = PROJECT / ".github" / "pictures"
WIDTH = 1280


class Picture(NamedTuple):
    """A page of the sample site, and how many pixels of its height are shown."""

    name: str
    address: str
    height: int


PICTURES = (
    Picture("thread", "thread/73PORTSORREL402.html", 1000),
    Picture("month", "timeline/2006-04.html", 900),
    Picture("cable", "cable/2006/04/06PORTSORREL206.html", 1000),
)


def main() -> int:
    """Build the sample archive, photograph its pages, and say how large the pictures are."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("no Chromium found: install it or set CHROMIUM to its path", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        command = ["reftel", "build", "--content", str(PROJECT / "content"), "--output", str(site)]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            for scheme in ("light", "dark"):
                photograph(browser, site, picture, scheme)
        browser.close()
    return 0


def photograph(browser: Browser, site: Path, picture: Picture, scheme: str) -> None:
    """Write `NAME-light.png` or `NAME-dark.png`."""
    size = {"width": WIDTH, "height": picture.height}
    page = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto((site / picture.address).as_uri())
    target = FOLDER / f"{picture.name}-{scheme}.png"
    page.screenshot(path=target)
    page.close()
    print(f"{target.relative_to(PROJECT)}: {target.stat().st_size // 1024} KB")


if __name__ == "__main__":
    sys.exit(main())
