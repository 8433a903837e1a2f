"""The theme: each context has its template, and each template uses what its context documents and nothing else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import msgspec
import pytest
from jinja2 import meta, nodes
from markupsafe import Markup
from msgspec.structs import replace

from reftel.problems import Refusal
from reftel.site import contexts
from reftel.site.axes import month_axis
from reftel.site.chart import chart
from reftel.site.drawing import Arc, Mark, draw
from reftel.site.lexer import coloured
from reftel.site.rows import FILTERS
from reftel.site.theme import TEMPLATES, Theme, theme_folder

PAGES = Path(__file__).with_name("theme-pages.json")
"""One page of every kind with every field filled, by the name of its context; drawings are made here."""


def pages() -> Iterator[Any]:
    """The pages of `PAGES`, as contexts."""
    found = json.loads(PAGES.read_text("utf-8"))
    surroundings = found.pop("frame")
    for kind in TEMPLATES:
        values = found[kind.__name__]
        values["frame"] = {**surroundings, **values["frame"]}
        page = msgspec.convert(values, kind, dec_hook=lambda made, text: made(text))
        names = kind.__struct_fields__
        yield replace(page, **{name: drawn for name, drawn in drawings(page).items() if name in names})


def drawings(page: Any) -> dict[str, Markup]:
    """What is drawn on a page, by the name of its field."""
    days = (11, 18, 19)
    marks = [
        Mark(f"07K{day}", "x.html", f"2007-06-{day}T15:02:00Z", "KARLSKAI", str(day), "x", "secret") for day in days
    ]
    marks.append(Mark("07K9", "y.html", "", "LINDHAVEN", "9", "07K9, not held", held=False))
    arcs = [Arc("07K18", "07K11"), Arc("07K19", "07K18"), Arc("07K11", "07K9"), Arc("07K19", "06K1")]
    month = month_axis("2007-06", {"2007-06-18": "#2007-06-18"})
    return {
        "timeline": draw(marks, arcs, focus="07K18", title="A thread"),
        "drawing": draw(marks, arcs, month if type(page) is contexts.TimelinePage else None, title="A drawing"),
        "chart": chart(getattr(page, "bars", ()), "Cables by year"),
        "code": coloured(
            "Reference ID Created Released Classification Origin\n\nE.O. 12958: DECL: N/A\n1. (C) <b>\nNNNN\n"
        ),
    }


CABLE: contexts.CablePage = next(page for page in pages() if type(page) is contexts.CablePage)
LOST: contexts.NotFoundPage = next(page for page in pages() if type(page) is contexts.NotFoundPage)


@pytest.fixture(scope="module")
def theme() -> Theme:
    """The record theme."""
    return Theme(theme_folder())


@pytest.mark.parametrize("page", [*pages()], ids=lambda page: type(page).__name__)
def test_every_context_renders(theme: Theme, page: Any) -> None:
    """Each context renders with its template, undefined being an error, to a page with one h1 and the strict CSP."""
    html = theme.render(page)
    assert html.startswith("<!doctype html>")
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert "default-src 'none'; script-src 'self'" in html
    assert not re.search(r"\sstyle=|<style|<script(?! defer src=| type=.application/ld)|\son[a-z]+=", html)


@pytest.mark.parametrize("page", [*pages()], ids=lambda page: type(page).__name__)
def test_ids_are_unique(theme: Theme, page: Any) -> None:
    """No id stands twice on a page, and every link inside the page finds its target."""
    html = theme.render(page)
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert len(ids) == len(set(ids))
    assert {target for target in re.findall(r'href="#([^"]+)"', html) if not target.startswith("2007-")} <= set(ids)


def test_every_page_context_has_a_template() -> None:
    """A context class named ...Page is a page: it has a template of its own."""
    kinds = {found for name, found in vars(contexts).items() if name.endswith("Page")}
    assert kinds == set(TEMPLATES)


@pytest.mark.parametrize("page", TEMPLATES, ids=lambda page: page.__name__)
def test_templates_use_what_contexts_have(page: type[msgspec.Struct]) -> None:
    """A template names the fields of its context, all of them, and nothing else."""
    folder = theme_folder() / "templates"
    environment = jinja2.Environment(autoescape=True)
    environment.filters |= dict.fromkeys(("visible", "body", "once", *FILTERS), str)
    used: set[str] = set()
    waiting = [TEMPLATES[page]]
    while waiting:
        tree = environment.parse((folder / waiting.pop()).read_text("utf-8"))
        macros = {name for found in tree.find_all(nodes.FromImport) for name in found.names}
        used |= meta.find_undeclared_variables(tree) - macros
        waiting += [name for name in meta.find_referenced_templates(tree) if name and name != "macros.html"]
    assert used - {"csp"} == set(page.__struct_fields__)


def test_hostile_text_is_inert(theme: Theme) -> None:
    """Text from a cable can neither become an element nor leave an attribute; dead characters are replaced."""
    evil = '"><script>alert(1)</script>\x00\u202e\ud800' + "a" * 500
    frame = replace(CABLE.frame, title=evil, site_title=evil)
    html = theme.render(replace(CABLE, subject=evil, mrn=evil, problems=(evil,), hash_tags=(evil,), frame=frame))
    assert "<script>alert" not in html
    assert not re.search("[\x00\u202e\ud800]", html)
    assert "[U+202E]" in html
    html.encode()


def test_a_theme_is_made_ready_step_by_step() -> None:
    """All of its templates: what is then copied compiles none."""
    made_ready, folder = Theme(theme_folder()), theme_folder() / "templates"
    assert list(made_ready.ready()) == sorted(path.name for path in folder.iterdir())
    assert made_ready.render(LOST) == Theme(theme_folder()).render(LOST)


def test_missing_field_is_an_error(tmp_path: Path) -> None:
    """A template that uses what its context does not have stops the build."""
    (tmp_path / "templates").mkdir()
    for name in {"page.html", *TEMPLATES.values()}:
        (tmp_path / "templates" / name).write_text("{{ nowhere }}")
    with pytest.raises(jinja2.UndefinedError):
        Theme(tmp_path).render(LOST)


def test_what_pages_have_alike_is_each_page_s_own(theme: Theme) -> None:
    """What is made once for many pages is made again for a page that gives it other values."""
    first = theme.render(CABLE)
    for changed in ({"notice": "Another"}, {"root": "other/"}, {"site_title": "Another"}, {"search": "x.html?<"}):
        page = replace(CABLE, frame=replace(CABLE.frame, **changed))
        assert first != theme.render(page) == Theme(theme_folder()).render(page)
    assert theme.render(CABLE) == first


def test_what_pages_have_alike_sees_only_what_it_is_given(tmp_path: Path) -> None:
    """A template that is made once cannot depend on the page it is first made for."""
    (tmp_path / "templates").mkdir()
    for name in {"page.html", *TEMPLATES.values()}:
        (tmp_path / "templates" / name).write_text('{{ "part.html" | once(root=frame.root) }}')
    (tmp_path / "templates" / "part.html").write_text("{{ frame.title }}")
    with pytest.raises(jinja2.UndefinedError):
        Theme(tmp_path).render(LOST)


def test_no_theme_is_refused(tmp_path: Path) -> None:
    """A folder without templates is no theme."""
    with pytest.raises(Refusal, match="no theme here"):
        Theme(tmp_path)


def test_custom_css_takes_the_place_of_the_empty_one(theme: Theme, tmp_path: Path) -> None:
    """The operator's content/custom.css is published instead of the theme's."""
    (tmp_path / "custom.css").write_text(":root { --paper: white; }")
    files = dict(theme.static_files(tmp_path))
    assert files["static/css/custom.css"] == tmp_path / "custom.css"
    assert dict(theme.static_files())["static/css/custom.css"].read_text() == ""
    assert [*theme.static_files()] == [*theme.static_files()]
