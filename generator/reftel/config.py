"""`content/archive.toml`: what the operator sets. Everything has a default, so that a bare folder of cables builds."""

import difflib
import re
from pathlib import Path
from typing import Literal

import msgspec

from reftel.problems import Refusal


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
    text = path.read_bytes()
    try:
        settings = msgspec.toml.decode(text, type=Settings)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal(_explain(path, text.decode("utf-8", "replace"), str(error))) from None
    if settings.public_address:
        checked_address(settings.public_address, f"{path}:{_line_of(text.decode(), 'public_address')}: public_address")
    if settings.listing_size < 1:
        raise Refusal(f"{path}:{_line_of(text.decode(), 'listing_size')}: listing_size must be 1 or more")
    return settings


def checked_address(address: str, named: str) -> str:
    """The public address as it is. Raises Refusal, which begins with what it was `named` by, for what is none."""
    if not re.match(r"https?://[^\s/]+(/\S*)?$", address):
        raise Refusal(f"{named} must begin with http:// or https://")
    return address


def _explain(path: Path, text: str, message: str) -> str:
    """The decoder's message with the line it is about, and the nearest known key for an unknown one."""
    if unknown := re.search(r"unknown field `(\w+)`", message):
        key = unknown[1]
        near = difflib.get_close_matches(key, Settings.__struct_fields__, 1)
        hint = f"did you mean {near[0]}?" if near else "known keys: " + ", ".join(Settings.__struct_fields__)
        return f"{path}:{_line_of(text, key)}: unknown key {key}; {hint}"
    if typed := re.search(r"at `\$\.(\w+)`", message):
        return f"{path}:{_line_of(text, typed[1])}: {typed[1]}: {message.split(' - ')[0]}"
    at = re.search(r"line (\d+)", message)
    return f"{path}:{at[1] if at else 1}: not valid TOML: {message}"


def _line_of(text: str, key: str) -> int:
    found = re.search(rf"^\s*{re.escape(key)}\s*=", text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else 1
