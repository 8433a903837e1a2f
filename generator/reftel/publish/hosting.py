"""What GitHub Pages would refuse, said before it does, with a remedy; and every link of a built site followed.

GitHub's own limits: a site of 1 GB at most, deployed in 10 minutes; its errors beyond them tell nothing. Its artifact
is a tar file: no links, no name of more than 255 bytes, no control characters.
"""

import html
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from reftel.problems import Problem
from reftel.publish.budget import MINUTES, NEAR, SIZE, Budget

NAME = 255
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_ATTRIBUTE = re.compile(r'\s(href|src|id)="([^"]*)"')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def refusals(site: Path, found: Budget) -> list[Problem]:
    """What GitHub Pages would refuse of a site that takes so much, as errors; what comes near its limits, as
    warnings.
    """
    problems = list(_names(site))
    size = f"the site has {found.size / 1e6:,.0f} MB, GitHub Pages takes {SIZE / 1e6:,.0f}"
    remedy = "set data = false in archive.toml, split the archive by years, or use another host"
    if found.size > SIZE:
        problems.append(Problem(site.name, 0, f"{size}: {remedy}", "error"))
    elif found.size > SIZE * NEAR:
        problems.append(Problem(site.name, 0, f"{size}: it will soon be too large; {remedy}"))
    if found.minutes > MINUTES:
        time = f"deploying {found.files:,} files may take {found.minutes:.0f} minutes, GitHub stops after {MINUTES:.0f}"
        problems.append(Problem(site.name, 0, f"{time}; {remedy}"))
    if not (site / "index.html").is_file():
        problems.append(Problem("index.html", 0, "there is no home page: is this a built site?", "error"))
    return problems


def _names(site: Path) -> Iterator[Problem]:
    for path in _files(site):
        inside = path.relative_to(site).as_posix()
        shown = inside.encode("utf-8", "replace").decode()
        if path.is_symlink():
            yield Problem(shown, 0, "is a link, which GitHub Pages refuses: put the file itself there", "error")
        elif len(path.name.encode("utf-8", "surrogateescape")) > NAME:
            yield Problem(shown, 0, f"its name has more than {NAME} bytes: use a shorter one", "error")
        elif not inside.isprintable():
            yield Problem(shown, 0, "its name holds control characters: rename it", "error")


def _files(site: Path) -> Iterator[Path]:
    for path in sorted(site.rglob("*")):
        if not path.is_dir() or path.is_symlink():
            yield path


def broken_links(site: Path) -> list[Problem]:
    """Every link and anchor of the site that leads nowhere. 404.html is left out: its links depend on where it is
    shown. A link to another site beside this one is doubtful where that does not lie there.
    """
    pages = {path.relative_to(site).as_posix(): path for path in _files(site) if path.is_file()}
    ids: dict[str, frozenset[str]] = {}
    links: dict[str, dict[str, int]] = {}
    for address, path in pages.items():
        if address.endswith(".html") and address != "404.html":
            ids[address], links[address] = _scan(path.read_text("utf-8", "replace"))
    return [problem for page, found in links.items() for problem in _broken(site, page, found, pages, ids)]


def _scan(text: str) -> tuple[frozenset[str], dict[str, int]]:
    """The ids of a page, and its links inside the site with the line where each stands first."""
    ids: set[str] = set()
    links: dict[str, int] = {}
    line, at = 1, 0
    for tag in _TAG.finditer(text):
        for name, written in _ATTRIBUTE.findall(tag[0]):
            value = html.unescape(written)
            if name == "id":
                ids.add(value)
            elif value not in links and not _SCHEME.match(value):
                line, at = line + text.count("\n", at, tag.end()), tag.end()
                links[value] = line
    return frozenset(ids), links


def _broken(
    site: Path, page: str, links: dict[str, int], files: dict[str, Path], ids: dict[str, frozenset[str]]
) -> Iterator[Problem]:
    for link, line in links.items():
        path, _, anchor = link.partition("#")
        target = unquote(_target(page, path.partition("?")[0])) if path else page
        if target.startswith("../"):
            if not (site.resolve() / target).exists():
                yield Problem(page, line, f"the link {link} leads to a site that does not lie beside this one")
        elif target not in files:
            yield Problem(page, line, f"the link {link} leads nowhere", "error")
        elif anchor and target in ids and unquote(anchor) not in ids[target]:
            yield Problem(page, line, f"the link {link} leads to a page without that anchor", "error")


def _target(page: str, path: str) -> str:
    """Where a relative link of a page leads, from the top of the site; `../...` for a site beside it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
