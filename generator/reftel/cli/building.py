"""Commands that make a site or look at content: build, check, serve."""

import tempfile
import threading
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from reftel.cli.app import CACHE, CONTENT, OUTPUT, Address, Content, Jobs, Output, Strict, app, built, tell_problems
from reftel.problems import Refusal
from reftel.publish.budget import SMALL, budget, said
from reftel.publish.editions import check_against
from reftel.publish.hosting import broken_links, refusals
from reftel.publish.reports import Format, Progress, printed_problems, profile, summary
from reftel.site.build import survey


class Severity(StrEnum):
    """From which problems on `check` fails."""

    warning = "warning"
    error = "error"


@app.command()
def build(
    content: Content = CONTENT,
    output: Output = OUTPUT,
    jobs: Jobs = 0,
    strict: Strict = False,
    public_address: Address = "",
    dask: Annotated[
        str, typer.Option("--dask", help="Let the workers of a Dask cluster do it (reftel[dask]).", metavar="ADDRESS")
    ] = "",
    report_to: Annotated[
        Path | None, typer.Option("--report", help="Write what was done, by stage, as JSON.", metavar="FILE")
    ] = None,
    with_profile: Annotated[
        bool, typer.Option("--profile", help="Say what each stage took: seconds, memory, bytes.")
    ] = False,
) -> None:
    """Build the site: one page per cable, threads, timeline, browse pages, search.

    The last good site stays in place until the new one is whole. What it takes by part, and which limit of which host
    is near, is said at the end, of a large site only when much of it has changed.
    """
    report = built(content, output, jobs, public_address, dask=dask)
    tell_problems(report.problems)
    if report_to:
        report_to.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    if with_profile:
        typer.echo(profile(report), err=True)
    if with_profile or report.changed > report.files / 10 or 0 < report.changed <= report.files <= SMALL:
        typer.echo(said(budget(output)), err=True)
    typer.echo(summary(report, output), err=True)
    raise typer.Exit(1 if strict and report.problems else 0)


@app.command()
def check(
    content: Content = CONTENT,
    jobs: Jobs = 0,
    form: Annotated[
        Format, typer.Option("--format", help="For people, machines, or GitHub's annotations.")
    ] = Format.text,
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="From which problems on the exit code is 1.")
    ] = Severity.warning,
    against: Annotated[
        Path | None,
        typer.Option(
            help="An older edition, whose addresses and anchors must still be there.", metavar="SITE|ZIP|JSON"
        ),
    ] = None,
    site: Annotated[
        Path | None,
        typer.Option("--site", help="Look at a built site: links, and what GitHub would refuse.", metavar="DIR"),
    ] = None,
) -> None:
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
        typer.echo(printed)
    if form is Format.text:
        typer.echo(f"{found}, {len(problems):,} problems", err=True)
    bad = [problem for problem in problems if fail_on is Severity.warning or problem.severity == "error"]
    raise typer.Exit(1 if bad else 0)


@app.command()
def serve(
    content: Content = CONTENT,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the site goes; else a temporary folder.", metavar="DIR")
    ] = None,
    jobs: Jobs = 0,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at; 0: any free one.", min=0, max=65535)] = 8000,
) -> None:
    """Preview the site over http, and rebuild it whenever the content changes. Ctrl-C ends it."""
    from reftel.publish.preview import open_server  # the server's code is only loaded for it
    from reftel.publish.preview import serve as serve_site

    with tempfile.TemporaryDirectory(prefix="reftel-") as folder:
        site = output or Path(folder) / "site"
        tell_problems(built(content, site, jobs).problems)
        server = open_server(site, host, port)
        typer.echo(f"http://{host}:{server.server_address[1]}/  (Ctrl-C ends it)", err=True)

        def rebuild() -> None:
            try:
                built(content, site, jobs, bar=False, pages_first=True)
                server.changes.tell()
                report = built(content, site, jobs, bar=False)
                tell_problems(report.problems)
                typer.echo(summary(report, site), err=True)
            except (Refusal, OSError) as error:
                typer.echo(f"reftel: {error}; the last good site stays", err=True)

        serve_site(server, [content], rebuild, threading.Event())
