"""A build: from a content folder to a site, as a short list of stages.

    read      every file read and parsed, in chunks; the records lie in the build cache afterwards
    relate    the archive of light entries, prose and sidecars, the plan of all pages
    render    pages and files made and written into a new tree, in chunks
    search    the search index; where little has changed, it is made beside the pages
    publish   what the publishers make of it: feeds, data, the manifest; some of it before the search index is whole
    swap      the new tree takes the old one's place

`survey` is the same without making anything: for `reftel check`.
"""

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from functools import cache as cached
from itertools import chain
from pathlib import Path

import msgspec

from reftel.archive.selection import Selection
from reftel.config import Settings, checked_address, read_settings
from reftel.problems import Problem, Refusal
from reftel.site import addresses
from reftel.site.crew import Crew
from reftel.site.frame import NOTHING, Around, Site
from reftel.site.indexing import Indexing
from reftel.site.inputs import Inputs
from reftel.site.ledger import Ledger
from reftel.site.making import Finish, Making, copy_static
from reftel.site.output import Output, check_content, check_folders
from reftel.site.plan import Task, cable_names, plan
from reftel.site.publishing import Publisher
from reftel.site.reading import gather
from reftel.site.records import Records, open_records, shared_records
from reftel.site.relating import relate_all
from reftel.site.render import Shop, SiteReader, Workshop
from reftel.site.rendering import render
from reftel.site.stages import Progress, Spent, Stages
from reftel.site.theme import Theme, theme_folder
from reftel.site.turns import in_turn, publish, told
from reftel.site.versions import digest

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
    executor: Executor | None = None,
    public_address: str = "",
    selection: Selection | None = None,
    publishers: Sequence[Publisher] = (),
    around: Around = NOTHING,
    pages_first: bool = False,
    held: list[object] | None = None,
) -> Report:
    """Build the site of `content` into `output`. Nothing is written into `content`, and `output` changes only when all
    is made.

    `jobs` are worker processes, 0 for one on each core; an `executor` takes their place. `progress` is told (stage,
    done, in all). `public_address` is taken where the settings name none. Of a `selection` only its cables get pages.
    `publishers` are called in their order, `around` is what they add to every page. Raises Refusal when the folders,
    the settings or the cache do not allow it. With `pages_first` the search index and what the publishers make stay as
    they stand, for a preview. What the site was made of is put into `held`, for a caller that ends soon and need not
    wait until it is taken apart.
    """
    stages = Stages(progress)
    check_folders(content, output)
    if executor:  # its workers may stand elsewhere
        content, cache = content.resolve(), cache.resolve()
    open_theme = cached(lambda: Theme(theme_folder()))
    try:
        with open_records(cache) as records:
            crew = Crew(jobs, executor)
            settings = _settings(content, public_address)
            site, problems = _read_and_relate(
                settings, content, records, crew, stages, selection, around, meanwhile=open_theme
            )
            theme = open_theme()
            with Ledger(cache, output.resolve()) as ledger, Output(output, ledger) as target:
                making = Making(target, ledger)
                workshop = Workshop(site, SiteReader(site, records.place), theme)
                shop = Shop(records.place, str(theme.folder), target.trees)
                is_preview = pages_first and making.keep_rest()
                _make_files(workshop, shop, content, crew, making, stages, None if is_preview else publishers)
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
    executor: Executor | None = None,
    checks: Sequence[Callable[[Site], Iterable[Problem]]] = (),
) -> Report:
    """What a build would find wrong, without making anything; parameters and errors as for `build`. `checks` are
    further looks at the site.
    """
    stages = Stages(progress)
    check_content(content)
    with open_records(cache) as records:
        crew = Crew(jobs, executor)
        site, problems = _read_and_relate(_settings(content), content, records, crew, stages)
        deque(_tasks(site, cable_names(site)), maxlen=0)
        problems += [problem for look in checks for problem in look(site)]
    return _report(site, problems, stages, Finish())


def _settings(content: Path, public_address: str = "") -> Settings:
    settings = read_settings(content)
    if settings.public_address or not public_address:
        return settings
    return msgspec.structs.replace(settings, public_address=checked_address(public_address, "--public-address"))


def _read_and_relate(
    settings: Settings,
    content: Path,
    records: Records,
    crew: Crew,
    stages: Stages,
    selection: Selection | None = None,
    around: Around = NOTHING,
    meanwhile: Callable[[], object] = lambda: None,
) -> tuple[Site, list[Problem]]:
    with stages.stage("read") as tell:
        gathered = gather(content, records, crew, tell, meanwhile)
        records.drop_unused(gathered.keys)
    with stages.stage("relate"):
        return relate_all(settings, content, gathered, shared_records(records.place).read, selection, around)


def _make_files(
    here: Workshop,
    shop: Shop,
    content: Path,
    crew: Crew,
    making: Making,
    stages: Stages,
    publishers: Sequence[Publisher] | None,
) -> None:
    """Make all files of a site; only its pages without `publishers`. Where little has changed, the search index is made
    beside the rest.
    """
    with stages.stage("render"):
        inputs = Inputs(here.site, here.theme.folder)
        indexing = Indexing(here, shop, inputs, crew, making)
    first, last = in_turn(publishers or (), here.site)
    with nullcontext() if publishers is None else indexing.beside():
        with stages.stage("render", lambda: making.written) as tell:
            names = cable_names(here.site)
            orders = making.due(inputs.of(_tasks(here.site, names)))
            orders += making.due_cables(names, inputs.of_cables())
            static = copy_static(here.theme, content, making)
            seen = inputs.seen(digest(*(file.sha256.encode() for file in static)))
            steps = publish(first, here, seen, making)
            render(orders, here, shop, crew, making, tell, steps if first else None)
        if first and indexing.is_early:
            with stages.stage("publish", lambda: making.written) as tell:
                told(steps, len(first), tell)
    if publishers is not None:
        with stages.stage("search", lambda: making.written) as tell:
            indexing.finish(tell, steps)
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
