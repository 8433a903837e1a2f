"""`reftel verify`: what is missing, changed or foreign in a copy of a published site, and how two editions differ."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from reftel.problems import Refusal
from reftel.publish.copies import Copy, Damaged, open_copy
from reftel.publish.edition import ABOUT, MANIFEST, SUMS, TEXT, Manifest, ManifestFile, edition_of
from reftel.publish.signatures import SIGNATURES, Signature, check_signature

Kind = Literal["missing", "changed", "foreign", "renamed", "unreadable", "manifest", "signature"]


class Fault(msgspec.Struct, frozen=True, order=True):
    """Something wrong with a copy: the kind, the file, and why."""

    kind: Kind
    path: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.path}" + (f" ({self.why})" if self.why else "")


class Verified(msgspec.Struct, frozen=True):
    """What a look at a copy has found. A copy is true when there are no faults."""

    path: str
    edition: str
    """As its manifest says, "" without a readable one."""
    files: int
    size: int
    faults: list[Fault]
    signature: str
    """What is to be said of the signature: who signed, or that there is none."""


def verify(path: Path, key: str = "") -> Verified:
    """Check a folder or zip against its own manifest and, where there is a signature, that against `key` (a minisign
    public key). Raises Refusal when there is no copy to check.
    """
    with open_copy(path) as copy:
        manifest, faults = _manifest(copy)
        if manifest:
            faults += _files(copy, manifest)
            faults += _about(copy, manifest)
        signature = check_signature(copy, key)
        faults += _signature_faults(signature)
        edition = manifest.edition if manifest else ""
        return Verified(copy.name, edition, len(copy.sizes), sum(copy.sizes.values()), sorted(faults), signature.said)


def _signature_faults(signature: Signature) -> list[Fault]:
    return [Fault("signature", signature.path, signature.said)] if signature.wrong else []


def _manifest(copy: Copy) -> tuple[Manifest | None, list[Fault]]:
    """The manifest, and what is wrong with itself."""
    try:
        manifest = msgspec.json.decode(copy.read(MANIFEST), type=Manifest)
    except KeyError:
        return None, [Fault("missing", MANIFEST, "without it nothing can be checked")]
    except (Damaged, msgspec.DecodeError, UnicodeDecodeError) as error:
        return None, [Fault("manifest", MANIFEST, f"cannot be read: {error}")]
    if edition_of(manifest.files) != manifest.edition:
        return manifest, [Fault("manifest", MANIFEST, "it was changed: its files do not make the edition it names")]
    return manifest, []


def _files(copy: Copy, manifest: Manifest) -> Iterator[Fault]:
    """What the manifest lists, against what is there; a file found under another name is called renamed."""
    listed = {file.path: file for file in manifest.files}
    foreign = {path: "" for path in sorted(copy.sizes) if path not in listed and not _known(path)}
    missing: list[ManifestFile] = []
    for path, file in sorted(listed.items()):
        if path not in copy.sizes:
            missing.append(file)
            continue
        if copy.sizes[path] != file.size:
            yield Fault("changed", path, f"{copy.sizes[path]} bytes instead of {file.size}")
            continue
        try:
            if _sha256(copy, path) != file.sha256:
                yield Fault("changed", path, "same size, other bytes")
        except Damaged as error:
            yield Fault("unreadable", path, str(error))
    sizes = {file.size for file in missing}
    for path in foreign:
        if copy.sizes[path] in sizes:
            foreign[path] = _sha256_or_none(copy, path)
    yield from _paired(missing, foreign)


def _paired(missing: list[ManifestFile], foreign: dict[str, str]) -> Iterator[Fault]:
    for file in missing:
        there = next((path for path, sha256 in foreign.items() if sha256 == file.sha256), None)
        if there is None:
            yield Fault("missing", file.path)
        else:
            del foreign[there]
            yield Fault("renamed", file.path, f"it is called {there} here")
    yield from (Fault("foreign", path) for path in foreign)


def _about(copy: Copy, manifest: Manifest) -> Iterator[Fault]:
    """The files about the edition, which the manifest cannot list, against it and against SHA256SUMS."""
    sums = dict(_sums(_text(copy, SUMS)))
    listed = {file.path: file.sha256 for file in manifest.files}
    for path in sorted(ABOUT - {SUMS}):
        if path not in copy.sizes:
            if path != MANIFEST:
                yield Fault("missing", path)
        elif _sha256_or_none(copy, path) != sums.get(path):
            yield Fault("changed", path, f"not as {SUMS} says")
    if SUMS not in copy.sizes:
        yield Fault("missing", SUMS)
    elif {path: sha256 for path, sha256 in sums.items() if path not in ABOUT} != listed:
        yield Fault("changed", SUMS, f"it does not list what {MANIFEST} lists")
    if TEXT in copy.sizes and _text(copy, TEXT).strip() != manifest.edition:
        yield Fault("changed", TEXT, "it names another edition")


def _sums(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        sha256, _, path = line.partition("  ")
        yield path, sha256


def _text(copy: Copy, path: str) -> str:
    try:
        return copy.read(path).decode("utf-8", "replace")
    except (KeyError, Damaged):
        return ""


def _known(path: str) -> bool:
    return path in ABOUT or path in SIGNATURES


def _sha256(copy: Copy, path: str) -> str:
    digest = hashlib.sha256()
    for piece in copy.pieces(path):
        digest.update(piece)
    return digest.hexdigest()


def _sha256_or_none(copy: Copy, path: str) -> str:
    try:
        return _sha256(copy, path)
    except Damaged:
        return ""


class Compared(msgspec.Struct, frozen=True):
    """How two editions differ, file by file and by the raw texts of their cables."""

    same: bool
    added: list[str]
    removed: list[str]
    changed: list[str]
    cables_added: list[str]
    cables_removed: list[str]
    cables_changed: list[str]


def compare(old: Path, new: Path) -> Compared:
    """Two editions by their manifests. Raises Refusal when one of them has none."""
    a, b = _manifest_of(old), _manifest_of(new)
    files = _differences(((f.path, f.sha256) for f in a.files), ((f.path, f.sha256) for f in b.files))
    cables = _differences(((c.path, c.raw) for c in a.cables), ((c.path, c.raw) for c in b.cables))
    return Compared(a.edition == b.edition, *files, *cables)


def _manifest_of(path: Path) -> Manifest:
    with open_copy(path) as copy:
        manifest, faults = _manifest(copy)
    if manifest is None:
        raise Refusal(f"{path}: {faults[0]}")
    return manifest


def _differences(
    old: Iterable[tuple[str, str]], new: Iterable[tuple[str, str]]
) -> tuple[list[str], list[str], list[str]]:
    a, b = dict(old), dict(new)
    changed = sorted(path for path in a.keys() & b.keys() if a[path] != b[path])
    return sorted(b.keys() - a.keys()), sorted(a.keys() - b.keys()), changed
