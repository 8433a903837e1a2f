"""A cable or a thread as one HTML file that asks for nothing else: for a mail, a footnote, a court's file.

The page is the site's own, with its styles inside, without scripts. A link to what the file holds leads there, one to
anything else of the archive to the public site; where that is not known, the words stay without their link.
"""

import re
from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from reftel.problems import Refusal
from reftel.site import addresses

CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLES = ("static/css/theme.css", "static/css/custom.css")
_CABLE = re.compile(r"cable/(?:[^/]+/)+([^/.]+)\.html$")
_GONE = (
    "header.site nav",
    "form",
    "nav.crumbs",
    "footer ul.foot",
    "script",
    "link",
    "noscript",
    ".neighbours",
    ".turning",
)


def single_file(site: Path, page: str, public: str = "") -> bytes:
    """The page at the address `page` of a built site as one file. Raises Refusal when the site has no such page."""
    path = site / page
    if not path.is_file():
        raise Refusal(f"{site}: has no page {page}")
    soup = BeautifulSoup(path.read_bytes(), "lxml")
    canonical = soup.find("link", rel="canonical")
    for place in _GONE:
        for found in soup.select(place):
            found.extract()
    _style(soup, "\n".join((site / name).read_text("utf-8") for name in STYLES if (site / name).is_file()))
    if canonical and soup.head:
        soup.head.append(canonical)
    held = {str(tag["id"]) for tag in soup.find_all(id=True)}
    for link in soup.find_all(href=True):
        if link.name != "link":
            _lead(link, page, public, held)
    for fold in soup.find_all("details", class_="full"):
        fold["open"] = ""
    return soup.encode("utf-8", formatter="minimal") + b"\n"


def _style(soup: BeautifulSoup, css: str) -> None:
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    if isinstance(policy, Tag):
        policy["content"] = CSP
    style = soup.new_tag("style")
    style.string = css.replace("</", "<\\/")
    if soup.head:
        soup.head.append(style)


def _lead(link: Tag, page: str, public: str, held: set[str]) -> None:
    """Make a link lead to a place in this file or on the public site, or make it plain words."""
    href = str(link["href"])
    if re.match(r"[a-z]+:", href) or (href.startswith("#") and href[1:] in held):
        return
    target = urljoin(page, href)
    path, _, anchor = target.partition("#")
    here = _here(path, anchor, page, held)
    if here:
        link["href"] = f"#{here}"
    elif public:
        link["href"] = addresses.public(public, target)
    else:
        del link["href"]
        if not link.get("title"):
            link["title"] = "not in this file"


def _here(path: str, anchor: str, page: str, held: set[str]) -> str:
    """The id in this file of what stands at another address of the site, "" when it is not here."""
    if path == page:
        return anchor if anchor in held else "main"
    cable = _CABLE.match(path)
    if not cable:
        return ""
    mrn = cable[1]
    return next((name for name in (f"{mrn}-{anchor}", mrn) if name in held), "")
