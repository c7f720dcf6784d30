"""A sample is drawn blindly, by lot and with its weights; its sheet is safe in a spreadsheet and tells no verdict."""

from __future__ import annotations

import csv
import io

import pytest
from builders import a_zip
from inventories import an_inventory
from scan_driver import scan

from domain.errors import ConfigurationError
from inventory.sampling import Stratum
from operations.measuring.sample import Draw, draw_file, draw_sample, load_draw, sheet

FILES = {f"note {number}.txt".encode(): f"Nothing {number}".encode() for number in range(60)} | {
    f"Care/case {number}.txt".encode(): f"NAMED {number}".encode() for number in range(60)
}


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


@pytest.fixture
def scanned(database):
    scan(database, FILES)
    return database


def cells_of(made: Draw) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sheet(made).removeprefix("\ufeff"))))


def test_both_what_is_flagged_and_what_is_not_are_drawn_and_weighed(scanned):
    made = draw_sample(scanned, 40, 1)
    strata = [row.stratum for row in made.rows]
    assert (strata.count(Stratum.FLAGGED), strata.count(Stratum.NOTHING)) == (20, 20)
    assert {population.stratum: population.size for population in made.populations} == {
        Stratum.FLAGGED: 60, Stratum.NOTHING: 60,
    }  # fmt: skip
    assert made.detector == "detector 1"


def test_the_same_seed_draws_the_same_and_another_draws_others(scanned):
    drawn = [draw_sample(scanned, 20, seed) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1]
    assert {row.digest for row in drawn[0].rows} != {row.digest for row in drawn[2].rows}


def test_rows_are_shuffled_so_that_their_order_tells_nothing(scanned):
    told = [row.personal for row in draw_sample(scanned, 40, 1).rows]
    assert told != sorted(told)
    assert told != sorted(told, reverse=True)
    assert [row.number for row in draw_sample(scanned, 40, 1).rows] == list(range(1, 41))


def test_the_sheet_has_where_to_look_and_nothing_of_what_was_found(scanned):
    made = draw_sample(scanned, 40, 1)
    heading, *rows = cells_of(made)
    assert heading[0] == "number"
    assert all(row[3:] == [""] * 5 for row in rows)
    assert {row[1] for row in rows} == {row.file for row in made.rows}
    assert not any(word in sheet(made) for word in ("flagged", "nothing", "true", made.rows[0].digest))


def test_a_name_that_a_spreadsheet_would_reckon_is_guarded(database):
    scan(database, {b"a.zip": a_zip({"=1+1.txt": b"NAMED"})})
    (row,) = cells_of(draw_sample(database, 10, 1))[1:]
    assert row[2] == "'=1+1.txt"


def test_a_small_stratum_is_drawn_whole_and_the_others_make_up_for_it(database):
    scan(database, {name: content for name, content in FILES.items() if b"case" not in name or b"case 1.txt" in name})
    strata = [row.stratum for row in draw_sample(database, 30, 1).rows]
    assert (strata.count(Stratum.FLAGGED), strata.count(Stratum.NOTHING)) == (1, 29)


def test_the_draw_is_read_back_as_it_was(scanned, tmp_path):
    made = draw_sample(scanned, 20, 1)
    path = draw_file(tmp_path / "sample.csv")
    path.write_text(made.model_dump_json())
    assert path.name == "sample.draw.json"
    assert load_draw(path) == made


@pytest.mark.parametrize(("written", "said"), [(None, "--draw"), ("{}", "not the draw"), ("{", "not the draw")])
def test_a_draw_that_is_missing_or_damaged_is_refused(tmp_path, written, said):
    path = tmp_path / "sample.draw.json"
    if written is not None:
        path.write_text(written)
    with pytest.raises(ConfigurationError, match=said):
        load_draw(path)


def test_where_nothing_was_examined_there_is_nothing_to_draw(database):
    with pytest.raises(ConfigurationError, match="muniment scan"):
        draw_sample(database, 20, 1)


def test_what_was_left_out_is_counted(database):
    scan(database, {b"a.txt": b"NAMED", b"b.txt": b"raise", b"c.txt": b" "})
    left_out = draw_sample(database, 10, 1).left_out
    assert (left_out.unreadable, left_out.without_text) == (1, 1)
