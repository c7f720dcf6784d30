from __future__ import annotations

import pytest

from domain.errors import PASSING, ProblemCode
from scanner.sources.smb.status import NtStatusError, asks_for_patience, ends_the_connection

CASES = [
    ("ACCESS_DENIED", 0xC0000022, "denied"),
    ("PRIVILEGE_NOT_HELD", 0xC0000061, "denied"),
    ("SHARING_VIOLATION", 0xC0000043, "locked"),
    ("FILE_LOCK_CONFLICT", 0xC0000054, "locked"),
    ("INSUFF_SERVER_RESOURCES", 0xC0000205, "locked"),
    ("OBJECT_NAME_NOT_FOUND", 0xC0000034, "vanished"),
    ("OBJECT_PATH_NOT_FOUND", 0xC000003A, "vanished"),
    ("DELETE_PENDING", 0xC0000056, "vanished"),
    ("NOT_A_DIRECTORY", 0xC0000103, "vanished"),
    ("STOPPED_ON_SYMLINK", 0x8000002D, "link"),
    ("PATH_NOT_COVERED", 0xC0000257, "link"),
    ("FILE_IS_A_DIRECTORY", 0xC00000BA, "not-a-file"),
    ("FILE_IS_OFFLINE", 0xC0000267, "placeholder"),
    ("CLOUD_FILE_ACCESS_DENIED", 0xC000CF18, "placeholder"),
    ("NAME_TOO_LONG", 0xC0000106, "limit"),
    ("IO_TIMEOUT", 0xC00000B5, "timeout"),
    ("NOT_SUPPORTED", 0xC00000BB, "unsupported"),
    ("CRC_ERROR", 0xC000003F, "corrupt"),
    ("nothing that is known", 0xC0FFEE00, "corrupt"),
]


@pytest.mark.parametrize(("name", "status", "code"), CASES, ids=[name for name, _, _ in CASES])
def test_a_status_is_the_problem_that_it_amounts_to(name, status, code):
    error = NtStatusError(status)
    assert error.problem.code == code
    assert error.trouble.problem == error.problem
    assert (error.problem.limit is not None) is (error.problem.code is ProblemCode.LIMIT)


@pytest.mark.parametrize("status", [0xC00000C9, 0xC0000203, 0xC000020C, 0xC000020D, 0xC0000241, 0xC000035C])
def test_a_session_or_share_that_is_gone_is_the_connections_trouble(status):
    assert ends_the_connection(status)
    assert not asks_for_patience(status)


@pytest.mark.parametrize("status", [0xC000009A, 0xC0000205, 0xC00000D0])
def test_a_server_without_room_is_given_time_and_the_item_tried_at_the_next_scan(status):
    assert asks_for_patience(status)
    assert NtStatusError(status).problem.code in PASSING


def test_an_error_says_the_status_and_nothing_else():
    assert str(NtStatusError(0xC0000022)) == "NT status 0xC0000022"
