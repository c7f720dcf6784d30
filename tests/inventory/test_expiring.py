"""What is not needed any more is ended, and nothing that a scan still sees."""

from __future__ import annotations

from scan_driver import FILES, held, scan

from domain.summary import Coverage
from inventory.engine import Database, writing
from inventory.expiring import Ended, expire
from inventory.queries import Inventory
from inventory.sums import sums_differ

LATER = 2**60


def ended(database: Database, findings_before: int, logs_before: int = 0) -> Ended:
    with writing(database) as connection:
        return expire(connection, findings_before, logs_before)


def when_the_last_scan_ended(database: Database) -> int:
    with writing(database) as connection:
        return connection.exec_driver_sql("SELECT max(ended) FROM scan").scalar_one()


def counted(database: Database) -> Coverage:
    return Inventory(database).coverage()


def test_what_has_long_been_gone_is_ended(database):
    scan(database, FILES)
    scan(database, {name: content for name, content in FILES.items() if name != b"Finance/b.txt"})
    before = held(database)
    assert ended(database, 0) == Ended(0, 0, 0)
    assert ended(database, LATER).items == 1
    assert held(database) == before
    assert sums_differ(database) == 0


def test_what_the_last_scan_saw_keeps_its_findings(database):
    scan(database, FILES)
    before = Inventory(database).kinds()
    assert before
    assert ended(database, when_the_last_scan_ended(database)) == Ended(0, 0, 0)
    assert Inventory(database).kinds() == before


def test_what_no_scan_sees_any_more_loses_its_findings_and_is_still_counted(database):
    scan(database, FILES)
    before, there = counted(database), held(database, personal=True)
    assert ended(database, LATER).contents > 0
    assert Inventory(database).kinds() == {}
    assert (counted(database), held(database, personal=True)) == (before, there)
    assert ended(database, LATER).contents == 0
    assert sums_differ(database) == 0


def test_findings_that_were_ended_are_found_again_when_a_scan_sees_the_content(database):
    scan(database, FILES)
    before = Inventory(database).kinds()
    ended(database, LATER)
    assert sorted(scan(database, FILES)) == ["Finance/b.txt", "Finance/c.zip", "a.txt"]
    assert Inventory(database).kinds() == before


def test_logs_are_ended_by_a_day_of_their_own(database):
    scan(database, FILES)
    with writing(database) as connection:
        connection.exec_driver_sql(
            "INSERT INTO slot (entry, due, state, host, ended, said) VALUES ('nightly', 5, 'done', '', 6, '')"
        )
    assert ended(database, 0, 5).logs == 0
    assert ended(database, 0, 6).logs == 1
