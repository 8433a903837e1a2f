"""Commands that make a site: build, serve. The larger part of the program is loaded when they begin (`app.built`)."""

import sys
import tempfile
import threading
from pathlib import Path

import click
import msgspec

from reftel.cli.app import (
    PATH,
    app,
    built,
    content_option,
    jobs_option,
    public_address_option,
    strict_option,
    tell_problems,
)
from reftel.problems import Refusal
from reftel.publish.budget import SMALL, budget, said
from reftel.publish.reports import profile, summary

UNTIL_THE_END: list[object] = []
"""What `build` leaves in memory: its process ends at once, and taking a large site apart would take a while."""


@app.command()
@content_option
@click.option("--output", type=PATH, default=Path("output"), help="Where the site goes.", metavar="DIR")
@jobs_option
@strict_option
@public_address_option
@click.option(
    "--dask",
    default="",
    show_default=False,
    help="Let the workers of a Dask cluster do it (reftel[dask]).",
    metavar="ADDRESS",
)
@click.option("--report", "report_to", type=PATH, help="Write what was done, by stage, as JSON.", metavar="FILE")
@click.option("--profile", "with_profile", is_flag=True, help="Say what each stage took: seconds, memory, bytes.")
def build(
    content: Path,
    output: Path,
    jobs: int,
    strict: bool,
    public_address: str,
    dask: str,
    report_to: Path | None,
    with_profile: bool,
) -> None:
    """Build the site: one page per cable, threads, timeline, browse pages, search.

    The last good site stays in place until the new one is whole. What it takes by part, and which limit of which host
    is near, is said at the end, of a large site only when much of it has changed.
    """
    report = built(content, output, jobs, public_address, dask=dask, held=UNTIL_THE_END)
    tell_problems(report.problems)
    if report_to:
        report_to.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    if with_profile:
        click.echo(profile(report), err=True)
    if with_profile or report.changed > report.files / 10 or 0 < report.changed <= report.files <= SMALL:
        click.echo(said(budget(output)), err=True)
    click.echo(summary(report, output), err=True)
    sys.exit(1 if strict and report.problems else 0)


@app.command()
@content_option
@click.option("--output", type=PATH, help="Where the site goes; else a temporary folder.", metavar="DIR")
@jobs_option
@click.option("--host", default="127.0.0.1", help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="The port to listen at; 0: any free one.")
def serve(content: Path, output: Path | None, jobs: int, host: str, port: int) -> None:
    """Preview the site over http, and rebuild it whenever the content changes. Ctrl-C ends it."""
    from reftel.publish.preview import open_server  # the server's code is only loaded for it
    from reftel.publish.preview import serve as serve_site

    with tempfile.TemporaryDirectory(prefix="reftel-") as folder:
        site = output or Path(folder) / "site"
        tell_problems(built(content, site, jobs).problems)
        server = open_server(site, host, port)
        click.echo(f"http://{host}:{server.server_address[1]}/  (Ctrl-C ends it)", err=True)

        def rebuild() -> None:
            try:
                built(content, site, jobs, bar=False, pages_first=True)
                server.changes.tell()
                report = built(content, site, jobs, bar=False)
                tell_problems(report.problems)
                click.echo(summary(report, site), err=True)
            except (Refusal, OSError) as error:
                click.echo(f"reftel: {error}; the last good site stays", err=True)

        serve_site(server, [content], rebuild, threading.Event())
