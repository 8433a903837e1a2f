"""A build: from a content folder to a site, as a short list of stages.

    read      every file read and parsed, in chunks; the records lie in the build cache afterwards
    relate    the archive of light entries, prose and sidecars, the plan of all pages
    render    pages and files made and written into a new tree, in chunks
    search    the search index
    publish   what the publishers make of it: feeds, data, the manifest
    swap      the new tree takes the old one's place

`survey` is the same without making anything: for `reftel check`.
"""

import errno
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from pathlib import Path

import msgspec

from reftel.archive.selection import Selection
from reftel.config import Settings, checked_address, read_settings
from reftel.problems import Problem, Refusal
from reftel.site import addresses
from reftel.site.crew import Crew
from reftel.site.frame import NOTHING, Around, Site
from reftel.site.indexing import Indexing
from reftel.site.inputs import Inputs, digest
from reftel.site.ledger import Ledger
from reftel.site.making import CHUNK, Finish, Making, copy_static, publish, render
from reftel.site.output import Output, check_content, check_folders
from reftel.site.plan import Task, plan
from reftel.site.publishing import Publisher
from reftel.site.reading import gather
from reftel.site.records import Records, open_records, shared_records
from reftel.site.relating import relate_all
from reftel.site.render import Order, Shop, Workshop, reader
from reftel.site.stages import Progress, Spent, Stages, Tell
from reftel.site.theme import Theme, theme_folder

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
) -> Report:
    """Build the site of `content` into `output`. Nothing is written into `content`, and `output` changes only when all
    is made.

    `jobs` are worker processes, 0 for one on each core; an `executor` takes their place. `progress` is told (stage,
    done, in all). `public_address` is taken where the settings name none. Of a `selection` only its cables get pages.
    `publishers` are called in their order, `around` is what they add to every page. Raises Refusal when the folders,
    the settings or the cache do not allow it. With `pages_first` the search index and what the publishers make stay as
    they stand, for a preview.
    """
    stages = Stages(progress)
    check_folders(content, output)
    if executor:  # its workers may stand elsewhere
        content, cache = content.resolve(), cache.resolve()
    theme = Theme(theme_folder())
    try:
        with open_records(cache) as records:
            crew = Crew(jobs, executor)
            settings = _settings(content, public_address)
            site, problems = _read_and_relate(settings, content, records, crew, stages, selection, around)
            with Ledger(cache, output.resolve()) as ledger, Output(output, ledger) as target:
                making = Making(target, ledger)
                workshop = Workshop(site, reader(site, records.place), theme)
                with stages.stage("render", lambda: making.written) as tell:
                    inputs = Inputs(site, theme.folder)
                    shop = Shop(records.place, str(theme.folder), target.trees)
                    indexing = Indexing(workshop, shop, inputs, crew, making)
                    _make_pages(workshop, shop, inputs, crew, making, None if pages_first else indexing, tell)
                    static = copy_static(theme, content, making)
                is_preview = pages_first and making.keep_rest()
                if not is_preview:
                    with stages.stage("search", lambda: making.written) as tell:
                        indexing.finish(tell)
                if publishers and not is_preview:
                    with stages.stage("publish", lambda: making.written) as tell:
                        seen = inputs.seen(digest(*(file.sha256.encode() for file in static.files)))
                        publish(publishers, workshop, seen, making, tell)
                with stages.stage("swap"):
                    made = making.finish()
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
        deque(_tasks(site), maxlen=0)
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
) -> tuple[Site, list[Problem]]:
    with stages.stage("read") as tell:
        gathered = gather(content, records, crew, tell)
        records.drop_unused(gathered.keys)
    with stages.stage("relate"):
        return relate_all(settings, content, gathered, shared_records(records.place).read, selection, around)


def _make_pages(
    here: Workshop, shop: Shop, inputs: Inputs, crew: Crew, making: Making, indexing: Indexing | None, tell: Tell
) -> None:
    """Make the pages that are due; beside them the search index, where that can be."""
    tasks = inputs.of(_tasks(here.site))
    orders = making.due(Order(task.kind, task.key, task.name, found) for task, found in tasks)
    with indexing.beside(-(-len(orders) // CHUNK)) if indexing else nullcontext():
        render(orders, here, shop, crew, making, tell)


def _tasks(site: Site) -> Iterator[Task]:
    """Every page to be made. Raises Refusal when two of them want one address."""
    taken = addresses.Taken()
    for task in plan(site):
        for address in task.addresses:
            taken.take(address, task.source)
        yield task


def _report(site: Site, problems: list[Problem], stages: Stages, made: Finish) -> Report:
    archive = site.archive
    refs = [ref.mrn for entry in archive.everything for ref in entry.refs if ref.mrn and ref.mrn != entry.mrn]
    resolved = sum(archive.get(mrn) is not None for mrn in refs)
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
