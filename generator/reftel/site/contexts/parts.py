"""What pages are put together from: links, the frame, a cable as a row, a block of its text, a field.

They are Structs, as the pages are: a page has hundreds of them, and they are made ten times faster than dataclasses.
"""

import msgspec
from markupsafe import Markup


class Link(msgspec.Struct, frozen=True, gc=False):
    """A link with its words; `note` is secondary text beside it (a count, a date)."""

    href: str
    text: str
    note: str = ""


class HeadLink(msgspec.Struct, frozen=True, gc=False):
    """A `<link>` of the head: a feed, the search description."""

    rel: str
    type: str
    title: str
    href: str


class Frame(msgspec.Struct, frozen=True, gc=False):
    """What surrounds every page."""

    title: str
    """The page's own title; the template adds the archive's."""
    root: str
    """The way to the top of the site: "" or "../../../"."""
    site_title: str
    site_line: str
    """One line saying what the archive is."""
    language: str
    nav: tuple[Link, ...]
    """The main menu; the search field has its own place beside it."""
    here: str = ""
    """The text of the menu's entry this page belongs to, "" for none."""
    crumbs: tuple[Link, ...] = ()
    canonical: str = ""
    """The absolute address, "" where the archive's public address is not set."""
    description: str = ""
    kind: str = "page"
    """A class for the body element: "cable", "thread", "timeline", "listing", "directory", "search", "prose", "home",
    "raw", "missing".
    """
    notice: str = ""
    """A line above every page ("This archive is fictional"), "" for none."""
    scripts: tuple[str, ...] = ()
    """The scripts of this page, from the top of the site ("static/js/keys.js"): load.js loads those that its element
    names (`data-load`).
    """
    generator: str = "reftel"
    search: str = ""
    """The search page that several archives share, "" for the own one."""
    foot: tuple[Link, ...] = ()
    """Links of the footer: data, edition."""
    head: tuple[HeadLink, ...] = ()
    """Links of the head: feeds, the search description."""


class Gap(msgspec.Struct, frozen=True, gc=False):
    """What is not held before a cable of a post: "3 serials between these two are not held"."""

    text: str
    cited: tuple[Link, ...] = ()
    """Those of them that are cited, where they are few; one link to all of them where they are many."""


class CableCard(msgspec.Struct, frozen=True, gc=False):
    """A cable as a row of a listing, a REF, a back-link, a neighbour; also a cited cable that is not held."""

    mrn: str
    href: str
    held: bool
    subject: str = ""
    date: str = ""
    """"2007-08-31", "" when undated or not held."""
    time: str = ""
    """"13:51Z"."""
    origin: str = ""
    classification: str = ""
    class_slug: str = ""
    """"confidential": picks the shape and colour."""
    label: str = ""
    """The REF item's letter, with its blank stripped."""
    printed: str = ""
    """A REF as its cable prints it."""
    note: str = ""
    """Whatever must be said beside it: "EXDIS", "e-mail", "cited 3 times"."""
    places: tuple[Link, ...] = ()
    """Paragraphs of that cable that point here, for back-links: "¶6 He reiterated his preferred scenario…"."""
    anchor: str = ""
    """The id of this row on its page ("refA", an MRN), "" for none."""
    about: str = ""
    """Some lines about it, for a link that shows its MRN only."""
    gap: Gap | None = None
    """In the list of a post: the serials that are not held before this one."""


class AddresseeRow(msgspec.Struct, frozen=True, gc=False):
    name: str
    route: str = ""
    precedence: str = ""
    number: str = ""
    excluded: tuple[str, ...] = ()


class BlockView(msgspec.Struct, frozen=True, gc=False):
    """One block of the body. `html` is escaped and linked already; a list's or table's rows stand in `items`."""

    kind: str
    anchor: str = ""
    number: str = ""
    """As shown before the paragraph: "4"; for a sub-paragraph its letter."""
    mark: str = ""
    mark_text: str = ""
    """The mark spelled out: "Confidential, not for foreign nationals"."""
    html: Markup = Markup("")
    items: tuple[Markup, ...] = ()
    cited_from: tuple[Link, ...] = ()
    """Places that point to this very paragraph, for the margin."""


class MetaTag(msgspec.Struct, frozen=True, gc=False):
    """A `<meta name content>` of the head."""

    name: str
    content: str


class Field(msgspec.Struct, frozen=True, gc=False):
    """A row of the metadata: label and finished value."""

    label: str
    html: Markup
