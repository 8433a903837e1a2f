"""A zip that is the same bytes on any machine: times and modes fixed. It appears under its name only when it is
whole.
"""

import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from reftel.problems import Refusal

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The zip format's first moment: a bundle carries no clock."""
PACKED = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2", ".zip", ".gz", ".whl"})
"""Already compressed: storing them is as small and faster to open."""


class BundleReport(msgspec.Struct, frozen=True):
    """What was written: the file, how many files it holds, its size in bytes."""

    path: Path
    files: int
    size: int


def write_zip(
    target: Path,
    members: Iterable[tuple[str, Path | bytes]],
    count: int = 0,
    progress: Callable[[str, int, int], None] | None = None,
) -> BundleReport:
    """Write the members, (name, file or bytes), in their order. `progress` is told ("bundle", files done, `count`).

    Raises Refusal when the target cannot be written.
    """
    done = 0
    with whole_file(target) as part, zipfile.ZipFile(part, "w") as archive:
        for done, (name, content) in enumerate(members, 1):
            archive.writestr(_member(name), content if isinstance(content, bytes) else content.read_bytes())
            if progress:
                progress("bundle", done, count)
    return BundleReport(target, done, target.stat().st_size)


class whole_file:  # noqa: N801 (used as a function)
    """A context that yields a path to write to, which takes the target's name when all went well."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> Path:
        try:
            self.target.parent.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self.target.parent, prefix=".bundle-", suffix=".part")
            os.close(handle)
        except OSError as error:
            raise Refusal(f"{self.target}: cannot be written ({error.strerror}); choose another --output") from None
        self.part = Path(part)
        return self.part

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if error is None:
                self.part.chmod(0o644)
                self.part.replace(self.target)
        finally:
            self.part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            what = f"{self.target}: cannot be written ({error.strerror}); free some space or choose another --output"
            raise Refusal(what) from None


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, OLDEST)
    info.compress_type = zipfile.ZIP_STORED if Path(name).suffix in PACKED else zipfile.ZIP_DEFLATED
    info.create_system = 3  # Unix, whatever wrote it: the byte stands in the file
    info.external_attr = 0o644 << 16
    return info
