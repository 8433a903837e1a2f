"""The sample archive of content/: it shows every format and trap it is there for, and is read as it was meant."""

from collections import Counter
from pathlib import Path

import pytest

from reftel.archive.archive import Archive
from reftel.archive.catalogue import catalogue
from reftel.archive.entries import entry_of
from reftel.cable.model import Cable
from reftel.cable.parse import parse
from reftel.cable.posts import with_own_posts
from reftel.problems import Problem
from reftel.source.model import Source
from reftel.source.read import read_folder

CONTENT = Path(__file__).resolve().parent.parent / "content"

CLASSIFICATIONS = {
    "UNCLASSIFIED",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    "CONFIDENTIAL",
    "CONFIDENTIAL//NOFORN",
    "SECRET",
    "SECRET//NOFORN",
}

ANCHORS = {
    # a page marker within a sentence, years at line starts, a reason broken after "1"
    "06PORTSORREL61": "par1 par2 par3 par4 par5 par6",
    # `(C) 1.`
    "06TOLM288": "par1 par2 par3 par4",
    # `1.(C)`, reflowed
    "06PORTSORREL171": "par1 par2 par3 par4 par5 par6",
    # `4, (C)`, and 5 cut away
    "06HALVERN27": "par1 par2 par3 par4 par5 par6 par7",
    # a start in mid-line
    "06TOLM701": "par1 par2 par3 par4 par5",
    # `5 (C)` without a stop
    "06HALVERN38": "par1 par2 par3 par4 par5 par6",
    # a start glued to a redaction
    "06PORTSORREL231": "par1 par2 par3 par4 par5 par6 par7 par8",
    # the second section's whole header in the text
    "06TOLM655": "par1 par2 par3 par4 par5",
    # 5 6 5 6, and no 4
    "06PORTSORREL222": "par1 par2 par3 par4 par5 par6 par5-2 par6-2",
    # a numbered list within paragraph 2
    "06PORTSORREL377": "par1 par2 par3 par4 par5",
    # a mark broken over a line end
    "06TOLM612": "par1 par2 par3 par4 par5 par6",
    # `2. (Preliminary)` is no mark
    "06PORTSORREL240": "par1 par2 par3 par4 par5",
    # `(1) (SBU)`
    "07HALVERN8": "par1 par2 par3 par4",
    # `3. 3.`
    "02PORTSORREL744": "par1 par2 par3 par4",
    # numbered sub-paragraphs by letter and by Roman number
    "99HALVERN31": "par1 par2 par2-a par2-b par2-c par2-d par3 par3-i par3-ii par3-iii par4",
    # no numbers at all
    "75PORTSORREL911": "u1 u2 u3 u4 u5 u6",
    # a telex page line, capitals, no marks
    "73PORTSORREL402": "u1 par1 par2 par3 par4 par5",
    # an extract: 4 and 5 are missing
    "91TOLM2210": "par1 par2 par3 par4 par5 par6",
    # three sections, title-cased markers, one between a heading and its rule
    "06PORTSORREL206": " ".join(f"par{n}" for n in range(1, 14)),
    # an extract whose numbers begin at 3
    "06PORTSORREL199": "par1 par2 par3 par4",  # the first two are missing
    # a blog's page in HTML
    "07PORTSORREL101": "par1 par2 par3 par4 par5",
}

