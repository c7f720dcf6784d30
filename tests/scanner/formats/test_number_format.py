from __future__ import annotations

import pytest

from scanner.formats.number_format import BUILT_IN, number_format


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("00000000", 1234, "00001234"),
        ("000-00-0000", 78051120, "078-05-1120"),
        ("000\\-00\\-0000", 78051120, "078-05-1120"),
        ('"EMP"000000', 12, "EMP000012"),
        ("00000 000000", 7911123456, "07911 123456"),
        ("00", 123456, "123456"),
        ("[Red]0000;-0", 7, "0007"),
        ("0000", -5, "-0005"),
        ("#,##0.00", 1234.5, "1,234.50"),
        ("0.0000", 1.26805, "1.2681"),
        ("0.0#", 1.25, "1.25"),
        ("0.0#", 1.5, "1.5"),
        ("#.00", 0.5, ".50"),
        ("0%", 0.2, "20%"),
        ("[$£-809]#,##0.00", 3.03, "£3.03"),
        ('_-"£"* #,##0.00_-;-"£"* #,##0.00_-', 1234, "£1,234.00"),
        ('0 "pounds and" .00 "pence"', 5.25, "5 pounds and .25 pence"),
    ],
)
def test_a_number_is_shown_as_its_format_shows_it(code, number, shown):
    shape = number_format(code)
    assert shape is not None
    assert shape.shown(number) == shown


@pytest.mark.parametrize(
    "code", ["General", "0", "@", "yyyy-mm-dd", "[h]:mm", "0.00E+00", "# ?/?", "#,##0,", "", ";", "0.0.0", "0" * 300]
)
def test_other_formats_are_left_alone_or_do_no_harm(code):
    shape = number_format(code)
    assert shape is None or len(shape.shown(5) or "") <= 300


def test_a_whole_number_that_may_be_an_identifier_is_not_taken_apart():
    grouped = BUILT_IN[4]
    assert grouped.shown(9434765919) is None
    assert grouped.shown(999_999) == "999,999.00"
    padded = number_format("00000000000")
    assert padded is not None
    assert padded.shown(9434765919) == "09434765919"


@pytest.mark.parametrize(("code", "adds"), [("0000", True), ("0.00", False), ("#,##0", False), ('0"x"', False)])
def test_only_formats_with_two_zeros_or_more_before_the_point_add_zeros(code, adds):
    shape = number_format(code)
    assert shape is not None
    assert shape.adds_zeros is adds
