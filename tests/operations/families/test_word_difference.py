from __future__ import annotations

from pathlib import Path

import pytest
from builders import a_zip

from domain.errors import ConfigurationError
from domain.item import Item, ItemRef
from operations.config import Settings
from operations.configuration.source_settings import FolderSettings
from operations.families.word_difference import word_difference

KEY = b"k" * 32


@pytest.fixture
def compare(tmp_path):
    """Compares two files by what they hold, in this process."""

    def compared(first: bytes, other: bytes, part: tuple[str, ...] = (), name: str = "b.txt"):
        Path(tmp_path, "a.txt").write_bytes(first)
        Path(tmp_path, name).write_bytes(other)
        settings = Settings(source=(FolderSettings(name="s", root=tmp_path),))
        places = [
            (ItemRef("s", file.encode(), inside), Item(ItemRef("s", file.encode()), size=len(content)))
            for file, inside, content in (("a.txt", (), first), (name, part, other))
        ]
        return word_difference(settings, *places, KEY, serial=True)

    return compared


def test_words_that_came_and_went_are_counted_each_time_they_stand_there(compare):
    found = compare(b"The plan is the old plan, of ten words or so.", b"The plan is a new plan and a new plan or so.")
    assert (found.added, found.removed, found.words, found.whole) == (6, 5, 11, True)


def test_a_word_that_moved_is_no_difference(compare):
    assert compare(b"one two three", b"Three, two: one.").changed == 0


def test_an_attachment_is_compared_with_a_file(compare):
    found = compare(b"one two three", a_zip({"c.txt": b"one two four"}), ("c.txt",), "b.zip")
    assert (found.added, found.removed) == (1, 1)


def test_a_source_that_is_not_configured_is_named(tmp_path):
    gone = (ItemRef("gone", b"a.txt"), Item(ItemRef("gone", b"a.txt")))
    with pytest.raises(ConfigurationError, match="gone"):
        word_difference(Settings(), gone, gone, KEY, serial=True)


def test_what_has_no_words_is_not_compared(compare):
    assert compare(b"one two three", b"") is None
