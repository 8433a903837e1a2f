"""What a user would assemble instead: Hugo for the pages and Pagefind for the search, on the same cables."""

from pathlib import Path

from bench import Bench, row
from measured import run

HUGO = """baseURL = "https://example.org/"
title = "x"
disableKinds = ["RSS", "sitemap", "taxonomy", "term", "robotsTXT"]
"""


def peers(bench: Bench, counts: list[int]) -> None:
    """Hugo makes as many pages from Markdown, without parsing anything, and a list for each month; Pagefind indexes
    them. What a cable archive has no use for (a feed and a page for each of Hugo's own kinds) is switched off.
    """
    for count in counts:
        work = bench.folder / f"hugo-{count}"
        bench.put_away(work)
        (work / "layouts" / "_default").mkdir(parents=True)
        start = "<!doctype html><html lang=en><title>{{ .Title }}</title><body>"
        links = "{{ range .Pages }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}"
        (work / "layouts" / "_default" / "single.html").write_text(start + "<main>{{ .Content }}</main>")
        (work / "layouts" / "_default" / "list.html").write_text(start + links)
        (work / "layouts" / "index.html").write_text(start + links.replace(".Pages", ".Site.Sections"))
        (work / "config.toml").write_text(HUGO)
        for path in bench.corpus(count).rglob("*.txt"):
            month = f"{path.parent.parent.name}-{path.parent.name}"
            _write_markdown(path.read_text(), work / "content" / month / f"{path.stem.lower()}.md")
        site = work / "public"
        hugo = (bench.hugo, "--quiet", "--source", work, "--destination", site)
        print(row("Hugo", count, run(hugo, work), {}), flush=True)
        changed = next((work / "content").rglob("*.md"))
        changed.write_text(changed.read_text() + "\nOne more line.\n")
        print(row("Hugo, one changed", count, run(hugo, work), {}), flush=True)
        if bench.pagefind:
            print(row("Pagefind", count, run((bench.pagefind, "--site", site), work), {}), flush=True)


def _write_markdown(text: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    front = f'---\ntitle: "{target.stem}"\ndate: {text.split()[7]}\n---\n'
    target.write_text(front + text.partition("SUBJECT: ")[2])
