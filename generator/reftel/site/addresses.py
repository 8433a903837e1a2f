"""Where everything stands: the addresses of the site, all relative to its top, with forward slashes.

A cable's address and its anchors are permanent. Every address is also a file name that Windows and FAT take: no
reserved names, nothing that differs in case only, fewer than `LONGEST` characters.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from functools import lru_cache

from reftel.archive.archive import Archive
from reftel.archive.model import Entry, group_of
from reftel.problems import Refusal

THREAD_PAGE = 60
"""Cables on one page of a thread: a thread of ordinary size is one page."""
LONGEST = 179
"""Characters of a path below the output folder: with it, copies of a site in a folder of ordinary depth stay within
Windows' 260.
"""

HOME = "index.html"
SEARCH = "search.html"
NOT_FOUND = "404.html"
TIMELINE = "timeline/index.html"
MISSING = "missing/index.html"
SEARCH_DATA = "search/"

_RESERVED = re.compile(r"(con|prn|aux|nul|clock\$|com[0-9]|lpt[0-9]|index)$", re.I)
_LONGEST_NAME, _LONGEST_RESERVED = 80, 6


def cable(entry: Entry) -> str:
    """`cable/2007/08/07MOSCOW4307.html`; `cable/undated/...` for an undated one; a twin has `.dup-1a2b3c4d` after its
    MRN.
    """
    return _cable(entry.mrn, entry.twin, entry.created[:7] if entry.created else "")


def cable_name(entry: Entry) -> str:
    """The name of a cable's page without its folder and end."""
    return _cable_name(entry.mrn, entry.twin)


def cables(entries: Sequence[Entry]) -> list[str]:
    """The addresses of many cables: of most at once, for they have a date, and their MRNs are file names."""
    is_plain = _all_plain(entries)
    return [
        f"cable/{created[:4]}/{created[5:7]}/{entry.mrn}.html"
        if (created := entry.created) and not entry.twin and (is_plain or _is_plain(entry.mrn))
        else cable(entry)
        for entry in entries
    ]


def cable_names(entries: Sequence[Entry]) -> list[str]:
    """The names of many cables' pages."""
    is_plain = _all_plain(entries)
    return [
        entry.mrn if not entry.twin and (is_plain or _is_plain(entry.mrn)) else cable_name(entry) for entry in entries
    ]


def _all_plain(entries: Sequence[Entry]) -> bool:
    """Whether the MRNs of all these are plain names: asked of all together, in a tenth of the time."""
    mrns = [entry.mrn for entry in entries]
    sizes = set(map(len, mrns))
    return (
        bool(sizes) and min(sizes) > _LONGEST_RESERVED and max(sizes) <= _LONGEST_NAME and _is_of_letters("".join(mrns))
    )


def _is_plain(name: str) -> bool:
    """Whether a name, as of most cables, is a file name that is safe everywhere, and longer than any that is
    reserved.
    """
    return _LONGEST_RESERVED < len(name) <= _LONGEST_NAME and _is_of_letters(name)


def _is_of_letters(name: str) -> bool:
    """Whether there is nothing in a name but plain letters and digits."""
    return name.isalnum() and name.isascii()


def _cable_name(mrn: str, twin: str) -> str:
    name = file_name(mrn)
    return f"{name}.dup-{twin}" if twin else name


@lru_cache(maxsize=100_000)
def _cable(mrn: str, twin: str, month: str) -> str:
    """A cable is linked from a dozen pages."""
    return f"cable/{month.replace('-', '/') or 'undated'}/{_cable_name(mrn, twin)}.html"


def cables_at(archive: Archive, pages: Collection[str]) -> dict[str, Entry]:
    """The cables that stand at these addresses, by them; an address that is no cable's is left out."""
    named = (archive.get(page.rpartition("/")[2].removesuffix(".html")) for page in pages)
    found = {cable(entry): entry for entry in named if entry}
    if not found.keys() >= set(pages):  # twins, cables whose MRN is no file name, and pages that are gone
        found = {cable(entry): entry for entry in archive.everything}
    return {page: found[page] for page in pages if page in found}


def is_cable(address: str) -> bool:
    """Whether a file's address is that of a cable's page."""
    return address.startswith("cable/") and address.endswith(".html") and not address.endswith(".raw.html")


def month_of(entry: Entry) -> str:
    """The month a cable belongs to: "2007-08", "undated"."""
    return entry.created[:7] if entry.created else "undated"


def raw_view(cable_address: str) -> str:
    """The coloured raw view of the cable that stands at `cable_address`."""
    return cable_address.removesuffix(".html") + ".raw.html"


def raw_text(cable_address: str, is_page: bool = False) -> str:
    """The bytes as found: `.txt`, or `.source.txt` for what was found as a web page."""
    return cable_address.removesuffix(".html") + (".source.txt" if is_page else ".txt")


def record(cable_address: str) -> str:
    """The record as JSON."""
    return cable_address.removesuffix(".html") + ".json"


def month_records(month: str) -> str:
    """The records of a month's cables, compressed: `data/cables-2007-08.jsonl.gz`, "undated" for those without a
    date.
    """
    return f"data/cables-{month}.jsonl.gz"


def thread(name: str, page: int = 1) -> str:
    """The thread that is named by its earliest cable."""
    return _paged(f"thread/{file_name(name)}", page)


