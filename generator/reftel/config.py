"""`content/archive.toml`: what the operator sets. Everything has a default, so that a bare folder of cables builds."""

import re
from pathlib import Path
from typing import Literal

import msgspec

from reftel.problems import Problem, Refusal
from reftel.toml import line_of, read_toml


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
    data: bool | Literal["auto"] = "auto"
    """Whether the whole archive is offered as data files too (data/), about twice the size of its texts; "auto": up to
    2,000 cables.
    """
    listing_size: int = 100
    """Cables on one page of a listing."""


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
    return settings


def checked_address(address: str, named: str) -> str:
    """The public address as it is. Raises Refusal, which begins with what it was `named` by, for what is none."""
    if not re.match(r"https?://[^\s/]+(/\S*)?$", address):
        raise Refusal(f"{named} must begin with http:// or https://")
    return address
