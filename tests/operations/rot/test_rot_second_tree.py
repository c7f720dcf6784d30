"""How right ROT and families are on a second labelled tree, of which one half was held out from the first mending."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scan_driver import scan
from sqlalchemy import update

from benchmarks.family_accuracy import found_of
from benchmarks.labelled_tree import files_of, scores, services
from inventory.engine import writing
from inventory.tables import ItemRow


@pytest.mark.parametrize("held_out", [False, True])
def test_what_is_found_is_right_and_nothing_guarded_is_put_forward(trail, held_out):
    some = services(held_out=held_out)
    scan(trail.database, {path.encode(): text.encode() for path, text in files_of(some).items()})
    with writing(trail.database) as connection:
        connection.execute(update(ItemRow).values(modified=datetime(2017, 7, 14, tzinfo=UTC)))
    score = scores(some, *found_of(trail))
    assert score["never to be put forward"].found == 0
    assert score["trivial"].precision >= 0.98
    assert score["exact copies"].precision >= 0.98
    assert score["versions"].precision >= 0.95
    assert score["versions"].recall >= 0.85
    assert min(score["trivial"].recall, score["exact copies"].recall) >= 0.9
