"""The sums that dashboards read are what adding everything up comes to, whatever was done."""

from __future__ import annotations

from random import Random

import pytest
from scan_driver import FILES, a_recorder, scan

from inventory.engine import writing
from inventory.queries import Inventory
from inventory.sums import fold, mend_sums, sums_differ


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_scans_the_sums_are_those_of_the_items(database, seed):
    random = Random(seed)
    for turn in range(5):
        files = {name: content for name, content in FILES.items() if random.random() < 0.7}
        files |= {b"Roads/%d.txt" % number: b"x" * number for number in range(random.randrange(5))}
        scan(database, files, version=b"v%d" % random.randrange(2), stop_after=random.choice([None, None, 2]))
        assert sums_differ(database) == 0, turn


def test_a_folder_that_is_another_services_now_takes_its_items_along(database):
    scan(database, FILES)
    with writing(database) as connection:
        connection.exec_driver_sql("UPDATE dir SET service_id = 1")
    assert sums_differ(database) == 0
    assert len(Inventory(database).services()) == 1


def test_what_was_put_away_is_counted_once(database):
    scan(database, FILES)
    before = Inventory(database).coverage()
    for _ in range(2):
        with writing(database) as connection:
            fold(connection)
    assert Inventory(database).coverage() == before
    assert sums_differ(database) == 0


def test_a_sum_that_is_wrong_is_found_and_mended(database):
    scan(database, FILES, recorder=a_recorder(database))
    with writing(database) as connection:
        fold(connection)
        connection.exec_driver_sql("UPDATE summary SET items = items + 1 WHERE is_part")
    assert sums_differ(database) > 0
    mend_sums(database)
    assert sums_differ(database) == 0