REFS = {
    "05PORTSORREL1187": "84PORTSORREL519 79PORTSORREL1340 05TOLM2034",
    "06PORTSORREL61": "05PORTSORREL1187 05TOLM2034 73PORTSORREL402",  # the first is of the year before
    "06TOLM288": "06PORTSORREL61 04TOLM1190 05TOLM2034",  # A) B) C) on one line
    "06HALVERN19": "06PORTSORREL61 06TOLM288",  # (A) (B)
    "06STATE45112": "06PORTSORREL61 06TOLM288 06HALVERN19 06STATE38801",  # A. A.
    "06PORTSORREL171": "06STATE45112 06PORTSORREL140 email",  # A: B: C:
    "06PORTSORREL178": "06PORTSORREL171 06HALVERN19",  # X 171 AND Y 19
    "06PORTSORREL190": "06PORTSORREL188 telcon 06PORTSORREL140",  # PORTSORREL188
    "06HALVERN27": "06PORTSORREL193 report",
    "06STATE52340": "06PORTSORREL193 06TOLM612 06PORTSORREL188",  # [A] [B] [C]
    "06STATE61877": "06ALDERMERE92 06STATE45112 06STATE38801 06TOLM655",  # (1), (2)
    "06PORTSORREL231": "06HALVERN30 06PORTSORREL193 06HALVERN25 06PORTSORREL206",  # after Classified By
    "06PORTSORREL244": "06PORTSORREL240 06PORTSORREL231",  # A - X
    "06ALDERMERE118": "06STATE61877 06TOLM701 06PORTSORREL244",  # A.)
    # a page marker within the REF lines
    "06ALDERMERE121": "06ALDERMERE118 79PORTSORREL1340 05PORTSORREL1187 06HALVERN30 06STATE61877 06TOLM288",
    "06PORTSORREL377": "96PORTSORREL655 06PORTSORREL140 06PORTSORREL244 memo",
    "07PORTSORREL33": "06ALDERMERE121 06PORTSORREL302",  # O6 with a letter O
    "07HALVERN8": "06HALVERN19 06HALVERN38",  # 06-HALVERN-19
    "08PORTSORREL260": "06PORTSORREL193 06PORTSORREL206 06PORTSORREL231 73PORTSORREL402",  # '73
    "10PORTSORREL41": "79PORTSORREL1340 05PORTSORREL1187 08PORTSORREL260 other",  # X 260 (08), a letter
    "88TOLM1602": "82TOLM77 75TOLM188",  # lower-cased header
    "79PORTSORREL1340": "79PORTSORREL1322 79STATE148801",  # no metadata line
    "76STATE41210": "75PORTSORREL977 75STATE283301",  # REFS: A. ...; B. ...
    "06PORTSORREL199": "06PORTSORREL197 06TOLM590",  # an extract whose numbers begin at 3
}

CITED_AND_NOT_HELD = {"05TOLM2034": 3, "06STATE38801": 2, "06HALVERN25": 2, "06TOLM590": 3, "75TOLM188": 2}

PROBLEMS = [
    "93HALVERN12:19: REF 'KELMOOR 87': no post is known by this name",
    "91TOLM2210:27: paragraphs 4 to 5 are missing before paragraph 6",
    "06HALVERN27:66: paragraph 5 is missing before paragraph 6",
    "06PORTSORREL199:18: paragraphs 1 to 2 are missing before paragraph 3",
    "09HALVERN14:9: the date-time group 141630Z APR 09 and the metadata line's 2009-04-13T16:30 differ",
    "06PORTSORREL222:55: paragraph 4 is missing before paragraph 5",
    "06PORTSORREL222:67: paragraph number 5 is printed again: its anchor is par5-2",
    "06PORTSORREL222:72: paragraph number 6 is printed again: its anchor is par6-2",
]


@pytest.fixture(scope="module")
def found() -> list[Source | Problem]:
    """What reading content/ yields."""
    if not CONTENT.is_dir():
        pytest.skip("no content/ beside the tests")
    return list(read_folder(CONTENT))


@pytest.fixture(scope="module")
def sources(found: list[Source | Problem]) -> list[Source]:
    """Its cables, unparsed."""
    return [item for item in found if isinstance(item, Source)]


@pytest.fixture(scope="module")
def cables(sources: list[Source]) -> list[Cable]:
    """The records, read with the sample's own posts."""
    posts = with_own_posts((CONTENT / "posts.csv").read_text(encoding="utf-8"))
    return [parse(source, posts) for source in sources]


@pytest.fixture(scope="module")
def archive(sources: list[Source], cables: list[Cable]) -> Archive:
    """The cables related."""
    pairs = zip(sources, cables, strict=True)
    entries = [entry_of(cable, source.text, source.line, str(i)) for i, (source, cable) in enumerate(pairs)]
    return Archive(catalogue(entry for entry in entries if entry)[0])


def test_there_are_enough_cables_and_each_has_its_mrn(cables: list[Cable]) -> None:
    """At least 44 cables; each has an MRN, a subject, an origin or a FM line, and text."""
    assert len(cables) >= 44
    for cable in cables:
        assert cable.mrn and cable.subject and cable.blocks, cable.source.path
        assert cable.origin or cable.from_, cable.mrn


