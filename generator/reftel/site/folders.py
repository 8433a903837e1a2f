"""Which folders can be content and output."""

from pathlib import Path

from reftel.problems import Refusal


def check_content(content: Path) -> None:
    """Refuse a content folder that is none."""
    if not content.is_dir():
        what = "a file, not a folder" if content.exists() else "no such folder"
        raise Refusal(f"{content}: {what}; name the content folder with --content")


def check_folders(content: Path, output: Path) -> None:
    """Refuse folders that cannot be what they are named as."""
    check_content(content)
    source, target = content.resolve(), output.resolve()
    if source == target:
        raise Refusal(f"{output}: output and content are the same folder; choose another --output")
    if target.is_relative_to(source):
        raise Refusal(f"{output}: the output folder lies inside the content folder; choose another --output")
    if source.is_relative_to(target):
        raise Refusal(f"{output}: the content folder lies inside the output folder; choose another --output")
    if Path.cwd().is_relative_to(target):
        raise Refusal(f"{output}: the output folder holds the working directory; choose a folder below it")
