"""`START-HERE.html`: for whoever has unzipped a copy, or found one on a stick, and does not know what it is."""

from functools import partial

from markupsafe import Markup

from reftel.site import addresses
from reftel.site.contexts import ProsePage
from reftel.site.frame import frame
from reftel.site.publishing import Finished, Published, Publisher

START = "START-HERE.html"

_HTML = Markup("""<p><strong><a href="index.html">Open the archive</a></strong>, or begin with
{lists}<a href="search.html">the search</a>.</p>
<p>This folder is <em>{title}</em>: {cables} cables. It needs no network, no installation and no server: everything in
it opens in any browser, from disk. Only the search needs JavaScript, which stays on your machine too. Keep the folder
together; it may be copied, renamed and moved as a whole.</p>
{part}{public}<h2>Is it a true copy?</h2>
<p><a href="edition.html">This edition</a> says how to check every file of it, and which name to compare.</p>
<h2>Where is what?</h2>
<ul>
{pages}{data}<li><code>manifest.json</code> and <code>SHA256SUMS</code> list all files with their checksums</li>
</ul>
""")
_LISTS = Markup('<a href="timeline/index.html">the timeline</a>{threads} or ')
_PAGES = Markup("""\
<li><code>cable/2007/08/07MOSCOW4307.html</code> is the page of the cable with that MRN, in the folder of its month;
beside it lies its text as found (<code>.txt</code>){records}</li>
""")
_SITES = Markup("""\
<li>the cables' own pages stand on <a href="index.html#sites">other sites</a>: copies of these must lie beside this
folder, unless they are on the web</li>
""")
_PART = Markup("""<p role="note"><strong>This is a part of the archive: {named}.</strong> Where a cable refers to one
that is left out, {where}.</p>
""")
_PUBLIC = Markup('<p>On the web it stands at <a href="{address}">{address}</a>.</p>\n')
_RECORD = Markup(" and its record for programs (<code>.json</code>)")
_DATA = Markup('<li><a href="data/index.html">data/</a> holds the archive as data</li>\n')


def start_page(selected: str = "") -> Publisher:
    """The publisher of `START-HERE.html`; `selected` says which part of the archive this is, "" for all of it."""
    return partial(_publish, selected)


def _publish(selected: str, finished: Finished) -> Published:
    site = finished.site
    public = site.settings.public_address
    leads = "the link leads to the public site" if public else "that is said in the place of a link"
    threads = Markup(', <a href="thread/index.html">a thread</a>') if site.archive.threads else ""
    html = _HTML.format(
        title=site.settings.title,
        cables=f"{len(site.searched):,}",
        lists=_LISTS.format(threads=threads) if site.is_browsed else "",
        part=_PART.format(named=selected, where=leads) if selected else "",
        public=_PUBLIC.format(address=addresses.public(public, "")) if public else "",
        pages=_PAGES.format(records=_RECORD if site.forms.records else "") if site.is_browsed else _SITES,
        data=_DATA if site.settings.offers_data else "",
    )
    page = ProsePage(frame(site, START, "Start here", "prose"), "Start here", html)
    yield START, finished.render(page)
