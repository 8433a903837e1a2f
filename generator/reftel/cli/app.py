"""The application that the commands join, the options that several of them share, and what they say."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import reftel
from reftel.config import read_settings
from reftel.problems import Problem
from reftel.publish.reports import Progress
from reftel.site.cluster import cluster
from reftel.site.crew import Crew
from reftel.site.folders import check_folders
from reftel.site.reading import begin_reading

if TYPE_CHECKING:
    from reftel.archive.selection import Selection
    from reftel.site.build import Report

PATH = click.Path(path_type=Path)
CACHE = Path(".reftel")


class Commands(click.Group):
    """The commands: shown in the order they are written, each with its whole first sentence."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        whole = 1000  # characters: more than any sentence has
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.get_short_help_str(whole)) for name, command in self.commands.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """What the command returns. Ctrl-C ends it without a word, with the exit code that shells give to that."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(130)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(reftel.__version__, message="reftel %(version)s", help="Print the version and leave.")
def app() -> None:
    """From a folder of raw diplomatic cables to a static archive site that lasts."""


content_option = click.option(
    "--content",
    type=PATH,
    default=Path("content"),
    help="The folder of cables, pages and archive.toml.",
    metavar="DIR",
)
jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=0),
    default=0,
    help="Worker processes; 0: one for each core.",
    metavar="N",
)
strict_option = click.option("--strict", is_flag=True, help="Any problem makes the exit code 1.")
public_address_option = click.option(
    "--public-address",
    default="",
    show_default=False,
    envvar="REFTEL_PUBLIC_ADDRESS",
    show_envvar=True,
    help="Where the site will stand on the web, if archive.toml does not say.",
    metavar="URL",
)


def built(
    content: Path,
    output: Path,
    jobs: int,
    address: str = "",
    selection: "Selection | None" = None,
    bar: bool = True,
    dask: str = "",
    pages_first: bool = False,
    held: list[object] | None = None,
) -> "Report":
    """Build a site with all that is published with it, showing how far it is; `dask` is the address of a cluster.

    Where little has changed, much of the time goes into loading the program and looking at the folder: the two are done
    side by side, and so most of the program is loaded only here.
    """
    check_folders(content, output)
    settings = read_settings(content)
    with (
        Progress() as progress,
        cluster(dask) if dask else nullcontext() as executor,
        begin_reading(content, CACHE, Crew(jobs, executor)) as reading,
    ):
        from reftel.publish.publishers import around, publishers
        from reftel.site.build import build

        return build(
            content,
            output,
            progress=progress if bar else None,
            public_address=address,
            selection=selection,
            publishers=publishers(content, selection.named() if selection else ""),
            around=around(content, settings, address),
            pages_first=pages_first,
            reading=reading,
            held=held,
        )


def tell_problems(problems: Sequence[Problem]) -> None:
    """Problems on standard error, one a line."""
    if problems:
        click.echo("\n".join(map(str, problems)), err=True)
