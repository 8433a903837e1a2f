"""The folder of a site's search data: named payloads, each a script."""

import hashlib
import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from reftel.search.packing import USUAL, read_script, script
from reftel.search.work import Put, Written


def put_in(folder: Path) -> Put:
    """Writes plain files into a folder; one that holds the same bytes already is left alone."""
    return partial(_put, folder)


def _put(folder: Path, name: str, data: bytes) -> bool:
    path = os.path.join(folder, name)  # noqa: PTH118 (called a million times)
    try:
        _write_new(path, data)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _write_new(path, data)
    except FileExistsError:
        if Path(path).read_bytes() == data:
            return False
        Path(path).write_bytes(data)
    return True


def _write_new(path: str, data: bytes) -> None:
    with open(path, "xb") as file:  # noqa: PTH123 (the same)
        file.write(data)


@dataclass(slots=True)
class Store:
    """Writes payloads by name ("terms/t-moscow") with `put`, and reads them from `folder`."""

    folder: Path
    put: Put | None = None
    files: list[Written] = field(default_factory=list)
    """The files written."""

    def write(self, name: str, payload: bytes, level: int = USUAL) -> None:
        """Write one payload."""
        data = script(name, payload, level)
        put = self.put or put_in(self.folder)
        changed = put(f"{name}.js", data)
        self.files.append(Written(f"{name}.js", len(data), hashlib.sha256(data).hexdigest(), changed))

    def read(self, name: str) -> bytes:
        """Read one payload; FileNotFoundError where there is none."""
        return read_script(self.folder / f"{name}.js")
