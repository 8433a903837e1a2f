"""Commands for what leaves the house: bundle, verify; the selection that `bundle` takes."""

import re
import sys
import tempfile
from pathlib import Path

import click
import msgspec

from reftel.archive.selection import Selection
from reftel.cable.mrn import canonical_mrn
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
from reftel.config import read_settings
from reftel.problems import Refusal
from reftel.publish.bundling import FORMS, Order, fulfil
from reftel.publish.reports import Progress
from reftel.publish.verify import compare
from reftel.publish.verify import verify as verify_copy

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?$")


@app.command()
@content_option
@click.option(
    "--output",
    type=PATH,
    default=Path("archive.zip"),
    help="What to write: .zip, .html (one cable or thread) or .zim.",
    metavar="FILE",
)
@click.option("--thread", help="Only the thread of this cable.", metavar="MRN")
@click.option("--tag", help="Only cables with this TAG.", metavar="TAG")
@click.option("--origin", help="Only cables of this origin.", metavar="NAME")
@click.option("--from", "since", help="Only cables from this day on.", metavar="DATE")
@click.option("--to", "until", help="Only cables up to this day.", metavar="DATE")
@click.option("--mrn", multiple=True, help="Only this cable; may be repeated.", metavar="MRN")
@click.option("--mrn-list", type=PATH, help="Only the cables of this file, an MRN a line.", metavar="FILE")
@click.option("--bag", is_flag=True, help="A BagIt package of content and site.")
@jobs_option
@strict_option
@public_address_option
def bundle(
    content: Path,
    output: Path,
    thread: str | None,
    tag: str | None,
    origin: str | None,
    since: str | None,
    until: str | None,
    mrn: tuple[str, ...],
    mrn_list: Path | None,
    bag: bool,
    jobs: int,
    strict: bool,
    public_address: str,
) -> None:
    """Write the site, or a selection of its cables, as one file that opens from disk, search included."""
    if output.is_dir() or output.suffix.lower() not in FORMS:
        raise Refusal(f"{output}: --output names the file to write, such as archive.zip, thread.html or archive.zim")
    mrns = _mrns([*mrn, *_listed(mrn_list)]) if mrn or mrn_list else None
    selection = Selection(
        thread=_mrns([thread])[0] if thread else None,
        tag=tag,
        origin=origin,
        since=_date(since, "--from"),
        until=_date(until, "--to"),
        mrns=mrns,
    )
    part = selection if selection != Selection() else None
    order = Order(content, output, part, bag, public_address)
    with tempfile.TemporaryDirectory(prefix="reftel-") as folder:
        site = Path(folder) / "site"
        report = built(content, site, jobs, public_address, part)
        with Progress() as progress:
            written = fulfil(order, site, read_settings(content), progress)
    tell_problems(report.problems)
    click.echo(f"{written.path}: {written.files:,} files, {written.size / 1e6:.1f} MB", err=True)
    sys.exit(1 if strict and report.problems else 0)


@app.command()
@click.argument("copy", type=PATH, help="A copy of a site: a folder or a zip.", metavar="PATH|ZIP")
@click.option("--against", type=PATH, help="Another edition to compare it with.", metavar="PATH|ZIP")
@click.option(
    "--key", default="", show_default=False, help="The signer's minisign public key, or its file.", metavar="KEY"
)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def verify(copy: Path, against: Path | None, key: str, as_json: bool) -> None:
    """Say what is missing, changed or foreign in a copy of a site, whoever made the copy; exit code 1 if anything
    is.
    """
    verified = verify_copy(copy, key)
    compared = compare(copy, against) if against else None
    if as_json:
        found = {"copy": verified, "compared": compared} if compared else {"copy": verified}
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
        sys.exit(1 if verified.faults else 0)
    for fault in verified.faults:
        click.echo(str(fault))
    if compared:
        for name in ("cables_added", "cables_removed", "cables_changed", "added", "removed", "changed"):
            for path in getattr(compared, name):
                click.echo(f"{name.replace('_', ' ')}: {path}")
        click.echo("the same edition" if compared.same else "different editions", err=True)
    state = "not a true copy" if verified.faults else "a true copy"
    click.echo(f"{verified.path}: {state} of edition {verified.edition or 'unknown'}", err=True)
    click.echo(f"{verified.files:,} files, {verified.size / 1e6:.1f} MB; {verified.signature}", err=True)
    sys.exit(1 if verified.faults else 0)


def _listed(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}: cannot be read ({error})") from None
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _mrns(written: list[str]) -> tuple[str, ...]:
    """MRNs as the archive writes them."""
    return tuple(dict.fromkeys(canonical_mrn(mrn) or mrn for mrn in written))


def _date(date: str | None, option: str) -> str | None:
    if date and not _DATE.match(date):
        raise Refusal(f"{option} {date}: a date is 2007, 2007-08 or 2007-08-31")
    return date
