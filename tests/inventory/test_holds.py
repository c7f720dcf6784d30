from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.hold import Hold, HoldKind, HoldScope, HoldStatus, RequestKind
from inventory.engine import InventoryError, reading, writing
from inventory.holds import active, add_hold, change_hold, holds, note_release

TODAY = date(2026, 3, 2)
WIDE = Hold(
    "H-1", HoldKind.REQUEST, "A request", "role:ig-officer",
    HoldScope(
        ("C*",), ("A/**",), ("Planning",), ("share",), date(2020, 1, 1), date(2021, 1, 1), ("term",), ("ab" * 16,)
    ),
    placed=TODAY, review_by=date(2026, 9, 1), request=RequestKind.SAR, answered=date(2026, 2, 1),
    ends_on=date(2026, 8, 1),
)  # fmt: skip
NARROW = Hold("h-2", HoldKind.INQUIRY, "An inquiry", "role:solicitor", HoldScope(paths=("**",)), placed=TODAY)


def placed(database, *wanted: Hold) -> None:
    with writing(database) as connection:
        for hold in wanted:
            add_hold(connection, hold)


def test_a_hold_comes_back_as_it_was_placed(database):
    placed(database, WIDE, NARROW)
    with reading(database) as connection:
        assert holds(connection) == (WIDE, NARROW)


def test_an_id_is_never_used_twice_even_in_other_letters(database):
    placed(database, WIDE)
    with pytest.raises(InventoryError, match="already"):
        placed(database, replace(NARROW, id="h-1"))


def test_a_late_review_ends_nothing_and_the_end_of_a_request_does(database):
    placed(database, WIDE, replace(NARROW, review_by=date(2026, 1, 1)))
    assert [hold.id for hold in active(database, TODAY)] == ["H-1", "h-2"]
    assert [hold.id for hold in active(database, date(2026, 8, 1))] == ["h-2"]


def test_a_hold_that_was_released_is_kept_and_freezes_nothing(database):
    placed(database, WIDE, NARROW)
    with writing(database) as connection:
        note_release(connection, NARROW, TODAY, "Settled")
        change_hold(connection, replace(WIDE, status=HoldStatus.OFF))
    assert active(database, TODAY) == ()
    with reading(database) as connection:
        assert [hold.status for hold in holds(connection)] == [HoldStatus.OFF, HoldStatus.RELEASED]
