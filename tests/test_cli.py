"""The commands as a user types them: what they print, their exit codes, and what bad input gets."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from reftel import __version__, cli

CABLE = """Reference ID Created Released Classification Origin
07TOLM10 2007-03-02 09:15 2011-08-30 01:44 CONFIDENTIAL Embassy Tolm

O 020915Z MAR 07
FM AMEMBASSY TOLM
TO SECSTATE WASHDC IMMEDIATE 1204

C O N F I D E N T I A L TOLM 000010

E.O. 12958: DECL: 03/02/2017
TAGS: PREL PGOV
SUBJECT: THE FERRY IS LATE

1. (C) The ferry is late again, the harbour master says.

2. (U) Comment: It is always late.

WINTER
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `reftel` in an empty folder that holds a content folder of one cable. It runs in this process, which saves
    a second for each command.
    """
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "ferry.txt").write_text(CABLE, encoding="utf-8")

    def reftel(*words: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["reftel", *words])
        with pytest.raises(SystemExit) as ended:
            cli.run()
        said = capsys.readouterr()
        code = ended.value.code
        return subprocess.CompletedProcess(words, code if isinstance(code, int) else 0, said.out, said.err)

    monkeypatch.chdir(tmp_path)
    return reftel


def test_the_installed_command(tmp_path: Path) -> None:
    """The command that is installed is this program, in a process of its own: a site, and a refusal in one line."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "ferry.txt").write_text(CABLE, encoding="utf-8")
    for words, code, said in (
        (["build"], 0, "1 cable, "),
        (["build", "--content", "x"], 2, "reftel: x: no such folder"),
    ):
        done = subprocess.run(
            ["reftel", *words], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
        assert (done.returncode, done.stdout) == (code, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_build_says_what_it_made(run: Run, tmp_path: Path) -> None:
    """A build ends with its figures on standard error and exit code 0, and prints no bar into a pipe."""
    done = run("build")
    assert (done.returncode, done.stdout) == (0, "")
    assert re.search(
        r"^1 cable, \d+ pages, 0 references resolved, 0 missing, 0 problems, [\d.]+ s → ", done.stderr, re.M
    )
    assert (tmp_path / "output/cable/2007/03/07TOLM10.html").is_file()


def test_parse_prints_a_record_a_line(run: Run) -> None:
    """`parse` prints one JSON object a line, with the path as it was typed."""
    done = run("parse", "content/ferry.txt", "content/ferry.txt")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["mrn"] for record in records] == ["07TOLM10", "07TOLM10"]
    assert records[0]["source"]["path"] == "content/ferry.txt"
    assert [block["anchor"] for block in records[0]["blocks"]] == ["par1", "par2"]


def test_inspect_labels_each_line(run: Run) -> None:
    """`inspect` shows the cable's lines with what they were recognised as."""
    done = run("inspect", "content/ferry.txt")
    assert done.returncode == 0
    assert re.search(r"subject.*THE FERRY IS LATE", done.stdout)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("text", r"^bad\.txt: error: empty"),
        ("json", r'"path": "bad\.txt"'),
        ("github", r"^::error file=content/bad\.txt,line=1::empty"),
    ],
)
def test_check_prints_problems(run: Run, tmp_path: Path, form: str, expected: str) -> None:
    """`check` prints each problem in the form asked for, exits with 1, and writes no site."""
    (tmp_path / "content" / "bad.txt").write_bytes(b"")
    done = run("check", "--format", form)
    assert done.returncode == 1
    assert re.search(expected, done.stdout, re.M)
    assert not (tmp_path / "output").exists()


def test_check_is_content_with_a_good_folder(run: Run) -> None:
    """Nothing wrong: exit code 0 and nothing on standard output."""
    done = run("check")
    assert (done.returncode, done.stdout) == (0, "")


def test_strict_makes_a_problem_fatal(run: Run, tmp_path: Path) -> None:
    """A problem does not stop a build; under `--strict` it makes the exit code 1. The good cable is built all the
    same.
    """
    (tmp_path / "content" / "bad.txt").write_bytes(b"\0\1\2" * 50)
    assert run("build").returncode == 0
    assert run("build", "--strict").returncode == 1
    assert (tmp_path / "output/cable/2007/03/07TOLM10.html").is_file()


def foreign_output(folder: Path) -> list[str]:
    (folder / "output").mkdir()
    (folder / "output" / "thesis.doc").write_text("years of work")
    return ["build"]


