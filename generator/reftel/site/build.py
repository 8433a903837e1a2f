"""A build: from a content folder to a site, as a short list of stages.

    read      every file read and parsed, in chunks; the records lie in the build cache afterwards
    relate    the archive of light entries, prose and sidecars, the plan of all pages
    render    pages and files made and written into a new tree, in chunks
    search    the search index; where little has changed, it is made beside all else
    publish   what the publishers make of it: feeds, data, the manifest; some of it before the search index is whole
    swap      the new tree takes the old one's place

`survey` is the same without making anything: for `reftel check`.
"""

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reftel.archive.selection import Selection
from reftel.config import Settings, checked_address, read_settings
from reftel.problems import Problem, Refusal
from reftel.site import addresses
from reftel.site.crew import Beside, Crew
from reftel.site.folders import check_folders
from reftel.site.frame import NOTHING, Around, Site
from reftel.site.indexing import Indexing
from reftel.site.inputs import Inputs
from reftel.site.ledger import Ledger
from reftel.site.making import Finish, Making, copy_static
from reftel.site.output import Output
from reftel.site.plan import Task, cable_names, plan
from reftel.site.prints import prints_of
from reftel.site.publishing import Publisher
from reftel.site.reading import Reading, Seen, begin_reading, gather
from reftel.site.records import shared_records
from reftel.site.relating import Stock, relate, take_stock
from reftel.site.render import Shop, SiteReader, Workshop
from reftel.site.rendering import render
from reftel.site.stages import Progress, Spent, Stages
from reftel.site.theme import Theme, theme_folder
from reftel.site.thread_pages import Reader
from reftel.site.turns import in_turn, publish, told
from reftel.site.versions import digest

if TYPE_CHECKING:
    from concurrent.futures import Executor

CACHE = Path(".reftel")


class Report(msgspec.Struct, frozen=True):
    """What a build or a survey found and made."""

    cables: int
    pages: int
    files: int
    size: int
    """Bytes of all files."""
    changed: int
    """Files that were written; the others were as before."""
    resolved: int
    """References to cables that are held."""
    missing: int
    """References to cables that are not."""
    problems: list[Problem]
    seconds: dict[str, float]
    """By stage."""
    stages: dict[str, Spent]
    """What each stage took: seconds, processor time, memory, bytes."""


def build(
    content: Path,
    output: Path,
    *,
    jobs: int = 0,
    cache: Path = CACHE,
    progress: Progress | None = None,
    executor: "Executor | None" = None,
    public_address: str = "",
    selection: Selection | None = None,
    publishers: Sequence[Publisher] = (),
    around: Around = NOTHING,
    pages_first: bool = False,
    reading: Reading | None = None,
    held: list[object] | None = None,
) -> Report:
    """Build the site of `content` into `output`. Nothing is written into `content`, and `output` changes only when all
    is made.

    `jobs` are worker processes, 0 for one on each core; an `executor` takes their place. `progress` is told (stage,
    done, in all). `public_address` is taken where the settings name none. Of a `selection` only its cables get pages.
    `publishers` are called in their order, `around` is what they add to every page. Raises Refusal when the folders,
    the settings or the cache do not allow it. With `pages_first` the search index and what the publishers make stay as
    they stand, for a preview. A `reading` is one of this content that has begun; it says how many jobs and which cache
    there are. What the site was made of is put into `held`, for a caller that ends soon and need not wait until it is
    taken apart.
    """
    stages = Stages(progress)
    check_folders(content, output)
    theme = Theme(theme_folder())
    try:
        with nullcontext(reading) if reading else begin_reading(content, cache, Crew(jobs, executor)) as begun:
            prepare = partial(_prepare, theme, begun.looking)
            stock = _stock(_settings(content, public_address), begun, stages, selection, prepare)
            place = begun.records.place
            with Ledger(Path(place.folder), output.resolve()) as ledger, Output(output, ledger, begun.crew) as target:
                making = Making(target, ledger)
                shop = Shop(place, str(theme.folder), target.trees)
                is_preview = pages_first and making.keep_rest()
                means = _Means(begun, theme, shop, making, stages, None if is_preview else publishers)
                site, problems = _make(stock, around, means)
                with stages.stage("swap"):
                    made = making.finish()
                if held is not None:
                    held += (site, making)
    except OSError as error:
        raise Refusal(_cannot(output, error)) from error
    return _report(site, [*problems, *target.problems()], stages, made)


def survey(
    content: Path,
    *,
    jobs: int = 0,
    cache: Path = CACHE,
    progress: Progress | None = None,
    executor: "Executor | None" = None,
    checks: Sequence[Callable[[Site], Iterable[Problem]]] = (),
) -> Report:
    """What a build would find wrong, without making anything; parameters and errors as for `build`. `checks` are
    further looks at the site.
    """
    stages = Stages(progress)
    with begin_reading(content, cache, Crew(jobs, executor)) as reading:
        stock = _stock(_settings(content), reading, stages)
        with stages.stage("relate"):
            site, problems = relate(stock, content)
        deque(_tasks(site, cable_names(site)), maxlen=0)
        problems += [problem for look in checks for problem in look(site)]
    return _report(site, problems, stages, Finish())


