"""Prose: the Markdown pages of `content/pages`, rendered and made safe (they come by pull request, from anybody).

A page may begin with TOML between two lines of `+++`:

    +++
    title = "Reading a cable"
    order = 2              # its place in the menu
    menu = "How to read"   # its words there; "" keeps it out of the menu
    request = "1973-1979"  # it tells how to ask for missing cables of these years: "2007", "1980-", "-2010", "all"
    +++

`[the visit](cable:07MOSCOW4307)` and `[his scenario](cable:07MOSCOW4307#par6)` link to a cable and to a paragraph of
it, `[about](about.md)` to another page of prose. Code blocks are coloured by Pygments; tables, footnotes and `[TOC]`
work.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec
from markupsafe import Markup

from reftel.problems import Problem
from reftel.source.decode import decode, what_binary
from reftel.toml import read_toml

_LARGEST = 1 << 20
_FENCE = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_FIRST_HEADING = re.compile(r"\A\s*<h1[^<>]*>.*?</h1>", re.S)
_SLUG = re.compile(r"[^a-z0-9]+")
_EXTENSIONS = ("tables", "fenced_code", "codehilite", "toc", "footnotes", "def_list", "abbr", "sane_lists", "attr_list")
_CONFIGURATION: dict[str, dict[str, object]] = {
    "codehilite": {"guess_lang": False, "css_class": "highlight"},
    "tables": {"use_align_attribute": True},
}
_YEARS = re.compile(r"(\d{4})? ?(-?) ?(\d{4})?")
_CELL = re.compile(r'<(t[dh]) align="(left|center|right)"')


class Target(msgspec.Struct, frozen=True):
    """What a link of a page points to: a cable by its MRN as written, or another page of prose by its slug; `anchor`
    "" for the whole.
    """

    kind: Literal["cable", "page"]
    name: str
    anchor: str = ""


Resolver = Callable[[str, Target], str | None]
"""From the slug of the page that links and what it links to, the address to write, or None where there is no such
thing.
"""


class Prose(msgspec.Struct, frozen=True):
    """A page of prose. `html` is finished and safe; the title does not stand in it again."""

    slug: str
    """From its path: `pages/reading/marks.md` → "reading-marks"."""
    title: str
    html: Markup
    order: int
    menu: str
    """Its words in the menu, "" when it is not in it."""
    path: str
    request: tuple[int, int] | None = None
    """The first and the last year of the missing cables that it tells how to ask for; None: it does not."""


class FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may stand between the two lines of `+++`."""

    title: str = ""
    order: int = 100
    menu: str | None = None
    request: str = ""


class Draft(msgspec.Struct, frozen=True):
    """A page as read, before it is rendered."""

    slug: str
    path: str
    front: FrontMatter
    text: str
    first_line: int
    """The line of the file on which `text` begins."""


def read_prose(content: Path, resolve: Resolver) -> tuple[list[Prose], list[Problem]]:
    """All pages of `content/pages`, by order and title, and what is wrong with them."""
    drafts, problems = read_drafts(content)
    pages = []
    for draft in drafts:
        page, found = render(draft, resolve)
        pages.append(page)
        problems += found
    return sorted(pages, key=lambda page: (page.order, page.title, page.slug)), problems


def read_drafts(content: Path) -> tuple[list[Draft], list[Problem]]:
    """The Markdown files of `content/pages` with their front matter; a second file of the same slug is a Problem."""
    drafts: dict[str, Draft] = {}
    problems: list[Problem] = []
    for path in _markdown_files(content / "pages"):
        shown = path.relative_to(content).as_posix()
        found = _read_draft(path, shown, _slug_of(path.relative_to(content / "pages").as_posix()))
        if isinstance(found, Problem):
            problems.append(found)
        elif found.slug in drafts:
            message = f"its address is that of {drafts[found.slug].path}: rename one of them"
            problems.append(Problem(shown, 0, message, "error"))
        else:
            drafts[found.slug] = found
    return list(drafts.values()), problems


