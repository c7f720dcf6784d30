"""What every source promises, whatever it reads from."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from domain.errors import ItemTroubleError, ProblemCode
from domain.item import Item, ItemKind, ItemRef
from scanner.source import Source
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.memory import MemorySource

FILES = {
    b"zebra.txt": b"last by name",
    b"a.txt": b"",
    b"Housing/2019/tenancy.txt": b"tenancy agreement\r\n",
    b"Housing/plan.txt": b"plan",
    b"Housing-old/plan.txt": b"plan",
    b"caf\xe9/r\xe9sum\xe9.txt": b"not UTF-8 in its name",
    "übersicht.txt".encode(): b"UTF-8 in its name",
}


def a_filesystem(folder: Path) -> FilesystemSource:
    for locator, content in FILES.items():
        path = os.path.join(os.fsencode(folder), locator)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    return FilesystemSource("share", os.fsencode(folder))


@pytest.fixture(params=["filesystem", "memory"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Source:
    return a_filesystem(tmp_path) if request.param == "filesystem" else MemorySource("share", FILES)


def items_of(source: Source) -> list[Item]:
    return [item for listing in source.list() for item in listing.items]


def test_every_file_is_listed_once_with_its_size(source):
    found = {item.ref.locator: item.size for item in items_of(source)}
    assert found == {locator: len(content) for locator, content in FILES.items()}
    assert len(items_of(source)) == len(FILES)


def test_items_are_files_of_the_source_and_know_no_problem(source):
    for item in items_of(source):
        assert (item.kind, item.problem, item.ref.source, item.ref.part) == (ItemKind.FILE, None, "share", ())


def test_every_folder_is_listed_once_even_where_it_holds_only_folders(source):
    folders = [listing.folder for listing in source.list()]
    assert sorted(folders) == [b"", b"Housing", b"Housing-old", b"Housing/2019", b"caf\xe9"]
    assert all(listing.complete for listing in source.list())


def test_items_stand_in_the_listing_of_their_own_folder(source):
    for listing in source.list():
        assert {item.ref.folder for item in listing.items} <= {listing.folder}


def test_a_listing_comes_in_the_same_order_every_time_names_sorted_as_bytes(source):
    once = list(source.list())
    assert once == list(source.list())
    for listing in once:
        locators = [item.ref.locator for item in listing.items]
        assert locators == sorted(locators)
    assert [listing.folder for listing in once] == [b"", b"Housing", b"Housing/2019", b"Housing-old", b"caf\xe9"]


def test_an_item_reads_as_its_bytes(source):
    for item in items_of(source):
        with source.open(item) as opened:
            assert opened.file.read() == FILES[item.ref.locator]


def test_reading_in_pieces_gives_the_same_bytes_and_then_nothing(source):
    with source.open(Item(ItemRef("share", b"Housing/2019/tenancy.txt"))) as opened:
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


def test_what_can_seek_reads_the_same_from_anywhere(source):
    with source.open(Item(ItemRef("share", b"zebra.txt"))) as opened:
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


def test_a_source_can_be_sent_to_another_process(source):
    sent = pickle.loads(pickle.dumps(source))
    assert list(sent.list()) == list(source.list())


def test_the_version_of_an_item_that_nobody_touched_stays(source):
    versions = {item.ref: item.version for item in items_of(source)}
    assert all(versions.values())
    assert versions == {item.ref: item.version for item in items_of(source)}
