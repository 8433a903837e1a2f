"""A copy of a published site, to be read: a folder, or an unopened zip. The site may stand below its top."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from reftel.problems import Refusal
from reftel.publish.edition import MANIFEST

READ = 1 << 20


class Damaged(Exception):
    """A file of a copy that cannot be read: its text says why."""


class Copy:
    """The files of a copy by their address. `top` is the folder of the copy that the site stands in, "" or "name/"."""

    def __init__(self, name: str, top: str, sizes: dict[str, int], open_file: Callable[[str], IO[bytes]]) -> None:
        self.name = name
        self.top = top
        self.sizes = sizes
        self._open = open_file

    def read(self, address: str) -> bytes:
        """A whole file. Raises Damaged when it cannot be read, KeyError when it is not there."""
        return b"".join(self.pieces(address))

    def pieces(self, address: str) -> Iterator[bytes]:
        """A file piece by piece."""
        if address not in self.sizes:
            raise KeyError(address)
        try:
            with self._open(self.top + address) as file:
                while piece := file.read(READ):
                    yield piece
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise Damaged(str(error) or type(error).__name__) from None


@contextmanager
def open_copy(path: Path) -> Iterator[Copy]:
    """The copy at `path`. Raises Refusal when it is neither a folder nor a zip, or holds no site."""
    if path.is_dir():
        sizes = dict(_folder(path))
        yield _copy(path, sizes, lambda name: (path / name).open("rb"))
        return
    if not path.is_file():
        raise Refusal(f"{path}: no such folder or zip")
    try:
        with zipfile.ZipFile(path) as archive:
            infos = {info.filename: info for info in archive.infolist() if not info.is_dir()}
            sizes = {name: info.file_size for name, info in infos.items()}
            yield _copy(path, sizes, lambda name: archive.open(infos[name]))
    except zipfile.BadZipFile as error:
        raise Refusal(f"{path}: the zip is damaged or cut off ({error}); get it again") from None


def _copy(path: Path, sizes: dict[str, int], open_file: Callable[[str], IO[bytes]]) -> Copy:
    manifests = sorted((name.count("/"), name) for name in sizes if name.rpartition("/")[2] == MANIFEST)
    pages = sorted((name.count("/"), name) for name in sizes if name.rpartition("/")[2] == "index.html")
    found = manifests or pages
    if not found:
        raise Refusal(f"{path}: no site here: neither {MANIFEST} nor index.html is in it")
    top = found[0][1].rpartition("/")[0]
    top += "/" if top else ""
    inside = {name.removeprefix(top): size for name, size in sizes.items() if name.startswith(top)}
    return Copy(str(path), top, inside, open_file)


def _folder(path: Path) -> Iterator[tuple[str, int]]:
    """The files below a folder; what hides behind a dot at any depth is not part of a site."""
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        if file.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield inside.as_posix(), file.stat().st_size
