"""`reftel serve`: look at the site over http while it is being written; a change of the content rebuilds it, and the
pages that are open load anew.

The script that reloads is added to pages as they are sent: the site's files stay as they are, and the script is the
site's own as far as its Content Security Policy is concerned.
"""

import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from reftel.problems import Refusal

EVENTS, SCRIPT = "/.reftel-events", "/.reftel-reload.js"
_TAG = f'<script defer src="{SCRIPT}"></script>\n</head>'.encode()
_RELOAD = f'new EventSource("{EVENTS}").onmessage = () => location.reload();\n'.encode()
_PATIENCE = 20.0
"""Seconds after which a waiting page is told that nothing has happened, so that closed ones are noticed."""


class Changes:
    """Tells all who wait that the site has changed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.number = 0

    def tell(self) -> None:
        """The site has changed."""
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def wait(self, number: int) -> bool:
        """Wait until more than `number` changes have been; False when patience has ended."""
        with self._changed:
            return self._changed.wait_for(lambda: self.number > number, _PATIENCE)


class Handler(SimpleHTTPRequestHandler):
    """Serves the site as a static host would: its own 404 page, no caching, no log."""

    def __init__(self, changes: Changes, *given: Any, **named: Any) -> None:
        self._changes = changes
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        """A page is sent with the script that reloads it, all else as it is."""
        path = self.path.partition("?")[0]
        page = Path(self.translate_path(self.path))
        page = page / "index.html" if path.endswith("/") else page
        if path == EVENTS:
            self._send_events()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", _RELOAD)
        elif page.suffix == ".html" and page.is_file():
            self._send_page(HTTPStatus.OK, page)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """No page is kept by the browser."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is not there is answered with the site's own page."""
        page = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            self._send_page(HTTPStatus.NOT_FOUND, page)
        else:
            super().send_error(code, message, explain)

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are no news to an editor; rebuilds and problems are."""

    def _send_page(self, code: HTTPStatus, page: Path) -> None:
        self._send(code, "text/html; charset=utf-8", page.read_bytes().replace(b"</head>", _TAG, 1))

    def _send(self, code: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _send_events(self) -> None:
        """One event for each change, as long as the page is open."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = self._changes.number
        try:
            while True:
                changed = self._changes.wait(seen)
                seen = self._changes.number
                self.wfile.write(b"data: changed\n\n" if changed else b": nothing\n\n")
                self.wfile.flush()
        except OSError:
            self.close_connection = True


class Server(ThreadingHTTPServer):
    """A server that knows whom to tell of changes."""

    daemon_threads = True

    def __init__(self, site: Path, host: str, port: int) -> None:
        self.changes = Changes()
        super().__init__((host, port), partial(Handler, self.changes, directory=str(site)))


def open_server(site: Path, host: str, port: int) -> Server:
    """A server of `site` that listens already. Raises Refusal when the port is taken."""
    try:
        return Server(site, host, port)
    except OSError as error:
        raise Refusal(f"{host}:{port}: cannot listen there ({error.strerror}); choose another --port") from None


def serve(server: Server, watched: list[Path], rebuild: Callable[[], None], stop: threading.Event) -> None:
    """Answer requests, and call `rebuild` after each change below `watched`, until `stop` is set or Ctrl-C."""
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for _ in watch(*watched, stop_event=stop, debounce=100, step=20, raise_interrupt=False):
            rebuild()
            server.changes.tell()
    finally:
        server.shutdown()
        server.server_close()
