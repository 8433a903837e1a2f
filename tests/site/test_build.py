"""The build from end to end: what comes out, the same each time, and what bad input gets."""

import json
import multiprocessing
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import pytest

import reftel
from reftel.problems import Refusal
from reftel.site.build import build, survey
from reftel.site.crew import Beside

Build = Callable[..., object]
HERE = Path(__file__).resolve().parent
GOLDEN = HERE / "golden-content"


@pytest.fixture
def three(telex: Callable[..., str]) -> dict[str, str]:
    """Three cables: the second answers the first and cites a missing one, the third answers the second."""
    return {
        "a.txt": telex("09OSLO12", "2009-03-01 10:00", ["First words.", "Second thoughts."]),
        "b.txt": telex(
            "09RIGA5", "2009-03-02 10:00", ["See ref A, para 2."], refs="A. OSLO 12 B. OSLO 3", origin="Embassy Riga"
        ),
        "c.txt": telex("09OSLO13", "2009-04-01 10:00", ["As reftel says."], refs="RIGA 5"),
    }


def links(output: Path) -> dict[str, list[str]]:
    """The targets of all links of all pages."""
    pattern = re.compile(r'(?:href|src)="([^"]*)"')
    return {
        path.relative_to(output).as_posix(): [unescape(target) for target in pattern.findall(path.read_text("utf-8"))]
        for path in sorted(output.rglob("*.html"))
    }


def broken(output: Path) -> list[str]:
    """The links inside a site that lead nowhere: to a file that is not there, or to an anchor that is not on it."""
    found, ids = [], {}
    for page, targets in links(output).items():
        for target in targets:
            path, _, anchor = target.partition("#")
            there = (output / page).parent.joinpath(path.partition("?")[0]).resolve() if path else output / page
            if re.match(r"[a-z]+:|//", target) or not there.is_file():
                found.append(f"{page}: {target}")
                continue
            if anchor:
                if there not in ids:
                    ids[there] = set(re.findall(r'\bid="([^"]*)"', there.read_text("utf-8")))
                if anchor not in ids[there]:
                    found.append(f"{page}: {target}")
    return found


def test_every_link_leads_somewhere(build_site: Build, three: dict[str, str]) -> None:
    """Links are relative, name their file, and hit it, anchors too; nothing leads outside."""
    built = build_site(three)
    assert broken(built.output) == []
    assert all(not target.endswith("/") for targets in links(built.output).values() for target in targets)


def test_report(build_site: Build, three: dict[str, str]) -> None:
    """The figures of the summary."""
    report = build_site(three).report
    assert (report.cables, report.resolved, report.missing, report.problems) == (3, 2, 1, [])
    assert report.changed == report.files > report.pages > 20
    assert list(report.seconds) == ["read", "relate", "render", "search", "swap"]


def test_the_bytes_beside_a_cable(build_site: Build, three: dict[str, str]) -> None:
    """`.txt` is the source byte for byte, `.json` the record on one line."""
    three["b.txt"] = three["b.txt"].replace("\n", "\r\n")
    built = build_site(three)
    assert (built.output / "cable/2009/03/09RIGA5.txt").read_bytes() == three["b.txt"].encode()
    record = built.page("cable/2009/03/09RIGA5.json")
    assert record.count("\n") == 1
    assert json.loads(record)["refs"][0]["mrn"] == "09OSLO12"


def test_prose_leads_to_paragraphs_and_ref_items(build_site: Build, three: dict[str, str]) -> None:
    """`cable:MRN#par2` and `cable:MRN#refA` are links; an item that the REF line has not is a Problem."""
    text = "[two](cable:09OSLO12#par2), [its ref A](cable:09RIGA5#refA), [its ref Z](cable:09RIGA5#refZ)"
    built = build_site({**three, "pages/on.md": text})
    page = built.page("pages/on.html")
    assert 'href="../cable/2009/03/09OSLO12.html#par2"' in page
    assert 'href="../cable/2009/03/09RIGA5.html#refA"' in page
    assert [problem.message for problem in built.report.problems if problem.path == "pages/on.md"] == [
        "links to cable:09RIGA5#refZ, which is not here: correct it or remove the link"
    ]


