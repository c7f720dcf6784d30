"""What is written down anew of a file that did not change: who can read it, and when it was last read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import builders
import pytest
from scan_driver import NOW, a_recorder
from sqlalchemy import event, select

from domain.access import EVERYONE, Access, Breadth
from domain.item import Item, Listing
from inventory.people import judge_breadth
from inventory.queries import Inventory
from inventory.tables import ItemRow

_OF_FOLDER = Access("uid:7", ("gid:8", "uid:7"))
_OPEN = Access("uid:7", ("gid:8", "uid:7", EVERYONE))
_LONG_AGO = datetime(2020, 5, 4, 12, tzinfo=UTC)


def an_item(name: bytes, **told) -> Item:
    return replace(builders.an_item(name), **told)


def noted(database, *items: Item, access: Access | None = _OF_FOLDER) -> None:
    """One whole scan that reads nothing and lists just these."""
    recorder = a_recorder(database)
    recorder.note(Listing(b"", items, access=access))
    recorder.settle()
    recorder.finish(NOW, complete=True)


def breadths(database) -> dict[str, Breadth]:
    judge_breadth(database)
    return {one.record.ref.path: one.breadth for one in Inventory(database).held()}


def accessed(database) -> datetime | None:
    with database.connect() as connection:
        return connection.execute(select(ItemRow.accessed)).scalar_one()


def test_a_file_is_as_open_as_its_own_rights_say_and_else_as_its_folder(database):
    noted(database, an_item(b"a"), an_item(b"b", access=_OF_FOLDER), an_item(b"c", access=_OPEN))
    assert breadths(database) == {"a": Breadth.GROUP, "b": Breadth.GROUP, "c": Breadth.EVERYONE}
    assert Inventory(database).ownership().breadths[Breadth.EVERYONE].items == 1
    with database.connect() as connection:
        assert connection.execute(select(ItemRow.access_id).order_by(ItemRow.name)).scalars().all()[:2] == [None, None]


@pytest.mark.parametrize(
    ("told", "breadth"), [(_OF_FOLDER, Breadth.GROUP), (_OPEN, Breadth.EVERYONE), (None, Breadth.EVERYONE)]
)
def test_rights_that_changed_are_written_down_and_those_that_are_not_told_stay(database, told, breadth):
    noted(database, an_item(b"a", access=_OPEN))
    noted(database, an_item(b"a", access=told))
    assert breadths(database) == {"a": breadth}


@pytest.mark.parametrize(
    ("later", "kept"),
    [
        (timedelta(hours=3), _LONG_AGO),  # the same day
        (timedelta(days=3), _LONG_AGO + timedelta(days=3)),
        (timedelta(days=-3), _LONG_AGO + timedelta(days=-3)),
    ],
)
def test_the_last_access_is_kept_by_the_day(database, later, kept):
    item = an_item(b"a", accessed=_LONG_AGO)
    noted(database, item)
    noted(database, replace(item, accessed=_LONG_AGO + later))
    assert accessed(database) == kept


def test_that_a_scan_itself_read_a_file_is_no_access(database):
    item = an_item(b"a", accessed=_LONG_AGO)
    noted(database, item)
    noted(database, replace(item, accessed=NOW))
    assert accessed(database) == _LONG_AGO


def test_what_is_as_it_was_is_not_written_again(database):
    item = an_item(b"a", accessed=_LONG_AGO, access=_OPEN)
    noted(database, item)
    written = []
    event.listen(database, "before_cursor_execute", lambda _c, _k, statement, *_: written.append(statement))
    noted(database, item)
    assert [one for one in written if "UPDATE item" in one or "INTO item" in one] == []
