"""The views for business-intelligence tools: what is promised of them, in both databases, and no name where none is."""

from __future__ import annotations

from datetime import date

import pytest
from scan_driver import FILES, scan
from sqlalchemy import inspect

from inventory.engine import reading, writing
from inventory.schema import downgrade, migrate
from inventory.tables import SHORT_TYPES
from inventory.views import VIEWS, rows_of

_CANARIES = {
    b"Canary folder/canary b\xc3\xa9.txt": b"NAMED",
    b"Canary folder/canary \xff.txt": b"NAMED",
    b"Canary folder/canary old.txt": b"nothing",
}


def _rows(database, name: str) -> list[dict[str, object]]:
    view = next(view for view in VIEWS if view.name == name)
    names = [field.name for field in view.fields]
    return [dict(zip(names, row, strict=True)) for part in rows_of(database, view) for row in part]


def test_the_fields_are_those_that_are_described(database):
    looked_at = inspect(database)
    assert set(looked_at.get_view_names()) >= {view.name for view in VIEWS}
    for view in VIEWS:
        assert [column["name"] for column in looked_at.get_columns(view.name)] == [field.name for field in view.fields]


def test_every_field_is_of_the_kind_that_it_is_said_to_be(database):
    scan(database, FILES | _CANARIES)
    for view in VIEWS:
        kinds = [field.kind for field in view.fields]
        for part in rows_of(database, view):
            assert all(
                value is None or type(value) is kind for row in part for value, kind in zip(row, kinds, strict=True)
            )


def test_no_path_and_no_name_is_in_a_view_but_the_one_for_those_who_may_see_them(database):
    scan(database, _CANARIES)
    with writing(database) as connection:
        connection.exec_driver_sql("UPDATE service SET name = 'Finance' WHERE name LIKE 'Canary%%'")
    for view in VIEWS:
        said = "canary" in repr([row for part in rows_of(database, view) for row in part]).lower()
        assert said is view.names, view.name


def test_a_name_that_is_no_utf_8_is_there_all_the_same(database):
    scan(database, _CANARIES)
    paths = _rows(database, "bi_paths")
    assert len(paths) == 3
    assert {path["folder"] for path in paths} == {"Canary folder"}
    assert "canary b\u00e9.txt" in {path["name"] for path in paths}


def test_figures_of_items_are_those_that_are_added_up(database):
    scan(database, FILES)
    items, coverage = _rows(database, "bi_items"), _rows(database, "bi_coverage")
    with reading(database) as connection:
        assert len(items) == connection.exec_driver_sql("SELECT count(*) FROM item WHERE gone IS NULL").scalar_one()
    assert sum(row["items"] for row in coverage) == len(items)
    assert sum(row["bytes"] for row in coverage) == sum(item["bytes"] for item in items)
    services = _rows(database, "bi_services")
    assert sum(row["items"] + row["parts"] for row in services) == len(items)
    assert (
        {finding["content"] for finding in _rows(database, "bi_findings")}
        == {item["content"] for item in items if item["personal"]}
        != set()
    )


def test_what_was_read_in_part_is_not_said_to_hold_nothing(database):
    scan(database, {b"a.txt": b"nothing", b"b.txt": b"NAMED"})
    with writing(database) as connection:
        connection.exec_driver_sql("UPDATE item SET outcome = 'partial'")
    assert {item["bytes"]: item["personal"] for item in _rows(database, "bi_items")} == {7: None, 5: True}


@pytest.mark.parametrize("microseconds", [-(2**62), -11_644_473_600_000_000, 0, 253_402_300_799_999_999, 2**62])
def test_a_day_that_no_calendar_has_is_not_known(database, microseconds):
    scan(database, {b"a.txt": b"nothing"})
    with writing(database) as connection:
        connection.exec_driver_sql(f"UPDATE item SET modified = {microseconds}")
    (item,) = _rows(database, "bi_items")
    assert item["modified"] == {-11_644_473_600_000_000: date(1601, 1, 1), 0: date(1970, 1, 1),
                                253_402_300_799_999_999: date(9999, 12, 31)}.get(microseconds)  # fmt: skip


def test_media_types_stand_in_full(database):
    scan(database, {f"{number}.txt".encode(): b"nothing" for number in range(len(SHORT_TYPES))})
    with writing(database) as connection:
        for number, short in enumerate(SHORT_TYPES.values(), start=1):
            connection.exec_driver_sql(f"UPDATE item SET media_type = '{short}' WHERE id = {number}")
    assert {item["media_type"] for item in _rows(database, "bi_items")} == set(SHORT_TYPES)


def test_the_way_down_and_up_again_leaves_them_as_they_were(database):
    scan(database, FILES)
    before = {view.name: _rows(database, view.name) for view in VIEWS}
    downgrade(database, "0018")
    assert not set(inspect(database).get_view_names()) & set(before)
    migrate(database)
    assert {view.name: _rows(database, view.name) for view in VIEWS} == before
