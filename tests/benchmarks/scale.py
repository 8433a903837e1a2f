"""What a build costs as an archive grows: whole processes, seconds and the peak of their memory together.

    python tests/benchmarks/scale.py FOLDER clean 1000 20000       clean builds, stage by stage, growth
    python tests/benchmarks/scale.py FOLDER growth 20000 100000    the same, and processor time per cable by stage
    python tests/benchmarks/scale.py FOLDER changes 20000          one cable changed, one added in the middle
    python tests/benchmarks/scale.py FOLDER peers 1000 20000       Hugo and Pagefind on as many pages (see --hugo)
    python tests/benchmarks/scale.py FOLDER jobs 1000              --jobs 1, 2 and 4: seconds, and the same bytes
    python tests/benchmarks/scale.py FOLDER dask 1000              a cluster of two workers, one killed in mid-build
    python tests/benchmarks/scale.py FOLDER kills 1000 --times 50  killed at random moments
    python tests/benchmarks/scale.py FOLDER profile 1000           the most expensive functions
    python tests/benchmarks/scale.py FOLDER floor 1000             what reading and writing the same bytes costs

Corpora, sites and caches stay in FOLDER and are used again; `changes --standing` builds on the site that stands. Run it
on a quiet machine; ratios within one run are worth more than seconds. "memory" counts a page that several processes
share once, "resident" for each of them.
"""

import argparse
import cProfile
import hashlib
import os
import pstats
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bench import BUILD, COLUMNS, Bench
from corpus_maker import MEDIAN
from peers import peers


def clean(bench: Bench, counts: list[int]) -> None:
    """Clean builds."""
    for count in counts:
        bench.build(count, "clean", fresh=True)


def growth(bench: Bench, counts: list[int]) -> None:
    """Clean builds of ever more cables: milliseconds of processor time per cable, in all and by stage, and how they
    stand to those of the first.
    """
    first: dict[str, float] = {}
    for count in counts:
        found, report = bench.build(count, "clean", fresh=True)
        each = {"all": 1000 * found.processor / count}
        stages = report.get("stages", {})
        if isinstance(stages, dict):
            each |= {name: 1000 * spent["processor"] / count for name, spent in stages.items()}
        first = first or each
        grown = (f"{name} {value:.3f} ({value / first[name] - 1:+.0%})" for name, value in each.items())
        print(f"  ms per cable, against {counts[0]:,}: {', '.join(grown)}", flush=True)
        if isinstance(stages, dict):
            memory = ", ".join(f"{name} {spent['memory'] / 1e6:,.0f}" for name, spent in stages.items())
            print(f"  memory by stage in MB, as the build saw it: {memory}", flush=True)


