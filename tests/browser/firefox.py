"""A headless Firefox, driven by its own Marionette protocol (a length, a colon and JSON over a socket), from files as
a reader opens them.
"""

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PREFERENCES = {
    "security.fileuri.strict_origin_policy": True,
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.startup.page": 0,
}


def find_firefox() -> str | None:
    """The path of a Firefox, None where there is none."""
    return shutil.which("firefox") or shutil.which("firefox-esr")


class Firefox:
    """A tab."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._number = 0
        self._receive()
        self._send("WebDriver:NewSession", {})

    def go(self, address: str) -> None:
        """Open a page."""
        self._send("WebDriver:Navigate", {"url": address})

    def script(self, text: str) -> Any:
        """The value of a function body run in the page."""
        return self._send("WebDriver:ExecuteScript", {"script": text, "args": []})["value"]

    def wait(self, text: str, seconds: float = 30) -> Any:
        """The first true value of a function body."""
        end = time.monotonic() + seconds
        while not (value := self.script(text)):
            assert time.monotonic() < end, f"waited in vain for: {text}"
            time.sleep(0.1)
        return value

    def _send(self, command: str, given: dict[str, Any]) -> Any:
        self._number += 1
        data = json.dumps([0, self._number, command, given]).encode()
        self._socket.sendall(f"{len(data)}:".encode() + data)
        _, _, error, value = self._receive()
        assert error is None, error
        return value

    def _receive(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self._socket.recv(1)
        left = int(head[:-1])
        data = b""
        while len(data) < left:
            data += self._socket.recv(left - len(data))
        return json.loads(data)


@contextmanager
def firefox(path: str, folder: Path) -> Iterator[Firefox]:
    """A running Firefox with a fresh profile in `folder`, ended afterwards."""
    folder.mkdir(parents=True)
    lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [path, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Firefox(_port(folder, process))
    finally:
        process.terminate()
        process.wait(20)


def _port(folder: Path, process: subprocess.Popen[bytes]) -> int:
    """The port that Firefox writes into its profile."""
    place = folder / "MarionetteActivePort"
    for _ in range(600):
        assert process.poll() is None, "Firefox ended by itself"
        if place.is_file() and (text := place.read_text().strip()):
            return int(text)
        time.sleep(0.1)
    raise AssertionError("Firefox did not open its port")
