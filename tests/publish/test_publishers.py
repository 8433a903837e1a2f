"""All publishers together: when they are called."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from reftel.config import read_settings
from reftel.publish.publishers import around, publishers
from reftel.site.build import build
from reftel.site.frame import NOTHING, Around
from reftel.site.publishing import Finished, Published, Publisher, Seeing, Sees


def files(site: Path) -> dict[str, bytes]:
    """All files of a site."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def build_beside(content: Path, folder: Path, called: Sequence[Publisher], given: Around = NOTHING) -> None:
    """Build into a folder with workers, so that publishers are called while these work."""
    with ThreadPoolExecutor(2) as executor:
        cache = folder.with_name("other")
        build(content, folder, cache=cache, executor=executor, publishers=called, around=given)


def test_beside_the_search_index(site: Path, content: Path, tmp_path: Path) -> None:
    """Publishers that are called while others make the search index make the same files."""
    surroundings = around(content, read_settings(content), "")
    build_beside(content, tmp_path / "beside", publishers(content), surroundings)
    assert files(tmp_path / "beside") == files(site)


def test_one_after_the_other(content: Path, tmp_path: Path) -> None:
    """Each sees what those before it made; one that sees all files sees the search index too."""
    seen: list[list[str]] = []

    def publisher(address: str) -> Publisher:
        def publish(finished: Finished) -> Published:
            seen.append([file.address for file in finished.files])
            yield address, b"words"

        return publish

    early = [Seeing(publisher("one.txt"), Sees.cards), Seeing(publisher("two.txt"), Sees.links)]
    build_beside(content, tmp_path / "site", [*early, publisher("all.txt")])
    first, second, last = seen
    assert "one.txt" not in first
    assert "one.txt" in second
    assert "two.txt" not in second
    assert {"two.txt", "search/directory.js"} <= set(last)
