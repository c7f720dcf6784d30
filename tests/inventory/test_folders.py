"""What is known of folders is read ahead in the order of their paths, which is not the order they are listed in."""

from __future__ import annotations

import random

from builders import an_item
from scan_driver import a_recorder

from domain.item import Listing


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