def test_every_format_is_there(sources: list[Source]) -> None:
    """Raw text, pages of the 2010 site, blog copies as text and HTML, the CSV, several cables in a file, encodings."""
    assert {source.format for source in sources} == {"text", "html", "blog", "csv"}
    assert max(Counter(source.path for source in sources if source.format == "text").values()) >= 3
    assert any(source.text.count("Reference ID") == 0 for source in sources)
    assert any(b"bloggers like this" in source.raw and source.format == "text" for source in sources)
    assert any(source.raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in source.raw for source in sources)
    assert {source.encoding for source in sources} >= {"utf-8", "cp1252"}


def test_every_classification_is_there(cables: list[Cable]) -> None:
    """The six labels of the genre."""
    assert {cable.classification for cable in cables} >= CLASSIFICATIONS


@pytest.mark.parametrize("mrn", ANCHORS)
def test_the_paragraphs_of_the_trap_cables(cables: list[Cable], mrn: str) -> None:
    """Each trap is read as its author meant it: the anchors in order."""
    assert [block.anchor for block in _cable(cables, mrn).blocks if block.anchor] == ANCHORS[mrn].split()


@pytest.mark.parametrize("mrn", REFS)
def test_the_refs_of_the_trap_cables(cables: list[Cable], mrn: str) -> None:
    """Each item of the REF line is the cable meant, or its kind where it is none."""
    assert [ref.mrn or ref.kind for ref in _cable(cables, mrn).refs] == REFS[mrn].split()


def test_every_ref_to_a_cable_is_decided(cables: list[Cable]) -> None:
    """Only the REF to a post that nobody knows is undecided, and a paragraph that is named is there."""
    undecided = [(cable.mrn, ref.text) for cable in cables for ref in cable.refs if ref.kind == "cable" and not ref.mrn]
    assert undecided == [("93HALVERN12", "KELMOOR 87")]
    held = {cable.mrn: {block.anchor for block in cable.blocks} for cable in cables}
    for cable in cables:
        for mention in (mention for block in cable.blocks for mention in block.mentions):
            if mention.anchor and (mention.mrn or cable.mrn) in held:
                assert mention.anchor in held[mention.mrn or cable.mrn], (cable.mrn, mention.text)


def test_the_threads_and_the_gaps(archive: Archive) -> None:
    """One long thread and a short one, a long chain of REFs, and missing cables that several cite."""
    assert [len(thread.mrns) for thread in archive.threads] == [57, 4]
    longest = dict.fromkeys(range(len(archive.entries)), 1)
    for citing, cited in sorted(zip(*archive.citations.ties, strict=True)):
        longest[citing] = max(longest[citing], 1 + longest[cited])
    assert max(longest.values()) >= 10
    cited = {mrn: len(archive.cited_by(mrn)) for mrn in archive.missing}
    assert {mrn: cited.get(mrn) for mrn in CITED_AND_NOT_HELD} == CITED_AND_NOT_HELD


def test_what_stands_twice_and_what_has_no_date(archive: Archive, cables: list[Cable]) -> None:
    """One cable was sent again, corrected; one has no date."""
    assert list(archive.twins) == ["06PORTSORREL201"]
    assert [cable.corrected for cable in cables if cable.mrn == "06PORTSORREL201"].count(True) == 1
    assert [cable.mrn for cable in cables if cable.created is None] == ["06PORTSORREL199"]


def test_no_furniture_is_left_in_the_text(cables: list[Cable]) -> None:
    """Page markers, repeated captions and a blog's words are nowhere in the reading text."""
    left = ("SIPDIS", " OF 00", " of 00", "PAGE 02", "NNNN", "SECTION 02", "bloggers", "Like this", "Share this")
    for cable in cables:
        text = "\n".join(block.text for block in cable.blocks)
        assert not [words for words in left if words in text], cable.mrn


def test_the_problems_of_the_sample(found: list[Source | Problem], cables: list[Cable]) -> None:
    """What is doubtful in the sample, all of it and nothing else."""
    said = [str(item) for item in found if isinstance(item, Problem)]
    said += [
        f"{source.path}: {problem.message}"
        for source in found
        if isinstance(source, Source)
        for problem in source.problems
    ]
    said += [f"{cable.mrn}:{problem.line}: {problem.message}" for cable in cables for problem in cable.problems]
    assert said == PROBLEMS


def _cable(cables: list[Cable], mrn: str) -> Cable:
    return next(cable for cable in cables if cable.mrn == mrn)
