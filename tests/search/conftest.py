"""The invented documents of `cases/`, and their index."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from reftel.search.build import build_index
from reftel.search.document import SearchDocument

CASES = Path(__file__).resolve().parent / "cases"


TEXT = "port strike harbor al-Qaida the of and 07MOSCOW4307 U.S. negotiations 1,000 S//NF Müller XXXXX money"
WORDS = TEXT.split()


def _invented(count: int, seed: int = 3) -> list[SearchDocument]:
    """Small documents of few words, so that postings are dense."""
    draw = random.Random(seed)

    def text(most: int) -> str:
        return " ".join(draw.choices(WORDS, k=draw.randrange(most)))

    return [
        SearchDocument(
            key=f"07POST{number}",
            mrn=f"07POST{number}",
            address=f"cable/2007/01/07POST{number}.html",
            subject=text(5),
            date="2007-01-01",
            origin="Embassy Post",
            classification="SECRET",
            class_slug="secret",
            tags=draw.sample(["PREL", "PGOV", "EAIR"], draw.randrange(3)),
            signature="Marsh",
            refs=[f"07POST{number // 2}"] * draw.randrange(2),
            summary=text(8),
            paragraphs=[(f"par{order}", text(30)) for order in range(draw.randrange(4))],
        )
        for number in range(count)
    ]


def _files_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def invented() -> Callable[..., list[SearchDocument]]:
    """Makes so many small documents: invented(count, seed)."""
    return _invented


@pytest.fixture(scope="session")
def files_of() -> Callable[[Path], dict[str, bytes]]:
    """All files of a folder, by their path."""
    return _files_of


def case_documents() -> list[SearchDocument]:
    """The documents of the tables."""
    return msgspec.json.decode((CASES / "documents.json").read_bytes(), type=list[SearchDocument])


@pytest.fixture(scope="session")
def documents() -> list[SearchDocument]:
    """The documents of the tables."""
    return case_documents()


@pytest.fixture(scope="session")
def search_folder(documents: list[SearchDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their index, as it lies in a site."""
    folder = tmp_path_factory.mktemp("site") / "search"
    build_index(documents, folder)
    return folder


@pytest.fixture(scope="session")
def node() -> str:
    """The path of node; the test is skipped where there is none."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    return found


def cases() -> list[dict[str, object]]:
    """All rows of all tables, with the table's name."""
    rows = []
    for path in sorted(CASES.glob("*.json")):
        if path.name != "documents.json":
            rows += [{"table": path.stem, **row} for row in json.loads(path.read_text("utf-8"))]
    return rows


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes `case` runs for each row."""
    if "case" in metafunc.fixturenames:
        rows = cases()
        metafunc.parametrize("case", rows, ids=[f"{row['table']}: {row['rule']}" for row in rows])
