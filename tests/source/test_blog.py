"""A blog's page in HTML. Page and cable are invented."""

import pytest

from reftel.source.blog import read_blog
from reftel.source.text import pieces

PAGE = """<!DOCTYPE html>
<html lang="en-US"><head><title>07PORTSORREL12, THE FERRY | Cables of the island</title>
<script>var x = "SUBJECT: no";</script><style>p { color: red }</style></head>
<body class="single">
<div id="header"><h1><a href="/">Cables of the island</a></h1></div>
<div id="menu"><ul><li><a href="/about">About</a></li></ul></div>
<div id="post-1" class="post-1 post type-post">
<h2 class="entry-title">07PORTSORREL12, THE FERRY</h2>
<div class="entry-content">
<p><a href="http://example.org/cable">WikiLeaks Link</a></p>
<p>To understand the justification used for the classification of each cable, please use this <a
href="#">WikiSource</a> article as reference.</p>
<table class="cable"><tbody><tr><th>Reference ID</th><th>Created</th><th>Released</th>
<th>Classification</th><th>Origin</th></tr>
<tr><td><a href="#">07PORTSORREL12</a></td><td>2007-03-01 10:20</td><td>2011-08-30 01:44</td>
<td>CONFIDENTIAL</td><td>Embassy Port Sorrel</td></tr></tbody></table>
%s
<div id="jp-post-flair" class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Email</a></li></ul></div>
</div>
<div class="entry-meta">This entry was posted in <a href="#">Cables</a>.</div>
</div>
<div id="comments"><p>1. (C) A comment that mimics a cable.</p></div>
<div id="respond"><h3>Leave a Reply</h3><form><textarea>SUBJECT</textarea></form></div>
</body></html>
"""
BODY = """DE RUEHPS #0012 0601020
O 011020Z MAR 07

C O N F I D E N T I A L PORT SORREL 000012

SUBJECT: FERRY & "PORT"

1. (C) The ferry  sailed <again>
at noon.

MERROW"""
METADATA = """Reference ID Created Released Classification Origin
07PORTSORREL12 2007-03-01 10:20 2011-08-30 01:44 CONFIDENTIAL Embassy Port Sorrel
"""
ESCAPED = BODY.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&#8220;")
READ = BODY.replace('"', "“")


def as_paragraphs(text: str) -> str:
    """As a blog's editor marks up pasted text: a paragraph at each empty line, breaks within."""
    return "\n".join(f"<p>{part.replace(chr(10), '<br />' + chr(10))}</p>" for part in text.split("\n\n"))


@pytest.mark.parametrize(
    "marked_up",
    [
        f"<pre>{ESCAPED}</pre>",
        f"<code><pre>{ESCAPED.replace(chr(10), '&#x000A;')}</pre></code>",
        as_paragraphs(ESCAPED),
        f"<div>{as_paragraphs(ESCAPED)}</div>",
        f"<p>{ESCAPED.replace(chr(10), '<br>')}</p>",
        f"<blockquote>{as_paragraphs(ESCAPED)}</blockquote><!-- SUBJECT: no -->",
        "".join(f"<div>{line or '<br>'}</div>" for line in ESCAPED.split("\n")),
    ],
)
def test_the_entry_as_text(marked_up: str) -> None:
    """Lines break where a browser breaks them; menu, sharing, comments and scripts are gone."""
    (piece,) = pieces(read_blog(PAGE % marked_up))
    text = "\n".join(line.rstrip() for line in piece.text.split("\n"))
    assert text.startswith(METADATA)
    assert [line for line in text.split("\n")[2:] if line] == [line for line in READ.split("\n") if line]


def test_paragraphs_stand_apart() -> None:
    """An empty line separates paragraphs, and a blank within a line stays as it is."""
    (piece,) = pieces(read_blog(PAGE % as_paragraphs(ESCAPED)))
    assert piece.text == f"{METADATA}\n{READ}\n"


def test_a_line_end_in_the_markup_is_a_blank() -> None:
    """Outside `<pre>` a line end of the HTML file means nothing, and a hard blank is a blank."""
    assert read_blog("<html><body><p>one\n  two&nbsp; three<br/>\nfour</p></body></html>") == "one two  three\nfour\n"


def test_several_entries() -> None:
    """Entries of one page follow each other; an entry within an entry counts once."""
    first = '<div class="entry-content"><article class="entry-content">SUBJECT: A<br>TAGS: B</article></div>'
    entries = f'{first}<div class="entry-content">C</div>'
    assert read_blog(f"<html><body><p>menu</p>{entries}</body></html>") == "SUBJECT: A\nTAGS: B\n\nC\n"


@pytest.mark.filterwarnings("error")
def test_a_page_that_says_it_is_xml() -> None:
    """It is read as any other, without a warning on the operator's terminal."""
    assert read_blog("<?xml version='1.0' encoding='utf-8' ?>\n<html><body><p>x</p></body></html>") == "x\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 3000 + "SUBJECT",
        "<p>" * 5000 + "x",
        "<html><table><tr><td><pre>\x00\x1e\x1f",
        "<![CDATA[x]]>",
        "<html>",
        "<a" * 9000,
    ],
)
def test_hostile_markup(hostile: str) -> None:
    """Whatever the markup, there is a text."""
    assert isinstance(read_blog(hostile), str)
