"""A file server that goes away, refuses, or does not keep to the protocol: each is a named problem, nothing is lost."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from samba_servers import Samba, smb_sources
from smb_proxy import READ, SESSION_SETUP, command_of, cutting, silence

from domain.errors import ItemTroubleError, ProblemCode
from domain.item import Item, ItemRef
from scanner.sources.smb import session as smb_session
from scanner.sources.smb.messages import create
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.source import SmbSource
from scanner.sources.unreachable import SourceUnreachableError

pytestmark = pytest.mark.servers
ALL_TRIES = [0.5, 1.0, 2.0, 4.0]


@pytest.fixture
def waited() -> list[float]:
    """How long the source would have waited between its tries."""
    return []


@pytest.fixture
def source_at(samba: Samba, waited: list[float]) -> Iterator[Callable[..., SmbSource]]:
    """Makes sources of the share "public" at a port."""
    with smb_sources(samba, waited.append) as make:
        yield lambda port=samba.port, account=samba.boss: make(port=port, username=account)


@pytest.fixture
def tree(samba: Samba) -> set[bytes]:
    """Twelve folders of two files each; gives the files' locators."""
    for number in range(12):
        folder = samba.share("public") / f"{number:02}"
        folder.mkdir()
        for name in "ab":
            (folder / name).write_bytes(b"content")
    return {b"%02d/%s" % (number, name) for number in range(12) for name in (b"a", b"b")}


def opening(source: SmbSource, locator: bytes) -> ProblemCode:
    with pytest.raises(ItemTroubleError) as caught, source.open(Item(ItemRef("share", locator))) as opened:
        opened.file.read()
    return caught.value.problem.code


def listed(source: SmbSource) -> list[bytes]:
    listings = list(source.list())
    assert all(listing.complete for listing in listings)
    return [item.ref.locator for listing in listings for item in listing.items]


def test_a_connection_that_drops_in_mid_listing_is_made_anew_and_the_folder_listed_again(
    samba, source_at, waited, tree
):
    with cutting(samba.port, 9, 12, None) as proxy:
        assert sorted(listed(source_at(proxy.port))) == sorted(tree)
        assert proxy.connections == 3
    assert waited == [0.5, 0.5]


def test_a_server_that_never_comes_back_ends_the_listing_and_nothing_unseen_is_called_empty(
    samba, source_at, waited, tree
):
    seen = []
    with cutting(samba.port, 9) as proxy, pytest.raises(SourceUnreachableError, match="does not answer"):
        seen.extend(source_at(proxy.port).list())
    assert waited == ALL_TRIES
    assert all(listing.items or not listing.folder for listing in seen)
    assert 0 < len(seen) < 13


def test_a_server_that_restarts_is_listed_on_as_if_nothing_had_been(samba, source_at, waited, tree):
    listings = source_at().list()
    found = [next(listings), next(listings)]
    samba.stop()
    samba.start()
    found.extend(listings)
    assert {item.ref.locator for listing in found for item in listing.items} == tree
    assert all(listing.complete for listing in found)
    assert waited == [0.5]


def test_a_share_that_goes_ends_the_listing(samba, source_at, tree):
    listings = source_at().list()
    next(listings)
    samba.stop()
    samba.configure(shares="[other]\n  path = {folder}/shares/{boss}\n")
    samba.start()
    try:
        with pytest.raises(SourceUnreachableError, match="is no share"):
            list(listings)
    finally:
        samba.stop()


def test_rights_that_are_taken_away_leave_what_is_behind_them_unknown(samba, source_at, tree):
    listings = source_at(account=samba.crawl).list()
    next(listings)
    (samba.share("public") / "03").chmod(0o700)
    (samba.share("public") / "04" / "a").chmod(0o600)
    rest = {listing.folder: listing for listing in listings}
    denied = rest.pop(b"03")
    assert (denied.items, denied.complete, denied.problem.code) == ((), False, ProblemCode.DENIED)
    assert all(listing.complete for listing in rest.values())
    assert opening(source_at(account=samba.crawl), b"04/a") is ProblemCode.DENIED


def test_a_file_that_another_keeps_for_itself_is_locked(samba, source_at, tree):
    other = SmbSession(source_at()._settings, "127.0.0.1")
    other.ask("public", create("00\\a", access=1, options=0, share=0))[0].expect_success()
    source = source_at()
    assert opening(source, b"00/a") is ProblemCode.LOCKED
    assert len(listed(source)) == len(tree)
    other.close()
    with source.open(Item(ItemRef("share", b"00/a"))) as opened:
        assert opened.file.read() == b"content"


def test_a_file_that_is_open_for_reading_can_be_written_renamed_and_deleted_by_others(samba, source_at, tree):
    with source_at().open(Item(ItemRef("share", b"00/a"))) as opened:
        other = SmbSession(source_at(account=samba.crawl)._settings, "127.0.0.1")
        (samba.share("public") / "00" / "a").chmod(0o666)
        (samba.share("public") / "00").chmod(0o777)
        (answer,) = other.ask("public", create("00\\a", access=0x10000 | 0x1 | 0x2, options=0))
        answer.expect_success()
        other.close()
        assert opened.file.read() == b"content"


