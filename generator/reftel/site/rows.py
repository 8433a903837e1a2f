"""What stands on many pages, many times on each, as finished HTML: cables as rows, neighbours, fields, links.

A template would say the same in fewer lines and take ten times as long: a row of a listing costs a few microseconds
here, and a cable stands in ten lists. Templates use these functions as filters.
As few bytes as can be: end tags that HTML lets out are left out, and inside a row the elements' names do for classes
(`b` is the MRN, `i` the origin).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

from reftel.site.contexts import AddresseeRow, CableCard, Field, Gap, HeadLink, Link, MetaTag, TimelineRow
from reftel.site.markup import finished, plain, quoted, shown, strict

_CURRENT = ' aria-current="true"'


def cards(found: Iterable[CableCard], absent: str = "") -> Markup:
    """A list of cables; `absent` is said of those that are not held."""
    return finished('<ol class="cards">\n' + "".join([_card(card, absent) for card in found]) + "</ol>")


def _card(card: CableCard, absent: str) -> str:
    if (
        card.held
        and card.href
        and not (card.anchor or card.label or card.printed or card.note or card.places or card.gap)
    ):
        return f'<li><a href="{quoted(card.href)}">{_name(card.subject or card.mrn)}</a>\n{facts(card)}\n'
    lost = absent if card.href and not card.held else ""
    name = _name(card.subject or card.mrn)
    parts = [_between(card.gap)] if card.gap else []
    parts.append(f"<li{_marks(card)}>")
    if card.label:
        parts.append(f'<span class="letter">{plain(card.label)}</span> ')
    if card.href:
        parts.append(f'<a href="{quoted(card.href)}">{name}</a>\n')
    elif name:
        parts.append(f"<span>{name}</span>\n")
    parts.append(facts(card))
    if card.printed:
        parts.append(f'<q class="printed">{shown(card.printed)}</q>')
    if card.note or lost:
        parts.append(f'<span class="note">{plain(", ".join(part for part in (lost, card.note) if part))}</span>')
    if card.places:
        parts.append(f'\n<ul class="places">{"".join(map(_place, card.places))}</ul>')
    parts.append("\n")
    return "".join(parts)


def _marks(card: CableCard) -> str:
    """The attributes of a row."""
    kinds = " ".join(name for name, is_so in (("lost", not card.held), ("lettered", card.label)) if is_so)
    return (f' id="{quoted(card.anchor)}"' if card.anchor else "") + (f' class="{kinds}"' if kinds else "")


def facts(card: CableCard) -> str:
    """The facts of a card on one line: MRN, date, origin, classification; "" where there is none but the MRN."""
    parts = (
        f" <b>{plain(card.mrn)}</b>" if card.subject else "",
        f" <time>{card.date}</time>" if card.date else "",
        _origin(card.origin) if card.origin else "",
        f" {secrecy(card.classification, card.class_slug)}" if card.classification else "",
    )
    return f"<small>{found[1:]}</small>" if (found := "".join(parts)) else ""


@lru_cache(maxsize=1000)
def _origin(origin: str) -> str:
    return f" <i>{plain(origin)}</i>"


@lru_cache(maxsize=1000)
def secrecy(classification: str, slug: str) -> Markup:
    """A classification: its word, and its shape by the class `c-<slug>` (theme.css)."""
    return finished(f'<b class="class c-{slug}">{plain(classification)}</b>')


def abbreviated(captions: Iterable[Field]) -> Markup:
    """The captions of a cable as words, each with its meaning on hover."""
    return finished("".join(map(_abbreviated, captions)))


@lru_cache(maxsize=1000)
def _abbreviated(caption: Field) -> str:
    return f' <abbr class="caption" title="{strict(caption.html.striptags())}">{strict(caption.label)}</abbr>'


@lru_cache(maxsize=20_000)
def _name(name: str) -> str:
    """What a cable is called: each stands in ten lists."""
    return shown(name)


def _between(gap: Gap) -> str:
    """A row that says what is not held before the next."""
    cited = ", ".join([f'<a class="lost" href="{quoted(link.href)}">{plain(link.text)}</a>' for link in gap.cited])
    return f'<li class="between">{plain(gap.text)}{"; cited: " if cited else ""}{cited}\n'


def _place(place: Link) -> str:
    note = f' <span class="note">{plain(place.note)}</span>' if place.note else ""
    return f'<li><a href="{quoted(place.href)}">{shown(place.text)}</a>{note}'


def ties(found: Iterable[CableCard]) -> Markup:
    """Cables as words in a line: their MRNs, with the rest on hover, focus and touch."""
    return finished("".join(map(_tie, found)))


def _tie(card: CableCard) -> str:
    kind = (f" c-{card.class_slug}" if card.class_slug else "") if card.held else " c-missing"
    about = f' aria-description="{strict(card.about)}"' if card.about else ""
    label = f' <span class="note">({strict(card.label)})</span>' if card.label else ""
    return f'<a class="tie reftel{kind}" href="{strict(card.href)}"{about}>{strict(card.mrn)}</a>{label} '


def sent(found: Iterable[TimelineRow]) -> Markup:
    """The cables of a day. As few bytes a row as can be: a month may have a thousand."""
    return finished("".join(map(_sent, found)))


def _sent(row: TimelineRow) -> str:
    card = row.card
    name = _name(card.subject) if card.subject else strict(card.mrn)
    level = f'<b class="class c-{strict(card.class_slug)}">{strict(card.classification)}</b>'
    tied = _named("cites", row.earlier) + _named("cited by", row.later)
    about = f"{strict(card.mrn)} {strict(card.origin)} {level}{tied}"
    return f'<li><span>{card.time}</span> <a href="{strict(card.href)}">{name}</a> <small>{about}</small></li>\n'


def _named(words: str, found: Iterable[CableCard]) -> str:
    links = "".join([f' <a href="{strict(card.href)}">{strict(card.mrn)}</a>' for card in found])
    return f" {words}{links}" if links else ""


def neighbour(card: CableCard | None, way: str, words: str) -> Markup:
    """A neighbour to go to: which way ("prev", "next"), its subject, its facts."""
    if not card:
        return finished("")
    name = _name(card.subject or card.mrn)
    href = quoted(card.href)
    return finished(f'<a rel="{way}" href="{href}"><span>{words}</span> <em>{name}</em> {facts(card)}</a>\n')


def rows(found: Iterable[Field]) -> Markup:
    """Metadata as rows of a description list."""
    return finished("".join([f"<div><dt>{plain(field.label)}<dd>{field.html}</div>\n" for field in found]))


def links(found: Iterable[Link]) -> Markup:
    """Links in a row: formats, related listings."""
    items = [f'<li><a href="{quoted(link.href)}">{plain(link.text)}</a>{_note(link.note)}\n' for link in found]
    return finished(f'<ul class="links">\n{"".join(items)}</ul>')


@lru_cache(maxsize=100)
def menu(found: tuple[Link, ...], here: str) -> Markup:
    """The items of the main menu; `here` is the text of the one that the page belongs to."""
    items = [
        f'<li><a href="{quoted(link.href)}"{_CURRENT if link.text == here else ""}>{plain(link.text)}</a>\n'
        for link in found
    ]
    return finished("".join(items))


@lru_cache(maxsize=100)
def heads(found: tuple[HeadLink, ...]) -> Markup:
    """Links of the head: those of all pages that lie as deep."""
    return finished(
        "".join(
            [
                f'<link rel="{quoted(link.rel)}" type="{quoted(link.type)}" title="{quoted(link.title)}" '
                f'href="{quoted(link.href)}">\n'
                for link in found
            ]
        )
    )


def metas(found: Iterable[MetaTag]) -> Markup:
    """Tags of the head."""
    return finished("".join([f'<meta name="{tag.name}" content="{quoted(tag.content)}">\n' for tag in found]))


def jumps(found: Iterable[Link]) -> Markup:
    """The items of a cable's contents; a link's note is its class."""
    return finished("".join([_jump(link.href, link.text, link.note) for link in found]))


@lru_cache(maxsize=2_000)
def _jump(href: str, text: str, kind: str) -> str:
    """To most paragraphs as from all other cables."""
    mark = f' class="{kind}"' if kind else ""
    return f'<li{mark}><a href="{quoted(href)}">{plain(text)}</a>\n'


def _note(note: str) -> str:
    return f' <span class="note">{plain(note)}</span>' if note else ""


def addressees(action: Sequence[AddresseeRow], info: Sequence[AddresseeRow]) -> Markup:
    """Who a cable went to, as a table in two parts: for action, for information."""
    parts = "".join(
        f'<tbody><tr><th scope="rowgroup" colspan="4">{title}\n{"".join(map(_addressee, found))}'
        for title, found in (("Action", action), ("Info", info))
        if found
    )
    if not parts:
        return finished("")
    heads = "".join(f'<th scope="col">{name}' for name in ("Addressee", "Precedence", "Number", "Route"))
    start = '<div class="wide" tabindex="0" role="group" aria-label="Addressees">\n<table class="addressees">'
    return finished(f"{start}\n<thead><tr>{heads}\n{parts}</table></div>\n")


@lru_cache(maxsize=10_000)
def _addressee(row: AddresseeRow) -> str:
    except_for = f' <span class="note">except {plain(", ".join(row.excluded))}</span>' if row.excluded else ""
    cells = f"{plain(row.name)}{except_for}", plain(row.precedence), plain(row.number), plain(row.route)
    return f"<tr><td>{'<td>'.join(cells)}\n"


FILTERS: Mapping[str, Callable[..., object]] = {
    function.__name__: function
    for function in (
        cards,
        secrecy,
        abbreviated,
        ties,
        sent,
        neighbour,
        rows,
        links,
        menu,
        metas,
        jumps,
        addressees,
        heads,
    )
}
