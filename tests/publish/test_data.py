"""The data files: all the same records."""

import csv
import hashlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import jsonschema


def test_lines_are_the_records_beside_the_pages(site: Path) -> None:
    """Each line of cables.jsonl is the JSON beside a cable's page, and validates against the schema."""
    schema = json.loads((site / "data/schema.json").read_bytes())
    lines = (site / "data/cables.jsonl").read_bytes().splitlines(keepends=True)
    beside = {path.read_bytes() for path in site.glob("cable/*/*/*.json")}
    assert set(lines) == beside and len(lines) == 4
    validator = jsonschema.Draft202012Validator(schema)
    for line in lines:
        validator.validate(json.loads(line))


def test_the_table_has_a_row_for_each_cable(site: Path) -> None:
    """cables.csv reads as a table, with lists joined by semicolons."""
    with (site / "data/cables.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["mrn"]: row for row in csv.DictReader(file)}
    assert rows["09OSLO20"]["refs"] == "09OSLO12"
    assert rows["09OSLO20"]["tags"] == "PREL;ECON"
    assert rows["09OSLO20"]["paragraphs"] == "2"


def test_the_database_answers(site: Path) -> None:
    """The SQLite file is sound, its tables hold the records, its full-text index finds paragraphs."""
    connection = sqlite3.connect(f"file:{site / 'data/cables.db'}?mode=ro", uri=True)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    query = (
        "SELECT mrn, anchor FROM paragraphs_fts JOIN paragraphs ON id = paragraphs_fts.rowid "
        "WHERE paragraphs_fts MATCH 'harbour'"
    )
    assert connection.execute(query).fetchall() == [("09OSLO12", "par2")]
    assert connection.execute("SELECT mrn FROM refs WHERE cited = '09OSLO99' AND NOT held").fetchall() == [("09RIGA9",)]
    connection.close()


def test_the_graph_has_all_refs(site: Path) -> None:
    """refs.graphml has a node for each cable, held or missing, and an edge for each REF."""
    root = ElementTree.fromstring((site / "data/refs.graphml").read_bytes())
    ns = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in root.iter(f"{ns}node")}
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{ns}edge")]
    assert nodes == {"09OSLO12", "09OSLO20", "09RIGA7", "09RIGA9", "09OSLO99"}
    assert edges == [("09OSLO20", "09OSLO12"), ("09RIGA7", "09OSLO20"), ("09RIGA9", "09OSLO99")]
    graph = json.loads((site / "data/refs.json").read_bytes())
    assert {node["mrn"] for node in graph["nodes"]} == nodes
    first = next(edge for edge in graph["edges"] if edge["source"] == "09OSLO20")
    assert (first["target"], first["label"], first["text"]) == ("09OSLO12", "A", "OSLO 12")
    assert [place["anchor"] for place in first["paragraphs"]] == ["par1"]


def test_the_package_describes_its_files(site: Path) -> None:
    """datapackage.json has the size and hash of each file."""
    package = json.loads((site / "data/datapackage.json").read_bytes())
    for resource in package["resources"]:
        data = (site / "data" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_data_can_be_left_out(content: Path, publish: Callable[..., Path]) -> None:
    """`data = false` leaves the folder out, and every link to it."""
    (content / "archive.toml").write_text("data = false\n")
    site = publish()
    assert not (site / "data").exists()
    assert "data/index.html" not in (site / "index.html").read_text("utf-8")


def test_two_builds_give_the_same_bytes(site: Path, publish: Callable[..., Path]) -> None:
    """Data files, feeds and manifest are a function of the content."""
    assert (publish("again") / "SHA256SUMS").read_bytes() == (site / "SHA256SUMS").read_bytes()