def test_conversations_are_linked_both_ways(build_site: Build, three: dict[str, str]) -> None:
    """REFs and mentions lead to the cable, its paragraph or the missing entry, and back-links say from where."""
    built = build_site(three)
    citing = built.page("cable/2009/03/09RIGA5.html")
    assert re.search(r'<a class="reftel c-confidential" href="09OSLO12\.html#par2"[^>]*>ref A, para 2</a>', citing)
    assert 'href="../../../missing/09OSLO.html#09OSLO3"' in citing
    cited = built.page("cable/2009/03/09OSLO12.html")
    assert 'href="09RIGA5.html#par1"' in cited
    assert "See ref A, para 2." in cited
    assert 'href="../cable/2009/03/09RIGA5.html#refB"' in built.page("missing/09OSLO.html")
    assert 'href="../../../thread/09OSLO12.html#09OSLO13"' in built.page("cable/2009/04/09OSLO13.html")


@pytest.mark.parametrize("how", ["again", "without cache", "threads"])
def test_the_same_bytes_each_time(build_site: Build, three: dict[str, str], tmp_path: Path, how: str) -> None:
    """Built again, without the cache, by somebody's executor: byte for byte the same, dot files too."""
    first = build_site(three)
    if how == "threads":
        with ThreadPoolExecutor(3) as executor:
            second = build_site(three, "second", executor=executor, cache=tmp_path / "other")
    else:
        cache = tmp_path / ("cache" if how == "again" else "other")
        second = build_site(three, "second", cache=cache)
    assert second.files() == first.files()


@pytest.mark.slow
def test_hash_order_and_jobs_do_not_matter(tmp_path: Path) -> None:
    """Whatever PYTHONHASHSEED, whatever the jobs: the same bytes, of so many tasks that workers really run."""
    script = "import sys; from pathlib import Path; from reftel.site.build import build\n"
    script += (
        "if __name__ == '__main__': build(*map(Path, sys.argv[1:3]), jobs=int(sys.argv[3]), cache=Path(sys.argv[4]))"
    )
    content = tmp_path / "content"
    content.mkdir()
    for number in range(1, 18):
        for path in (GOLDEN / "cables").glob("*.txt"):
            text = path.read_text("utf-8").replace("09RIGA", f"09RIGA{number}").replace("09OSLO", f"09OSLO{number}")
            (content / f"{number}-{path.name}").write_text(text, "utf-8")
    (tmp_path / "run.py").write_text(script)
    outputs = []
    for seed, jobs in (("0", "1"), ("77", "2")):
        output = tmp_path / f"site{seed}"
        command = [
            sys.executable,
            str(tmp_path / "run.py"),
            str(content),
            str(output),
            jobs,
            str(tmp_path / f"cache{seed}"),
        ]
        folder = Path(reftel.__file__).parent.parent
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(folder)}
        subprocess.run(command, check=True, env=environment, cwd=tmp_path)
        outputs.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()})
    assert outputs[0] == outputs[1]


def test_content_is_never_written_to(build_site: Build, three: dict[str, str]) -> None:
    """After a build the content folder is as it was."""
    built = build_site(three)
    assert {path.name: path.read_text("utf-8") for path in built.content.iterdir()} == three


def test_a_change_changes_little(build_site: Build, three: dict[str, str]) -> None:
    """After an edit, only files whose bytes change are written; what is gone from the content goes from the site."""
    first = build_site(three)
    assert build_site(three).report.changed == 0
    three["a.txt"] = three["a.txt"].replace("Second thoughts", "Other thoughts")
    second = build_site(three)
    assert 0 < second.report.changed < first.report.files // 2
    del three["c.txt"]
    third = build_site(three)
    assert "cable/2009/04/09OSLO13.html" not in third.files()
    assert third.files() == build_site(three, "clean").files()


def test_two_files_of_one_mrn_have_pages_that_name_each_other(build_site: Build, three: dict[str, str]) -> None:
    """Both are kept, each with a link to the other, and the report names both files."""
    three["a2.txt"] = three["a.txt"].replace("First words", "Other words")
    built = build_site(three)
    (problem,) = built.report.problems
    assert problem.path == "a2.txt"
    assert "a.txt:1" in problem.message
    twin = next(name for name in built.files() if re.search(r"09OSLO12\.dup-[0-9a-f]{8}\.html$", name))
    assert 'href="09OSLO12.html"' in built.page(twin)
    assert f'href="{twin.rpartition("/")[2]}"' in built.page("cable/2009/03/09OSLO12.html")
    assert broken(built.output) == []


