"""The theme: from a page's context to its HTML, and the static files that belong to it.

A theme is a folder with `templates/` and `static/`. `themes/record` comes with the package (in a checkout it stands
at the top); the operator's `content/custom.css` takes the place of its empty `static/css/custom.css`.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import jinja2
import msgspec
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context
from markupsafe import Markup, escape

import reftel
from reftel.problems import Refusal
from reftel.site import contexts
from reftel.site.body import body
from reftel.site.markup import strict, visible
from reftel.site.rows import FILTERS

Page = (
    contexts.CablePage
    | contexts.RawPage
    | contexts.ThreadPage
    | contexts.TimelinePage
    | contexts.ListingPage
    | contexts.DirectoryPage
    | contexts.MissingPage
    | contexts.HomePage
    | contexts.HubPage
    | contexts.SearchPage
    | contexts.ProsePage
    | contexts.NotFoundPage
)

TEMPLATES: Mapping[type[msgspec.Struct], str] = {
    contexts.CablePage: "cable.html",
    contexts.RawPage: "raw.html",
    contexts.ThreadPage: "thread.html",
    contexts.TimelinePage: "timeline.html",
    contexts.ListingPage: "listing.html",
    contexts.DirectoryPage: "directory.html",
    contexts.MissingPage: "missing.html",
    contexts.HomePage: "home.html",
    contexts.HubPage: "hub.html",
    contexts.SearchPage: "search.html",
    contexts.ProsePage: "prose.html",
    contexts.NotFoundPage: "404.html",
}

CSP = Markup(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
"""Nothing but the site's own files is loaded or run, and nothing is sent elsewhere."""


def _written(value: Any) -> str:
    """What every output of a template goes through: plain text is freed of what must not stand in a page, and
    escaped.
    """
    if type(value) is str:
        return strict(value)
    return value if type(value) is Markup else escape(value)


class _Writer(CodeGenerator):
    """Calls `_written` where Jinja calls `escape`: that makes a `Markup` of each piece of a page, and of what is one
    already another one, which took a fifth of the rendering.
    """

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write("environment.written(")


class _Environment(jinja2.Environment):
    code_generator_class = _Writer
    written = staticmethod(_written)


def _check(environment: _Environment) -> None:
    """Raises Refusal where Jinja is of a version that does not ask `_Writer`: its pages would not be safe."""
    probe = "<\0"
    if environment.from_string("{{ probe }}").render(probe=probe) != strict(probe):
        raise Refusal(f"jinja2 {jinja2.__version__} is not known to this program: install another version of it")


def _once(environment: _Environment) -> Callable[..., Markup]:
    """The filter that makes a template with the values given, and nothing else in its sight, as HTML: once for all
    pages that give the same.
    """

    @lru_cache(maxsize=1000)
    def once(name: str, **values: object) -> Markup:
        return Markup(environment.get_template(name).render(values))

    return once


class Theme:
    """A theme's templates, ready to render. It holds no state of a build: each process of a build opens its own."""

    def __init__(self, folder: Path) -> None:
        """`folder` holds `templates/` and `static/`. Raises Refusal when it does not."""
        if not (folder / "templates" / "page.html").is_file():
            raise Refusal(f"{folder}: no theme here: a theme has templates/page.html and static/")
        self.folder = folder
        environment = _Environment(
            loader=jinja2.FileSystemLoader(folder / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        once = _once(environment)
        environment.filters = {**environment.filters, "visible": visible, "body": body, "once": once, **FILTERS}
        environment.globals = {"csp": CSP}
        _check(environment)
        self._environment = environment
        self._values = {page: (page.__struct_fields__, attrgetter(*page.__struct_fields__)) for page in TEMPLATES}

    def ready(self) -> Iterator[str]:
        """Compile the templates, one a step, so that copies of this process need not; the others are when they are
        asked for.
        """
        for name in self._environment.list_templates():
            self._environment.get_template(name)
            yield name

    def render(self, page: Page) -> str:
        """The HTML of a page. A template that uses what its context does not have raises jinja2.UndefinedError."""
        names, values = self._values[type(page)]
        found = values(page) if len(names) > 1 else (values(page),)
        environment = self._environment
        template = environment.get_template(TEMPLATES[type(page)])
        seen = {**environment.globals, **dict(zip(names, found, strict=True))}
        # as Template.render does it, without the tables of names that tell the globals from the rest
        context = Context(environment, seen, template.name, template.blocks)
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            environment.handle_exception()

    def bytes_of(self, page: Page) -> bytes:
        """The same as the bytes of its file."""
        return self.render(page).encode("utf-8", "replace")

    def static_files(self, content: Path | None = None) -> Iterator[tuple[str, Path]]:
        """The site's static files in order: (address from the top of the site, file), with the operator's own
        custom.css.
        """
        static = self.folder / "static"
        for path in sorted(static.rglob("*")):
            if not path.is_file():
                continue
            address = path.relative_to(self.folder).as_posix()
            own = content / "custom.css" if content else None
            yield address, own if own and address == "static/css/custom.css" and own.is_file() else path


def theme_folder(name: str = "record") -> Path:
    """Where a theme of the package stands: inside the installed package, else at the top of the checkout."""
    package = Path(reftel.__file__).parent
    for themes in (package / "themes", package.parent.parent / "themes"):
        if (themes / name).is_dir():
            return themes / name
    raise Refusal(f"{package / 'themes' / name}: the theme is missing: install reftel again")