def broken_settings(folder: Path) -> list[str]:
    (folder / "content" / "archive.toml").write_text('title = "A"\ntitel = "B"\n')
    return ["build"]


def begun_already(folder: Path) -> list[str]:
    (folder / "content" / "archive.toml").write_text("")
    return ["init", "."]


REFUSED: list[tuple[Callable[[Path], list[str]], str]] = [
    (lambda _: ["build", "--content", "nowhere"], r"nowhere: .*no such folder"),
    (lambda _: ["build", "--output", "content"], r"content"),
    (lambda _: ["build", "--output", "content/site"], r"content"),
    (lambda _: ["build", "--output", "."], r"output|content"),
    (foreign_output, r"thesis\.doc"),
    (broken_settings, r"archive\.toml:2: unknown key titel; did you mean title\?"),
    (lambda _: ["parse", "nowhere.txt"], r"nowhere\.txt: no such file"),
    (lambda _: ["bundle", "--output", "content"], r"content: --output names the file"),
    (lambda _: ["search", "nowhere", "ferry"], r"nowhere"),
    (lambda _: ["bundle", "--thread", "99OSLO1"], r"99OSLO1: this archive does not hold that cable"),
    (lambda _: ["bundle", "--from", "yesterday"], r"--from yesterday: a date is"),
    (lambda _: ["bundle", "--mrn-list", "nowhere.txt"], r"nowhere\.txt: cannot be read"),
    (lambda _: ["build", "--public-address", "ftp://x"], r"--public-address must begin with http"),
    (lambda _: ["verify", "content"], r"content: no site here"),
    (lambda _: ["diff", "content", "nowhere"], r"content: no site here"),
    (lambda _: ["edition", "../x"], r"an edition's name"),
    (begun_already, r"\.: is an archive already"),
]


@pytest.mark.parametrize(("prepare", "message"), REFUSED)
def test_what_cannot_run_says_why(run: Run, tmp_path: Path, prepare: Callable[[Path], list[str]], message: str) -> None:
    """What cannot run at all is one line on standard error and exit code 2; nothing is written or lost."""
    done = run(*prepare(tmp_path))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert re.search(message, done.stderr)
    assert (tmp_path / "content" / "ferry.txt").read_text(encoding="utf-8") == CABLE


def test_a_refused_build_leaves_the_last_good_site(run: Run, tmp_path: Path) -> None:
    """A build that cannot run touches nothing of the site that stands."""
    assert run("build").returncode == 0
    page = tmp_path / "output/cable/2007/03/07TOLM10.html"
    before = page.read_bytes()
    (tmp_path / "content" / "archive.toml").write_text("listing_size = 0\n")
    assert run("build").returncode == 2
    assert page.read_bytes() == before


def test_bundle_is_the_same_bytes_again(run: Run, tmp_path: Path) -> None:
    """Two bundles of one content are equal, whatever the clock says."""
    assert run("bundle", "--output", "one.zip").returncode == 0
    assert run("bundle", "--output", "two.zip", "--jobs", "1").returncode == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_search_answers_from_the_built_site(run: Run) -> None:
    """`search` finds the cable by a word of its text, as JSON for machines."""
    assert run("build").returncode == 0
    hits = json.loads(run("search", "output", "harbour", "--json").stdout)
    assert [hit["mrn"] for hit in hits] == ["07TOLM10"]


COMMANDS = ("init", "build", "check", "serve", "bundle", "verify", "diff", "edition", "parse", "inspect", "search")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_explains_itself(run: Run, command: str) -> None:
    """Every command explains itself."""
    done = run(*([command] if command else []), "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5


def test_help_without_a_command_lists_them_all(run: Run) -> None:
    """Without a word, too, the help: every command in it, with its whole first sentence."""
    asked, alone = run("-h"), run()
    assert alone.returncode == 2
    assert alone.stdout + alone.stderr == asked.stdout
    assert set(COMMANDS) == set(re.findall(r"^  (\w+) ", asked.stdout.partition("Commands:")[2], re.M))
    assert "..." not in asked.stdout.partition("Commands:")[2]


def test_version(run: Run) -> None:
    """`--version` says it and asks for nothing else."""
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"reftel {__version__}\n")


