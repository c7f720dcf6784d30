from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scanner.sources.smb.facts import Facts, is_made_up, moment

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "smb_attributes.toml").read_text())["file"]
FACTS = Facts(created=1, accessed=2, written=3, changed=4, size=5, allocated=6, attributes=0x20, file_id=7)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_attributes_and_tags_say_what_is_not_to_be_opened(case):
    found = Facts(0, 0, 0, 0, 0, 0, case["attributes"], case.get("tag", 0)).problem
    assert (found.code if found else "") == case["problem"]


@pytest.mark.parametrize(
    ("filetime", "expected"),
    [
        (0, None),
        (36_000_000_000, None),  # nothing, an hour to the east
        (0x7FFFFFFFFFFFFFFF, None),
        (0xFFFFFFFFFFFFFFFF, None),
        (116444736000000000, datetime(1970, 1, 1, tzinfo=UTC)),
        (133485408000000010, datetime(2024, 1, 1, microsecond=1, tzinfo=UTC)),
        (94354848000000000, datetime(1900, 1, 1, tzinfo=UTC)),
        (157469184000000000, datetime(2100, 1, 1, tzinfo=UTC)),
    ],
)
def test_times_that_say_nothing_are_none(filetime, expected):
    assert moment(filetime) == expected


@pytest.mark.parametrize("name", [b"A4WTMA~A.TXT", b"CSHOFG~F", b"_5QUDK~8.DOC", b"BAYTAM~F.T"])
def test_names_in_the_form_that_samba_makes_up_are_told(name):
    assert is_made_up(name)


@pytest.mark.parametrize(
    "name", [b"report.docx", b"~$report.docx", b"a~1.txt", b"A4WTMA~A.TEXT", b"a4wtma~a.txt", b"B~"]
)
def test_other_names_are_not(name):
    assert not is_made_up(name)


@pytest.mark.parametrize("change", [{"size": 9}, {"written": 9}, {"changed": 9}, {"file_id": 9}])
def test_a_version_moves_with_all_that_moves_when_content_does(change):
    moved = Facts(**{name: getattr(FACTS, name) for name in Facts.__slots__} | change)
    assert moved.version(by_change=True) != FACTS.version(by_change=True)
    assert len(moved.version(by_change=True)) == 8


@pytest.mark.parametrize("change", [{"accessed": 9}, {"allocated": 9}, {"attributes": 0x22}])
def test_a_version_stays_where_content_does(change):
    same = Facts(**{name: getattr(FACTS, name) for name in Facts.__slots__} | change)
    assert same.version(by_change=True) == FACTS.version(by_change=True)


def test_where_reading_moves_the_time_of_change_it_does_not_count():
    touched = Facts(**{name: getattr(FACTS, name) for name in Facts.__slots__} | {"changed": 9})
    assert touched.version(by_change=False) == FACTS.version(by_change=False)
