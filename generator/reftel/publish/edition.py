"""An edition: one build of an archive, named by a hash of all it holds, so that a true copy can be told from a false
one.

    manifest.json   every file with size and SHA-256, the raw hash of each cable, the edition's hash
    SHA256SUMS      the same for `sha256sum -c`, the manifest included
    edition.txt     the edition's hash alone
    edition.js      writes its first letters into each page's footer, so that no page changes when another one does
    edition.html    says what it is and how to check a copy

The hash is that of the lines `<sha256>  <address>` of all other files, sorted by address.
"""

import hashlib
import json
from collections.abc import Iterable

import msgspec
from markupsafe import Markup

import reftel
from reftel.archive.model import Entry
from reftel.site import addresses
from reftel.site.contexts import ProsePage
from reftel.site.frame import frame
from reftel.site.publishing import Finished, Published, figured
from reftel.site.splice import spliced
from reftel.site.theme import Page
from reftel.site.trees import File

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
TEXT = "edition.txt"
SCRIPT = "edition.js"
PAGE = "edition.html"
ABOUT = frozenset({MANIFEST, SUMS, TEXT, SCRIPT, PAGE})
"""The files that name the edition: its hash cannot cover them. All but SUMS itself stand in SUMS."""
SHOWN = 12
"""Letters of the hash in a footer."""

_SCRIPT = """/* The edition, in the footer of each page. */
document.querySelectorAll("footer a[href$='edition.html']").forEach(function (link) {
  link.textContent = "Edition %s";
});
"""
_HTML = Markup("""<p>This is edition</p>
<pre>{edition}</pre>
<p>of {title}: {files} files, {cables} cables. The name is a hash of every file of the site. Two copies that bear the
same name and pass the check below are the same to the last byte, wherever you have them from.</p>
<h2>Check a copy</h2>
<p>With the program that made it, for a folder or an unopened zip:</p>
<pre>reftel verify FOLDER-OR-ZIP</pre>
<p>It names what is missing, changed or foreign. With what every Linux and macOS has, in the copy's folder:</p>
<pre>sha256sum --check --quiet SHA256SUMS</pre>
<p>Then compare the name above with the one that somebody you trust has published, elsewhere than in the copy.</p>
<h2>Files</h2>
<ul>
<li><a href="manifest.json">manifest.json</a>: every file with its size and SHA-256, and the SHA-256 of each cable's
raw text</li>
<li><a href="SHA256SUMS">SHA256SUMS</a>: the same for <code>sha256sum</code></li>
<li><a href="edition.txt">edition.txt</a>: the edition's name alone</li>
</ul>
<h2>Mirror it</h2>
<p>Every link of the site is relative: copy all files to any host, under any path, or open them from disk. Keep
<code>manifest.json</code> and <code>SHA256SUMS</code> with them, and say where your copy comes from.</p>
""")


class RawCable(msgspec.Struct, frozen=True):
    """A cable in the manifest: where it stands, and the SHA-256 of its source as found."""

    mrn: str
    path: str
    raw: str


class ManifestFile(msgspec.Struct, frozen=True):
    """A file in the manifest."""

    path: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """`manifest.json`."""

    reftel: str
    """The version of the program."""
    title: str
    edition: str
    files: list[ManifestFile]
    cables: list[RawCable]


def edition_of(files: Iterable[File | ManifestFile]) -> str:
    """The name of the edition that these files make, in hex."""
    named = sorted((_address(file), file.sha256) for file in files if _address(file) not in ABOUT)
    digest = hashlib.sha256()
    for address, sha256 in named:
        digest.update(f"{sha256}  {address}\n".encode())
    return digest.hexdigest()


def publish_edition(finished: Finished) -> Published:
    """The files that name and list the edition; the last of all publishers."""
    lines = _sum_lines(finished)
    edition = hashlib.sha256(lines).hexdigest()
    about = {
        TEXT: f"{edition}\n".encode(),
        SCRIPT: (_SCRIPT % edition[:SHOWN]).encode(),
        PAGE: finished.render(_page(finished, edition, lines.count(b"\n"))),
        MANIFEST: _manifest(finished, edition),
    }
    made = {address: figured(address, data) for address, data in about.items()}
    yield from made.items()
    own = {address: _sum_line(one.file) for address, one in made.items()}
    yield SUMS, spliced(lines, own, _summed)


