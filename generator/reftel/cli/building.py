"""Commands that make a site or look at content: build, check, serve."""

import sys
import tempfile
import threading
from enum import StrEnum
from pathlib import Path

import click
import msgspec

from reftel.cli.app import (
    CACHE,
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
from reftel.publish.editions import check_against
from reftel.publish.hosting import broken_links, refusals
from reftel.publish.reports import Format, Progress, printed_problems, profile, summary
from reftel.site.build import survey

UNTIL_THE_END: list[object] = []
"""What `build` leaves in memory: its process ends at once, and taking a large site apart would take a while."""


class Severity(StrEnum):
    """From which problems on `check` fails."""

    warning = "warning"
    error = "error"


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
@jobs_option
@click.option(
    "--format",
    "form",
    type=click.Choice(Format),
    default=Format.text,
    help="For people, machines, or GitHub's annotations.",
)
@click.option(
    "--fail-on",
    type=click.Choice(Severity),
    default=Severity.warning,
    help="From which problems on the exit code is 1.",
)
@click.option(
    "--against",
    type=PATH,
    help="An older edition, whose addresses and anchors must still be there.",
    metavar="SITE|ZIP|JSON",
)
@click.option("--site", type=PATH, help="Look at a built site: links, and what GitHub would refuse.", metavar="DIR")
def check(content: Path, jobs: int, form: Format, fail_on: Severity, against: Path | None, site: Path | None) -> None:
    """Read everything, write nothing, and say what is wrong or doubtful: `path:line: severity: message`.

    With --site, look at a built site instead: links that lead nowhere, and what GitHub Pages would refuse.
    """
    if site:
        if not site.is_dir():
            raise Refusal(f"{site}: no such folder; name a built site")
        taken = budget(site)
        problems = [*refusals(site, taken), *broken_links(site)]
        found = f"{taken.files:,} files, {taken.size / 1e6:,.1f} MB, about {taken.minutes:.1f} minutes to deploy"
    else:
        with Progress() as progress:
            looks = [check_against(content, against)] if against else []
            report = survey(content, jobs=jobs, cache=CACHE, progress=progress, checks=looks)
        problems, found = report.problems, f"{report.cables:,} cables"
    if printed := printed_problems(problems, form, site or content):
        click.echo(printed)
    if form is Format.text:
        click.echo(f"{found}, {len(problems):,} problems", err=True)
    bad = [problem for problem in problems if fail_on is Severity.warning or problem.severity == "error"]
    sys.exit(1 if bad else 0)


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
