"""Commands about an archive as a whole and its editions: init, edition, diff."""

from pathlib import Path

import click

from reftel.cli.app import CACHE, PATH, app, content_option, jobs_option
from reftel.problems import Problem, Refusal
from reftel.publish.diff import diff as compare_editions
from reftel.publish.diff_reports import DiffFormat, counts, printed_diff
from reftel.publish.editions import keep_edition
from reftel.publish.init import init as start_archive
from reftel.publish.init import renew_tool
from reftel.site.build import survey
from reftel.site.frame import Site


@app.command()
@click.argument("folder", type=PATH, help="The folder of the new archive.", metavar="DIR")
@click.option("--from", "cables", type=PATH, help="Cables to begin with: they are copied.", metavar="DIR|FILE")
@click.option("--sample", is_flag=True, help="With the fictional sample cables in it.")
@click.option(
    "--renew-tool", "renew", is_flag=True, help="Only put this reftel in the place of the archive's own copy of it."
)
def init(folder: Path, cables: Path | None, sample: bool, renew: bool) -> None:
    """Begin a new archive: a place for cables, settings, a page about it, and the workflow that publishes it."""
    if renew:
        click.echo("\n".join(renew_tool(folder)))
        return
    started = start_archive(folder, sample, cables)
    copied = f", {started.cables:,} files of cables copied" if cables else ""
    click.echo(f"{folder}: {len(started.files)} files made{copied}", err=True)
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder}\n"
    put = "" if sample or cables else "cp -r YOUR-CABLES content/cables/\n"
    click.echo(f"{where}{put}reftel build")


@app.command()
@click.argument("name", help="Its name, such as 2026-11.", metavar="NAME")
@content_option
@click.option("--date", default="", show_default=False, help="The day of the edition; else today.", metavar="DATE")
@jobs_option
def edition(name: str, content: Path, date: str, jobs: int) -> None:
    """Keep what the archive holds now as content/editions/NAME.json, for the page of changes and later comparisons."""
    kept: list[Path] = []

    def keep(site: Site) -> list[Problem]:
        kept.append(keep_edition(content, site, name, date))
        return []

    report = survey(content, jobs=jobs, cache=CACHE, checks=[keep])
    click.echo(f"{kept[0]}: {report.cables:,} cables", err=True)


@app.command()
@click.argument("old", type=PATH, help="A built site or its bundle.", metavar="OLD")
@click.argument("new", type=PATH, help="A later one.", metavar="NEW")
@click.option(
    "--format",
    "form",
    type=click.Choice(DiffFormat),
    default=DiffFormat.text,
    help="For people, job summaries, machines, the web.",
)
@click.option("--output", type=PATH, help="Write it there instead of printing it.", metavar="FILE")
def diff(old: Path, new: Path, form: DiffFormat, output: Path | None) -> None:
    """Say which cables were added, changed and withdrawn between two editions, word by word."""
    difference = compare_editions(old, new)
    printed = printed_diff(difference, form)
    if output is None:
        click.echo(printed)
    else:
        try:
            output.write_text(printed + "\n", "utf-8")
        except OSError as error:
            raise Refusal(f"{output}: cannot be written ({error.strerror})") from None
    click.echo(counts(difference), err=True)
