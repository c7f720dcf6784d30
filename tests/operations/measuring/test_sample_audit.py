"""Contents are read from their sources once more, each alone; what is not there any more is one less."""

from __future__ import annotations

import pytest
from builders import a_zip
from fakes import MakeTools, ShoutedWords
from inventories import an_inventory
from scan_driver import scan

from classifiers.audit import Audit
from domain.errors import ConfigurationError
from operations.measuring.sample_audit import audit, draw_any
from scanner.budget import Budget

FILES = {
    b"a.txt": b"NAMED",
    b"b.zip": a_zip({f"{number}.txt": f"Note {number}".encode() for number in range(20)}),
}


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


class Notes:
    """Stock that marks the first word of every text, and keeps the texts that it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, text):
        self.texts.append(text)
        return [("WORD", (0, 4))]


@pytest.mark.parametrize("budget", [Budget(), Budget(batch_parts=1)])
def test_each_content_drawn_is_read_and_none_that_lies_beside_it(database, budget):
    scan(database, FILES)
    drawn, stock = draw_any(database, 5, 1), Notes()
    by = Audit(ShoutedWords(), stock)
    for content in drawn:
        audit(content, MakeTools(FILES, budget)(), by)
    assert by.contents == len(drawn) == len(set(stock.texts)) == 5
    assert by.stock.marked == {"WORD": 5}


def test_what_has_changed_since_is_not_audited(database):
    scan(database, FILES)
    drawn, by = draw_any(database, 100, 1), Audit(ShoutedWords(), Notes())
    changed = {b"a.txt": b"another", b"b.zip": FILES[b"b.zip"]}
    for content in drawn:
        audit(content, MakeTools(changed)(), by)
    assert by.contents == len(drawn) - 1


def test_where_nothing_was_examined_there_is_nothing_to_draw(database):
    with pytest.raises(ConfigurationError, match="muniment scan"):
        draw_any(database, 5, 1)
