"""Files that are trivial by name or size."""

from __future__ import annotations

import pytest

from classifiers.trivial import trivial_reason

TRIVIAL = {
    "~$budget.docx": "leftover of an open document", "A1B2.TMP": "temporary file", "Thumbs.db": "thumbnail cache",
    "desktop.ini": "folder display settings", ".DS_Store": "folder display settings", "._a.jpg": "metadata of a Mac",
    "setup.exe.crdownload": "unfinished download", "video.mp4.part": "unfinished download", "app.mdmp": "crash dump",
    ".~lock.plan.odt#": "temporary file", "notes.txt~": "editor's swap file", "tool.pyc": "build leftover",
}  # fmt: skip
RECORDS = [
    "budget.docx",
    "ledger.bak",
    "plan.old",
    "server.log",
    "template.docx",
    "partners.xlsx",
    "tmp",
    "desktop.ini.docx",
]


@pytest.mark.parametrize(("name", "reason"), TRIVIAL.items())
def test_a_trivial_file_says_why(name, reason):
    assert trivial_reason(name, 120) == reason


@pytest.mark.parametrize("name", RECORDS)
def test_what_may_be_a_record_is_not_trivial(name):
    assert trivial_reason(name, 120) is None


def test_an_empty_file_is_trivial_whatever_its_name():
    assert trivial_reason("minutes.docx", 0) == "empty file"
