"""Which program, library and theme it is that makes something, as a hash: what other ones have made is made again."""

import hashlib
from functools import lru_cache
from pathlib import Path

import deflate

import reftel

CODE = (".py", ".csv", ".html")
PARSERS = (
    "problems.py",
    "source",
    "cable",
    "archive",
    "site/records.py",
    "site/looking.py",
    "site/parsing.py",
    "site/reading.py",
)
"""What a row depends on beside its file."""


def digest(*parts: bytes) -> bytes:
    """One hash of several parts."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        found.update(len(part).to_bytes(8))
        found.update(part)
    return found.digest()


@lru_cache(maxsize=4)
def code_version(theme: Path) -> bytes:
    """A hash of the program, of the library that packs its search data, and of a theme's templates."""
    parts = [deflate.__version__.encode()]
    for top in (Path(reftel.__file__).parent, theme / "templates"):
        for path in sorted(top.rglob("*")):
            if path.suffix in CODE and "static" not in path.parts:
                parts += (path.relative_to(top).as_posix().encode(), path.read_bytes())
    return digest(*parts)


@lru_cache(maxsize=1)
def parser_version() -> str:
    """A hash of the code and vocabulary that turn a file into entries and records."""
    found = hashlib.sha256()
    package = Path(reftel.__file__).parent
    for part in PARSERS:
        top = package / part
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.suffix in (".py", ".csv"):
                found.update(path.relative_to(package).as_posix().encode())
                found.update(path.read_bytes())
    return found.hexdigest()
