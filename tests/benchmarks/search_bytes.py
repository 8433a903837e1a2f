#!/usr/bin/env python3
"""Bytes over the wire for one query, ours beside Pagefind's, in a real browser with an empty cache.

usage: search_bytes.py SITE [--queries N]

SITE holds `search/` (made by `search_build.py` or by `reftel build`) and, for the comparison, `pagefind/`. A small
server counts what it sends, gzipped where that is smaller. Data (directory, shards, cards, texts; Pagefind's meta,
index, fragments) is counted apart from code (scripts, WebAssembly), which a browser keeps. A query is answered when
the first ten results are shown with their excerpts.
"""

import argparse
import gzip
import json
import random
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, sync_playwright

from reftel.search.index import Index
from reftel.search.words import STOP_WORDS

THEME = Path(__file__).resolve().parents[2] / "themes/record/static"
CODE = (".js", ".pagefind", ".css", ".html", ".json")
SEARCH_PAGE = """<!doctype html><html lang="en"><script defer src="static/js/load.js"></script><script defer
src="static/js/search.js"></script>
<main data-search-state="idle" data-search="search/" data-root=""><form><input name="q"></form><p
role="status"></p><div id="search-error"></div>
<div id="search-tools"></div><div id="search-histogram"></div><div id="search-facets"></div><ol
id="results"></ol><button id="search-more"></button></main>"""
PAGEFIND = """async (query) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const found = await pagefind.search(query);
  await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
  return found.results.length;
}"""


class Counter(SimpleHTTPRequestHandler):
    """Serves a site and notes (path, bytes as sent)."""

    sent: list[tuple[str, int]] = []  # noqa: RUF012 (one server at a time)

    def do_GET(self) -> None:
        """Send a file, gzipped where that is smaller."""
        path = urlsplit(self.path).path
        if path == "/search.html":
            data, kind = SEARCH_PAGE.encode(), "text/html"
        elif path == "/":
            data, kind = b"<!doctype html><title>x</title>", "text/html"
        else:
            file = THEME.parent / path.lstrip("/") if path.startswith("/static/") else Path(self.translate_path(path))
            if not file.is_file():
                self.send_error(404)
                return
            data, kind = file.read_bytes(), self.guess_type(str(file))
        packed = gzip.compress(data, 6)
        smaller = len(packed) < len(data)
        self.sent.append((path, min(len(packed), len(data))))
        self.send_response(200)
        self.send_header("Content-Type", "application/wasm" if path.endswith(".wasm") else kind)
        if smaller:
            self.send_header("Content-Encoding", "gzip")
        body = packed if smaller else data
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site's address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Counter, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def queries(index: Index, count: int) -> dict[str, list[str]]:
    """Words and phrases as they stand in texts: one, two and three words of a paragraph that are no stop words; three
    words in a row.
    """
    draw = random.Random(5)
    made: dict[str, list[str]] = {"words": [], "phrases": []}
    while len(made["words"]) < count:
        card = index.card(draw.randrange(index.directory.documents))
        words = [word.strip(".,;:()") for word in draw.choice(index.text(card.address))[1].split()]
        plain = [word for word in words if word.isalpha() and word.lower() not in STOP_WORDS]
        if len(plain) < 20:
            continue
        made["words"].append(" ".join(draw.sample(plain, draw.choice((1, 2, 2, 3)))))
        start = draw.randrange(len(words) - 3)
        if all(word.isalpha() for word in words[start : start + 3]) and any(
            word in plain for word in words[start : start + 3]
        ):
            made["phrases"].append('"' + " ".join(words[start : start + 3]) + '"')
    return made


def measure(browser: Browser, address: str, query: str, pagefind: bool) -> tuple[int, int, int]:
    """(data bytes, code bytes, results) of one query in a fresh browser context."""
    Counter.sent.clear()
    context = browser.new_context()
    page = context.new_page()
    if pagefind:
        page.goto(address + "/")
        found = int(page.evaluate(PAGEFIND, query))
    else:
        page.goto(f"{address}/search.html?q={quote(query)}")
        page.wait_for_selector("main[data-search-state=done], main[data-search-state=error]", timeout=60_000)
        page.wait_for_timeout(100)
        words = page.inner_text("[role=status]").split()
        found = int(words[0]) if words[0].isdigit() else 0
    context.close()
    code = sum(size for path, size in Counter.sent if path.endswith(CODE) and not path.startswith("/search/"))
    return sum(size for _, size in Counter.sent) - code, code, found


def report(name: str, rows: list[tuple[int, int, int]]) -> dict[str, object]:
    """The figures of one kind of query."""
    data = sorted(row[0] for row in rows)
    return {
        "kind": name, "queries": len(rows), "data_median": int(statistics.median(data)), "data_p95": data[int(len(data)
        * 0.95)], "code": rows[-1][1], "without_result": sum(row[2] == 0 for row in rows),
    }  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--queries", type=int, default=40)
    asked = parser.parse_args()
    made = queries(Index(asked.site / "search"), asked.queries)
    with served(asked.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for kind, texts in made.items():
            print(
                json.dumps(report(f"ours, {kind}", [measure(browser, address, text, False) for text in texts])),
                flush=True,
            )
            if (asked.site / "pagefind").is_dir():
                print(
                    json.dumps(report(f"pagefind, {kind}", [measure(browser, address, text, True) for text in texts])),
                    flush=True,
                )
        browser.close()


if __name__ == "__main__":
    main()
