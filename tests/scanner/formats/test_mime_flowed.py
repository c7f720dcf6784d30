from __future__ import annotations

import pytest

from scanner.formats.mime_flowed import unflowed


@pytest.mark.parametrize(
    ("written", "is_space_added", "meant"),
    [
        ("number AB12 \r\n3456C\r\nend", True, "number AB123456C\nend"),
        ("ring 01632 \n 960001 now \nor later\n", False, "ring 01632 960001 now or later\n"),
        (">> a \n>> b \n> c \nd", False, ">> a b \n> c \nd"),
        ("bye\n-- \nAnn\n", False, "bye\n-- \nAnn\n"),
        (" >not quoted\n From here", False, ">not quoted\nFrom here"),
        ("the last ", False, "the last "),
        ("", True, ""),
    ],
)
def test_a_line_that_ends_in_a_space_goes_on_in_the_next_of_its_depth(written, is_space_added, meant):
    assert unflowed(written, is_space_added=is_space_added) == meant


def test_a_hundred_thousand_lines_are_one_paragraph():
    assert unflowed("word \n" * 100_000, is_space_added=False) == "word " * 100_000 + ""
