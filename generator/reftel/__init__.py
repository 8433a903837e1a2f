"""reftel: from a folder of raw diplomatic cables to a static archive site that lasts.

The stages, in the order the data takes them (imports go the same way, never back):

    problems, toml     what can be wrong; TOML that people write, with messages that help
    config             what the operator has set
    source             read a content folder: one `Source` per cable found
    cable              parse one text into one `Cable` (no files, no HTML, no other cable)
    archive            relate the cables: REFs both ways, threads, missing cables
    editorial          Markdown pages, sidecars
    search             the search index
    site               decide and render the pages
    publish            bundles and what else leaves the house
    cli                the commands
"""

import gc
import os

# numpy's linear algebra is not used here, and its threads take as long to start as numpy itself to load
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
_KEPT = 31 << 20
"""The largest piece of which the C library learns so."""


def spare_memory_work() -> None:
    """Let this process look for circular garbage seldom, and keep the memory of what is gone for what comes.

    Records are trees, and looking cost a quarter of the parsing: a whole build of 921 cables leaves about a thousand
    objects that only this would find. And the C library gives large pieces back, and takes them again page by page,
    until it has seen one as large come and go; this one is never touched.
    """
    gc.set_threshold(1_000_000, 50, 100)
    bytes(_KEPT)
