"""The search index: what the search page loads from `<site>/search/`, all of it static files.

build_index(documents, folder) index the site's cables and write the data
update_index(...)              the same where only some of them have changed
PAGE_SCRIPTS, CABLE_SCRIPTS, SITE_SCRIPTS
which scripts the search page, a cable's page and every page name
"""

from reftel.search.build import IndexReport, Source, Work, alone, build_index
from reftel.search.document import SearchDocument
from reftel.search.update import update_index

PAGE_SCRIPTS = ("static/js/load.js", "static/js/search.js")
"""The search page's scripts, from the top of the site."""
CABLE_SCRIPTS = ("static/js/load.js", "static/js/highlight.js")
SITE_SCRIPTS = ("static/js/keys.js",)

__all__ = [
    "CABLE_SCRIPTS",
    "PAGE_SCRIPTS",
    "SITE_SCRIPTS",
    "IndexReport",
    "SearchDocument",
    "Source",
    "Work",
    "alone",
    "build_index",
    "update_index",
]
