"""What `reftel bundle` was asked for, and the writer that makes it: zip, single file, ZIM or bag."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from reftel.archive.selection import Selection
from reftel.config import Settings
from reftel.problems import Refusal
from reftel.publish.bag import write_bag
from reftel.publish.bundle import bundle_name, write_bundle
from reftel.publish.edition import MANIFEST, Manifest
from reftel.publish.single import single_file
from reftel.publish.zim import write_zim
from reftel.publish.zipping import BundleReport, whole_file

FORMS = (".zip", ".html", ".zim")


class Order(msgspec.Struct, frozen=True):
    """What to write, from which content; the part of the archive that the site holds, None for all of it."""

    content: Path
    output: Path
    selection: Selection | None = None
    bag: bool = False
    public_address: str = ""


def fulfil(
    order: Order, site: Path, settings: Settings, progress: Callable[[str, int, int], None] | None = None
) -> BundleReport:
    """Write what was ordered from the built `site`. Raises Refusal when it cannot be made or written."""
    form = order.output.suffix.lower()
    name = bundle_name(settings)
    public = settings.public_address or order.public_address
    if order.bag:
        if form != ".zip" or order.selection:
            raise Refusal("--bag packs the whole content and site: name a .zip and no selection")
        return write_bag(order.content, site, order.output, name, settings, progress)
    if form == ".html":
        html = single_file(site, _single_page(order, site), public)
        with whole_file(order.output) as part:
            part.write_bytes(html)
        return BundleReport(order.output, 1, len(html))
    if form == ".zim":
        return write_zim(site, order.output, settings, _latest(site), progress)
    return write_bundle(site, order.output, name, progress)


def _single_page(order: Order, site: Path) -> str:
    """The page that becomes the single file: that of the thread, or of the only cable."""
    threads = sorted(path for path in (site / "thread").glob("*.html") if path.name != "index.html")
    if order.selection and order.selection.thread and threads:
        if len(threads) > 1:
            raise Refusal(f"{order.selection.thread}: its thread is too long for one file; write a .zip")
        return threads[0].relative_to(site).as_posix()
    cables = [cable.path for cable in _manifest(site).cables]
    if len(cables) != 1:
        raise Refusal(
            f"a single file holds one cable or one thread: name it with --mrn or --thread ({len(cables)} fit)"
        )
    return cables[0]


def _manifest(site: Path) -> Manifest:
    return msgspec.json.decode((site / MANIFEST).read_bytes(), type=Manifest)


def _latest(site: Path) -> str:
    """The month of the latest cable as a date, for what wants one and must not ask the clock."""
    months = [
        path.split("/")[1:3] for path in (cable.path for cable in _manifest(site).cables) if "undated" not in path
    ]
    return "-".join([*max(months), "01"]) if months else "1970-01-01"
