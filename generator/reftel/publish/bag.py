"""BagIt (RFC 8493): raw content and site in one package that archives can take in and check with their own tools.

data/raw/...     the content folder as it is
data/site/...    the built site
bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import reftel
from reftel.config import Settings
from reftel.publish.bundle import site_files
from reftel.publish.zipping import BundleReport, write_zip

_ESCAPED = {ord("%"): "%25", ord("\r"): "%0D", ord("\n"): "%0A"}
"""What RFC 8493 wants encoded in the paths of a manifest."""


def write_bag(
    content: Path,
    site: Path,
    target: Path,
    name: str,
    settings: Settings,
    progress: Callable[[str, int, int], None] | None = None,
) -> BundleReport:
    """Write a zipped bag; everything in it stands in one folder called `name`. Raises Refusal as `write_zip` does."""
    payload = [(f"data/raw/{inside}", path) for inside, path in _raw(content)]
    payload += [(f"data/site/{address}", path) for address, path in site_files(site)]
    payload.sort()

    def members() -> Iterator[tuple[str, Path | bytes]]:
        lines: list[str] = []
        octets = 0
        for inside, path in payload:
            data = path.read_bytes()
            octets += len(data)
            lines.append(f"{hashlib.sha256(data).hexdigest()}  {inside.translate(_ESCAPED)}\n")
            yield f"{name}/{inside}", data
        tags = {
            "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": _info(settings, octets, len(payload)),
            "manifest-sha256.txt": "".join(lines).encode(),
        }
        sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {tag}\n" for tag, data in tags.items())
        tags["tagmanifest-sha256.txt"] = sums.encode()
        yield from ((f"{name}/{tag}", data) for tag, data in tags.items())

    return write_zip(target, members(), len(payload) + 4, progress)


def _raw(content: Path) -> list[tuple[str, Path]]:
    """The files of the content folder but those behind a dot; a folder that is linked in counts once."""
    found: list[tuple[str, Path]] = []
    seen: set[str] = set()
    for here, folders, files in os.walk(content, followlinks=True):
        if (real := os.path.realpath(here)) in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(here, name) for name in files if not name.startswith("."))
        found += ((path.relative_to(content).as_posix(), path) for path in paths)
    return found


def _info(settings: Settings, octets: int, files: int) -> bytes:
    """The bag's description. It bears no date: a bag of the same content is the same bag."""
    rows = {
        "Source-Organization": settings.publisher,
        "External-Identifier": settings.public_address,
        "External-Description": f"{settings.title}. {settings.description}",
        "Bag-Software-Agent": f"reftel {reftel.__version__}",
        "Payload-Oxum": f"{octets}.{files}",
    }
    return "".join(f"{key}: {' '.join(value.split())}\n" for key, value in rows.items() if value).encode()