def in_thread(name: str, mrn: str, place: int) -> str:
    """Where the cable `mrn`, at `place` (from 0) of its thread, stands on the thread's pages, which hold `THREAD_PAGE`
    cables each.
    """
    return f"{thread(name, place // THREAD_PAGE + 1)}#{mrn}"


def timeline(period: str, page: int = 1) -> str:
    """A year or a month: `timeline/2007.html`, `timeline/2007-08.html`; "undated" for cables without a date."""
    return _paged(f"timeline/{period}", page)


def listing(kind: str, slug: str, page: int = 1) -> str:
    """One page of a listing: `origin/embassy-moscow.html`, `origin/embassy-moscow.p2.html`."""
    return _paged(f"{kind}/{slug}", page)


def directory(kind: str, page: int = 1) -> str:
    """The directory of all listings of a kind: `origin/index.html`; `thread/index.p2.html`."""
    return _paged(f"{kind}/index", page)


@lru_cache(maxsize=100_000)
def missing_page(mrn: str) -> str:
    """The page of the post and year a missing cable belongs to: `missing/07MOSCOW.html`."""
    return f"missing/{file_name(group_of(mrn))}.html"


def missing(mrn: str) -> str:
    """The entry of a cable that is cited and not held: `missing/07MOSCOW.html#07MOSCOW4008`."""
    return f"{missing_page(mrn)}#{mrn}"


def prose(slug: str) -> str:
    """A page of prose."""
    return f"pages/{file_name(slug)}.html"


def _paged(stem: str, page: int) -> str:
    return f"{stem}.html" if page == 1 else f"{stem}.p{page}.html"


def file_name(name: str) -> str:
    """`name` as a file name that is safe everywhere: itself when it is, else its letters and digits and a hash of the
    rest.
    """
    if _is_plain(name):
        return name
    plain = re.sub(r"[^A-Za-z0-9_-]", "", name)
    if plain != name or len(name) > _LONGEST_NAME or not name:
        plain = f"{plain[: _LONGEST_NAME - 9]}-{_hash(name)}"
    return plain + "_" if _RESERVED.match(plain) else plain


@lru_cache(maxsize=10_000)
def slug(name: str) -> str:
    """A stable slug: "Embassy Moscow" → "embassy-moscow". Names that differ in case, accents or punctuation only have
    one slug, and one listing.
    """
    folded = unicodedata.normalize("NFKD", name).casefold()
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    words = re.findall(r"[a-z0-9]+", folded)
    plain = "-".join(words)
    lost = any(char.isalpha() and not char.isascii() for char in folded)
    if lost or not plain or len(plain) > _LONGEST_NAME:
        plain = f"{plain[: _LONGEST_NAME - 9]}-{_hash(folded)}".lstrip("-")
    return plain + "_" if _RESERVED.match(plain) else plain


def _hash(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def relative(page: str, target: str) -> str:
    """The link from one address to another, both from the top of the site; it always names its file."""
    top = page[: page.find("/") + 1]
    if top and not target.startswith(top):
        return "../" * page.count("/") + target
    path, _, anchor = target.partition("#")
    end = path.rfind("/") + 1
    if path == page:
        return f"#{anchor}" if anchor else path[end:]
    return _way(page[: page.rfind("/") + 1], path[:end]) + target[end:]


@lru_cache(maxsize=10_000)
def _way(here: str, there: str) -> str:
    """From one folder to another, each with a slash at its end, or "" for the top."""
    ups, downs = here.split("/")[:-1], there.split("/")[:-1]
    same = 0
    while same < min(len(ups), len(downs)) and ups[same] == downs[same]:
        same += 1
    return "../" * (len(ups) - same) + "".join(f"{name}/" for name in downs[same:])


def root(page: str) -> str:
    """The way from a page to the top of the site: "" or "../../../"."""
    return "../" * page.count("/")


def outward(page: str, target: str) -> str:
    """The link from a page to another site, whose address is one on the web or begins at the top of this site."""
    return target if "://" in target or target.startswith("/") else root(page) + target


def public(site: str, address: str) -> str:
    """The absolute address of a page where the site's public address is known, else its address from the top of the
    site.
    """
    return f"{site.rstrip('/')}/{address}" if site else address


class Taken:
    """The addresses that are given out so far."""

    def __init__(self) -> None:
        self._origins: dict[str, str] = {}

    def take(self, address: str, origin: str) -> None:
        """Give out an address to what is named by its origin, in messages.

        Raises Refusal when another one has it, or one that differs in case only, or when it is too long.
        """
        if len(address) > LONGEST:
            length = f"has {len(address)} characters, {LONGEST} are possible"
            raise Refusal(f"{origin}: its address {address} {length}; use a shorter name")
        first = self._origins.setdefault(address.casefold(), origin)
        if first is not origin and first != origin:
            raise Refusal(f"{origin}: {address} is already taken by {first}; rename one of the two")

    def take_all(self, given: Sequence[str], origin: Callable[[int], str]) -> None:
        """The same for many addresses, the last that are given out; `origin` names what is at a place among them."""
        folded = set(map(str.casefold, given))
        if (
            len(folded) == len(given)
            and folded.isdisjoint(self._origins)
            and max(map(len, given), default=0) <= LONGEST
        ):
            return
        for place, address in enumerate(given):
            self.take(address, origin(place))
