"""Runs a workflow's jobs on this machine: every shell step as it stands, in its order, in a clean clone.

Actions are no shell: each of those we use has a stand-in here that does what the next steps count on. An action, an
expression or a condition without one is an error, so that a changed workflow cannot pass unread.

    python tests/publish/workflow.py .github/workflows/site.yml                       a push of the commit at hand
    python tests/publish/workflow.py .github/workflows/site.yml --event pull_request --base main
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

GH = '#!/bin/sh\nfor file in "$@"; do case $file in dist/*) test -s "$file" || exit 9 ;; esac; done\necho "gh $*"\n'
"""In the place of GitHub's own program: the files that it is given must be there."""
KEPT = ("PATH", "HOME", "LANG", "PIP_INDEX_URL", "PIP_CERT", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")
"""What a step sees of this machine's surroundings; all else that it needs the workflow must say."""


@dataclass
class Ran:
    """What a job has done: the seconds of each step by its name, whether a cache was restored, its job summary, the
    site it uploaded, and all that its steps printed.
    """

    restored: bool = False
    seconds: dict[str, float] = field(default_factory=dict)
    summary: str = ""
    uploaded: Path | None = None
    printed: str = ""


@dataclass
class Machine:
    """The hosted machine: the repository that is cloned, the event, a store of caches, a folder for all else."""

    repository: Path
    folder: Path
    event: str = "push"
    base: str = ""
    address: str = "https://example.github.io/papers"
    say: Callable[[str], object] = lambda line: None

    def __post_init__(self) -> None:
        head = ["git", "-C", str(self.repository), "rev-parse", "HEAD"]
        self.sha = subprocess.run(head, capture_output=True, text=True, check=True).stdout.strip()
        for name in ("bin", "temp", "caches"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        python = self.folder / "bin/python"
        if not python.is_symlink():
            python.symlink_to(os.path.realpath(sys.executable))
            (self.folder / "bin/python3").symlink_to(python)
            (self.folder / "bin/gh").write_text(GH, encoding="utf-8")
            (self.folder / "bin/gh").chmod(0o755)

    def run(self, workflow: Path, job: str) -> Ran:
        """Run a job in a fresh clone. Raises AssertionError with what was printed when a step fails."""
        steps = YAML(typ="safe").load(workflow)["jobs"][job]["steps"]
        return Job(self, self.folder / "work").run(steps)


class Job:
    """One job on its way through its steps."""

    def __init__(self, machine: Machine, work: Path) -> None:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        self.machine, self.work, self.ran = machine, work, Ran()
        self.context = {
            "github.event_name": machine.event,
            "github.sha": machine.sha,
            "github.ref_name": "v1",
            "github.token": "none",
            "github.event.pull_request.base.sha": machine.base,
        }
        self.files = {name: machine.folder / "temp" / name for name in ("PATH", "ENV", "OUTPUT", "STEP_SUMMARY")}
        for path in self.files.values():
            path.write_text("", encoding="utf-8")
        self.env = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.env |= {"CI": "true", "GITHUB_ACTIONS": "true", "RUNNER_TEMP": str(machine.folder / "temp")}
        self.env |= {f"GITHUB_{name}": str(path) for name, path in self.files.items()}
        self.env["PATH"] = f"{machine.folder / 'bin'}:{self.env['PATH']}"
        self.after: list[Callable[[], None]] = []

    def run(self, steps: list[dict[str, Any]]) -> Ran:
        for step in steps:
            name = step.get("name") or step.get("uses", "").partition("@")[0] or step["run"]
            if not self.holds(step.get("if", "true")):
                continue
            begun = time.perf_counter()
            if "uses" in step:
                self.use(step["uses"].partition("@")[0], step.get("with", {}), step.get("id", ""))
            else:
                self.shell(name, step["run"], step.get("env", {}))
            self.ran.seconds[name] = time.perf_counter() - begun
            self.machine.say(f"{self.ran.seconds[name]:6.1f} s  {name}")
        for last in reversed(self.after):
            last()
        self.ran.summary = self.files["STEP_SUMMARY"].read_text("utf-8")
        return self.ran

    def shell(self, name: str, text: str, env: dict[str, str]) -> None:
        """As a hosted machine runs it: bash, ended by the first failure, also inside a pipe."""
        script = self.machine.folder / "temp/step.sh"
        script.write_text(self.filled(text), encoding="utf-8")
        given = self.env | {key: self.filled(str(value)) for key, value in env.items()}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(command, cwd=self.work, env=given, capture_output=True, text=True, check=False)
        self.ran.printed += done.stdout + done.stderr
        assert done.returncode == 0, f"{name}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
        for line in self.files["PATH"].read_text("utf-8").split():
            self.env["PATH"] = f"{line}:{self.env['PATH']}"
        self.files["PATH"].write_text("", encoding="utf-8")
        assert not self.files["ENV"].read_text("utf-8"), "no step of ours sets variables for others"

    def holds(self, condition: str) -> bool:
        if condition == "true":
            return True
        found = re.fullmatch(r"([\w.]+) (==|!=) '(\w+)'", condition)
        assert found, f"a condition that is not known here: {condition}"
        return (self.context[found[1]] == found[3]) == (found[2] == "==")

    def filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self.value(found[1]), text)

    def value(self, expression: str) -> str:
        if found := re.fullmatch(r"hashFiles\((.*)\)", expression):
            digest = hashlib.sha256()
            for pattern in re.findall(r"'([^']*)'", found[1]):
                for path in sorted(path for path in self.work.glob(pattern) if path.is_file()):
                    digest.update(path.read_bytes())
            return digest.hexdigest()
        if expression.startswith("steps."):
            return self.context.get(expression, "")  # what a step that was left out would have said
        return self.context[expression]

    def use(self, action: str, given: dict[str, Any], name: str) -> None:
        given = {key: self.filled(str(value)) for key, value in given.items()}
        if action == "actions/checkout":
            self.checkout(given.get("path", "."), given.get("ref") or self.machine.sha)
        elif action == "actions/cache":
            self.cache(given["path"], given["key"], given["restore-keys"])
        elif action == "actions/configure-pages":
            self.context[f"steps.{name}.outputs.base_url"] = self.machine.address
        elif action == "actions/upload-pages-artifact":
            self.ran.uploaded = self.work / given["path"]
            assert (self.ran.uploaded / "index.html").is_file()
        elif action == "actions/attest-build-provenance":
            for pattern in given["subject-path"].split():
                assert list(self.work.glob(pattern)), f"nothing to attest: {pattern}"
        else:
            assert action in ("actions/setup-python", "actions/deploy-pages"), f"no stand-in for {action}"

    def checkout(self, place: str, commit: str) -> None:
        target = self.work / place
        quiet = {"check": True, "capture_output": True}
        subprocess.run(["git", "clone", "-q", str(self.machine.repository), str(target)], **quiet)
        subprocess.run(["git", "-C", str(target), "-c", "advice.detachedHead=false", "checkout", "-q", commit], **quiet)

    def cache(self, path: str, key: str, restore: str) -> None:
        """Put the newest store of that key's beginning in place; keep what stands there when the job has ended."""
        caches = self.machine.folder / "caches"
        kept = sorted(caches.glob(f"{restore.strip()}*"), key=lambda store: store.stat().st_mtime_ns)
        self.ran.restored = bool(kept)
        if kept:
            shutil.copytree(kept[-1], self.work / path)
        self.after.append(lambda: self.keep(self.work / path, caches / key))

    def keep(self, path: Path, store: Path) -> None:
        if not store.exists():  # a key is written once
            shutil.copytree(path, store)


def main() -> None:
    """Run every job of a workflow, and say what each step took."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("workflow", type=Path)
    parser.add_argument("--event", default="push", choices=["push", "pull_request"])
    parser.add_argument("--base", default="HEAD", help="what a pull request is compared with")
    parser.add_argument("--again", action="store_true", help="a second time, with the cache of the first")
    given = parser.parse_args()
    workflow = given.workflow.resolve()
    repository = workflow.parents[2]
    resolve = ["git", "-C", str(repository), "rev-parse", given.base]
    base = subprocess.run(resolve, capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="workflow-") as folder:
        machine = Machine(repository, Path(folder), given.event, base, say=print)
        jobs = list(YAML(typ="safe").load(workflow)["jobs"])
        for job in jobs * 2 if given.again else jobs:
            print(f"{job}:")
            ran = machine.run(workflow, job)
            print(ran.printed, ran.summary, sep="\n")


if __name__ == "__main__":
    main()
