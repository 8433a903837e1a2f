"""The application that the commands join, the options that several of them share, and what they say."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

import reftel
from reftel.archive.selection import Selection
from reftel.config import read_settings
from reftel.problems import Problem
from reftel.publish.publishers import around, publishers
from reftel.publish.reports import Progress
from reftel.site.build import Report
from reftel.site.build import build as build_site
from reftel.site.cluster import cluster

app = typer.Typer(
    name="reftel",
    help="From a folder of raw diplomatic cables to a static archive site that lasts.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Content = Annotated[
    Path, typer.Option("--content", help="The folder of cables, pages and archive.toml.", metavar="DIR")
]
Output = Annotated[Path, typer.Option("--output", help="Where the site goes.", metavar="DIR")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0: one for each core.", metavar="N")]
Strict = Annotated[bool, typer.Option("--strict", help="Any problem makes the exit code 1.")]
Address = Annotated[
    str,
    typer.Option(
        "--public-address",
        envvar="REFTEL_PUBLIC_ADDRESS",
        help="Where the site will stand on the web, if archive.toml does not say.",
        metavar="URL",
    ),
]

CONTENT = Path("content")
OUTPUT = Path("output")
CACHE = Path(".reftel")


@app.callback(invoke_without_command=True)
def _about(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"reftel {reftel.__version__}")
        raise typer.Exit


def built(
    content: Path,
    output: Path,
    jobs: int,
    address: str = "",
    selection: Selection | None = None,
    bar: bool = True,
    dask: str = "",
    pages_first: bool = False,
) -> Report:
    """Build a site with all that is published with it, showing how far it is; `dask` is the address of a cluster."""
    with Progress() as progress, cluster(dask) if dask else nullcontext() as executor:
        return build_site(
            content,
            output,
            jobs=jobs,
            cache=CACHE,
            progress=progress if bar else None,
            executor=executor,
            public_address=address,
            selection=selection,
            publishers=publishers(content, selection.named() if selection else ""),
            around=around(content, read_settings(content), address),
            pages_first=pages_first,
        )


def tell_problems(problems: Sequence[Problem]) -> None:
    """Problems on standard error, one a line."""
    if problems:
        typer.echo("\n".join(map(str, problems)), err=True)
