"""What a file server says of a file, and what follows: without a server, since few would say all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.disposal import Planned, Refusal, RefusedFileError
from domain.item import ItemRef
from operations.disposal.smb_handle import Look, path_of
from operations.disposal.smb_trouble import refusal_of
from scanner.sources.smb.facts import Facts
from scanner.sources.smb.status import NtStatusError

WRITTEN = 130_000_000_000_000_000
SEEN = Facts(WRITTEN, WRITTEN, WRITTEN, WRITTEN, 5, 4096, 0x80, file_id=0x1F)
AT = datetime(2012, 12, 14, 23, 6, 40, tzinfo=UTC)
PLANNED = Planned(
    1, 1, ItemRef("shares", b"a.txt"), "tag", "place", "Housing", 5, AT, SEEN.version(by_change=True), "9:1f",
    bytes(32), "HO", None, None, "schedule",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"attributes": 0x400 | 0x80, "tag": 0xA000000C}, Refusal.LINK),  # a symbolic link
        ({"attributes": 0x410, "tag": 0xA0000003}, Refusal.LINK),  # a junction
        ({"attributes": 0x410, "tag": 0x8000000A}, Refusal.NOT_A_FILE),  # a link of a namespace, which is a folder
        ({"attributes": 0x400, "tag": 0x9000001A}, Refusal.PLACEHOLDER),  # kept in a cloud
        ({"attributes": 0x1000}, Refusal.PLACEHOLDER),  # offline
        ({"attributes": 0x400000}, Refusal.PLACEHOLDER),  # brought back when it is read
        ({"attributes": 0x400, "tag": 0x80000024}, Refusal.NOT_A_FILE),  # a pipe
        ({"attributes": 0x400, "tag": 0x80000013}, None),  # its content is here, and in other files too
        ({"attributes": 0x10}, Refusal.NOT_A_FILE),
        ({"attributes": 0x1}, Refusal.READ_ONLY),
        ({"file_id": 0x2F}, Refusal.REPLACED),
        ({"file_id": 0}, Refusal.REPLACED),
        ({"size": 6}, Refusal.CHANGED),
        ({"changed": WRITTEN + 1}, Refusal.CHANGED),
    ],
)
def test_what_is_not_what_was_planned_is_told_by_its_facts(change, why):
    facts = replace(SEEN, **change)
    assert Look(facts, 1, b"").why_not(PLANNED, facts.version(by_change=True)) is why


def test_a_second_name_is_told():
    look = Look(SEEN, 2, b"")
    assert look.why_not(PLANNED, PLANNED.version) is Refusal.HARD_LINKED
    assert look.why_other(PLANNED) is Refusal.HARD_LINKED


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"changed": WRITTEN + 1, "attributes": 0xA0}, None),  # which is what moving it does
        ({"written": WRITTEN + 10}, Refusal.CHANGED),
        ({"size": 6}, Refusal.CHANGED),
        ({"file_id": 0x2F}, Refusal.REPLACED),
    ],
)
def test_what_was_moved_may_have_another_time_of_change_and_no_more(change, why):
    assert Look(replace(SEEN, **change), 1, b"").why_other(PLANNED) is why


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (0xC0000034, Refusal.GONE), (0xC000003A, Refusal.GONE), (0xC0000043, Refusal.BUSY), (0xC0000056, Refusal.BUSY),
        (0xC0000022, Refusal.DENIED), (0xC00000A2, Refusal.DENIED), (0xC0000035, Refusal.TAKEN),
        (0xC00000D4, Refusal.OTHER_VOLUME), (0xC0000257, Refusal.OTHER_VOLUME), (0x8000002D, Refusal.LINK),
        (0xC0000103, Refusal.FOLDER_LINK), (0xC0000121, Refusal.READ_ONLY), (0xC000007F, Refusal.FULL),
        (0xC0000044, Refusal.FULL), (0xC0000267, Refusal.PLACEHOLDER), (0xC000CF06, Refusal.PLACEHOLDER),
        (0xC00000BA, Refusal.NOT_A_FILE), (0xC000009C, Refusal.UNREADABLE), (0xC000026E, Refusal.UNREADABLE),
    ],
)  # fmt: skip
def test_a_servers_refusal_is_a_named_one(status, why):
    """The last is a volume that was taken away: of what lay there that tells nothing."""
    assert refusal_of(NtStatusError(status)) is why


@pytest.mark.parametrize("locator", [b"", b"..", b"a/../b", b"a//b", b"a\\b", b"a:b", b"a\0b", b"a*", b"\xff"])
def test_what_no_listing_gives_has_no_path(locator):
    with pytest.raises(RefusedFileError):
        path_of("Housing", locator)


def test_a_path_is_below_the_root():
    assert path_of("", b"a.txt") == "a.txt"
    assert path_of("Housing\\Lettings", "b/ü.txt".encode()) == "Housing\\Lettings\\b\\ü.txt"