def render(draft: Draft, resolve: Resolver) -> tuple[Prose, list[Problem]]:
    """A page made HTML. A link to a cable or page that is not there becomes plain text, and a Problem with its line."""
    import html  # this and these three libraries are loaded where there are pages

    import markdown

    from reftel.editorial.safe import safe_html

    problems: list[Problem] = []

    def link(address: str) -> str | None:
        target = target_of(address, draft.path)
        if target is None:
            return address
        resolved = resolve(draft.slug, target)
        if resolved is None:
            message = f"links to {address}, which is not here: correct it or remove the link"
            problems.append(Problem(draft.path, _line_of_link(draft, address), message))
        return resolved

    renderer = markdown.Markdown(extensions=list(_EXTENSIONS), extension_configs=_CONFIGURATION)
    try:
        body = renderer.convert(draft.text)
    except (RecursionError, ValueError, IndexError, KeyError, AttributeError):
        problems.append(
            Problem(draft.path, draft.first_line, "cannot be rendered: its Markdown is nested too deeply", "error")
        )
        body = f"<pre>{html.escape(draft.text)}</pre>"
    tokens = getattr(renderer, "toc_tokens", [])
    heading = tokens[0]["name"] if tokens and tokens[0]["level"] == 1 and _FIRST_HEADING.match(body) else ""
    heading = html.unescape(heading)
    title = draft.front.title.strip() or heading or draft.slug.replace("-", " ").capitalize()
    if heading and heading == title:
        body = _FIRST_HEADING.sub("", body, count=1)
    finished = Markup(safe_html(_CELL.sub(r'<\1 class="\2"', body), link).strip())
    menu = draft.front.menu if draft.front.menu is not None else "" if draft.slug == "index" else title
    request = years_of(draft.front.request)
    if request is None and draft.front.request:
        message = f'request: {draft.front.request!r} names no years: write "1973-1979", "1980-", "2007" or "all"'
        problems.append(Problem(draft.path, 1, message, "error"))
    return Prose(draft.slug, title, finished, draft.front.order, menu, draft.path, request), problems


def years_of(written: str) -> tuple[int, int] | None:
    """The first and the last year of "1973-1979", "1980-", "-1979", "2007" or "all"; None for what names no years."""
    if written.strip().lower() == "all":
        return 0, 9999
    found = _YEARS.fullmatch(written.strip())
    if not found or not (found[1] or found[3]):
        return None
    first = int(found[1] or 0)
    last = int(found[3] or 9999) if found[2] else first
    return (first, last) if first <= last else None


def target_of(address: str, path: str) -> Target | None:
    """What a link's address points to if it is to be resolved, None for any other address. `path` is the linking
    file's.
    """
    place, _, anchor = address.partition("#")
    if place.lower().startswith("cable:"):
        return Target("cable", place[6:].strip(), anchor)
    if place.endswith(".md") and ":" not in place and not place.startswith("/"):
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(path), place))
        return Target("page", _slug_of(inside.removeprefix("pages/")), anchor)
    return None


def _markdown_files(folder: Path) -> Iterator[Path]:
    """The Markdown files of a folder and those below it, sorted; hidden ones are not looked at."""
    files = (path for path in folder.rglob("*.md") if path.is_file())
    inside = (path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return iter(sorted(inside, key=lambda path: path.relative_to(folder).as_posix()))


def _slug_of(name: str) -> str:
    return _SLUG.sub("-", name.removesuffix(".md").lower()).strip("-") or "page"


def _read_draft(path: Path, shown: str, slug: str) -> Draft | Problem:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        return Problem(shown, 0, f"cannot be read ({error.strerror}): check its permissions", "error")
    if len(raw) > _LARGEST:
        return Problem(shown, 0, "larger than 1 MB: split it into several pages", "error")
    if what := what_binary(raw[: 1 << 16]):
        return Problem(shown, 0, f"{what}, not Markdown: move it out of pages/", "error")
    text = decode(raw).text
    if text.startswith("---\n"):
        return Problem(shown, 1, "front matter is TOML between two lines of +++: rewrite it", "error")
    fence = _FENCE.match(text)
    if not fence:
        if text.startswith("+++\n"):
            return Problem(shown, 1, "front matter that begins with +++ must end with a line of +++", "error")
        return Draft(slug, shown, FrontMatter(), text, 1)
    front = read_toml(fence[1], FrontMatter, shown, 2)
    if isinstance(front, Problem):
        return front
    return Draft(slug, shown, front, text[fence.end() :], text.count("\n", 0, fence.end()) + 1)


def _line_of_link(draft: Draft, address: str) -> int:
    """The first line of the file that holds a link's address."""
    at = draft.text.find(address)
    return draft.first_line + (draft.text.count("\n", 0, at) if at >= 0 else 0)
