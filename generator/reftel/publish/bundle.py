"""The offline bundle: a site as one zip that works wherever it is unzipped, opened from disk.

The same site gives the same bytes on any machine. `START-HERE.html` stands first.
"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from reftel.config import Settings
from reftel.problems import Refusal
from reftel.publish.start import START
from reftel.publish.zipping import BundleReport, write_zip


def write_bundle(
    site: Path, target: Path, name: str, progress: Callable[[str, int, int], None] | None = None
) -> BundleReport:
    """Zip the built `site` into `target`, everything inside one folder called `name`.

    `progress` is told ("bundle", files done, files in all). Raises Refusal when the target lies inside the site or
    cannot be written.
    """
    if target.resolve().is_relative_to(site.resolve()):
        raise Refusal(f"{target}: the bundle would lie inside the site it holds; choose another --output")
    files = site_files(site)
    return write_zip(target, ((f"{name}/{address}", path) for address, path in files), len(files), progress)


def site_files(site: Path) -> list[tuple[str, Path]]:
    """The files of a built site by their address, `START-HERE.html` first; what begins with a dot is no part of it."""
    found = ((path.relative_to(site), path) for path in site.rglob("*") if path.is_file())
    files = [(inside.as_posix(), path) for inside, path in found if not _hidden(inside)]
    return sorted(files, key=lambda file: (file[0] != START, file[0]))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def bundle_name(settings: Settings) -> str:
    """The folder inside a bundle: the archive's title in letters that every file system takes."""
    plain = unicodedata.normalize("NFKD", settings.title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "archive"
