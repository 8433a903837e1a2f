"""A ZIM file, for Kiwix on phones, in schools, where there is no network. Needs the optional extra `reftel[zim]`.

The site goes in as it is, but for the content policy, which the readers' own frames would break. Kiwix's full-text
search is filled beside the site's own. The entries are those of the site in their order; the file itself carries an id
of its own. Today's libzim writes ZIM 6.3, whose head points to no list of titles: readers as old as libzim 8 (Debian
12) open it and search it, but a zimcheck of that age calls it broken. The same site in ZIM 6.2 passes that one.
"""

import html
import mimetypes
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reftel.config import Settings
from reftel.problems import Refusal
from reftel.publish.bundle import bundle_name, site_files
from reftel.publish.zipping import BundleReport, whole_file

LANGUAGES = {"en": "eng", "fr": "fra", "es": "spa", "de": "deu", "pt": "por", "ru": "rus", "ar": "ara"}
"""ISO 639-1 to 639-3, which ZIM wants; any other stands as it is."""
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
_TITLE = re.compile(rb"<title>(.*?)</title>", re.S)
_FRONT = re.compile(r"cable/.*(?<!\.raw)\.html$")
TYPES = {
    ".js": "text/javascript",
    ".jsonl": "application/x-ndjson",
    ".db": "application/vnd.sqlite3",
    ".xml": "application/xml",
}


def write_zim(
    site: Path,
    target: Path,
    settings: Settings,
    date: str,
    progress: Callable[[str, int, int], None] | None = None,
) -> BundleReport:
    """Write the built site as a ZIM file. `date` is that of its latest cable, which the format wants.

    Raises Refusal when libzim is not installed or the file cannot be written.
    """
    try:
        from libzim.writer import Creator
    except ImportError:
        raise Refusal("ZIM needs libzim, which is not installed here: pip install libzim") from None
    files = site_files(site)
    with whole_file(target) as part:
        creator = Creator(part).config_indexing(True, LANGUAGES.get(settings.language, settings.language))
        creator.set_mainpath("index.html")
        with creator:
            creator.add_illustration(48, illustration(48))
            for key, value in _metadata(settings, date).items():
                creator.add_metadata(key, value)
            for done, (address, path) in enumerate(files, 1):
                creator.add_item(_item(address, path))
                if progress:
                    progress("bundle", done, len(files))
    return BundleReport(target, len(files), target.stat().st_size)


def _metadata(settings: Settings, date: str) -> dict[str, str]:
    return {
        "Title": settings.title[:30],
        "Description": settings.description[:80],
        "Language": LANGUAGES.get(settings.language, settings.language),
        "Creator": settings.publisher or settings.title,
        "Publisher": settings.publisher or "reftel",
        "Name": bundle_name(settings),
        "Date": date,
        "Scraper": "reftel",
        "Source": settings.public_address,
    }


def _item(address: str, path: Path) -> Any:
    from libzim.writer import Hint, IndexData, Item, StringProvider

    data = path.read_bytes() or b"\n"  # an empty entry fails zimcheck
    title = address
    if address.endswith(".html"):
        data = _POLICY.sub(b"", data, count=1)
        found = _TITLE.search(data)
        title = html.unescape(" ".join(found[1].decode().split())) if found else address
    mimetype = TYPES.get(path.suffix) or mimetypes.guess_type(address)[0] or "application/octet-stream"

    is_front = bool(_FRONT.match(address)) or address == "index.html"

    class NoIndex(IndexData):  # type: ignore[misc]
        """Raw views and lists would only double Kiwix's results, and indexing takes most of the time."""

        def has_indexdata(self) -> bool:
            return False

        def get_title(self) -> str:
            return ""

        def get_content(self) -> str:
            return ""

        def get_keywords(self) -> str:
            return ""

        def get_wordcount(self) -> int:
            return 0

    class Entry(Item):  # type: ignore[misc]
        def get_path(self) -> str:
            return address

        def get_title(self) -> str:
            return title

        def get_mimetype(self) -> str:
            return mimetype

        def get_contentprovider(self) -> Any:
            return StringProvider(data)

        def get_hints(self) -> dict[Any, int]:
            return {Hint.FRONT_ARTICLE: int(is_front), Hint.COMPRESS: 1}

    class Beside(Entry):
        def get_indexdata(self) -> Any:
            return NoIndex()

    return Entry() if is_front else Beside()


def illustration(size: int) -> bytes:
    """The picture that a ZIM must have, as PNG: a sheet with lines on it."""
    ink, paper = b"\x33\x3a\x44", b"\xf6\xf2\xe8"
    lines = range(size // 4, size - size // 5, max(size // 8, 2))
    rows = []
    for y in range(size):
        line = [ink if y in lines and size // 5 < x < size - size // 5 else paper for x in range(size)]
        rows.append(b"\0" + b"".join(line))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
        + chunk(b"IEND", b"")
    )
