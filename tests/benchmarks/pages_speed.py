"""How fast are the 2010 site's pages read, beside what BeautifulSoup takes for the whole page?

    python tests/benchmarks/pages_speed.py

Best of five over the pages of the reference corpus (`REFTEL_REFERENCE`, default `../shared`), in one process.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bs4 import BeautifulSoup

from reftel.source.decode import decode
from reftel.source.page import read_page
from reftel.source.read import read_file

PROJECT = Path(__file__).resolve().parent.parent.parent


def best(work: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def plain(html: str) -> str:
    """The same texts, got the plain way."""
    soup = BeautifulSoup(html.partition("?>")[2], "lxml")
    cells = [cell.get_text() for cell in soup.select("table.cable td")]
    return "".join(cells + [pre.get_text() for pre in soup.find_all("pre")])


def main() -> int:
    """Measure and report."""
    folder = Path(os.environ.get("REFTEL_REFERENCE", PROJECT.parent / "shared")) / "corpus" / "html"
    paths = sorted(folder.glob("*.html"))
    if not paths:
        print(f"no pages in {folder}: set REFTEL_REFERENCE", file=sys.stderr)
        return 2
    pages = [decode(path.read_bytes()).text for path in paths]
    files = len(pages) / best(lambda: [list(read_file(path, path.name)) for path in paths], 5)
    ours = len(pages) / best(lambda: [list(read_page(page)) for page in pages], 5)
    whole = len(pages) / best(lambda: [plain(page) for page in pages], 2)
    print(f"{len(pages)} pages: {files:.0f} files/s from disk to source, {ours:.0f} pages/s without reading")
    print(f"BeautifulSoup on whole pages: {whole:.0f} pages/s; ours is {ours / whole:.1f} times as fast")
    return 0


if __name__ == "__main__":
    sys.exit(main())