def _settings(content: Path, public_address: str = "") -> Settings:
    settings = read_settings(content)
    if settings.public_address or not public_address:
        return settings
    return msgspec.structs.replace(settings, public_address=checked_address(public_address, "--public-address"))


def _stock(
    settings: Settings,
    reading: Reading,
    stages: Stages,
    selection: Selection | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Stock:
    records = reading.records
    with stages.stage("read") as tell:
        gathered = gather(reading, tell, meanwhile)
        records.drop_unused(gathered.keys)
    with stages.stage("relate"):
        return take_stock(settings, reading.content, gathered, shared_records(records.place).read, selection)


def _prepare(theme: Theme, looking: Beside[Seen] | None) -> None:
    """Make templates ready as long as a copy of this process looks at the folder."""
    steps = theme.ready()
    while looking and not looking.is_done and next(steps, ""):
        pass


class _Means(NamedTuple):
    """What a site is made with; only its pages are made without `publishers`."""

    reading: Reading
    theme: Theme
    shop: Shop
    making: Making
    stages: Stages
    publishers: Sequence[Publisher] | None


def _make(stock: Stock, around: Around, means: _Means) -> tuple[Site, list[Problem]]:
    """Relate the cables and make all files of their site. Where little has changed, the search index is made beside all
    that: it need not know how the cables stand to each other.
    """
    held, hub, stages = stock.catalogue.everything, stock.hub, means.stages
    read: Reader = SiteReader(stock.sidecars, means.shop.cache)
    with stages.stage("relate"):
        prints = prints_of(held, stock.sidecars, hub)
        indexing = Indexing(hub.searched(held), prints, read, means.shop, means.reading.crew, means.making)
    with nullcontext() if means.publishers is None else indexing.beside():
        with stages.stage("relate"):
            site, problems = relate(stock, means.reading.content, around)
        here = Workshop(site, read, means.theme)
        _make_files(here, Inputs(site, prints, means.theme.folder), indexing, means)
    return site, problems


def _make_files(here: Workshop, inputs: Inputs, indexing: Indexing, means: _Means) -> None:
    reading, theme, shop, making, stages, publishers = means
    first, last = in_turn(publishers or (), here.site)
    with stages.stage("render", lambda: making.written) as tell:
        names = cable_names(here.site)
        orders = making.due(inputs.of(_tasks(here.site, names)))
        orders += making.due_cables(names, inputs.of_cables())
        static = copy_static(theme, reading.content, making)
        seen = inputs.seen(digest(*(file.sha256.encode() for file in static)))
        steps = publish(first, here, seen, making)
        render(orders, here, shop, reading.crew, making, tell, steps if first else None)
    if first and indexing.is_early:
        with stages.stage("publish", lambda: making.written) as tell:
            told(steps, len(first), tell)
    if publishers is not None:
        with stages.stage("search", lambda: making.written) as tell:
            indexing.finish(here.site, tell, steps)
    if publishers:
        with stages.stage("publish", lambda: making.written) as tell:
            told(chain(steps, publish(last, here, seen, making)), len(last), tell)


def _tasks(site: Site, cables: Sequence[str]) -> Iterator[Task]:
    """The tasks of all pages but the `cables`' own. Raises Refusal when two pages want one address."""
    taken = addresses.Taken()
    for task in plan(site):
        for address in task.addresses:
            taken.take(address, task.source)
        yield task
    entries = site.archive.everything
    taken.take_all(cables, lambda place: f"{entries[place].path}:{entries[place].line}")


def _report(site: Site, problems: list[Problem], stages: Stages, made: Finish) -> Report:
    archive = site.archive
    refs = [ref.mrn for entry in archive.everything for ref in entry.refs if ref.mrn and ref.mrn != entry.mrn]
    resolved = sum(map(archive.places.__contains__, refs))
    return Report(
        cables=len(site.searched),
        pages=made.total.pages,
        files=made.total.files,
        size=made.total.size,
        changed=made.changed,
        resolved=resolved,
        missing=len(refs) - resolved,
        problems=problems,
        seconds=stages.seconds,
        stages=stages.spent,
    )


def _cannot(output: Path, error: OSError) -> str:
    """One line for a disk that is full or a folder that cannot be written."""
    remedy = (
        "free some space"
        if error.errno == errno.ENOSPC
        else "check the permissions of the folder and of the one above it"
    )
    return f"{output}: cannot be written ({error.strerror or error}); {remedy}"
