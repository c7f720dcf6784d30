"""What is known of folders is read ahead in the order of their paths, which is not the order they are listed in."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import an_item
from scan_driver import HERE, NOW, PIPELINE, a_recorder
from sqlalchemy import event, select

from domain.access import Access
from domain.errors import Problem, ProblemCode
from domain.item import ItemKind, Listing
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from inventory.tables import ItemRow


def test_a_folders_state_is_known_in_whatever_order_folders_are_asked_for(database):
    paths = [b"A%s/x %d" % (b" " * (number % 3), number) for number in range(300)] + [b"A", b"A ", b"A  ", b""]
    a_recorder(database).note(*(Listing(path, (), state=b"of " + path) for path in paths))
    recorder = a_recorder(database)
    random.Random(5).shuffle(paths)
    assert [recorder.state_of(path) for path in paths] == [b"of " + path for path in paths]
    assert recorder.state_of(b"A/x") == recorder.state_of(b"zebra") == b""


def test_a_folder_that_was_just_noted_is_known_as_it_is_now(database):
    recorder = a_recorder(database)
    assert recorder.state_of(b"A") == b""
    recorder.note(Listing(b"A", (), state=b"1"))
    assert recorder.state_of(b"A") == b"1"


def test_many_listings_at_once_are_noted_as_they_would_be_one_by_one(database):
    listings = [
        Listing(folder, (an_item(folder + b"/a.txt"), an_item(folder + b"/b.txt")), state=b"1")
        for folder in (b"A", b"B", b"C")
    ]
    todo = a_recorder(database).note(*listings)
    assert [one.item.ref.path for one in todo] == ["A/a.txt", "A/b.txt", "B/a.txt", "B/b.txt", "C/a.txt", "C/b.txt"]
    recorder = a_recorder(database)
    again = recorder.note(*(Listing(folder, (), state=b"1", since_known=True) for folder in (b"A", b"B", b"C")))
    assert sorted(one.item.ref.path for one in again) == sorted(one.item.ref.path for one in todo)
    assert recorder.met == 6


def test_the_state_before_does_not_outlive_a_listing_that_ended_early_and_wrote_items_down(database):
    a_recorder(database).note(Listing(b"A", (an_item(b"A/a.txt", version=b"v1"),), state=b"1"))
    a_recorder(database).note(Listing(b"A", (an_item(b"A/a.txt", version=b"v2"),), complete=False))
    assert a_recorder(database).state_of(b"A") == b""


def a_scan(database, *listings: Listing) -> tuple[str, ...]:
    """One whole scan of these folders; the paths of what it would examine."""
    recorder = a_recorder(database)
    todo = recorder.note(*listings)
    recorder.settle()
    recorder.finish(NOW, complete=True)
    return tuple(one.item.ref.path for one in todo)


@pytest.mark.parametrize("state", [b"as it was", b""])
def test_a_folder_that_was_away_for_one_scan_and_comes_back_as_it_was_is_told_anew(database, state):
    root, folder = Listing(b"", (an_item(b"b.txt"),)), Listing(b"A", (an_item(b"A/a.txt"),), state=state)
    a_scan(database, root, folder)
    assert a_recorder(database).state_of(b"A") == state
    a_scan(database, root)
    assert a_recorder(database).state_of(b"A") == b""
    assert "A/a.txt" in a_scan(database, root, folder)


@pytest.mark.parametrize(
    ("told", "is_news"),
    [
        ({}, False),
        ({"version": b"v2"}, True),
        ({"owner": "uid:9"}, True),
        ({"accessed": NOW - timedelta(days=30)}, True),
        ({"accessed": NOW - timedelta(days=40, minutes=1)}, False),
        ({"access": Access("uid:7", ("uid:9",))}, True),
        ({"kind": ItemKind.OTHER}, True),
        ({"problem": Problem(ProblemCode.DENIED)}, True),
    ],
)
def test_of_a_source_that_tells_no_state_a_folder_is_known_by_what_its_files_look_like(database, told, is_news):
    """Then none of its items is asked for: as it was, and else each is compared."""
    item = replace(an_item(b"A/a.txt"), owner="uid:7", accessed=NOW - timedelta(days=40))
    listing = Listing(b"A", (item, an_item(b"A/b.txt")), access=Access("uid:7", ("uid:7",)))
    a_recorder(database).note(listing)
    asked = []
    event.listen(database, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
    recorder = only_listing(database)
    recorder.note(replace(listing, items=(replace(item, **told), listing.items[1])))
    assert recorder.met == 2
    assert any("item.version" in one for one in asked) == is_news


def test_a_file_that_left_a_folder_is_missed_though_its_source_tells_no_state(database):
    both = Listing(b"A", (an_item(b"A/a.txt"), an_item(b"A/b.txt")))
    a_scan(database, Listing(b"", (an_item(b"c.txt"),)), both)
    a_scan(database, Listing(b"", (an_item(b"c.txt"),)), replace(both, items=both.items[:1]))
    with database.connect() as connection:
        gone = connection.execute(select(ItemRow.name).where(ItemRow.gone.is_not(None))).scalars().all()
    assert gone == [b"b.txt"]


def only_listing(database):
    recorder = Recorder(database, HERE, Pipeline(PIPELINE, "limits 1"), NOW.date(), lambda _folder: "A")
    recorder.begin(NOW, "detector 1", "key 1", reads=False)
    return recorder
