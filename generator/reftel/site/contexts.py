"""What each template sees: one documented dataclass of plain values per kind of page.

Templates hold no logic beyond `if` and `for`; whatever has to be decided is decided in Python and stands here. Every `href` is
relative to the page it stands on and names its file. A value of type `Markup` is finished HTML, everything else is text that
the template escapes.
"""

from dataclasses import dataclass, field

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words; `note` is secondary text beside it (a count, a date)."""

    href: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
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
    """A class for the body element: "cable", "thread", "timeline", "listing", "directory", "search", "prose", "home", "raw", "missing"."""
    notice: str = ""
    """A line above every page ("This archive is fictional"), "" for none."""
    generator: str = "reftel"


@dataclass(frozen=True, slots=True)
class CableCard:
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


@dataclass(frozen=True, slots=True)
class AddresseeRow:
    name: str
    route: str = ""
    precedence: str = ""
    number: str = ""
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockView:
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


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the metadata: label and finished value."""

    label: str
    html: Markup


@dataclass(frozen=True, slots=True)
class CablePage:
    frame: Frame
    mrn: str
    subject: str
    classification: str
    class_slug: str
    class_meaning: str
    """What this classification means, in a sentence or two."""
    justification: str
    """How it was justified: reasons spelled out, who classified it, until when. "" when the cable does not say."""
    captions: tuple[Field, ...]
    """Each caption with its meaning."""
    date: str
    time: str
    fields: tuple[Field, ...]
    """Created, released, origin, TAGS, from..., in order, linked to their browse pages."""
    header: tuple[Field, ...]
    action: tuple[AddresseeRow, ...]
    info: tuple[AddresseeRow, ...]
    refs: tuple[CableCard, ...]
    cited_by: tuple[CableCard, ...]
    thread: Link | None
    timeline: Markup
    """The thread's drawing (SVG) with this cable in focus, "" when it stands alone."""
    blocks: tuple[BlockView, ...]
    contents: tuple[Link, ...]
    """Headings and paragraphs to jump to."""
    signature: str
    earlier: CableCard | None
    later: CableCard | None
    earlier_at_post: CableCard | None
    later_at_post: CableCard | None
    problems: tuple[str, ...]
    """What the parser was not sure of, for readers: "line 12: ..."."""
    cite: tuple[Field, ...]
    """Ready-made citations and the address of a paragraph."""
    hash_tags: tuple[str, ...]
    formats: tuple[Link, ...]
    """Raw view, text as found, record."""
    partial: bool
    corrected: bool
    redactions: int
    twins: tuple[Link, ...] = ()
    """Other files with the same MRN."""


@dataclass(frozen=True, slots=True)
class RawPage:
    frame: Frame
    mrn: str
    cable: Link
    code: Markup
    """The coloured text, one numbered line each with the id `L12`."""
    formats: tuple[Link, ...]
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class ThreadCable:
    card: CableCard
    summary: str
    refs: tuple[CableCard, ...]
    cited_by: tuple[CableCard, ...]
    blocks: tuple[BlockView, ...]
    """The full text, folded away in `<details>`; anchors carry the MRN in front so that they are unique on the page."""


@dataclass(frozen=True, slots=True)
class ThreadPage:
    frame: Frame
    title: str
    drawing: Markup
    cables: tuple[ThreadCable, ...]
    missing: tuple[CableCard, ...]
    earlier: Link | None = None
    later: Link | None = None


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One cable of a timeline's ordered list, with its REF links to earlier and later ones."""

    card: CableCard
    earlier: tuple[CableCard, ...]
    """What it cites."""
    later: tuple[CableCard, ...]
    """What cites it."""


@dataclass(frozen=True, slots=True)
class TimelineDay:
    date: str
    text: str
    """"Friday 31 August 2007"."""
    rows: tuple[TimelineRow, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of an overview chart: a year or a month, its count and the parts by classification."""

    link: Link
    count: int
    parts: tuple[tuple[str, int], ...]
    """(classification slug, count), in the order of secrecy."""


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """`timeline/index.html`, a year or a month; days are empty on the overview, bars on a month."""

    frame: Frame
    title: str
    bars: tuple[Bar, ...]
    chart: Markup
    drawing: Markup
    days: tuple[TimelineDay, ...]
    undated: tuple[CableCard, ...]
    earlier: Link | None
    later: Link | None
    months: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A list of cables: one origin, TAG, classification, month, release day."""

    frame: Frame
    title: str
    explanation: str
    cables: tuple[CableCard, ...]
    count: int
    pages: tuple[Link, ...] = ()
    """All pages of this listing, empty when there is one; `page` says which is this (from 1)."""
    page: int = 1
    related: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectoryGroup:
    title: str
    links: tuple[Link, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """A list of listings: all origins, all TAGS by kind, all months by year."""

    frame: Frame
    title: str
    explanation: str
    groups: tuple[DirectoryGroup, ...]


@dataclass(frozen=True, slots=True)
class MissingPage:
    """Cables of one post and year (`missing/07MOSCOW.html`) that are cited and not held; each row's `places` say who cites it."""

    frame: Frame
    title: str
    explanation: str
    cables: tuple[CableCard, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    frame: Frame
    intro: Markup
    """`content/pages/index.md` rendered, or a standard text."""
    facts: tuple[Link, ...]
    """Text is the figure, note its unit: "921" "cables"; linked to where they are."""
    first_date: str
    last_date: str
    chart: Markup
    bars: tuple[Bar, ...]
    most_cited: tuple[CableCard, ...]
    longest_threads: tuple[Link, ...]
    latest: tuple[CableCard, ...]
    """Last released or, without release dates, last created."""
    directories: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    frame: Frame
    shards: str
    """The way to the search data folder."""
    count: int
    scripts: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ProsePage:
    """A Markdown page of `content/pages`."""

    frame: Frame
    title: str
    html: Markup


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """404.html: its links are relative to the root of the site and it may be served at any depth."""

    frame: Frame
