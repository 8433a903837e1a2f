"""The program as a wheel, made from the installed package itself: a new archive carries the tool that builds it.

Nothing is asked of any index: a name that nobody holds could be taken by a stranger. The wheel lies in the archive's
own repository, and its hash in the requirements beside it. The same package gives the same bytes.
"""

import base64
import hashlib
import importlib.metadata
from collections.abc import Iterator
from pathlib import Path

import reftel
from reftel.problems import Refusal
from reftel.publish.zipping import write_zip

_WHEEL = "Wheel-Version: 1.0\nGenerator: reftel\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_ENTRIES = "[console_scripts]\nreftel = reftel.cli:main\n\n[pygments.lexers]\ncable = reftel.site.lexer:CableLexer\n"
_SKIPPED = frozenset({"__pycache__", "node_modules"})
DATA = (("themes", "themes"), ("content", "sample"), ("requirements.txt", "requirements.txt"))
"""What stands at the top of a checkout and inside an installed package: (there, here)."""


def wheel_name() -> str:
    return f"reftel-{reftel.__version__}-py3-none-any.whl"


def package_data(name: str) -> Path:
    """A folder or file that belongs to the package: inside it when it is installed, at the top of a checkout."""
    package = Path(reftel.__file__).parent
    top = next(there for there, here in DATA if here == name)
    for path in (package / name, package.parent.parent / top):
        if path.exists():
            return path
    raise Refusal(f"{package / name}: is missing from this installation: install reftel again")


def write_wheel(target: Path) -> str:
    """Write the wheel of the running program; returns its SHA-256. Raises Refusal when a part of it is missing."""
    info = f"reftel-{reftel.__version__}.dist-info"
    members = [*_members(), (f"{info}/METADATA", _metadata()), (f"{info}/WHEEL", _WHEEL.encode())]
    members.append((f"{info}/entry_points.txt", _ENTRIES.encode()))
    members.append((f"{info}/RECORD", _record(members, f"{info}/RECORD")))
    write_zip(target, members)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def _members() -> Iterator[tuple[str, bytes]]:
    package = Path(reftel.__file__).parent
    found = {f"reftel/{path.relative_to(package).as_posix()}": path for path in _files(package)}
    for _, name in DATA:
        top = package_data(name)
        for path in _files(top) if top.is_dir() else [top]:
            inside = f"/{path.relative_to(top).as_posix()}" if top.is_dir() else ""
            found[f"reftel/{name}{inside}"] = path
    for name, path in sorted(found.items()):
        yield name, path.read_bytes()


def _files(top: Path) -> Iterator[Path]:
    for path in sorted(top.rglob("*")):
        if path.is_file() and not _SKIPPED.intersection(path.parts) and path.suffix != ".pyc":
            yield path


def _metadata() -> bytes:
    """The installed distribution's own metadata; without one (a bare checkout) the least that is needed."""
    try:
        text = importlib.metadata.distribution("reftel").read_text("METADATA")
    except importlib.metadata.PackageNotFoundError:
        text = None
    return (text or f"Metadata-Version: 2.1\nName: reftel\nVersion: {reftel.__version__}\n").encode()


def _record(members: list[tuple[str, bytes]], own: str) -> bytes:
    rows = []
    for name, data in members:
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(data)}\n")
    return "".join([*rows, f"{own},,\n"]).encode()


def sample_files() -> Iterator[tuple[str, bytes]]:
    """The fictional sample archive: (path in the content folder, bytes)."""
    top = package_data("sample")
    yield from ((path.relative_to(top).as_posix(), path.read_bytes()) for path in _files(top))
