"""The invented documents of `cases/`, and their index."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from reftel.search import SearchDocument, build_index

CASES = Path(__file__).resolve().parent / "cases"


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
