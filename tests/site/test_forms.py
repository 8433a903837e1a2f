"""In which forms an archive is offered: all of a small one, less of a large one, or what its settings say."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reftel.config import Forms, Settings
from reftel.problems import Refusal
from reftel.publish.diff import diff
from reftel.publish.hosting import broken_links

Build = Callable[..., Any]

LEAN = 'raw_views = false\nrecords = "months"\nthread_texts = false\ndrawings = false\n'


@pytest.mark.parametrize(
    ("settings", "cables", "forms"),
    [
        (Settings(), 5_000, Forms(True, True, False, True, True)),
        (Settings(), 5_001, Forms(False, False, True, False, False)),
        (Settings(), 10_001, Forms(False, False, False, False, False)),
        (Settings(records="months", drawings=True), 20_000, Forms(False, False, True, False, True)),
        (Settings(records=False, raw_views=True), 100_000, Forms(True, False, False, False, False)),
        (Settings(records=True, thread_texts=False), 3, Forms(True, True, False, False, True)),
    ],
)
def test_forms(settings: Settings, cables: int, forms: Forms) -> None:
    """What "auto" means depends on the number of cables only; what is set is done whatever it costs."""
    assert settings.forms(cables) == forms


@pytest.fixture
def cables(telex: Callable[..., str]) -> dict[str, str]:
    """Two that make a thread, a second file of the first, and one without a date."""
    first = telex("09OSLO12", "2009-03-01 10:00", ["The ferry is late.", "Nobody knows why."])
    return {
        "a.txt": first,
        "b.txt": telex("09OSLO20", "2009-04-02 10:00", ["As ref A says, it is late."], refs="A. OSLO 12"),
        "c.txt": first.replace("Nobody knows", "Somebody knows"),
        "d.txt": telex("09OSLO33", "", ["Without a date."], released=""),
    }


def test_a_lean_site_is_whole(build_site: Build, cables: dict[str, str]) -> None:
    """Without raw views, records, thread texts and drawings every link still leads somewhere, and every text as found
    is there.
    """
    built = build_site({**cables, "archive.toml": LEAN})
    files = built.files()
    names = [name for name in files if name.startswith("cable/")]
    assert len(names) == 8 and {name.rpartition(".")[2] for name in names} == {"html", "txt"}
    assert not any(name.endswith(".raw.html") for name in names)
    page = built.page("cable/2009/04/09OSLO20.html")
    assert "<svg" not in page and ">Raw view<" not in page and "The whole thread" in page
    assert 'href="../../../data/cables-2009-04.jsonl.gz">Record</a>' in page
    thread = built.page("thread/09OSLO12.html")
    assert "<svg" in thread and "Full text" not in thread and "The ferry is late" in thread
    assert broken_links(built.output) == []


def test_records_by_month(build_site: Build, cables: dict[str, str]) -> None:
    """Each month's file has its cables, twins too, a record a line, the same as beside the pages elsewhere."""
    lean = build_site({**cables, "archive.toml": LEAN}).files()
    whole = build_site(cables, output="whole").files()
    months = {name: gzip.decompress(data) for name, data in lean.items() if name.endswith(".jsonl.gz")}
    assert sorted(months) == [f"data/cables-{month}.jsonl.gz" for month in ("2009-03", "2009-04", "undated")]
    lines = [json.loads(line) for data in months.values() for line in data.splitlines()]
    records = {line.pop("address").replace(".html", ".json"): line for line in lines}
    assert records == {
        name: json.loads(data) for name, data in whole.items() if name.startswith("cable/") and name.endswith(".json")
    }


def test_one_changed_cable_changes_one_month(build_site: Build, cables: dict[str, str], tmp_path: Path) -> None:
    """A build after a change makes the month's file anew, with the bytes of a clean build, and leaves the others."""
    before = build_site({**cables, "archive.toml": LEAN}).files()
    changed = {**cables, "b.txt": cables["b.txt"].replace("it is late", "it is lost"), "archive.toml": LEAN}
    after = build_site(changed).files()
    clean = build_site(changed, output="clean", cache=tmp_path / "other").files()
    months = [name for name in after if name.endswith(".jsonl.gz") and after[name] != before[name]]
    assert months == ["data/cables-2009-04.jsonl.gz"] and clean == after


def test_a_lean_site_becomes_whole_again(build_site: Build, cables: dict[str, str]) -> None:
    """Forms follow the settings from build to build: what is not offered any more is taken away."""
    whole = build_site(cables).files()
    build_site({**cables, "archive.toml": LEAN})
    again = build_site(cables).files()
    assert again.keys() == whole.keys() and again == whole


def test_editions_are_compared_whatever_their_form(build_site: Build, cables: dict[str, str]) -> None:
    """Records beside the pages and records by month say the same; where there are none, that is said."""
    whole = build_site(cables, output="whole").output
    changed = {**cables, "b.txt": cables["b.txt"].replace("it is late", "it is lost")}
    lean = build_site({**changed, "archive.toml": LEAN}, output="lean").output
    found = diff(whole, lean)
    assert [change.name for change in found.changed] == ["09OSLO20"] and not found.added and not found.withdrawn
    assert [change.what for change in found.changed[0].paragraphs] == ["changed"]
    none = build_site({**cables, "archive.toml": "records = false"}, output="none").output
    with pytest.raises(Refusal, match=r'none: holds no records .* records = "months"'):
        diff(whole, none)
