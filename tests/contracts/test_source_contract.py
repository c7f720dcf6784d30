"""What every source promises, whatever it reads from."""

from __future__ import annotations

import os
import pickle
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from dovecot_servers import PASSWORD
from graph_servers import CLIENT, SECRET, TENANT, running_graph

from domain.errors import ItemTroubleError, ProblemCode
from domain.item import Item, ItemKind, ItemRef
from scanner.source import Source
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.graph.settings import GraphSettings
from scanner.sources.graph.source import GraphSource
from scanner.sources.imap.folders import encoded
from scanner.sources.imap.settings import ImapSettings, Tls
from scanner.sources.imap.source import ImapSource
from scanner.sources.mail_policy import MailPolicy
from scanner.sources.mailfile import MailFileSource
from scanner.sources.memory import MemorySource
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.source import SmbSource

FILES = {
    b"zebra.txt": b"last by name",
    b"a.txt": b"",
    b"Housing/2019/tenancy.txt": b"tenancy agreement\r\n",
    b"Housing/plan.txt": b"plan",
    b"Housing-old/plan.txt": b"plan",
    b"caf\xe9/r\xe9sum\xe9.txt": b"not UTF-8 in its name",
    "übersicht.txt".encode(): b"UTF-8 in its name",
}


def in_unicode(name: bytes) -> bytes:
    """The same where names are text: what is not UTF-8 is taken for Latin-1."""
    return name.replace(b"\xe9", "é".encode())


def as_messages(names: Iterable[bytes]) -> dict[bytes, bytes]:
    """The locators of the same as messages of an account, numbered in each folder."""
    found: dict[bytes, bytes] = {}
    counts: Counter[bytes] = Counter()
    for name in sorted(names):
        folder = in_unicode(name.rpartition(b"/")[0] or b"INBOX")
        counts[folder] += 1
        found[name] = b"alice/%b/7-%d.eml" % (folder, counts[folder])
    return found


def write_all(files: dict[bytes, bytes], folder: Path) -> None:
    for locator, content in files.items():
        path = os.path.join(os.fsencode(folder), locator)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)


def a_filesystem(files: dict[bytes, bytes], request: pytest.FixtureRequest) -> Source:
    folder = request.getfixturevalue("tmp_path")
    write_all(files, folder)
    return FilesystemSource("share", os.fsencode(folder))


def a_mapping(files: dict[bytes, bytes], request: pytest.FixtureRequest) -> Source:
    return MemorySource("share", files)


def a_share(files: dict[bytes, bytes], request: pytest.FixtureRequest) -> Source:
    server = request.getfixturevalue("samba")
    write_all(files, server.share("public"))
    settings = SmbSettings("127.0.0.1", "public", username=server.crawl, password=server.password, port=server.port)
    source = SmbSource("share", settings)
    request.addfinalizer(source.close)
    return source


def a_mail_folder(files: dict[bytes, bytes], request: pytest.FixtureRequest) -> Source:
    folder = request.getfixturevalue("tmp_path")
    write_all(files, folder)
    return MailFileSource("share", os.fsencode(folder), policy=MailPolicy(content=True))


def a_mailbox(files: dict[bytes, bytes], request: pytest.FixtureRequest) -> Source:
    server = request.getfixturevalue("dovecot")
    for locator, content in sorted(files.items()):
        folder = encoded(locator.partition(b"/")[2].rpartition(b"/")[0].decode()).decode()
        server.deliver("alice", folder, content)
        (server.maildir("alice", folder) / "dovecot-uidlist").write_text("3 V7 N1\n")
    settings = ImapSettings("127.0.0.1", "alice", PASSWORD, ("alice",), port=server.port, tls=Tls.NONE)
    source = ImapSource("share", settings, MailPolicy(content=True))
    request.addfinalizer(source.close)
    return source


def a_onedrive(files: dict[bytes, bytes], request: pytest.FixtureRequest) -> Source:
    serving = running_graph()
    graph = serving.__enter__()
    request.addfinalizer(lambda: serving.__exit__(None, None, None))
    drive = graph.add_onedrive("alice@council.example")
    for locator, content in files.items():
        graph.put(drive, locator.removeprefix(_ONEDRIVE).decode(), content)
    settings = GraphSettings(
        TENANT, CLIENT, SECRET, onedrives=("alice@council.example",), authority=graph.authority, base=graph.base,
        ca_file=graph.ca_file,
    )  # fmt: skip
    source = GraphSource("share", settings)
    request.addfinalizer(source.close)
    return source


