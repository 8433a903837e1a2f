"""The folder of a site's search data: named payloads, each a script."""

from dataclasses import dataclass, field
from pathlib import Path

from reftel.search.packing import read_script, script


@dataclass(slots=True)
class Store:
    """Writes and reads payloads by name ("terms/t-moscow"). A file that holds the same bytes already is left alone."""

    folder: Path
    files: list[str] = field(default_factory=list)
    """The files written, relative to the folder."""
    size: int = 0
    """Bytes written."""

    def write(self, name: str, payload: bytes) -> None:
        """Write one payload."""
        path = self.folder / f"{name}.js"
        data = script(name, payload)
        if not (path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.files.append(f"{name}.js")
        self.size += len(data)

    def read(self, name: str) -> bytes:
        """Read one payload; FileNotFoundError where there is none."""
        return read_script(self.folder / f"{name}.js")
