from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.directories.sid import domain_of, is_of_a_domain, sid_bytes, sid_text

PARTS = st.lists(st.integers(0, 2**32 - 1), min_size=4, max_size=4)


@given(parts=PARTS)
def test_a_sid_is_the_same_there_and_back(parts):
    sid = "-".join(map(str, ("S-1-5-21", *parts)))
    assert is_of_a_domain(sid)
    assert sid_text(sid_bytes(sid)) == sid


def test_its_bytes_are_those_that_windows_keeps():
    # MS-DTYP 2.4.2.2: revision, count of numbers, authority from its high end, numbers from their low end.
    assert (
        sid_bytes("S-1-5-21-1-2-3-513").hex()
        == "0105000000000005" + "15000000" + "010000000200000003000000" + "01020000"
    )


@pytest.mark.parametrize(
    "account",
    ["S-1-5-18", "S-1-5-32-544", "S-1-5-21-1-2-3", "S-1-5-21-1-2-3-4-5", "S-1-5-21-1-2-3-4294967296",
     "S-1-5-21-1-2-3-01", "S-1-5-21-1-2-3-x", "s-1-5-21-1-2-3-4", "uid:0", "", "S-1-5-21-1-2-3-4\n"],
)  # fmt: skip
def test_what_is_of_no_domain_is_told(account):
    assert not is_of_a_domain(account)


@given(kept=st.binary(max_size=80))
def test_bytes_that_are_no_sid_are_none(kept):
    text = sid_text(kept)
    assert text is None or (text.startswith("S-1-") and len(kept) == 8 + 4 * kept[1])


def test_the_domain_is_all_but_the_last_number():
    assert domain_of("S-1-5-21-1-2-3-513") == "S-1-5-21-1-2-3"
