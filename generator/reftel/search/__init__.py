"""The search index: what the search page loads from `<site>/search/`, all of it static files.

build.build_index(documents, folder) index the site's cables and write the data
update.update_index(...)             the same where only some of them have changed
work                                 what both take and give
PAGE_SCRIPTS, CABLE_SCRIPTS, SITE_SCRIPTS
which scripts the search page, a cable's page and every page name
"""

PAGE_SCRIPTS = ("static/js/load.js", "static/js/search.js")
"""The search page's scripts, from the top of the site."""
CABLE_SCRIPTS = ("static/js/load.js", "static/js/highlight.js")
SITE_SCRIPTS = ("static/js/keys.js",)
