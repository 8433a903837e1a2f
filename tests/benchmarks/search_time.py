#!/usr/bin/env python3
"""Seconds from a question to its answer in headless Chromium, from http and from disk.

usage: search_time.py SITE [--queries N]

SITE holds `search/`. For one-word, two-word, three-word and phrase queries it prints medians and the 95th percentile,
in milliseconds: first: a fresh browser, from opening the address to the results shown; next: another query in the same
page, whose shards are not loaded yet; again: the same query once more, after all is loaded; engine: of that only the
engine's part (no cards, texts, drawing).
"""

import argparse
import json
import shutil
import statistics
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright
from search_bytes import SEARCH_PAGE, THEME, queries, served

from reftel.search.index import Index

READY = "main[data-search-state=done], main[data-search-state=error]"
ASK = """(query) => new Promise((resolve) => {
  const main = document.querySelector("main"), field = main.querySelector("input"), start = performance.now();
  const watcher = new MutationObserver(() => {
    if (main.dataset.searchState !== "done") return;
    watcher.disconnect();
    resolve(performance.now() - start);
  });
  watcher.observe(main, {attributes: true});
  field.value = query;
  main.querySelector("form").requestSubmit();
})"""
ENGINE = """async (query) => {
  const index = new reftel.Index(reftel.reader("search/"));
  await reftel.engine.search(index, {text: query});
  const start = performance.now();
  const found = await reftel.engine.search(index, {text: query});
  return [performance.now() - start, found.documents.length];
}"""


def measure(browser: Browser, address: str, texts: list[str]) -> dict[str, list[float]]:
    """The times of some queries, by kind."""
    times: dict[str, list[float]] = {"first": [], "next": [], "again": [], "engine": [], "hits": []}
    for text in texts:
        page = browser.new_context().new_page()
        page.goto(f"{address}/search.html?q={quote('moderate')}")
        page.wait_for_selector(READY)
        times["next"].append(page.evaluate(ASK, text))
        times["again"].append(page.evaluate(ASK, text))
        engine, hits = page.evaluate(ENGINE, text)
        times["engine"].append(engine)
        times["hits"].append(hits)
        page.context.close()
        times["first"].append(_first(browser, address, text))
    return times


def _first(browser: Browser, address: str, text: str) -> float:
    page: Page = browser.new_context().new_page()
    page.goto(f"{address}/search.html?q={quote(text)}")
    page.wait_for_selector(READY)
    taken = float(page.evaluate("performance.now()"))
    page.context.close()
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--queries", type=int, default=20)
    asked = parser.parse_args()
    (asked.site / "search.html").write_text(SEARCH_PAGE, encoding="utf-8")
    shutil.copytree(THEME, asked.site / "static", dirs_exist_ok=True)
    index = Index(asked.site / "search")
    made = queries(index, 4 * asked.queries)
    words = [text.split() for text in made["words"]]
    kinds = {
        f"{size} words": [" ".join(text) for text in words if len(text) == size][: asked.queries] for size in (1, 2, 3)
    }
    kinds["phrase"] = made["phrases"][: asked.queries]
    with served(asked.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for where in (address, asked.site.resolve().as_uri()):
            for kind, texts in kinds.items():
                times = measure(browser, where, texts)
                line: dict[str, object] = {
                    "where": where.partition(":")[0],
                    "kind": kind,
                    "cables": index.directory.documents,
                }
                for name, values in times.items():
                    ordered = sorted(values)
                    line[name] = [round(statistics.median(ordered), 1), round(ordered[int(len(ordered) * 0.95)], 1)]
                print(json.dumps(line), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