MISTYPED = (
    (["buidl"], "'buidl'.*build"),
    (["build", "--jbos", "1"], "--jbos.*--jobs"),
    (["build", "elsewhere"], "elsewhere"),
    (["build", "--jobs", "-1"], "'--jobs' / '-j'.*>=0"),
    (["build", "--jobs", "all"], "'--jobs' / '-j'.*'all'"),
    (["serve", "--port", "70000"], "'--port'.*<=65535"),
    (["check", "--format", "xml"], "'--format'.*'text', 'json', 'github'"),
    (["check", "--fail-on", "doubt"], "'--fail-on'.*'warning', 'error'"),
    (["search", "output"], "'QUERY...'"),
    (["parse"], "'FILE...'"),
)


@pytest.mark.parametrize(("words", "message"), MISTYPED)
def test_what_is_mistyped_is_named(run: Run, words: list[str], message: str) -> None:
    """A command line that says nothing known is exit code 2; the message names what is wrong and what could stand
    there, and nothing is made.
    """
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.search(message, done.stderr)
    assert not Path("output").exists()


def test_an_interrupt_ends_without_a_word(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is the exit code that shells give to it, and no message: who pressed it knows."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reftel.cli.building.built", interrupted)
    done = run("build")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_the_public_address_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workflow gives the address in the environment; the command line goes first."""
    monkeypatch.setenv("REFTEL_PUBLIC_ADDRESS", "ftp://x")
    assert "--public-address must begin with http" in run("build").stderr
    assert run("build", "--public-address", "https://a.example/").returncode == 0


def test_readme_names_every_command() -> None:
    """A command that the README does not name does not exist for a reader."""
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"`reftel {command}" in readme


def test_a_new_archive_in_three_commands(run: Run, tmp_path: Path) -> None:
    """`init`, a copy of the cables, `build`: a site, which `verify` and `check --site` find in order."""
    assert run("init", "papers").stdout.splitlines()[-1] == "reftel build"
    shutil.copy(tmp_path / "content/ferry.txt", tmp_path / "papers/content/cables")
    there = ["--content", "papers/content", "--output", "papers/output"]
    assert run("build", *there, "--strict", "--public-address", "https://a.example/").returncode == 0
    assert run("verify", "papers/output").returncode == 0
    assert run("check", "--site", "papers/output").returncode == 0
    page = (tmp_path / "papers/output/cable/2007/03/07TOLM10.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://a.example/cable/2007/03/07TOLM10.html">' in page


def test_verify_says_what_is_wrong(run: Run, tmp_path: Path) -> None:
    """A damaged copy is exit code 1 and a line for each fault; --json says the same to machines."""
    assert run("bundle", "--output", "copy.zip").returncode == 0
    assert run("verify", "copy.zip").returncode == 0
    assert run("build").returncode == 0
    (tmp_path / "output" / "index.html").unlink()
    done = run("verify", "output")
    assert (done.returncode, done.stdout) == (1, "missing: index.html\n")
    assert json.loads(run("verify", "output", "--json").stdout)["copy"]["faults"][0]["path"] == "index.html"


def test_diff_and_edition(run: Run, tmp_path: Path) -> None:
    """`edition` keeps what is published, `diff` tells what changed, `check --against` what must not."""
    assert run("build").returncode == 0
    assert run("edition", "first", "--date", "2026-01-01").returncode == 0
    (tmp_path / "content/ferry.txt").write_text(CABLE.replace("always late", "never late"), encoding="utf-8")
    assert run("build", "--output", "later").returncode == 0
    assert "[-always-]" in run("diff", "output", "later").stdout.replace("[-always -]", "[-always-]")
    assert run("check", "--against", "output").returncode == 0
    (tmp_path / "content/ferry.txt").write_text(
        CABLE.replace("2. (U) Comment: It is always late.", ""), encoding="utf-8"
    )
    done = run("check", "--against", "content/editions/first.json", "--fail-on", "error")
    assert done.returncode == 1
    assert "07TOLM10: error: #par2 was published" in done.stdout


@pytest.mark.slow
def test_serve_rebuilds_after_an_edit(run: Run, tmp_path: Path) -> None:
    """`serve` answers over http and shows an edit soon after it is saved."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        ["reftel", "serve", "--port", "0"], cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert server.stderr
        address = next(line.split()[0] for line in server.stderr if line.startswith("http://"))
        page = f"{address}cable/2007/03/07TOLM10.html"
        assert "ferry is late" in urllib.request.urlopen(page).read().decode()
        (tmp_path / "content" / "ferry.txt").write_text(
            CABLE.replace("ferry is late", "ferry is early"), encoding="utf-8"
        )
        deadline = time.monotonic() + 30
        while "ferry is early" not in (shown := urllib.request.urlopen(page).read().decode()):
            assert time.monotonic() < deadline, shown
            time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(10)
