from __future__ import annotations

import os
import re
import time
import zipfile
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import PurePosixPath

import pytest

from domain.errors import ConfigurationError
from operations.demo.estate import build_estate, estate_truth, plan
from operations.demo.format import render
from operations.demo.plan import FIRST_DAY, LAST_DAY, Reading, Rot

FOLDERS = {
    "Children's Social Care": {"Case Files", "Child Protection Conferences", "Duty Desk", "Templates"},
    "Adult Social Care": {"Case Files", "Safeguarding", "Blue Badges", "Care Home Menus"},
    "Human Resources": {"Employee Files", "Payroll", "Recruitment", "Policies"},
    "Highways": {"Streetworks", "Claims", "Photographs", "Gritting"},
    "Planning": {"Applications", "Enforcement", "Committee Minutes", "Local Plan"},
    "Finance": {"Invoices", "Budgets", "Ledgers", "Audit", "Old Backups"},
}
FORMATS = {
    ".docx", ".xlsx", ".pdf", ".pptx", ".odt", ".eml", ".mbox", ".zip", ".jpg", ".png", ".csv", ".txt", ".rtf",
    ".html", ".tmp", ".db", ".ini", ".msi",
}  # fmt: skip


@pytest.fixture(scope="module")
def estate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "estate"
    build_estate(folder)
    return folder


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """A second build, in another time zone, where an earlier one was interrupted."""
    folder = tmp_path_factory.mktemp("again") / "estate"
    folder.mkdir()
    (folder / "half.docx").write_bytes(b"half")
    (folder.parent / ".estate-version").write_text("building")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        build_estate(folder)
    time.tzset()
    return folder


def standing(folder):
    """Path → (digest, time of change) of every file below the folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in files
    }


def test_two_builds_agree_byte_for_byte_and_in_their_times(estate, rebuilt):
    assert standing(rebuilt) == standing(estate)


def test_folders_have_the_rights_that_the_estate_gives_them(estate):
    closed = {path.name for path in (estate, *estate.rglob("*")) if path.is_dir() and not path.stat().st_mode & 0o005}
    assert {"Human Resources", "Payroll", "Children's Social Care", "Case Files"} <= closed
    assert closed.isdisjoint({"Policies", "Planning", "Highways", "Finance", estate.name})


def test_a_second_call_writes_nothing(estate):
    marked = next(path for path in estate.rglob("*.txt") if path.stat().st_size)
    before, facts = marked.read_bytes(), marked.stat()
    marked.write_bytes(b"left alone")
    build_estate(estate)
    try:
        assert marked.read_bytes() == b"left alone"
    finally:
        marked.write_bytes(before)
        os.utime(marked, ns=(facts.st_atime_ns, facts.st_mtime_ns))


def test_an_interrupted_build_is_removed_and_built_wholly(rebuilt):
    assert set(standing(rebuilt)) == set(estate_truth())


def test_a_folder_with_other_peoples_files_is_refused_and_left_alone(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")
    with pytest.raises(ConfigurationError, match="empty folder"):
        build_estate(folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_the_marker_stands_outside_the_estate(estate):
    assert (estate.parent / ".estate-version").is_file()
    assert {path.name for path in estate.iterdir()} == set(FOLDERS)


def test_truth_is_told_of_every_file_and_of_no_other(estate):
    assert set(standing(estate)) == set(estate_truth())
    assert len({file.path for file in plan()}) == len(plan())


def test_there_are_about_four_hundred_files_in_the_folders_of_six_services():
    folders = Counter(tuple(PurePosixPath(path).parts[:2]) for path in estate_truth())
    assert 380 <= folders.total() <= 460
    assert set(folders) == {(service, folder) for service, inside in FOLDERS.items() for folder in inside}


def test_every_format_of_the_field_is_there():
    names = [PurePosixPath(path) for path in estate_truth()]
    assert {name.suffix for name in names} >= FORMATS
    assert {"Thumbs.db", "desktop.ini", ".DS_Store"} <= {name.name for name in names}
    assert any(name.name.startswith("~$") for name in names)
    assert any(re.search(r"final v2 \(3\)", name.name) for name in names)


def test_about_half_of_the_files_hold_personal_data():
    truth = estate_truth().values()
    assert 0.45 <= sum(one.personal for one in truth) / len(truth) <= 0.55
    assert all(one.personal for one in truth if one.special or one.criminal or one.children)
    assert {one.reading for one in truth} == set(Reading)


def test_files_were_changed_over_twenty_years_up_to_the_last_day(estate):
    times = {path: datetime.fromtimestamp(ns / 1e9, UTC) for path, (_, ns) in standing(estate).items()}
    assert {path: file.modified.replace(microsecond=0) for path, file in ((one.path, one) for one in plan())} == times
    assert min(times.values()) >= FIRST_DAY
    assert max(times.values()) == LAST_DAY
    assert {moment.year for moment in times.values()} == set(range(2006, 2027))


def test_a_copy_is_equal_to_its_original_and_nothing_else_is_equal_by_chance(estate):
    digests = {path: digest for path, (digest, _) in standing(estate).items()}
    copies = {path: truth.copy_of for path, truth in estate_truth().items() if truth.rot is Rot.COPY}
    assert len(copies) > 20
    assert all(digests[path] == digests[original] for path, original in copies.items())
    single = Counter(
        digests[path]
        for path, truth in estate_truth().items()
        if truth.rot is None and not path.endswith((".DS_Store", ".ini"))
    )
    assert [count for count in single.values() if count > 1] == []


def test_a_forwarded_attachment_is_equal_to_a_file_of_the_share():
    contents = {file.path: file for file in plan()}
    forwarded = contents["Human Resources/Payroll/FW 1.eml"].content.attached[0]
    shared = next(file for file in plan() if file.name == forwarded.name and "/Payroll/" in file.path)
    assert render(forwarded.name, forwarded.content) == render(shared.name, shared.content)


def test_one_archive_holds_others(estate):
    with zipfile.ZipFile(estate / "Finance/Old Backups/Old server D drive.zip") as outer:
        names = outer.namelist()
        assert all(zipfile.is_zipfile(outer.open(name)) for name in names)
    assert len(names) == 2


def test_only_invented_addresses_and_drama_numbers_are_used(estate):
    for path in (*estate.rglob("*.csv"), *estate.rglob("*.eml"), *estate.rglob("*.mbox"), *estate.rglob("*.txt")):
        text = path.read_text()
        domains = set(re.findall(r"[\w.]+@([\w.-]+\w)", text))
        assert domains <= {"example.org", "example.com", "example.net"}, path.name
        mobiles = re.findall(r"\b07\d{3} \d{6}\b", text)
        assert all(mobile.startswith("07700 900") for mobile in mobiles), path.name
