from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.person import PrincipalKind
from scanner.directories.staff import read_staff
from scanner.directory import DirectoryError

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "staff_lists.toml").read_text("utf-8"))["list"]
TODAY = date(2026, 11, 1)


def a_list(tmp_path, content: str | bytes) -> Path:
    path = tmp_path / "staff.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_list_tells_who_has_an_account_where_they_work_and_whether_they_left(tmp_path, case):
    staff = read_staff(a_list(tmp_path, case["text"].lstrip("\n")), TODAY)
    found = staff.people([*case["known"], *case.get("unknown", ())])
    assert {account: [one.name, one.service, one.left] for account, one in found.items()} == case["known"]
    assert all(one.account == account and one.kind is PrincipalKind.USER for account, one in found.items())
    assert len(staff.faults) == ("bad" in case)
    assert all(f"on line {case['bad']}:" in fault for fault in staff.faults)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_an_accent_is_read_as_it_was_saved(tmp_path, encoding):
    staff = read_staff(a_list(tmp_path, "login,name\nzo\u00eb,Zo\u00eb\n".encode(encoding)), TODAY)
    assert staff.people(["zo\u00eb"])["zo\u00eb"].name == "Zo\u00eb"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no column of accounts"),
        (b"name,service\nAnn,Housing\n", "no column of accounts"),
        (b'login,name\na,"' + b"x" * 200_000, "not CSV from line"),
    ],
)
def test_what_is_no_list_of_staff_is_named(tmp_path, content, said):
    with pytest.raises(DirectoryError, match=said):
        read_staff(a_list(tmp_path, content), TODAY)


def test_a_list_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DirectoryError, match="cannot be read"):
        read_staff(tmp_path / "none.csv", TODAY)


def test_a_fault_quotes_nothing_and_names_so_many_lines(tmp_path):
    rows = "".join(f"thornbury{number},Ann,whenever\n" for number in range(50))
    (fault,) = read_staff(a_list(tmp_path, f"login,name,left\n{rows}"), TODAY).faults
    assert "21 and 30 more:" in fault
    assert "thornbury" not in fault
    assert "whenever" not in fault


def test_nobody_is_shown(tmp_path):
    assert "Ann" not in repr(read_staff(a_list(tmp_path, "login,name\na,Ann\n"), TODAY))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_whatever_the_bytes_are_they_are_a_list_or_named(tmp_path, content):
    try:
        read_staff(a_list(tmp_path, b"login,left\n" + content), TODAY).people(["a"])
    except DirectoryError:
        assert True
