"""A list of broken passwords is asked as it is given out: words, or sorted digests."""

from __future__ import annotations

import hashlib

import pytest

from domain.errors import ConfigurationError
from operations.people.broken_passwords import refuse_broken

BROKEN = [f"kettle-{number}-harbour" for number in range(300)]


def is_refused(password, listed) -> bool:
    try:
        refuse_broken(password, listed)
    except ConfigurationError:
        return True
    return False


@pytest.fixture(params=["words", "digests", "digests in small letters", "digests without counts"])
def listed(request, tmp_path):
    path = tmp_path / "broken.txt"
    digests = sorted(hashlib.sha1(one.encode()).hexdigest().upper() for one in BROKEN)
    lines = {
        "words": [one.upper() for one in BROKEN],
        "digests": [f"{one}:{number * 37}" for number, one in enumerate(digests)],
        "digests in small letters": [one.lower() for one in digests],
        "digests without counts": digests,
    }[request.param]
    path.write_bytes("\r\n".join([*lines, ""]).encode())
    return path


def test_each_that_is_listed_is_refused_and_no_other(listed):
    assert [one for one in BROKEN if not is_refused(one, listed)] == []
    assert [one for one in (f"lantern-{number}-slate" for number in range(300)) if is_refused(one, listed)] == []


def test_without_a_list_none_is_refused():
    assert not is_refused(BROKEN[0], None)


def test_a_list_that_is_gone_lets_nobody_through_unasked(tmp_path):
    with pytest.raises(ConfigurationError, match="list cannot be read"):
        refuse_broken(BROKEN[0], tmp_path / "gone.txt")


def test_an_empty_list_refuses_none(tmp_path):
    (tmp_path / "broken.txt").touch()
    assert not is_refused(BROKEN[0], tmp_path / "broken.txt")
