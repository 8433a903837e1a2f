"""Commands about single cables and about a built site's index: parse, inspect, search."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click
import msgspec

from reftel.cable.inspect import inspect as inspected
from reftel.cable.parse import parse as parse_source
from reftel.cli.app import PATH, app, tell_problems
from reftel.problems import Problem, Refusal
from reftel.search.engine import run as run_query
from reftel.source.model import Source
from reftel.source.read import read_file

files_argument = click.argument(
    "files", type=PATH, nargs=-1, required=True, help="Cables in any format that `build` reads.", metavar="FILE..."
)


@app.command()
@files_argument
def parse(files: tuple[Path, ...]) -> None:
    """Print the record of each cable, one JSON object a line."""
    problems = _each_cable(files, lambda source: _write_line(msgspec.json.encode(parse_source(source))))
    tell_problems(problems)
    sys.exit(2 if any(problem.severity == "error" for problem in problems) else 0)


@app.command()
@files_argument
def inspect(files: tuple[Path, ...]) -> None:
    """Show each line of a cable with what it was recognised as and why, its record, and its problems."""
    problems = _each_cable(files, lambda source: _write_line("\n".join(inspected(source)).encode("utf-8", "replace")))
    tell_problems(problems)
    sys.exit(2 if any(problem.severity == "error" for problem in problems) else 0)


@app.command()
@click.argument("output", type=PATH, help="A built site.", metavar="SITE")
@click.argument("query", nargs=-1, required=True, help="What to search for, as on the search page.", metavar="QUERY...")
@click.option("--json", "as_json", is_flag=True, help="A list of {mrn, anchor, score}.")
@click.option("--limit", type=click.IntRange(min=1), default=20, help="How many cables to print.", metavar="N")
def search(output: Path, query: tuple[str, ...], as_json: bool, limit: int) -> None:
    """Ask a built site's search index: the same results as on its search page."""
    hits = run_query(output, " ".join(query))
    if as_json:
        _write_line(msgspec.json.encode(hits))
        return
    for hit in hits[:limit]:
        click.echo(f"{hit.score:8.3f}  {hit.mrn}#{hit.anchor}" if hit.anchor else f"{hit.score:8.3f}  {hit.mrn}")
    click.echo(f"{len(hits):,} cables", err=True)


def _each_cable(files: Iterable[Path], do: Callable[[Source], None]) -> list[Problem]:
    """Call `do` for each cable of the files; the problems of reading them."""
    problems: list[Problem] = []
    for path in files:
        if not path.exists():
            raise Refusal(f"{path}: no such file")
        for found in read_file(path, path.as_posix()):
            if isinstance(found, Problem):
                problems.append(found)
            else:
                do(found)
                problems += found.problems
    return problems


def _write_line(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