def test_what_only_a_second_file_cites_leads_nowhere(
    build_site: Build, three: dict[str, str], telex: Callable[..., str]
) -> None:
    """A further file of an MRN takes no part in the relations: what it alone cites is named, neither linked nor
    missing.
    """
    again = telex("09OSLO12", "2009-03-01 10:00", ["See 09RIGA77.", "More."], refs="A. RIGA 77 B. RIGA 5")
    built = build_site({**three, "z.txt": again})
    twin = next(name for name in built.files() if re.search(r"09OSLO12\.dup-[0-9a-f]{8}\.html$", name))
    assert re.search(r"<span>09RIGA77</span>\s*<q[^<]*</q><span class=\"note\">not held</span>", built.page(twin))
    assert 'href="09RIGA5.html"' in built.page(twin)
    assert "09RIGA77" not in built.page("missing/index.html")
    assert broken(built.output) == []


def test_bad_files_stop_nothing(build_site: Build, three: dict[str, str]) -> None:
    """Unreadable, empty, binary, far too large, without MRN: one line each, and the good cables are built."""
    bad: dict[str, str | bytes] = {
        "empty.txt": "",
        "binary.txt": bytes(range(256)) * 40,
        "large.txt": b"SUBJECT: A\n" + b"x" * (50 * 2**20),
        "no-mrn.txt": "E.O. 12958: N/A\nTAGS: PREL\nSUBJECT: NOBODY KNOWS\n\n1. (U) Text.\n",
        "letter.txt": "Dear Sir,\n\nno cable at all.\n",
    }
    built = build_site({**three, **bad})
    assert built.report.cables == 3
    assert sorted(problem.path for problem in built.report.problems) == sorted(bad)
    assert all("\n" not in str(problem) and problem.severity == "error" for problem in built.report.problems)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_is_a_problem(build_site: Build, three: dict[str, str], tmp_path: Path) -> None:
    """A file without permissions is named, and left out."""
    built = build_site(three)
    (built.content / "a.txt").chmod(0)
    report = build(built.content, built.output, jobs=1, cache=tmp_path / "cache")
    assert [problem.path for problem in report.problems] == ["a.txt"]


HOSTILE = (
    '<script>alert(1)</script> <img src=x onerror=alert(1)> \x00 \x1b[31m \u202eevil\u202c \ud800 " onmouseover="x '
    "</title></textarea><!-- {{ 7*7 }} {% raw %} javascript:alert(1) &amp; " + "A" * 5000
)


def test_hostile_text_is_inert(build_site: Build, telex: Callable[..., str]) -> None:
    """Markup, control characters, bidi controls, lone surrogates, templates and endless runs do nothing but show."""
    text = telex(
        "09OSLO12",
        "2009-03-01 10:00",
        [HOSTILE, HOSTILE],
        subject=HOSTILE[:600],
        tags=HOSTILE[:300],
        refs=HOSTILE[:300],
    )
    built = build_site(
        {"<img src=x>.txt": text.encode("utf-8", "surrogatepass"), "archive.toml": 'title = "<u>\\" onload=x"'}
    )
    assert built.report.cables == 1
    for name, data in built.files().items():
        if name.endswith(".html"):
            page = data.decode("utf-8")
            page = re.sub(r'<script type="application/ld\+json">\{[^<]*\}</script>', "", page)
            assert not re.search(
                r"<script(?! defer src=)|<img|<u>|onerror=alert\(1\)>|\x00|\x1b|\u202e|\ud800", page
            ), name
            tags = " ".join(re.findall(r"<[^>]*>", page))
            assert not re.search(r'" on\w+="', re.sub(r"&#?\w+;", "", tags)), name
    assert "{{ 7*7 }}" in built.page("cable/2009/03/09OSLO12.html")
    assert broken(built.output) == []


