from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scanner.sources.imap.folders import Mailbox, decoded, encoded, places
from scanner.sources.imap.responses import Listed
from scanner.sources.mail_policy import CLOSED, EXCLUDED, MailPolicy

ALICE = Mailbox("alice", "alice")


def listed(name: bytes, *flags: str, separator: bytes = b"/") -> Listed:
    return Listed(name, separator, frozenset(flags))


def locators(*found: Listed, mailbox: Mailbox = ALICE, foreign: tuple[bytes, ...] = ()) -> list[bytes]:
    return [place.locator for place in places(mailbox, found, foreign, MailPolicy())]


@pytest.mark.parametrize(
    ("name", "text"),
    [  # The last is the example of RFC 3501, 5.1.3.
        (b"INBOX", "INBOX"), (b"A&-B", "A&B"), (b"&AOk-t&AOk-", "été"), (b"&2D3eAA-", "\U0001f600"),
        (b"~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語"),
    ],
)  # fmt: skip
def test_a_name_is_read_as_what_was_written(name, text):
    assert (decoded(name), encoded(text)) == (text, name)


@pytest.mark.parametrize("name", [b"A&B", b"&AGE-", b"&AOk", b"caf\xe9", b"&2D0-", b"&AOkAA-", b"&-&AOk-&AOk-"])
def test_what_no_encoder_writes_is_not_taken_for_text(name):
    assert decoded(name) is None


@given(some.text())
def test_any_text_comes_back(text):
    if not any(0xD800 <= ord(char) < 0xE000 for char in text):
        assert decoded(encoded(text)) == text


@given(some.lists(some.binary(min_size=1), unique=True))
def test_no_two_folders_share_a_locator(names):
    found = locators(*(listed(name, separator=b"") for name in names))
    assert len(found) == len(set(found)) == len(names) + 1 - sum(MailPolicy().closes(text(name)) for name in names)


def text(name: bytes) -> str:
    return decoded(name) or name.decode("utf-8", "replace")


def test_folders_that_only_hold_others_are_places_that_cannot_be_opened():
    found = places(ALICE, [listed(b"A/B/C"), listed(b"D", "\\noselect"), listed(b"D/E")], (), MailPolicy())
    assert [(place.locator, place.name) for place in found] == [
        (b"alice", None), (b"alice/A", None), (b"alice/A/B", None), (b"alice/A/B/C", b"A/B/C"), (b"alice/D", None),
        (b"alice/D/E", b"D/E"),
    ]  # fmt: skip


def test_a_separator_of_the_servers_becomes_a_slash_and_a_slash_in_a_name_does_not():
    assert locators(listed(b"A.B/C", separator=b"."), listed(b"x/y", separator=b"")) == [
        b"alice", b"alice/A", b"alice/A/B%2FC", b"alice/x%2Fy",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [b"..", b".", b"a//b", b"/a", b"a/../b"])
def test_a_locator_never_climbs_and_has_no_empty_name(name):
    for locator in locators(listed(name)):
        assert not {b"", b".", b".."} & set(locator.split(b"/"))


def test_the_namespaces_of_others_are_no_part_of_an_account():
    found = (listed(b"INBOX"), listed(b"shared"), listed(b"shared/bob/Plans"), listed(b"sharedness"))
    assert locators(*found, foreign=(b"shared/",)) == [b"alice", b"alice/INBOX", b"alice/sharedness"]


def test_a_shared_folder_is_a_tree_of_its_own():
    found = (listed(b"INBOX"), listed(b"shared/bob/Plans/2019"), listed(b"shared/bobby/Plans"))
    bob = Mailbox("shared/bob", "alice")
    assert locators(*found, mailbox=bob, foreign=(b"shared/",)) == [
        b"shared/bob", b"shared/bob/Plans", b"shared/bob/Plans/2019",
    ]  # fmt: skip


def test_only_the_uppermost_of_closed_folders_is_named_and_none_can_be_opened():
    found = (
        listed(b"Union"),
        listed(b"Union/2019"),
        listed(b"Work/Legal/Case"),
        listed(b"Bin", "\\trash"),
        listed(b"Bin/x"),
    )
    policy = MailPolicy(excluded=("\\Trash",))
    told = places(ALICE, found, (), policy)
    assert {place.locator: place.closed for place in told} == {
        b"alice": ((b"alice/Bin", EXCLUDED), (b"alice/Union", CLOSED)),
        b"alice/Work": ((b"alice/Work/Legal", CLOSED),),
    }
    assert all(place.name is None for place in told)
