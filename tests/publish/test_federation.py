"""Archives that belong together: REFs lead from one to the other and back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reftel.config import read_settings
from reftel.problems import Refusal
from reftel.publish.publishers import around, publishers
from reftel.site.build import Report, build

OLDER = """[[federation.archives]]
address = "../newer/"
inventory = "../sites/newer/inventory.json"
title = "Cables of 2009"
"""
NEWER = """[federation]
search = "../older/search.html"
[[federation.archives]]
address = "https://cables.example/older"
inventory = "../sites/older/inventory.json"
"""

Telex = Callable[..., str]


class Two:
    """Two content folders and their sites, side by side."""

    def __init__(self, folder: Path, telex: Telex) -> None:
        self.folder = folder
        days = {"08OSLO1": "2008-05-01", "08OSLO2": "2008-06-01"}
        self.write("older", OLDER, {mrn: telex(mrn, day, ["It is so."], subject="ABOUT") for mrn, day in days.items()})
        newer = telex("09RIGA5", "2009-05-01", ["Ref A says so."], "A. 08 OSLO 1 B. 08 OSLO 7")
        self.write("newer", NEWER, {"09RIGA5": newer})

    def write(self, name: str, settings: str, cables: dict[str, str]) -> None:
        content = self.folder / name
        content.mkdir(exist_ok=True)
        (content / "archive.toml").write_text(f'title = "The {name} ones"\n{settings}')
        for mrn, text in cables.items():
            (content / f"{mrn}.txt").write_text(text)

    def build(self, name: str, output: str = "") -> Report:
        content = self.folder / name
        how = {"publishers": publishers(content), "around": around(content, read_settings(content))}
        cache = self.folder / f"cache-{name}-{output}"
        return build(content, self.folder / "sites" / (output or name), jobs=1, cache=cache, **how)  # type: ignore[arg-type]

    def page(self, address: str) -> str:
        return (self.folder / "sites" / address).read_text("utf-8")


@pytest.fixture
def two(tmp_path: Path, write_telex: Telex) -> Two:
    """Each is built once, and the first again."""
    made = Two(tmp_path, write_telex)
    for name in ("older", "newer", "older"):
        made.build(name)
    return made


def test_refs_lead_to_the_other_archive_and_back(two: Two) -> None:
    """The REF leads to the cable's page there, the cited cable names who cites it from there; what neither holds is
    missing.
    """
    newer = two.page("newer/cable/2009/05/09RIGA5.html")
    assert newer.count('href="https://cables.example/older/cable/2008/05/08OSLO1.html"') >= 2
    assert "in The older ones" in newer and "ABOUT 08OSLO1" in newer
    assert 'href="../../../missing/08OSLO.html#08OSLO7"' in newer
    older = two.page("older/cable/2008/05/08OSLO1.html")
    assert 'href="../../../../newer/cable/2009/05/09RIGA5.html"' in older and "in Cables of 2009" in older
    assert "08OSLO1" not in two.page("newer/missing/08OSLO.html")


def test_the_search_is_shared(two: Two) -> None:
    """Each page's search field leads to the page that the settings name, and an own one stays."""
    assert 'action="../../../../older/search.html"' in two.page("newer/cable/2009/05/09RIGA5.html")
    assert 'action="../../../search.html"' in two.page("older/cable/2008/05/08OSLO1.html")


def test_building_on_is_building_anew(two: Two, write_telex: Telex) -> None:
    """What changes in the other archive reaches the pages that show it, and no others."""
    two.write("newer", NEWER, {"09RIGA6": write_telex("09RIGA6", "2009-06-01", ["Ref A says so."], "A. 08 OSLO 2")})
    two.build("newer")
    report = two.build("older")
    two.build("older", "clean")
    sites = two.folder / "sites"
    found = [
        {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        for site in (sites / "older", sites / "clean")
    ]
    assert found[0] == found[1]
    assert "09RIGA6" in two.page("older/cable/2008/06/08OSLO2.html")
    assert report.changed < 20


def test_an_inventory_that_is_not_there(tmp_path: Path, write_telex: Telex) -> None:
    """The build goes on without it, and says what to do."""
    two = Two(tmp_path, write_telex)
    problems = [str(problem) for problem in two.build("older").problems]
    assert problems == [
        "archive.toml: warning: the inventory ../sites/newer/inventory.json cannot be read (No such file or "
        "directory): build that archive first"
    ]


def test_an_inventory_that_is_none(tmp_path: Path, write_telex: Telex) -> None:
    """So is one that was cut off, or is something else."""
    two = Two(tmp_path, write_telex)
    (tmp_path / "sites" / "newer").mkdir(parents=True)
    (tmp_path / "sites" / "newer" / "inventory.json").write_text('{"title": "x"')
    (problem,) = two.build("older").problems
    assert "is no inventory of an archive" in problem.message


def test_settings_that_are_wrong(tmp_path: Path) -> None:
    """An archive without its inventory, or a misspelt key, is refused with its line."""
    (tmp_path / "archive.toml").write_text('[[federation.archives]]\naddress = "../x/"\n')
    with pytest.raises(Refusal, match=r"archive\.toml:\d+: .*inventory"):
        read_settings(tmp_path)
