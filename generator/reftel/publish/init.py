"""`reftel init`: a new archive, ready to build here and to be published by a push."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from reftel.problems import Refusal
from reftel.publish.wheel import package_data, sample_files, wheel_name, write_wheel

TEMPLATES = Path(__file__).parent / "new_archive"
PLACES = {"gitignore": ".gitignore", "gitkeep": ".gitkeep", "github": ".github"}
"""What a package would not carry under its own name: dot files."""


class Started(msgspec.Struct, frozen=True):
    """A new archive: its folder, its files, and how many of them are cables or pages of the sample."""

    folder: Path
    files: list[str]
    samples: int


def init(folder: Path, sample: bool = False) -> Started:
    """Make a new archive in `folder`. What stands there already is kept: a folder of raw cables becomes an archive
    whose `content/cables` it can be moved to, or is.

    Raises Refusal when it is an archive already or cannot be written.
    """
    if (folder / "content" / "archive.toml").exists():
        raise Refusal(f"{folder}: is an archive already (content/archive.toml)")
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder}: is a file; name a folder")
    title = _title(folder)
    given = dict(_templates(title))
    samples = {f"content/{inside}": data for inside, data in sample_files()} if sample else {}
    given.update(samples)
    made = sorted(name for name in given if not (folder / name).exists())
    for name in made:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(given[name])
    return Started(folder, [*made, *_tool(folder)], len(samples))


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
