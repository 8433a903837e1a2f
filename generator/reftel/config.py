"""`content/archive.toml`: what the operator sets. Everything has a default, so that a bare folder of cables builds."""

import re
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from reftel.problems import Problem, Refusal
from reftel.toml import line_of, read_toml

LARGE = 5_000
"""Cables up to which "auto" means every form of every cable: the site of so many has about half of the 1 GB that GitHub
Pages takes. Beyond, the forms that only say again what the page and the text as found say are left out, so that there
is room for about 20,000.
"""
VERY_LARGE = 10_000
"""Cables up to which "auto" offers the records of a large archive too, compressed."""
Choice = bool | Literal["auto"]


class Forms(NamedTuple):
    """In which forms an archive is offered beside its pages and the texts as found."""

    raw_views: bool
    records: bool
    """A file beside each page."""
    month_records: bool
    """Compressed, one file for each month."""
    thread_texts: bool
    drawings: bool
    """On each cable's page, and on each page of the long listings."""


class Elsewhere(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another archive, whose cables this one links to: where its site stands, on the web or from the top of this site
    ("../2006/"), and its `inventory.json`, as a path from the content folder.
    """

    address: str
    inventory: str
    title: str = ""
    """What it is called here, else as it calls itself."""


class Federation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The archives that belong together."""

    archives: list[Elsewhere] = []
    search: str = ""
    """The search page that all of them share, on the web or from the top of this site; "" for the own one."""
    hub: bool = False
    """Whether this site is the one that searches all of them: their cables, which its content folder holds too, are
    searched here and have their pages there.
    """


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The archive's settings.

    `public_address` is where the site will stand ("https://example.org/cables/"): it is needed only for what must name
    it (canonical links, citations); without it these are left out.
    """

    title: str = "Cable archive"
    description: str = "Diplomatic cables, one page each, with their paragraphs and references."
    language: str = "en"
    publisher: str = ""
    public_address: str = ""
    notice: str = ""
    """A line shown above every page."""
    hash_tag: str = "cables"
    """The general hash tag, shown beside the cable's own."""
    ai_crawlers: bool = True
    """False asks the crawlers that gather text for language models, by name in robots.txt, to stay away."""
    raw_views: Choice = "auto"
    """Whether each cable has a coloured raw view beside its text as found; "auto": up to 5,000 cables."""
    records: Choice | Literal["months"] = "auto"
    """Whether each cable's record lies beside its page as JSON; "months": in compressed files by month
    (data/cables-2007-08.jsonl.gz) instead; "auto": up to 5,000 cables beside the pages, up to 10,000 by month.
    """
    thread_texts: Choice = "auto"
    """Whether the pages of threads hold the full texts, folded away; "auto": up to 5,000 cables."""
    drawings: Choice = "auto"
    """Whether each cable's page has the drawing of its thread, and each page of a long listing that of its cables;
    "auto": up to 5,000 cables. Threads, the timeline and short listings are always drawn.
    """
    data: Choice = "auto"
    """Whether the whole archive is offered as data files too (data/), about twice the size of its texts; "auto": up to
    2,000 cables.
    """
    listing_size: int = 100
    """About how many cables stand on one page of a listing."""
    federation: Federation = Federation()

    @property
    def offers_data(self) -> bool:
        """Whether there are data files of this archive; those of a hub's cables are with their sites."""
        return self.data is not False and not self.federation.hub

    def forms(self, cables: int) -> Forms:
        """What is offered of an archive of so many cables."""
        small = cables <= LARGE
        records: str | bool = self.records
        if records == "auto":
            records = True if small else "months" if cables <= VERY_LARGE else False
        raw_views, texts, drawings = (
            small if choice == "auto" else choice for choice in (self.raw_views, self.thread_texts, self.drawings)
        )
        return Forms(raw_views, records is True, records == "months", texts, drawings)


def read_settings(content: Path) -> Settings:
    """The settings of `content/archive.toml`, the defaults where there is none.

    Raises Refusal, with `path:line`, when it is no TOML, or a key is unknown or of the wrong type.
    """
    path = content / "archive.toml"
    if not path.is_file():
        return Settings()
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"{path}:1: is not UTF-8; save it as UTF-8") from None
    settings = read_toml(text, Settings, str(path))
    if isinstance(settings, Problem):
        raise Refusal(f"{path}:{max(1, settings.line)}: {settings.message}")
    if settings.public_address:
        checked_address(settings.public_address, f"{path}:{line_of(text, 'public_address')}: public_address")
    if settings.listing_size < 1:
        raise Refusal(f"{path}:{line_of(text, 'listing_size')}: listing_size must be 1 or more")
    if settings.federation.hub and (wrong := _wrong_hub(settings.federation)):
        raise Refusal(f"{path}:{line_of(text, 'hub')}: {wrong}")
    return settings


def _wrong_hub(federation: Federation) -> str:
    """Why a hub cannot be one; "" when it can."""
    if not federation.archives:
        return "a hub searches other archives: name them as [[federation.archives]]"
    return "a hub has the search that the others share: leave out `search`" if federation.search else ""


def checked_address(address: str, named: str) -> str:
    """The public address as it is. Raises Refusal, which begins with what it was `named` by, for what is none."""
    if not re.match(r"https?://[^\s/]+(/\S*)?$", address):
        raise Refusal(f"{named} must begin with http:// or https://")
    return address