_ONEDRIVE = b"OneDrive/alice@council.example/"
LOCAL = [a_filesystem, a_mapping, a_mail_folder]
KINDS = [*LOCAL, a_onedrive, *(pytest.param(kind, marks=pytest.mark.servers) for kind in (a_share, a_mailbox))]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest):
    return request.param


@pytest.fixture
def names(kind) -> dict[bytes, bytes]:
    """The locators by the names in FILES."""
    if kind is a_mailbox:
        return as_messages(FILES)
    if kind is a_onedrive:
        return {name: _ONEDRIVE + in_unicode(name) for name in FILES}
    return {name: in_unicode(name) if kind is a_share else name for name in FILES}


@pytest.fixture
def files(names) -> dict[bytes, bytes]:
    return {locator: FILES[name] for name, locator in names.items()}


@pytest.fixture
def source(kind, files, request) -> Source:
    return kind(files, request)


def folders_of(files: dict[bytes, bytes]) -> list[bytes]:
    """Every folder on the way to a file, in the order of the names."""
    paths = [locator.split(b"/") for locator in files]
    found = {tuple(path[:depth]) for path in paths for depth in range(len(path))}
    return [b"/".join(path) for path in sorted(found)]


def items_of(source: Source) -> list[Item]:
    return [item for listing in source.list() for item in listing.items]


def test_every_file_is_listed_once_with_its_size(source, files):
    found = {item.ref.locator: item.size for item in items_of(source)}
    assert found == {locator: len(content) for locator, content in files.items()}
    assert len(items_of(source)) == len(files)


def test_items_are_files_of_the_source_and_know_no_problem(source):
    for item in items_of(source):
        assert (item.kind, item.problem, item.ref.source, item.ref.part) == (ItemKind.FILE, None, "share", ())


def test_every_folder_is_listed_once_even_where_it_holds_only_folders(source, files):
    folders = [listing.folder for listing in source.list()]
    assert sorted(folders) == sorted(folders_of(files))
    assert all(listing.complete for listing in source.list())


def test_items_stand_in_the_listing_of_their_own_folder(source):
    for listing in source.list():
        assert {item.ref.folder for item in listing.items} <= {listing.folder}


def test_a_listing_comes_in_the_same_order_every_time_names_sorted_as_bytes(source, files):
    once = list(source.list())
    assert once == list(source.list())
    for listing in once:
        locators = [item.ref.locator for item in listing.items]
        assert locators == sorted(locators)
    assert [listing.folder for listing in once] == folders_of(files)


def test_an_item_reads_as_its_bytes(source, files):
    for item in items_of(source):
        with source.open(item) as opened:
            assert opened.file.read() == files[item.ref.locator]


def test_reading_in_pieces_gives_the_same_bytes_and_then_nothing(source, names):
    with source.open(Item(ItemRef("share", names[b"Housing/2019/tenancy.txt"]))) as opened:
        file = opened.file
        assert (file.read(7), file.read(1000), file.read(10)) == (b"tenancy", b" agreement\r\n", b"")


def test_an_item_that_nobody_touched_is_opened_in_the_version_that_was_listed(source):
    for item in items_of(source):
        with source.open(item) as opened:
            assert opened.version == item.version


def test_an_item_takes_up_no_more_than_its_size(source):
    for item in items_of(source):
        with source.open(item) as opened:
            assert 0 <= opened.taken <= item.size


def test_what_can_seek_reads_the_same_from_anywhere(source, names):
    with source.open(Item(ItemRef("share", names[b"zebra.txt"]))) as opened:
        assert opened.file.seekable()
        assert (opened.file.seek(5), opened.file.read()) == (5, b"by name")
        assert (opened.file.seek(0), opened.file.read(4)) == (0, b"last")


def test_what_is_not_there_has_vanished(source):
    for locator in (b"gone.txt", b"Housing/gone/x.txt", b"zebra.txt/x", b"../share", b"Housing/../zebra.txt", b""):
        with pytest.raises(ItemTroubleError) as caught, source.open(Item(ItemRef("share", locator))):
            pass
        assert caught.value.problem.code is ProblemCode.VANISHED


def test_the_trouble_of_an_item_does_not_say_its_path(source):
    with pytest.raises(ItemTroubleError) as caught, source.open(Item(ItemRef("share", b"Jo Bloggs.txt"))):
        pass
    assert "Bloggs" not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize("kind", LOCAL)  # the others stay in the process that holds their credentials
def test_a_source_can_be_sent_to_another_process(source):
    sent = pickle.loads(pickle.dumps(source))
    assert list(sent.list()) == list(source.list())


def test_the_version_of_an_item_that_nobody_touched_stays(source):
    versions = {item.ref: item.version for item in items_of(source)}
    assert all(versions.values())
    assert versions == {item.ref: item.version for item in items_of(source)}
