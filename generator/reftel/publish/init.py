"""`reftel init`: a new archive, ready to build here and to be published by a push."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reftel.problems import Refusal
from reftel.publish.wheel import package_data, sample_files, wheel_name, write_wheel

TEMPLATES = Path(__file__).parent / "new_archive"
PLACES = {"gitignore": ".gitignore", "gitkeep": ".gitkeep", "github": ".github"}
"""What a package would not carry under its own name: dot files."""


class Started(msgspec.Struct, frozen=True):
    """A new archive: its folder, its files, how many of them are cables or pages of the sample, and how many cable
    files were copied into it.
    """

    folder: Path
    files: list[str]
    samples: int
    cables: int


def init(folder: Path, sample: bool = False, cables: Path | None = None) -> Started:
    """Make a new archive in `folder`; with `cables`, a folder or file of raw cables, put a copy of them in its place.
    What stands in the folder already is kept.

    Raises Refusal when it is an archive already, when the cables are not there, or when something cannot be written.
    """
    if (folder / "content" / "archive.toml").exists():
        raise Refusal(f"{folder}: is an archive already (content/archive.toml)")
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder}: is a file; name a folder")
    found = dict(_cables(cables, folder)) if cables else {}
    try:
        return _begin(folder, sample, found)
    except OSError as error:
        raise Refusal(f"{error.filename or folder}: cannot be written ({error.strerror})") from None


def _begin(folder: Path, sample: bool, cables: dict[str, Path]) -> Started:
    title = _title(folder)
    given = dict(_templates(title))
    samples = {f"content/{inside}": data for inside, data in sample_files()} if sample else {}
    given.update(samples)
    made = sorted(name for name in given if not (folder / name).exists())
    for name in made:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(given[name])
    for name, path in cables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    return Started(folder, [*made, *_tool(folder)], len(samples), len(cables))


def _cables(given: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The files to copy, by the names that they get. What begins with a dot (a repository's own, an editor's) stays
    behind.
    """
    place = "content/cables"
    if given.is_file():
        yield f"{place}/{given.name}", given
        return
    if not given.is_dir():
        raise Refusal(f"{given}: there are no cables: no such folder or file")
    if folder.resolve().is_relative_to(given.resolve()):
        raise Refusal(f"{folder}: the new archive would lie inside the cables it copies; name another folder")
    for path in sorted(given.rglob("*")):
        inside = path.relative_to(given)
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield f"{place}/{inside.as_posix()}", path


def _templates(title: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(TEMPLATES.rglob("*")):
        if not path.is_file():
            continue
        name = "/".join(PLACES.get(part, part) for part in path.relative_to(TEMPLATES).parts)
        text = path.read_text("utf-8")
        yield name, (text.replace("{title}", title) if path.suffix in (".toml", ".md") else text).encode()


def _title(folder: Path) -> str:
    words = "".join(char if char.isalnum() else " " for char in folder.resolve().name).split()
    return " ".join(word[:1].upper() + word[1:] for word in words) or "Cable archive"


def _tool(folder: Path) -> list[str]:
    """The program and its requirements, each with its hash."""
    tool = folder / "tool"
    tool.mkdir(exist_ok=True)
    name = wheel_name()
    sha256 = write_wheel(tool / name)
    locked = package_data("requirements.txt").read_text("utf-8")
    (tool / "requirements.txt").write_text(f"./tool/{name} --hash=sha256:{sha256}\n{locked}", "utf-8")
    (tool / "README.md").write_text(_README.format(name=name), "utf-8")
    return ["tool/README.md", f"tool/{name}", "tool/requirements.txt"]


_README = """# The program that builds this archive

`{name}` is reftel as it was when the archive was begun, `requirements.txt` everything it needs, each file named by its
hash: what is installed from here is what was tried. Run pip from the archive's top folder:

    pip install --require-hashes -r tool/requirements.txt

A newer reftel replaces both files: install it, then run `reftel init --renew-tool`.
"""


def renew_tool(folder: Path) -> list[str]:
    """Put the running program in the place of the one that the archive in `folder` carries."""
    if not (folder / "content").is_dir():
        raise Refusal(f"{folder}: no archive here: there is no content folder")
    for old in (folder / "tool").glob("reftel-*.whl"):
        old.unlink()
    return _tool(folder)
