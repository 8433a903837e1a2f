"""The preview server: the site as it is, and pages that load anew after a change."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from reftel.publish.preview import SCRIPT, Server, open_server, serve

PAGE = "<!doctype html><html><head><title>x</title></head><body>Words.</body></html>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "date").mkdir(parents=True)
    for name in ("index.html", "date/index.html", "404.html"):
        (folder / name).write_text(PAGE)
    (folder / "a.txt").write_text("</head>")
    return folder


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    opened = open_server(site, "127.0.0.1", 0)
    threading.Thread(target=opened.serve_forever, daemon=True).start()
    yield opened
    opened.shutdown()
    opened.server_close()


def fetch(server: Server, path: str) -> str:
    with urlopen(f"http://127.0.0.1:{server.server_address[1]}{path}", timeout=10) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("path", ["/", "/index.html", "/date/", "/index.html?q=1"])
def test_pages_get_a_script_as_they_are_sent(server: Server, site: Path, path: str) -> None:
    """The script stands in what is sent, not in the file, and comes from the server itself, as the CSP demands."""
    assert f'<script defer src="{SCRIPT}"></script>\n</head>' in fetch(server, path)
    assert (site / "index.html").read_text() == PAGE
    assert "EventSource" in fetch(server, SCRIPT)


def test_other_files_are_sent_as_they_are(server: Server) -> None:
    """Only pages are touched."""
    assert fetch(server, "/a.txt") == "</head>"


def test_what_is_not_there(server: Server) -> None:
    """The answer is 404 with the site's own page."""
    with pytest.raises(HTTPError) as refused:
        fetch(server, "/nothing.html")
    assert refused.value.code == 404
    assert "Words." in refused.value.read().decode()


def test_open_pages_are_told_of_a_change(site: Path, tmp_path: Path) -> None:
    """After a change of what is watched, the site is rebuilt, and then an event is sent."""
    content = tmp_path / "content"
    content.mkdir()
    opened, stop, rebuilt = open_server(site, "127.0.0.1", 0), threading.Event(), threading.Event()
    running = threading.Thread(target=serve, args=(opened, [content], rebuilt.set, stop))
    running.start()
    with urlopen(f"http://127.0.0.1:{opened.server_address[1]}/.reftel-events", timeout=30) as events:
        while not rebuilt.wait(0.2):
            (content / "a.txt").write_text("words")
        assert events.readline() == b"data: changed\n"
    stop.set()
    running.join(10)
