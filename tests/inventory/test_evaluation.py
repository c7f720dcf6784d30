"""However many flags change and however many folders there are, what is kept of them in memory is bounded."""

from __future__ import annotations

from datetime import date

from estates import fill
from inventories import an_inventory
from sqlalchemy import func, select

from domain.decision import Flag, State
from domain.rule import Action
from inventory.considered_folders import Folders
from inventory.engine import reading
from inventory.evaluation import Changes, told
from inventory.tables import DirRow

FLAG = Flag(State.DUE, Action.DISPOSE, date(2024, 2, 29), "R", "Kept for 6 years.")


def test_all_that_was_added_comes_back_in_its_order_as_often_as_it_is_asked_for():
    with Changes() as changes:
        for number in range(45_000):
            changes.add(number, told(FLAG if number % 2 else None))

        for _ in range(2):
            chunks = list(changes.chunks())
            assert max(map(len, chunks)) == 20_000
            rows = [row for chunk in chunks for row in chunk]
            assert [row[0] for row in rows] == list(range(45_000))
            assert rows[:2] == [(0,), (1, "due", "dispose", "2024-02-29", "R", "Kept for 6 years.")]


def test_a_folder_that_was_forgotten_is_asked_for_again(tmp_path):
    database = an_inventory(tmp_path / "inventory.db")
    fill(database, 60)
    with reading(database) as connection:
        folders = Folders(connection, most=2)
        every = dict(folders.every())

        assert len(folders) == 0
        assert len(every) == connection.execute(select(func.count()).select_from(DirRow)).scalar_one() > 2
        assert list(every) == sorted(every)
        for number, folder in (*every.items(), *every.items()):
            assert folders[number] == folder
            assert len(folders) <= 2
        folders.meet(every)
        assert len(folders) == len(every)
    database.dispose()
