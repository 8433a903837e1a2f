"""The command that looks at content, or at a built site, and makes nothing: check."""

import sys
from enum import StrEnum
from pathlib import Path

import click

from reftel.cli.app import CACHE, PATH, app, content_option, jobs_option
from reftel.problems import Refusal
from reftel.publish.budget import budget
from reftel.publish.editions import check_against
from reftel.publish.hosting import broken_links, refusals
from reftel.publish.reports import Format, Progress, printed_problems
from reftel.site.build import survey


class Severity(StrEnum):
    """From which problems on `check` fails."""

    warning = "warning"
    error = "error"


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
