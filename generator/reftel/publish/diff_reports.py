"""A difference between editions as text, Markdown (a job's summary), HTML, and JSON."""

import html
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from reftel.publish.diff import CableChange, Difference, ParagraphChange

AROUND = 60
"""Letters of unchanged text shown beside a change."""
LARGEST_SUMMARY = 900_000
"""Bytes: GitHub refuses a job summary of more than a mebibyte."""

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>What changed</title>
<style>
body { font: 1rem/1.5 serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h3 { border-top: 1px solid; padding-top: .5rem; font-size: 1rem }
ins { background: #d8f0d8; color: #0b2a0b }
del { background: #f6dada; color: #4a0d0d }
</style></head><body>
<h1>What changed</h1>
"""


class DiffFormat(StrEnum):
    """How `reftel diff` prints."""

    text = "text"
    markdown = "markdown"
    json = "json"
    html = "html"


def printed_diff(difference: Difference, form: DiffFormat) -> str:
    """The difference in the form asked for."""
    match form:
        case DiffFormat.json:
            return msgspec.json.format(msgspec.json.encode(difference), indent=1).decode()
        case DiffFormat.html:
            return "".join(_html(difference))
        case DiffFormat.markdown:
            return _cut("\n".join(_markdown(difference)))
    return "\n".join(_text(difference))


def counts(difference: Difference) -> str:
    """One line: how many cables were added, withdrawn, changed; how many published anchors lead nowhere."""
    gone = sum(len(cable.vanished) for cable in difference.changed)
    redacted = sum(cable.redactions_added for cable in difference.changed)
    added, changed = len(difference.added), len(difference.changed)
    return (
        f"{added:,} cable{_s(added)} added, {len(difference.withdrawn):,} withdrawn, {changed:,} changed, "
        f"{gone:,} anchor{_s(gone)} vanished, {redacted:,} redaction{_s(redacted)} added"
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _text(difference: Difference) -> Iterator[str]:
    yield counts(difference)
    yield from (f"added: {name}: {subject}" for name, subject in difference.added)
    yield from (f"withdrawn: {name}: {subject}" for name, subject in difference.withdrawn)
    for cable in difference.changed:
        yield f"changed: {cable.name}: {cable.subject}"
        yield from (f"  {line}" for line in _facts(cable))
        for change in cable.paragraphs:
            yield f"  {_heading(change)}"
            if words := "".join(_plain_words(change)):
                yield f"    {words}"


def _facts(cable: CableChange) -> Iterator[str]:
    if cable.moved_from:
        yield f"its address was {cable.moved_from}"
    yield from (f"{field.name}: {field.old or 'none'} → {field.new or 'none'}" for field in cable.fields)
    if cable.vanished:
        yield "anchors vanished: " + ", ".join(f"#{anchor}" for anchor in cable.vanished)
    if cable.redactions_added:
        yield f"redactions added: {cable.redactions_added}"


def _heading(change: ParagraphChange) -> str:
    return f"#{change.anchor} moved to #{change.now}" if change.what == "moved" else f"#{change.anchor} {change.what}"


def _shortened(words: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pieces, with long stretches that stayed the same cut. A number that the text leaves out has none."""
    for sign, text in words:
        if not text:
            continue
        if sign == "=" and len(text) > 2 * AROUND + 3:
            yield sign, f"{text[:AROUND]} … {text[-AROUND:]}"
        else:
            yield sign, text


def _plain_words(change: ParagraphChange) -> Iterator[str]:
    for sign, text in _shortened(change.words):
        yield text if sign == "=" else f"[{sign}{text.rstrip()}{sign}]{' ' if text[-1:].isspace() else ''}"


def _markdown(difference: Difference) -> Iterator[str]:
    yield "## What this changes\n"
    yield counts(difference) + "\n"
    for title, cables in (("Added", difference.added), ("Withdrawn", difference.withdrawn)):
        if cables:
            yield f"### {title}\n"
            yield from (f"- `{name}` {html.escape(subject)}" for name, subject in cables)
            yield ""
    if difference.changed:
        yield "### Changed\n"
    for cable in difference.changed:
        yield f"<details><summary><code>{cable.name}</code> {html.escape(cable.subject)}</summary>\n"
        yield from (f"<p>{html.escape(line)}</p>" for line in _facts(cable))
        yield from (_paragraph(change) for change in cable.paragraphs)
        yield "</details>\n"


def _cut(text: str) -> str:
    data = text.encode()
    if len(data) <= LARGEST_SUMMARY:
        return text
    return data[:LARGEST_SUMMARY].decode("utf-8", "ignore").rpartition("\n")[0] + "\n\n… and more.\n"


def _html(difference: Difference) -> Iterator[str]:
    yield _HEAD
    yield f"<p>{counts(difference)}</p>\n"
    for title, cables in (("Added", difference.added), ("Withdrawn", difference.withdrawn)):
        if cables:
            rows = "".join(f"<li><b>{html.escape(name)}</b> {html.escape(subject)}</li>\n" for name, subject in cables)
            yield f"<h2>{title}</h2>\n<ul>\n{rows}</ul>\n"
    if difference.changed:
        yield "<h2>Changed</h2>\n"
    for cable in difference.changed:
        yield f"<h3>{html.escape(cable.name)} {html.escape(cable.subject)}</h3>\n"
        yield from (f"<p>{html.escape(line)}</p>\n" for line in _facts(cable))
        yield from (f"{_paragraph(change)}\n" for change in cable.paragraphs)
    yield "</body></html>\n"


def _paragraph(change: ParagraphChange) -> str:
    tags = {"-": "del", "+": "ins"}
    words = (
        f"<{tags[sign]}>{html.escape(text)}</{tags[sign]}>" if sign in tags else html.escape(text)
        for sign, text in _shortened(change.words)
    )
    return f"<p><b>{html.escape(_heading(change))}</b> {''.join(words)}</p>"
