"""Commands about an archive as a whole and its editions: init, edition, diff."""

from pathlib import Path
from typing import Annotated

import typer

from reftel.cli.app import CACHE, CONTENT, Content, Jobs, app
from reftel.problems import Problem, Refusal
from reftel.publish.diff import diff as compare_editions
from reftel.publish.diff_reports import DiffFormat, counts, printed_diff
from reftel.publish.editions import keep_edition
from reftel.publish.init import init as start_archive
from reftel.publish.init import renew_tool
from reftel.site.build import survey
from reftel.site.frame import Site


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder of the new archive.", metavar="DIR")],
    cables: Annotated[
        Path | None, typer.Option("--from", help="Cables to begin with: they are copied.", metavar="DIR|FILE")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="With the fictional sample cables in it.")] = False,
    renew: Annotated[
        bool, typer.Option("--renew-tool", help="Only put this reftel in the place of the archive's own copy of it.")
    ] = False,
) -> None:
    """Begin a new archive: a place for cables, settings, a page about it, and the workflow that publishes it."""
    if renew:
        typer.echo("\n".join(renew_tool(folder)))
        return
    started = start_archive(folder, sample, cables)
    copied = f", {started.cables:,} files of cables copied" if cables else ""
    typer.echo(f"{folder}: {len(started.files)} files made{copied}", err=True)
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder}\n"
    put = "" if sample or cables else "cp -r YOUR-CABLES content/cables/\n"
    typer.echo(f"{where}{put}reftel build")


@app.command()
def edition(
    name: Annotated[str, typer.Argument(help="Its name, such as 2026-11.", metavar="NAME")],
    content: Content = CONTENT,
    date: Annotated[str, typer.Option(help="The day of the edition; else today.", metavar="DATE")] = "",
    jobs: Jobs = 0,
) -> None:
    """Keep what the archive holds now as content/editions/NAME.json, for the page of changes and later comparisons."""
    kept: list[Path] = []

    def keep(site: Site) -> list[Problem]:
        kept.append(keep_edition(content, site, name, date))
        return []

    report = survey(content, jobs=jobs, cache=CACHE, checks=[keep])
    typer.echo(f"{kept[0]}: {report.cables:,} cables", err=True)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="A built site or its bundle.", metavar="OLD")],
    new: Annotated[Path, typer.Argument(help="A later one.", metavar="NEW")],
    form: Annotated[
        DiffFormat, typer.Option("--format", help="For people, job summaries, machines, the web.")
    ] = DiffFormat.text,
    output: Annotated[Path | None, typer.Option(help="Write it there instead of printing it.", metavar="FILE")] = None,
) -> None:
    """Say which cables were added, changed and withdrawn between two editions, word by word."""
    difference = compare_editions(old, new)
    printed = printed_diff(difference, form)
    if output is None:
        typer.echo(printed)
    else:
        try:
            output.write_text(printed + "\n", "utf-8")
        except OSError as error:
            raise Refusal(f"{output}: cannot be written ({error.strerror})") from None
    typer.echo(counts(difference), err=True)
