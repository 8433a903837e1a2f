"""Archives that belong together: REFs lead from one to the other and back."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

import pytest

from reftel.config import read_settings
from reftel.problems import Problem, Refusal
from reftel.publish.hosting import broken_links
from reftel.publish.publishers import around, publishers
from reftel.search.engine import run, search
from reftel.search.index import Index
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

HUB = """public_address = "https://cables.example/all/"
[federation]
hub = true
[[federation.archives]]
address = "../older"
inventory = "../sites/older/inventory.json"
[[federation.archives]]
address = "https://cables.example/newer/"
inventory = "../sites/newer/inventory.json"
title = "Cables of 2009"
"""

Telex = Callable[..., str]
Files = dict[str, bytes]


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

    def build(self, name: str, output: str = "", executor: Executor | None = None) -> Report:
        content = self.folder / name
        how = {"publishers": publishers(content), "around": around(content, read_settings(content))}
        cache = self.folder / f"cache-{name}-{output}"
        return build(content, self.folder / "sites" / (output or name), jobs=1, cache=cache, executor=executor, **how)  # type: ignore[arg-type]

    def page(self, address: str) -> str:
        return (self.folder / "sites" / address).read_text("utf-8")

    def files(self, name: str) -> Files:
        site = self.folder / "sites" / name
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def broken(self) -> list[Problem]:
        """The links that lead nowhere, from site to site too; those of the pages 404.html depend on where it is."""
        found = broken_links(self.folder / "sites")
        return [problem for problem in found if not problem.path.endswith("/404.html")]

    def found(self, query: str) -> dict[str, str]:
        """What the hub finds, by MRN: where the result leads."""
        index = Index(self.folder / "sites" / "hub" / "search")
        answer = search(index, query)
        return {card.mrn: card.address for card in map(index.card, answer.documents.tolist())}


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
    assert two.files("older") == two.files("clean")
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


@pytest.fixture
def hub(two: Two) -> Two:
    """The two, and beside them the hub that searches their cables."""
    cables = {path.stem: path.read_text() for name in ("older", "newer") for path in (two.folder / name).glob("*.txt")}
    two.write("hub", HUB, cables)
    assert two.build("hub").problems == []
    return two


def test_a_hub_leads_to_the_other_sites(hub: Two) -> None:
    """It finds the cables of all and says where each stands, on the web or beside it, and at which paragraph."""
    assert hub.found("before:2009") == {
        "08OSLO1": "../older/cable/2008/05/08OSLO1.html",
        "08OSLO2": "../older/cable/2008/06/08OSLO2.html",
    }
    assert hub.found("after:2009") == {"09RIGA5": "https://cables.example/newer/cable/2009/05/09RIGA5.html"}
    assert [hit.anchor for hit in run(hub.folder / "sites" / "hub", '"ref a says"')] == ["par1"]


def test_a_hub_has_no_pages_of_cables(hub: Two) -> None:
    """Its home page names the sites, and what is not there is not linked, nor published."""
    home = hub.page("hub/index.html")
    assert '<a href="../older/index.html">The older ones</a> <span class="note">2 cables</span>' in home
    assert '<a href="https://cables.example/newer/index.html">Cables of 2009</a> <span class="note">one cable' in home
    pages = {"404.html", "START-HERE.html", "edition.html", "index.html", "search.html"}
    assert {address for address in hub.files("hub") if address.endswith(".html")} == pages
    assert not any(address.startswith(("cable/", "data/", "feeds/")) for address in hub.files("hub"))
    assert "feeds/" not in home and "data/" not in home
    assert hub.broken() == []


def test_prose_of_a_hub_links_the_other_sites(hub: Two) -> None:
    """A page of prose may name a cable that is searched here, and a paragraph of it; one that is not there is told."""
    (hub.folder / "hub" / "pages").mkdir()
    text = "# Ferries\n\n[one](cable:08OSLO1#par1) and [two](cable:08OSLO2#par7)\n"
    (hub.folder / "hub" / "pages" / "ferries.md").write_text(text)
    (problem,) = hub.build("hub").problems
    assert "08OSLO2" in problem.message
    assert 'href="../../older/cable/2008/05/08OSLO1.html#par1"' in hub.page("hub/pages/ferries.html")


def test_a_hub_keeps_what_no_site_has(hub: Two, write_telex: Telex) -> None:
    """Such a cable has its page here and is told of; its REFs lead to the other sites."""
    hub.write("hub", HUB, {"09RIGA9": write_telex("09RIGA9", "2009-09-09", ["It is not."], "A. 08 OSLO 1")})
    (problem,) = hub.build("hub").problems
    assert (problem.path, problem.severity) == ("09RIGA9.txt", "warning")
    assert problem.message.startswith("09RIGA9 is in none of the archives")
    assert 'href="../../../../older/cable/2008/05/08OSLO1.html"' in hub.page("hub/cable/2009/09/09RIGA9.html")
    assert hub.found("after:2009-06") == {"09RIGA9": "cable/2009/09/09RIGA9.html"}
    assert 'On this site</a> <span class="note">one cable' in hub.page("hub/index.html")
    assert hub.broken() == []


def test_building_a_hub_on_is_building_it_anew(hub: Two, write_telex: Telex) -> None:
    """A cable that came to a site, one that changed, one that left, a site that moved: the files are those of a clean
    build, whoever does the work.
    """
    told = hub.files("hub")["edition.txt"]
    late = write_telex("08OSLO1", "2008-05-03", ["It was not so.", "It is."], subject="ABOUT")
    for name, settings in (("newer", NEWER), ("hub", HUB)):
        hub.write(name, settings, {"09RIGA6": write_telex("09RIGA6", "2009-06-01", ["Ferries."], "A. 08 OSLO 2")})
    for name, settings in (("older", OLDER), ("hub", HUB.replace('"../older"', '"../2008/"'))):
        hub.write(name, settings, {"08OSLO1": late})
    (hub.folder / "older" / "08OSLO2.txt").unlink()
    for name in ("newer", "older"):
        hub.build(name)
    (problem,) = hub.build("hub").problems
    assert "08OSLO2 is in none" in problem.message
    with ThreadPoolExecutor(1) as executor:  # a worker that knows the site only from its file
        hub.build("hub", "clean", executor)
    assert hub.files("hub") == hub.files("clean")
    assert hub.found("class:confidential") == {
        "08OSLO1": "../2008/cable/2008/05/08OSLO1.html",
        "08OSLO2": "cable/2008/06/08OSLO2.html",
        "09RIGA5": "https://cables.example/newer/cable/2009/05/09RIGA5.html",
        "09RIGA6": "https://cables.example/newer/cable/2009/06/09RIGA6.html",
    }
    assert hub.files("hub")["edition.txt"] != told
    assert hub.build("hub").changed == 0


def test_a_hub_and_a_site_that_moved(hub: Two) -> None:
    """Where nothing but an address is another, the results follow it, and the edition is another."""
    told = hub.files("hub")["edition.txt"]
    hub.write("hub", HUB.replace('"../older"', '"../2008/"'), {})
    hub.build("hub")
    assert hub.found("08OSLO1")["08OSLO1"] == "../2008/cable/2008/05/08OSLO1.html"
    assert hub.files("hub")["edition.txt"] != told
    hub.build("hub", "clean")
    assert hub.files("hub") == hub.files("clean")


def test_what_a_hub_cannot_search(hub: Two) -> None:
    """A cable that a site has and the hub's folder has not is told of; so is a second file of one."""
    content = hub.folder / "hub"
    (content / "08OSLO2.txt").rename(content / "second.txt")
    (content / "second.txt").write_text((content / "08OSLO1.txt").read_text() + "\n")
    problems = [str(problem) for problem in hub.build("hub").problems]
    assert problems[0].startswith("archive.toml: warning: one cable of The older ones cannot be searched here (08OSLO2")
    assert "08OSLO1 stands in 08OSLO1.txt:1 too, and only that file is searched" in problems[1]


def test_a_hub_without_an_inventory(hub: Two) -> None:
    """What cannot be read is told once; the cables are built here meanwhile."""
    (hub.folder / "sites" / "newer" / "inventory.json").unlink()
    (problem,) = hub.build("hub").problems
    assert "cannot be read" in problem.message
    assert hub.found("after:2009") == {"09RIGA5": "cable/2009/05/09RIGA5.html"}


@pytest.mark.parametrize(("more", "message"), [("", "name them as"), (OLDER, "leave out `search`")])
def test_hubs_that_are_none(tmp_path: Path, more: str, message: str) -> None:
    """A hub of nothing, or one whose search is elsewhere, is refused with its line."""
    search = 'search = "../x/search.html"' if more else ""
    (tmp_path / "archive.toml").write_text(f"[federation]\nhub = true\n{search}\n{more}")
    with pytest.raises(Refusal, match=rf"archive\.toml:2: .*{message}"):
        read_settings(tmp_path)
