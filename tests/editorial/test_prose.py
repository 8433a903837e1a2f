"""Prose pages in Markdown."""

from pathlib import Path

import pytest

from reftel.editorial.prose import Prose, Target, read_prose, target_of, years_of
from reftel.problems import Problem

HELD = {"07MOSCOW4307": "../cable/2007/08/07MOSCOW4307.html"}


def resolve(slug: str, target: Target) -> str | None:
    """As the site does it: a cable that is held, a page that is there."""
    anchor = f"#{target.anchor}" if target.anchor else ""
    if target.kind == "page":
        return f"{target.name}.html{anchor}" if target.name == "about" else None
    return HELD[target.name] + anchor if target.name in HELD else None


def write(content: Path, text: str, name: str = "about.md") -> None:
    path = content / "pages" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def read(content: Path, text: str, name: str = "about.md") -> tuple[Prose, list[Problem]]:
    write(content, text, name)
    (page,), problems = read_prose(content, resolve)
    return page, problems


def complaints(content: Path, text: str) -> list[str]:
    write(content, text)
    return [str(problem) for problem in read_prose(content, resolve)[1]]


def test_front_matter(tmp_path: Path) -> None:
    """Title, order and words in the menu stand in TOML between two lines of `+++`."""
    page, problems = read(tmp_path, '+++\ntitle = "Of cables"\norder = 2\nmenu = "Cables"\n+++\n\nWords.\n')
    assert (page.slug, page.title, page.order, page.menu, page.path) == (
        "about",
        "Of cables",
        2,
        "Cables",
        "pages/about.md",
    )
    assert page.html == "<p>Words.</p>"
    assert problems == []


@pytest.mark.parametrize(
    ("text", "title", "html"),
    [
        ("# Of *cables* & co\n\nWords.", "Of cables & co", "<p>Words.</p>"),
        ("Of cables\n=========\nWords.", "Of cables", "<p>Words.</p>"),
        ("Words.", "Reading marks", "<p>Words.</p>"),
        ("Words.\n\n# Later", "Reading marks", '<p>Words.</p>\n<h1 id="later">Later</h1>'),
        ('+++\ntitle = "Own"\n+++\n# Other', "Own", '<h1 id="other">Other</h1>'),
        ('+++\ntitle = "Own"\n+++\n# Own', "Own", ""),
    ],
)
def test_titles(tmp_path: Path, text: str, title: str, html: str) -> None:
    """The front matter's title, else the heading the page begins with, else its file name; it is not printed twice."""
    page, _ = read(tmp_path, text, "reading/marks.md")
    assert (page.slug, page.title, page.html) == ("reading-marks", title, html)


def test_menu(tmp_path: Path) -> None:
    """A page stands in the menu by its title unless it says otherwise; the home page does not."""
    for name, text in (("index.md", "# Home"), ("a.md", "# A"), ("b.md", '+++\nmenu = ""\n+++\n# B')):
        write(tmp_path, text, name)
    pages, _ = read_prose(tmp_path, resolve)
    assert [(page.title, page.menu) for page in pages] == [("A", "A"), ("B", ""), ("Home", "")]


def test_order(tmp_path: Path) -> None:
    """By order, then by title."""
    for name, order in (("z", 1), ("a", 2), ("b", 2)):
        write(tmp_path, f"+++\norder = {order}\n+++\n# {name}", f"{name}.md")
    write(tmp_path, "# no order", "0.md")
    assert [page.title for page in read_prose(tmp_path, resolve)[0]] == ["z", "a", "b", "no order"]


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("[visit](cable:07MOSCOW4307)", f'<p><a href="{HELD["07MOSCOW4307"]}">visit</a></p>'),
        ("[visit](cable:07MOSCOW4307#par6)", f'<p><a href="{HELD["07MOSCOW4307"]}#par6">visit</a></p>'),
        ('<a href="cable:07MOSCOW4307">visit</a>', f'<p><a href="{HELD["07MOSCOW4307"]}">visit</a></p>'),
        ("[x](about.md#why)", '<p><a href="about.html#why">x</a></p>'),
        ("[x](https://example.org/a.md)", '<p><a href="https://example.org/a.md">x</a></p>'),
        ("[x](#there)", '<p><a href="#there">x</a></p>'),
        ("[x](../timeline/index.html)", '<p><a href="../timeline/index.html">x</a></p>'),
    ],
)
def test_links(tmp_path: Path, written: str, html: str) -> None:
    """Cables and pages are linked by what they are, everything else as written."""
    page, problems = read(tmp_path, written)
    assert (page.html, problems) == (html, [])


def test_links_to_nothing(tmp_path: Path) -> None:
    """What is not there is reported with its line, and left as plain text."""
    text = '+++\ntitle = "T"\n+++\nOne\n[two](cable:07MOSCOW1)\n\n[three](none.md)'
    page, problems = read(tmp_path, text)
    assert page.html == "<p>One\n<a>two</a></p>\n<p><a>three</a></p>"
    assert [str(problem).split(", which")[0] for problem in problems] == [
        "pages/about.md:5: warning: links to cable:07MOSCOW1",
        "pages/about.md:7: warning: links to none.md",
    ]


