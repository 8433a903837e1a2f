"""What a site takes, by part, and which limit of which host is near."""

import gzip
from pathlib import Path

import pytest

from reftel.publish import budget
from reftel.publish.budget import Budget, Part, Sized, limits, said

MB = 10**6


def test_files_are_counted_by_part(tmp_path: Path) -> None:
    """Pages, texts, search, data; hidden files are not counted; compressing is tried on the files themselves."""
    words = b"the same words again " * 1000
    for address in ("index.html", "cable/1.html", "cable/1.txt", "search/terms/1.js", "manifest.json", "static/a.css"):
        (tmp_path / address).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / address).write_bytes(words)
    (tmp_path / ".reftel-files").write_text("index.html\n")
    found = budget.budget(tmp_path)
    assert [(part.name, part.files) for part in found.parts] == [
        ("pages", 2),
        ("texts", 1),
        ("search", 1),
        ("data", 1),
        ("other", 1),
    ]
    assert found.files == 6 and found.size == 6 * len(words) and found.fullest == 5
    assert found.parts[1].packed == len(gzip.compress(words, 6))
    assert found.largest[0] == Sized(len(words), "cable/1.html")


@pytest.mark.parametrize(
    ("files", "size", "largest", "fullest", "expected"),
    [
        (100, 100 * MB, MB, 50, []),
        (100, 850 * MB, MB, 50, ["GitHub Pages: 850 of 1,000 MB", "GitLab Pages: 850 of 1,000 MB"]),
        (19_000, 100 * MB, MB, 50, ["Cloudflare Pages: 19,000 files of 20,000 (100,000 with a paid plan)"]),
        (100, 100 * MB, 30 * 2**20, 50, ["Cloudflare Pages: a file of 30 of 25 MiB, too much"]),
        (
            60_000,
            100 * MB,
            MB,
            55_000,
            [
                "Cloudflare Pages: 60,000 files of 20,000 (100,000 with a paid plan), too much",
                "Netlify: 55,000 of 54,000 files in a folder, too much",
            ],
        ),
    ],
)
def test_near_limits_are_named(files: int, size: int, largest: int, fullest: int, expected: list[str]) -> None:
    """From four fifths on, the nearest first, with a remedy."""
    found = Budget([Part("pages", files, size, size // 3)], [Sized(largest, "x")], fullest)
    lines = said(found).splitlines()
    assert [line for line in lines if "Pages:" in line or "Netlify:" in line] == expected
    assert lines[-1].startswith("if that is your host: ") is bool(expected)
    assert len(limits(found)) == 7