def test_odd_names_and_values_have_safe_addresses(build_site: Build, telex: Callable[..., str]) -> None:
    """An origin of any letters, a reserved word as a TAG: addresses stay plain, and every link works."""
    one = telex(
        "09OSLO12", "2009-03-01 10:00", ["Words."], origin="Посольство / ../../Осло", tags="CON, NUL, AUX, PREL"
    )
    two = telex("09OSLO13", "2009-03-01 10:00", ["Words."], origin="EMBASSY OSLO", tags="prel")
    three = telex("09OSLO14", "2009-03-01 10:00", ["Words."], origin="Embassy  Oslo")
    built = build_site({"1.txt": one, "2.txt": two, "3.txt": three})
    assert built.report.cables == 3
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", name) and len(name) < 180 for name in built.files())
    assert len({name.lower() for name in built.files()}) == len(built.files())
    assert broken(built.output) == []


def test_no_cables_at_all(build_site: Build) -> None:
    """An empty content folder makes a site that says so, with no broken link."""
    built = build_site({})
    assert built.report.cables == 0
    assert broken(built.output) == []


def test_a_failed_build_leaves_the_last_site(
    build_site: Build, three: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in the middle of a build: the old site stands, nothing lies beside it, and the next build is whole."""
    first = build_site(three).files()
    monkeypatch.setattr("reftel.site.build.copy_static", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        build_site({**three, "d.txt": three["a.txt"].replace("09OSLO12", "09OSLO99")})
    monkeypatch.undo()
    built = build_site(three)
    assert built.files() == first
    assert sorted(path.name for path in built.output.parent.iterdir()) == ["cache", "content", "output"]


def test_a_build_that_fails_while_a_copy_makes_the_index(
    build_site: Build, three: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of a small change the search index is made beside all else. When that fails the copy ends too, the old site
    stands, and the next build is as a clean one.
    """
    first = build_site(three, jobs=2)
    before, stopped, stop = first.files(), list[object](), Beside.stop
    three["a.txt"] = three["a.txt"].replace("First", "Last")

    def fail(*args: object) -> None:
        raise OSError(5, "Input/output error")

    def note(copy: Beside[object]) -> None:
        stopped.append(copy)
        stop(copy)

    monkeypatch.setattr("reftel.site.build.relate", fail)
    monkeypatch.setattr(Beside, "stop", note)
    with pytest.raises(Refusal, match="Input/output error"):
        build_site(three, jobs=2)
    can_copy = sys.platform == "linux" and threading.active_count() == 1
    assert len(stopped) == can_copy
    assert multiprocessing.active_children() == []
    assert first.files() == before
    monkeypatch.undo()
    assert build_site(three, jobs=2).files() == build_site(three, "clean", cache=tmp_path / "other").files() != before


def test_a_full_disk_is_one_clear_message(
    build_site: Build, three: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, the remedy, and the old site as it was."""
    first = build_site(three)

    def full(*args: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reftel.site.trees._write", full)
    three["a.txt"] = three["a.txt"].replace("First", "Last")
    with pytest.raises(Refusal, match=r"output: cannot be written \(No space left on device\); free some space"):
        build_site(three)
    monkeypatch.undo()
    assert first.page("cable/2009/03/09OSLO12.html").count("First words") >= 1


def test_survey_finds_the_same_and_makes_nothing(build_site: Build, three: dict[str, str], tmp_path: Path) -> None:
    """`reftel check` sees what a build would report."""
    three["d.txt"] = three["a.txt"]
    built = build_site(three)
    before = sorted(tmp_path.rglob("*"))
    report = survey(built.content, jobs=1, cache=tmp_path / "cache")
    assert report.problems == built.report.problems
    assert (report.cables, report.resolved, report.missing) == (4, 2, 1)
    assert report.files == 0
    assert sorted(tmp_path.rglob("*")) == before


def test_progress_is_told_by_stage(build_site: Build, three: dict[str, str]) -> None:
    """Each stage says how far it is, and ends with all done."""
    told: list[tuple[str, int, int]] = []
    build_site(three, progress=lambda stage, done, whole: told.append((stage, done, whole)))
    for stage in ("read", "render", "search"):
        last = [step for step in told if step[0] == stage][-1]
        assert last[1] == last[2] > 0
