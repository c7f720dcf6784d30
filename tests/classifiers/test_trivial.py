"""Files that are trivial by name, type, place or size."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from classifiers.name_glob import NameGlobs
from classifiers.trivial import Pattern, Trivial, starter_pack

TRIVIAL = {
    "~$budget.docx": "leftover of an open document", "A1B2.TMP": "temporary file", "Thumbs.db": "thumbnail cache",
    "desktop.ini": "folder display settings", ".DS_Store": "folder display settings", "._a.jpg": "metadata of a Mac",
    "setup.exe.crdownload": "unfinished download", "video.mp4.part": "unfinished download", "app.mdmp": "crash dump",
    ".~lock.plan.odt#": "leftover of an open document", "notes.txt~": "editor's swap file",
    "tool.pyc": "build leftover",
}  # fmt: skip
RECORDS = [
    "budget.docx", "ledger.bak", "plan.old", "server.log", "template.docx", "partners.xlsx", "tmp", "desktop.ini.docx",
    "interview.mp3",
]  # fmt: skip


def reason(name: str, size: int = 120, *, media_type: str = "", years: int = 0, folder: str = "") -> str | None:
    shipped = Trivial(starter_pack())
    found = shipped.of(name, size, media_type, years, shipped.places(folder))
    return found and found.because


@pytest.mark.parametrize(("name", "because"), TRIVIAL.items())
def test_a_trivial_file_says_why(name, because):
    assert reason(name) == because


@pytest.mark.parametrize("name", RECORDS)
def test_what_may_be_a_record_is_not_trivial(name):
    assert reason(name) is None


@pytest.mark.parametrize("name", ["minutes.docx", "aaa", "New Text Document.txt", "Seeds.docx", "Closedown.xlsx"])
def test_an_empty_file_is_trivial(name):
    assert reason(name, 0) == "empty file"


@pytest.mark.parametrize(
    "name",
    ["HOLD", ".record", "_FROZEN", "DATA.TAG", "CLOSED.flg", "__init__.py", "SEE LEGAL FILE 7 NOT HERE.txt",
     "TAKEN BY AUDIT 05-11-2010", "Paper file 9464 moved to the record office.txt"],
)  # fmt: skip
def test_an_empty_file_whose_name_is_what_it_says_is_not(name):
    assert reason(name, 0) is None


def test_a_temporary_file_that_reads_as_a_document_is_not_trivial():
    assert reason("~WRL2683.tmp", media_type="application/octet-stream") == "temporary file"
    assert reason("~WRL2683.tmp", media_type="application/msword") is None


def test_the_answer_to_a_request_for_information_is_no_out_of_office_reply():
    mail = {"media_type": "message/rfc822"}
    assert reason("Automatic reply_ rota.eml", **mail) == "out-of-office reply"
    assert reason("Automatic reply FOI 5922 - acknowledgement.eml", **mail) is None


def test_what_a_pattern_of_ones_own_spares_another_may_mean():
    own = Pattern(id="own", because="of our own", names=("*.tmp",), but_names=("keep*",))
    shipped = Trivial([own, *starter_pack()])
    assert shipped.of("a.tmp", 1, "", 0, frozenset(range(99))).because == "of our own"
    assert shipped.of("KEEP a.tmp", 1, "", 0, frozenset(range(99))).because == "temporary file"


def test_a_large_file_is_no_leftover_of_an_open_document():
    assert reason("~$minutes.docx", 40_000) is None


def test_every_condition_of_a_pattern_has_to_hold():
    assert reason("windows 7.iso", years=1) is None
    assert reason("windows 7.iso", years=2) == "installer's disc image, unchanged for two years"
    assert reason("song.mp3", media_type="audio/mpeg", folder="J/My Music/1999").startswith("music, pictures")
    assert reason("song.mp3", media_type="audio/mpeg", folder="Interviews") is None
    assert reason("Automatic reply_ x.docx", media_type="application/pdf") is None


def test_technical_comes_before_personal_and_ones_own_before_the_shipped():
    own = Pattern(id="own", because="of our own", names=("*.tmp",))
    assert Trivial([own, *starter_pack()]).of("a.tmp", 1, "", 0, frozenset(range(99))).because == "of our own"
    passing = Pattern(id="passing", because="passing by", kind="personal", names=("*.tmp",))
    assert Trivial([passing, *starter_pack()]).of("a.tmp", 1, "", 0, frozenset(range(99))).because == "temporary file"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"names": ["*"]}, "would mean every file"), ({"names": ["*.*"], "at_least": 5}, "would mean every file"),
        ({}, "would mean every file"), ({"folders": ["*"]}, "would mean every folder"),
        ({"names": ["a/*.tmp"]}, "is a path"), ({"names": [""]}, "1 to 200 characters"),
        ({"names": ["*.x"], "media_types": ["audio"]}, "pattern"), ({"nmaes": ["*.x"]}, "Extra inputs"),
    ],
)  # fmt: skip
def test_a_pattern_that_would_do_harm_is_refused_with_what_to_write(table, said):
    with pytest.raises(ValidationError, match=said):
        Pattern(id="x", because="a reason", **table)


def test_a_glob_takes_a_time_linear_in_the_name():
    globs = NameGlobs(["*a*a*a*a*a*a*a*a*a*a*a*b"])
    assert not globs.matches("a" * 200_000)
    assert globs.matches("a" * 200_000 + "B")


def test_what_is_shipped_has_no_id_twice():
    ids = [pattern.id for pattern in starter_pack()]
    assert len(ids) == len(set(ids)) > 10
