from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scanner.sources.smb.places import Place
from scanner.sources.smb.referral import Referral, referral_of
from scanner.sources.smb.status import NtStatusError

PATH = r"\fs01\dfs\link"


def a_referral(*targets: str, version: int = 4, flags: int = 0) -> bytes:
    """RESP_GET_DFS_REFERRAL with entries that stand before their texts (MS-DFSC 2.2.4 and 2.2.5)."""
    size = {2: 22, 3: 34, 4: 34}[version]
    texts = b"".join(target.encode("utf-16-le") + b"\0\0" for target in targets)
    entries, at = b"", 0
    for number, target in enumerate(targets):
        place = size * (len(targets) - number) + at
        offsets = struct.pack("<HHH", place, place, place)
        head = struct.pack("<HHHH", version, size, 0, flags) + struct.pack("<L", 300) * (2 if version == 2 else 1)
        entries += (head + offsets).ljust(size, b"\0")
        at += len(target) * 2 + 2
    return struct.pack("<HHL", len(PATH) * 2, len(targets), 0) + entries + texts


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_referral_names_what_it_consumed_and_its_targets_in_order(version):
    answer = a_referral(r"\fs02\hr", r"\fs03\hr$\sub", version=version)
    assert referral_of(answer) == Referral(len(PATH), (r"\fs02\hr", r"\fs03\hr$\sub"))


@pytest.mark.parametrize(
    "answer", [b"", a_referral(), a_referral(""), a_referral(r"\dc", flags=0x2), a_referral(r"\a\b")[:20]]
)
def test_a_referral_without_a_target_is_a_link_that_leads_nowhere(answer):
    with pytest.raises(NtStatusError) as caught:
        referral_of(answer)
    assert caught.value.problem.code == "link"


@given(some.binary(max_size=200))
def test_any_bytes_are_a_referral_or_a_link_that_leads_nowhere(answer):
    with suppress(NtStatusError):
        assert 0 < len(referral_of(answer).targets) <= 32


def test_a_target_is_a_server_a_share_and_a_path():
    assert Place.of(r"\fs02\hr") == Place("fs02", "hr")
    assert Place.of(r"\\fs02\hr\a\b").below("c").unc == r"\fs02\hr\a\b\c"
    with pytest.raises(NtStatusError):
        Place.of(r"\fs02")