def _sum_lines(finished: Finished) -> bytes:
    """The line of `sha256sum` of every file but those about the edition, by address. What has not changed is taken from
    the last build's.
    """
    news = finished.news
    if news and (last := news.last(SUMS)):
        changes = {address: _sum_line(file) if file else None for address, file in news.changed.items()}
        return spliced(last, changes | dict.fromkeys(ABOUT), _summed)
    return b"".join(_sum_line(file) for file in finished.files if file.address not in ABOUT)


def _sum_line(file: File) -> bytes:
    return f"{file.sha256}  {file.address}\n".encode()


def _summed(line: bytes) -> str:
    """The address in a line of `sha256sum`."""
    return line[66:-1].decode()


def _page(finished: Finished, edition: str, files: int) -> Page:
    site = finished.site
    html = _HTML.format(
        edition=edition,
        title=site.settings.title,
        files=f"{files:,}",
        cables=f"{len(site.archive.everything):,}",
    )
    return ProsePage(frame(site, PAGE, "This edition", "prose"), "This edition", html)


def _manifest(finished: Finished, edition: str) -> bytes:
    """The manifest as JSON, a file or cable on a line, so that two of them can be compared by any tool."""
    head = {"reftel": reftel.__version__, "title": finished.site.settings.title, "edition": edition}
    files, cables = _last_lines(finished) or _all_lines(finished)
    parts = (json.dumps(head, ensure_ascii=False)[:-1].encode(), b",\n", _FILES)
    listed, held = memoryview(files)[: -len(_NEXT)], memoryview(cables)[: -len(_NEXT)]
    return b"".join([*parts, listed, _CABLES, held, _END])


_NEXT, _FILES, _CABLES, _END = b",\n", b'"files": [\n', b'\n],\n"cables": [\n', b"\n]}\n"


def _all_lines(finished: Finished) -> tuple[bytes, bytes]:
    """The lines of all files and of all cables, each with a comma and its end."""
    cables = sorted(finished.site.archive.everything, key=addresses.cable)
    return b"".join(map(_file_line, finished.files)), b"".join(map(_cable_line, cables))


def _last_lines(finished: Finished) -> tuple[bytes, bytes] | None:
    """The lines of the last build's manifest, with what has changed since; None where that cannot be had."""
    news = finished.news
    last = news.last(MANIFEST) if news else None
    if not news or not last:
        return None
    start, middle, end = last.index(_FILES) + len(_FILES), last.index(_CABLES), len(last) - len(_END)
    cables = middle + len(_CABLES)
    listed, held = memoryview(last)[start:middle], memoryview(last)[cables:end]
    changes = {address: _file_line(file) if file else None for address, file in news.changed.items()}
    pages = set(filter(addresses.is_cable, news.files))
    found = addresses.cables_at(finished.site.archive, pages)
    raw = {page: _cable_line(found[page]) if page in found else None for page in pages}
    return (
        spliced(b"".join((listed, _NEXT)), changes | dict.fromkeys(ABOUT), _path_of),
        spliced(b"".join((held, _NEXT)) if held else b"", raw, _path_of),
    )


def _file_line(file: File) -> bytes:
    return msgspec.json.encode(ManifestFile(*file)) + _NEXT


def _cable_line(entry: Entry) -> bytes:
    return msgspec.json.encode(RawCable(entry.mrn, addresses.cable(entry), entry.sha256)) + _NEXT


class _Path(msgspec.Struct):
    path: str


_decoder = msgspec.json.Decoder(_Path)


def _path_of(line: bytes) -> str:
    """The address in a line of the manifest."""
    return _decoder.decode(line.removesuffix(_NEXT)).path


def _address(file: File | ManifestFile) -> str:
    return file.address if isinstance(file, File) else file.path