@pytest.mark.parametrize(
    ("address", "path", "target"),
    [
        ("cable:07MOSCOW4307#par4", "pages/a.md", Target("cable", "07MOSCOW4307", "par4")),
        ("b.md", "pages/a.md", Target("page", "b")),
        ("../b.md", "pages/deep/a.md", Target("page", "b")),
        ("c.md", "pages/deep/a.md", Target("page", "deep-c")),
        ("b.html", "pages/a.md", None),
        ("/b.md", "pages/a.md", None),
        ("", "pages/a.md", None),
    ],
)
def test_targets(address: str, path: str, target: Target | None) -> None:
    """Addresses are read from where the linking page stands."""
    assert target_of(address, path) == target


def test_what_markdown_knows(tmp_path: Path) -> None:
    """Tables, coloured code, footnotes, a table of contents; headings can be linked to."""
    text = "[TOC]\n\n## Part A\n\n|a|b|\n|-|-:|\n|1|2|\n\n```python\nimport re\n```\n\nNote[^1].\n\n[^1]: Foot.\n"
    html = read(tmp_path, text)[0].html
    assert '<div class="toc">' in html
    assert '<h2 id="part-a">' in html
    assert '<td class="right">2</td>' in html
    assert '<div class="highlight"><pre>' in html
    assert '<span class="kn">import</span>' in html
    assert '<a class="footnote-ref" href="#fn:1"' in html
    assert '<li id="fn:1">' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        '<a href="data:text/html,x">x</a>',
        "<iframe src='https://example.org'></iframe>",
        "<style>body { display: none }</style>",
        "<p style='position: fixed'>x</p>",
        "<form action='https://example.org'><input name=q></form>",
        "<svg onload=alert(1)>",
        "<img src='https://example.org/spy.png'>",
        "![x](//example.org/spy.png)",
        "<details ontoggle=alert(1) open>x</details>",
        "</article></main></body><script src=x></script>",
        "<base href='https://example.org/'>",
        "<meta http-equiv=refresh content='0;url=https://example.org'>",
        "<span class='masthead overlay'>x</span>",
        '## x {: onclick="alert(1)" style="x" }',
        "```html\n<script>alert(1)</script>\n```",
    ],
)
def test_hostile_html_is_inert(tmp_path: Path, hostile: str) -> None:
    """Prose comes from anybody: nothing in it acts, hides the page or reaches another site."""
    html = read(tmp_path, hostile)[0].html.lower()
    for danger in ("<script", "onerror", "onload", "onclick", "ontoggle", "javascript:", "data:", "<iframe", "<style"):
        assert danger not in html
    for danger in ("style=", "<form", "<input", "<svg", "<base", "<meta", "spy.png", "</main", "overlay"):
        assert danger not in html


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('+++\ntitel = "x"\n+++\n', "pages/about.md:2: error: unknown key titel; did you mean title?"),
        ('+++\ntitle = "x"\norder = "y"\n+++\n', "pages/about.md:3: error: order: Expected `int`, got `str`"),
        ("+++\ntitle\n+++\n", "pages/about.md:2: error: not valid TOML: "),
        (
            '+++\ntitle = "x"\n',
            "pages/about.md:1: error: front matter that begins with +++ must end with a line of +++",
        ),
        ("---\ntitle: x\n---\n", "pages/about.md:1: error: front matter is TOML between two lines of +++: rewrite it"),
        ("\x00\x01\x02\x03" * 9, "pages/about.md: error: binary, not Markdown: "),
        ("x" * (1 << 20) + "x", "pages/about.md: error: larger than 1 MB: split it into several pages"),
    ],
)
def test_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    """Each with path and line; the other pages are read."""
    (complaint,) = complaints(tmp_path, text)
    assert complaint.startswith(message)


def test_two_pages_of_one_address(tmp_path: Path) -> None:
    """The second is reported."""
    write(tmp_path, "# A", "a/b.md")
    write(tmp_path, "# B", "a-b.md")
    pages, (problem,) = read_prose(tmp_path, resolve)
    assert [page.title for page in pages] == ["B"]
    assert str(problem) == "pages/a/b.md: error: its address is that of pages/a-b.md: rename one of them"


@pytest.mark.parametrize("text", [">" * 3000 + "x", "[" * 500, "*" * 5000 + "x", "- " * 2000 + "x", "<div>" * 3000])
def test_nested_too_deeply(tmp_path: Path, text: str) -> None:
    """Whatever the Markdown, there is a page, and never an exception."""
    page, _ = read(tmp_path, text)
    assert page.title == "About"


def test_no_pages(tmp_path: Path) -> None:
    """A folder without pages has none."""
    assert read_prose(tmp_path, resolve) == ([], [])


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("all", (0, 9999)),
        ("1973-1979", (1973, 1979)),
        ("1980-", (1980, 9999)),
        ("-1979", (0, 1979)),
        ("2007", (2007, 2007)),
        ("1979-1973", None),
        ("-", None),
        ("lately", None),
    ],
)
def test_request_names_years(written: str, years: tuple[int, int] | None) -> None:
    """A page may tell how to ask for the missing cables of some years."""
    assert years_of(written) == years