def test_a_connection_that_is_lost_while_a_file_is_read_is_the_trouble_of_that_file(samba, source_at, waited, tree):
    (samba.share("public") / "large").write_bytes(b"x" * 3_000_000)
    reads = []

    def cut_the_second(message: bytes) -> bytes:
        reads.extend([message] if command_of(message) == READ else [])
        return message[:40] if len(reads) == 2 else message

    with cutting(samba.port, None, None, change=cut_the_second) as proxy:
        source = source_at(proxy.port)
        assert opening(source, b"large") is ProblemCode.VANISHED
        reads.append(b"")
        with source.open(Item(ItemRef("share", b"00/a"))) as opened:
            assert opened.file.read() == b"content"


def test_a_connection_that_drops_in_mid_fetch_is_made_anew(samba, source_at, waited, tree):
    items = [Item(ItemRef("share", locator), size=7) for locator in sorted(tree)]
    with cutting(samba.port, 14, None) as proxy:
        found = {item.ref.locator: content for item, content in source_at(proxy.port).fetch(items)}
    assert found == dict.fromkeys(tree, b"content")
    assert waited == [0.5]


def test_a_server_that_goes_in_mid_fetch_is_the_trouble_of_each_and_waited_for_once(samba, source_at, waited, tree):
    items = [Item(ItemRef("share", locator), size=7) for locator in sorted(tree)]
    with cutting(samba.port, 14) as proxy:
        found = {item.ref.locator: content for item, content in source_at(proxy.port).fetch(items)}
    assert {content.problem.code for content in found.values()} == {ProblemCode.VANISHED}
    assert set(found) == tree
    assert waited == ALL_TRIES


def test_answers_that_are_changed_or_not_signed_are_not_believed(samba, source_at, waited, tree):
    def flipped(message: bytes) -> bytes:
        return message if command_of(message) <= SESSION_SETUP else message[:-1] + bytes([message[-1] ^ 1])

    def unsigned(message: bytes) -> bytes:
        if command_of(message) in (0, SESSION_SETUP, 3):
            return message
        return message[:16] + bytes([message[16] & ~8]) + message[17:48] + b"\0" * 16 + message[64:]

    for change in (flipped, unsigned):
        waited.clear()
        with cutting(samba.port, *[None] * 5, change=change) as proxy:
            with pytest.raises(SourceUnreachableError, match="does not answer"):
                list(source_at(proxy.port).list())
            assert waited == ALL_TRIES


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(samba, source_at, waited, tree, monkeypatch):
    monkeypatch.setattr(smb_session, "_PATIENCE", 1)

    def hushed(message: bytes) -> bytes:
        return silence(message) if command_of(message) == SESSION_SETUP else message

    with cutting(samba.port, *[None] * 5, change=hushed) as proxy:
        with pytest.raises(SourceUnreachableError, match="does not answer"):
            list(source_at(proxy.port).list())
        assert proxy.connections == 5


def test_nobody_at_the_port_is_tried_again_and_then_told(samba, source_at, waited):
    samba.stop()
    with pytest.raises(SourceUnreachableError, match="does not answer"):
        list(source_at().list())
    assert waited == ALL_TRIES
    assert opening(source_at(), b"a") is ProblemCode.VANISHED


def test_a_new_listing_tries_a_server_that_was_given_up_as_often_as_any(samba, source_at, waited):
    source = source_at()
    samba.stop()
    for _ in range(2):
        waited.clear()
        with pytest.raises(SourceUnreachableError):
            list(source.list())
        assert waited == ALL_TRIES


def test_a_server_that_was_given_up_is_tried_once_until_it_is_back(samba, source_at, waited, tree):
    source = source_at()
    samba.stop()
    assert opening(source, b"00/a") is ProblemCode.VANISHED
    waited.clear()
    assert opening(source, b"00/a") is ProblemCode.VANISHED
    assert waited == []
    samba.start()
    with source.open(Item(ItemRef("share", b"00/a"))) as opened:
        assert opened.file.read() == b"content"


@pytest.mark.parametrize("answer", [b"", b"\0\0\0\x08HTTP/1.1", b"\0\0\0\x48\xfeSMB" + b"\xff" * 68])
def test_what_is_no_file_server_is_out_of_reach(source_at, waited, answer):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(5):
                client, _ = listener.accept()
                with client:
                    client.recv(4096)
                    client.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(SourceUnreachableError, match="does not answer"):
            list(source_at(listener.getsockname()[1]).list())
        thread.join()


def test_a_server_that_asks_for_encryption_gets_it(samba, source_at, tree):
    samba.stop()
    samba.configure(encrypt="required")
    samba.start()
    passed = []

    def seen(message: bytes) -> bytes:
        passed.append(message)
        return message

    with cutting(samba.port, None, change=seen) as proxy:
        source = source_at(proxy.port)
        assert sorted(listed(source)) == sorted(tree)
        with source.open(Item(ItemRef("share", b"00/a"))) as opened:
            assert opened.file.read() == b"content"
        source.close()
    assert any(message.startswith(b"\xfdSMB") for message in passed)
    assert not any(b"content" in message for message in passed)
    samba.stop()
