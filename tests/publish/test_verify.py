"""The manifest of an edition, and what `verify` finds in copies that are not true."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reftel.problems import Refusal
from reftel.publish.bundle import write_bundle
from reftel.publish.verify import compare, verify

PAGE = "cable/2009/01/09OSLO12.html"


def test_a_fresh_site_is_a_true_copy(site: Path) -> None:
    """What was just built passes, as a folder and as a zip, and the manifest lists every file of it."""
    write_bundle(site, site.parent / "site.zip", "tolm")
    for copy in (site, site.parent / "site.zip"):
        found = verify(copy)
        assert found.faults == []
        assert found.edition == (site / "edition.txt").read_text().strip()
    manifest = json.loads((site / "manifest.json").read_bytes())
    listed = {file["path"] for file in manifest["files"]}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    own = {"manifest.json", "SHA256SUMS", "edition.txt", "edition.js", "edition.html"}
    assert there - own - {".reftel-files"} == listed
    raw = (site.parent / "content/cables/09OSLO12.txt").read_bytes()
    cable = next(cable for cable in manifest["cables"] if cable["mrn"] == "09OSLO12")
    assert cable == {"mrn": "09OSLO12", "path": PAGE, "raw": hashlib.sha256(raw).hexdigest()}


def test_sha256sum_agrees(site: Path) -> None:
    """SHA256SUMS is what `sha256sum -c` reads, and covers the manifest too."""
    if not shutil.which("sha256sum"):
        pytest.skip("no sha256sum here")
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=site, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"manifest.json" in (site / "SHA256SUMS").read_bytes()


def flip(copy: Path) -> None:
    data = bytearray((copy / PAGE).read_bytes())
    data[100] ^= 1
    (copy / PAGE).write_bytes(data)


def lie(copy: Path) -> None:
    """Change a page and its hash in the manifest, but not the edition."""
    before = hashlib.sha256((copy / PAGE).read_bytes()).hexdigest()
    flip(copy)
    after = hashlib.sha256((copy / PAGE).read_bytes()).hexdigest()
    for name in ("manifest.json", "SHA256SUMS"):
        (copy / name).write_text((copy / name).read_text().replace(before, after))


DAMAGES: list[tuple[Callable[[Path], object], list[str]]] = [
    (flip, [f"changed: {PAGE} (same size, other bytes)"]),
    (lambda copy: (copy / PAGE).write_bytes(b"short"), [rf"changed: {PAGE} (5 bytes instead of"]),
    (lambda copy: (copy / PAGE).unlink(), [f"missing: {PAGE}"]),
    (lambda copy: (copy / "leak.html").write_text("new"), ["foreign: leak.html"]),
    (lambda copy: (copy / PAGE).rename(copy / "moved.html"), [f"renamed: {PAGE} (it is called moved.html here)"]),
    (lambda copy: (copy / "edition.txt").write_text("0" * 64), ["changed: edition.txt"]),
    (lambda copy: (copy / "SHA256SUMS").unlink(), ["missing: SHA256SUMS"]),
    (lambda copy: (copy / "manifest.json").unlink(), ["missing: manifest.json"]),
    (lambda copy: (copy / "manifest.json").write_text("{"), ["manifest: manifest.json (cannot be read"]),
    (lie, ["manifest: manifest.json (it was changed: its files do not make the edition it names)"]),
]


@pytest.mark.parametrize(("damage", "expected"), DAMAGES)
def test_each_damage_is_found(site: Path, damage: Callable[[Path], object], expected: list[str]) -> None:
    """Whatever is wrong with a copy is named, with the file and why."""
    damage(site)
    found = [str(fault) for fault in verify(site).faults]
    for one in expected:
        assert any(fault.startswith(one) for fault in found), found


def test_a_zip_that_is_cut_off_is_refused(site: Path) -> None:
    """A truncated zip is said to be one."""
    write_bundle(site, site.parent / "site.zip", "tolm")
    data = (site.parent / "site.zip").read_bytes()
    (site.parent / "cut.zip").write_bytes(data[: len(data) // 2])
    with pytest.raises(Refusal, match="damaged or cut off"):
        verify(site.parent / "cut.zip")


def test_a_flipped_byte_in_a_zip_is_found(site: Path) -> None:
    """A zip whose index is whole but one file of which is damaged names that file."""
    path = site.parent / "site.zip"
    write_bundle(site, path, "tolm")
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo(f"tolm/{PAGE}").header_offset + 200
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)
    faults = verify(path).faults
    assert [fault.path for fault in faults] == [PAGE]
    assert faults[0].kind == "unreadable"


def test_a_stale_signature_is_found(site: Path, tmp_path: Path) -> None:
    """A manifest that was changed after it was signed does not pass, nor does one without a signature where a key is
    named.
    """
    assert [fault.kind for fault in verify(site, "RWQ").faults] == ["signature"]
    if not shutil.which("minisign"):
        pytest.skip("no minisign here")
    keys = ["-p", str(tmp_path / "key.pub"), "-s", str(tmp_path / "key")]
    subprocess.run(["minisign", "-G", "-W", *keys], capture_output=True, check=True)
    subprocess.run(["minisign", "-S", *keys[2:], "-m", str(site / "manifest.json")], capture_output=True, check=True)
    good = verify(site, str(tmp_path / "key.pub"))
    assert (good.faults, good.signature) == ([], "the signature is good")
    lie(site)
    assert "signature" in [fault.kind for fault in verify(site, str(tmp_path / "key.pub")).faults]


def test_two_editions_are_compared(site: Path, publish: Callable[..., Path], content: Path) -> None:
    """Files and cables that came, went and changed between two editions."""
    text = (content / "cables/09OSLO12.txt").read_text()
    (content / "cables/09OSLO12.txt").write_text(text.replace("calm", "angry"))
    (content / "cables/09RIGA9.txt").unlink()
    compared = compare(site, publish("later"))
    assert not compared.same
    assert compared.cables_changed == [PAGE]
    assert compared.cables_removed == ["cable/2009/03/09RIGA9.html"]
    assert compare(site, site).same


def test_pages_do_not_name_the_edition(site: Path, publish: Callable[..., Path], content: Path) -> None:
    """The edition stands in a file of its own, so that a page changes only when its own content does."""
    name = (site / "edition.txt").read_text()[:12]
    told = [p.name for p in site.rglob("*") if p.is_file() and name.encode() in p.read_bytes()]
    assert sorted(told) == ["edition.html", "edition.js", "edition.txt", "manifest.json"]
    (content / "cables/09RIGA9.txt").write_text((content / "cables/09RIGA9.txt").read_text() + "\n")
    later = publish("later")
    assert (later / "edition.txt").read_text() != (site / "edition.txt").read_text()
    assert (later / PAGE).read_bytes() == (site / PAGE).read_bytes()


def test_no_site_no_verdict(tmp_path: Path) -> None:
    """A folder without a site, and no folder at all, are refused."""
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Refusal):
            verify(path)