def changes(bench: Bench, counts: list[int]) -> None:
    """The daily cases, on top of a site that stands."""
    for count in counts:
        content = bench.corpus(count)
        clean = None if bench.standing else bench.build(count, "clean", fresh=True)[0].seconds
        bench.build(count, "nothing changed")
        paths = sorted(content.rglob("*.txt"))
        path = paths[len(paths) // 2]
        old = path.read_text()
        path.write_text(old.replace(" the ", " that very ", 3))
        time.sleep(2.1)
        changed, _ = bench.build(count, "one changed")
        added = path.with_name(f"{path.stem}999.txt")
        added.write_text(old.replace(path.stem, added.stem, 1))
        time.sleep(2.1)
        more, _ = bench.build(count, "one added in the middle")
        added.unlink()
        path.write_text(old)
        time.sleep(2.1)
        bench.build(count, "both undone")
        if clean:
            print(f"  {clean / changed.seconds:.1f} and {clean / more.seconds:.1f} times faster than the clean build")


def jobs(bench: Bench, counts: list[int]) -> None:
    """The same bytes by any number of processes."""
    for count in counts:
        found = set()
        for bench.jobs in (1, 2, 4):
            bench.build(count, f"--jobs {bench.jobs}", fresh=True)
            found.add(hash_of(bench.folder / f"work-{count}" / "site"))
        print("the same bytes" if len(found) == 1 else "THE BYTES DIFFER")


def dask(bench: Bench, counts: list[int]) -> None:
    """A cluster of separate worker processes, whole and with one killed."""
    from distributed import LocalCluster

    for count in counts:
        bench.build(count, "--jobs 2", fresh=True)
        expected = hash_of(bench.folder / f"work-{count}" / "site")
        for kill in (False, True):
            with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
                killer = _later(lambda: _kill_worker(cluster), 1 + count / 200) if kill else None
                name = "Dask, one worker killed" if kill else "Dask, two workers"
                bench.build(count, name, "--dask", cluster.scheduler_address, fresh=True)
                if killer:
                    killer.join()
            same = hash_of(bench.folder / f"work-{count}" / "site") == expected
            print("the same bytes" if same else "THE BYTES DIFFER", flush=True)


def _kill_worker(cluster: object) -> None:
    nanny = next(iter(cluster.workers.values()))  # type: ignore[attr-defined]
    os.kill(nanny.process.pid, signal.SIGKILL)
    print("  killed a worker")


def _later(do: Callable[[], None], seconds: float) -> threading.Timer:
    timer = threading.Timer(seconds, do)
    timer.start()
    return timer


def kills(bench: Bench, counts: list[int], times: int) -> None:
    """Killed at a random moment of a build after a random edit: the old site stands or the new one; then, built on."""
    count = counts[0]
    content, work = bench.corpus(count), bench.folder / f"work-{count}"
    took, _ = bench.build(count, "clean", fresh=True)
    paths = sorted(content.rglob("*.txt"))
    chance = random.Random(1)
    whole = {hash_of(work / "site")}
    longest, bad, ended = took.seconds, 0, 0
    for number in range(times):
        for path in chance.sample(paths, chance.choice((1, 3, len(paths) // 4))):
            path.write_text(path.read_text().replace(" the ", f" k{number} ", 1))
        if number % 10 == 9:
            shutil.rmtree(work / ".reftel")
        given = ("--content", content, "--output", work / "site", "--jobs", str(bench.jobs))
        process = subprocess.Popen([*BUILD, *map(str, given)], cwd=work, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.random() * longest)
            ended += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        stands = hash_of(work / "site")
        clean_site = work / "clean"
        shutil.rmtree(clean_site, ignore_errors=True)
        if stands not in whole:
            bad += stands != _clean_hash(content, work, bench.jobs)
            whole = {stands}
        if number % 5 == 4:
            expected = _clean_hash(content, work, bench.jobs)
            began = time.perf_counter()
            subprocess.run([*BUILD, *map(str, given)], cwd=work, stderr=subprocess.DEVNULL, check=True)
            longest = max(1.0, (longest + time.perf_counter() - began) / 2)
            bad += hash_of(work / "site") != expected
            whole = {expected}
        print(f"{number + 1} kills, {ended} builds had ended before, {bad} bad", end="\r", flush=True)
    print(f"{times} kills, {ended} builds had ended before, {bad} bad")


def _clean_hash(content: Path, work: Path, jobs: int) -> str:
    """What a clean build of the content as it is now makes."""
    given = ("--content", content, "--output", work / "clean", "--jobs", str(jobs))
    shutil.rmtree(work / "clean", ignore_errors=True)
    aside = work / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    subprocess.run([*BUILD, *map(str, given)], cwd=aside, stderr=subprocess.DEVNULL, check=True)
    return hash_of(work / "clean")


def hash_of(site: Path) -> str:
    """One hash of a site's files."""
    digest = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        digest.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def profile(bench: Bench, counts: list[int]) -> None:
    """The most expensive functions of a clean build in one process."""
    from reftel.site.build import build

    for count in counts:
        work = bench.folder / f"profile-{count}"
        bench.put_away(work)
        work.mkdir()
        watch = cProfile.Profile()
        watch.runcall(build, bench.corpus(count), work / "site", jobs=1, cache=work / "cache")
        pstats.Stats(watch).sort_stats("tottime").print_stats(25)


def floor(bench: Bench, counts: list[int]) -> None:
    """What it costs to do nothing but read the content's files and write the site's, beside a whole build."""
    for count in counts:
        found, _ = bench.build(count, "clean", fresh=True)
        content, site = bench.corpus(count), bench.folder / f"work-{count}" / "site"
        copy = bench.folder / f"floor-{count}"
        shutil.rmtree(copy, ignore_errors=True)
        files = [path for path in site.rglob("*") if path.is_file()]
        for folder in {path.parent for path in files}:
            (copy / folder.relative_to(site)).mkdir(parents=True, exist_ok=True)
        pairs = [(path.read_bytes(), copy / path.relative_to(site)) for path in files]
        began, processor = time.perf_counter(), sum(os.times()[:2])
        for path in content.rglob("*.txt"):
            path.read_bytes()
        for data, target in pairs:
            target.write_bytes(data)
        spent, seconds = sum(os.times()[:2]) - processor, time.perf_counter() - began
        shutil.rmtree(copy)
        print(
            f"  reading and writing the same bytes: {seconds:.1f} s, {1000 * spent / count:.2f} ms of processor time a "
            f"cable; the build: {found.seconds:.1f} s, {1000 * found.processor / count:.2f} ms"
        )


MODES: dict[str, Callable[[Bench, list[int]], None]] = {
    "clean": clean,
    "growth": growth,
    "changes": changes,
    "peers": peers,
    "jobs": jobs,
    "dask": dask,
    "profile": profile,
    "floor": floor,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description="What a build costs as an archive grows.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("what", choices=(*MODES, "kills"))
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--words", type=float, default=MEDIAN)
    parser.add_argument("--hugo", type=Path, default=Path("hugo"), help="the program")
    parser.add_argument("--pagefind", type=Path, help="the program, from the npm package")
    parser.add_argument("--standing", action="store_true", help="no clean build before the changes")
    given = parser.parse_args()
    bench = Bench(given)
    print(COLUMNS.format("", "cables", "seconds", "CPU", "memory", "resident", "CPU each", ""))
    try:
        if given.what == "kills":
            kills(bench, given.counts, given.times)
        else:
            MODES[given.what](bench, given.counts)
    finally:
        bench.clear()


if __name__ == "__main__":
    main()
