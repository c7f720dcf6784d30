"""What may be published: no name, no path, no small number, and none that a total gives away."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.published import FEWER, NOT_SHOWN, published, published_words
from reports.renderers import write
from reports.report import Bar, BarChart, Column, ColumnKind, Figure, Heat, Report, Section, Table
from reports.wording import part

_SERVICE, _ITEMS, _SIZE = Column("Service"), Column("Items", ColumnKind.COUNT), Column("Size", ColumnKind.BYTES)
_HIDDEN = {FEWER, NOT_SHOWN}


def _table(*rows, total=None, columns=(_SERVICE, _ITEMS)) -> Table:
    return Table("one", "One", columns, rows, total=total)


def _rows(table: Table) -> list[tuple[object, ...]]:
    made = published(Section("One", tables=(table,))).tables[0]
    return [*made.rows, *([made.total] if made.total else [])]


def test_a_small_number_takes_the_next_one_with_it():
    table = _table(("Housing", 3), ("Planning", 900), ("Waste", 44), total=("Total", 947))
    assert _rows(table) == [("Housing", FEWER), ("Planning", 900), ("Waste", NOT_SHOWN), ("Total", 945)]


def test_two_small_numbers_need_no_third():
    table = _table(("Housing", 3), ("Planning", 1), ("Waste", 44), ("Parks", 0), total=("Total", 48))
    assert _rows(table) == [("Housing", FEWER), ("Planning", FEWER), ("Waste", 45), ("Parks", 0), ("Total", 50)]


def test_where_nothing_else_could_be_hidden_the_total_is():
    assert _rows(_table(("Housing", 7), total=("Total", 7))) == [("Housing", 5), ("Total", 5)]
    assert _rows(_table(("Housing", 3), ("Parks", 0), total=("Total", 17))) == [
        ("Housing", FEWER), ("Parks", 0), ("Total", NOT_SHOWN),
    ]  # fmt: skip


def test_a_row_of_numbers_that_add_up_gives_none_away():
    columns = (_SERVICE, *(Column(words, ColumnKind.COUNT) for words in ("Low", "High", "All")))
    rows = _rows(_table(("Housing", 2, 60, 62), ("Waste", 3, 80, 83), columns=columns))
    assert rows == [("Housing", FEWER, NOT_SHOWN, 60), ("Waste", FEWER, NOT_SHOWN, 85)]


def test_a_share_beside_a_hidden_number_is_hidden_and_sizes_are_rounded():
    columns = (_SERVICE, _ITEMS, _SIZE, Column("Share", ColumnKind.SHARE))
    rows = _rows(_table(("A", 3, 1_234_567, 0.0314), ("B", 4, 9_999, 0.5), ("C", 50, 12, 0.4567), columns=columns))
    assert rows == [("A", FEWER, 1_200_000, NOT_SHOWN), ("B", FEWER, 10_000, NOT_SHOWN), ("C", 50, 12, 0.46)]


def test_a_share_that_stands_alone_does_not_tell_a_small_number_or_a_small_rest():
    columns = (Column("What"), Column("Share", ColumnKind.SHARE))
    rows = _rows(_table(("A", part(3, 40)), ("B", part(38, 40)), ("C", part(7, 40)), ("D", part(5, 10_000)),
                        columns=columns))  # fmt: skip
    assert rows == [("A", NOT_SHOWN), ("B", NOT_SHOWN), ("C", 0.17), ("D", 0.01)]


def test_what_is_of_one_service_says_so_when_it_is_published(build):
    of_service = replace(build.a_provenance(scope="Planning"), of_service=True)
    report = Report("one", "One", "Nothing.", (), of_service)
    assert report.for_publication().provenance.scope == "Planning"
    pilot = replace(report, of_pilot=True, provenance=build.a_provenance(scope="the pilot Canary")).for_publication()
    assert pilot.provenance.scope.startswith("A pilot (its name is left out)")
    assert "names of sources" in replace(report, provenance=build.a_provenance()).for_publication().provenance.scope


def test_a_heat_map_hides_the_score_with_the_number():
    columns = (_SERVICE, Column("Health", ColumnKind.HEAT))
    rows = _rows(_table(("A", Heat(2, 90)), ("B", Heat(33, 60)), ("C", Heat(101, 20)), columns=columns))
    assert rows == [("A", FEWER), ("B", NOT_SHOWN), ("C", Heat(100, 20))]


@given(st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=1, max_size=6))
def test_no_line_has_one_hidden_number_beside_others_that_would_tell_it(numbers):
    rows = [(f"Service {place}", *row, sum(row)) for place, row in enumerate(numbers)]
    sums = ("Total", *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True)))
    columns = (_SERVICE, *(Column(str(place), ColumnKind.COUNT) for place in range(4)))
    shown = _rows(_table(*rows, total=sums, columns=columns))
    true = [*rows, sums]
    lines = [[(row, place) for row in range(len(true))] for place in range(1, 5)]
    lines += [[(row, place) for place in range(1, 5)] for row in range(len(true))]
    for line in lines:
        hidden = [shown[row][place] for row, place in line if shown[row][place] in _HIDDEN]
        told = [true[row][place] for row, place in line if shown[row][place] not in _HIDDEN]
        assert len(hidden) != 1 or not any(told)
    for row, line in zip(true, shown, strict=True):
        assert not [cell for cell in line[1:] if cell not in _HIDDEN and (cell % 5 or 0 < cell < 5)]
        assert all((cell == FEWER) == (0 < number < 5) for number, cell in zip(row[1:], line[1:], strict=True))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("3 items (1.2 GB) were found.", "Fewer than 5 items (1.2 GB) were found."),
        ("Of 12,347 items 2 wait. 1 item is held.", "Of 12,345 items fewer than 5 wait. Fewer than 5 items are held."),
        ("1 other person (2.0 kB) waits.", "Fewer than 5 other people (2.0 kB) wait."),
        ("1 exact copy is held.", "Fewer than 5 exact copies are held."),
        ("1 class (2.0 kB) has 1 family.", "Fewer than 5 classes (2.0 kB) have fewer than 5 families."),
        (
            "In 1 kB lies 1 odd thing; 1 record class.",
            "In fewer than 5 kB lies fewer than 5 odd thing; fewer than 5 record classes.",
        ),
        ("1 spreadsheet, table or database.", "Fewer than 5 spreadsheets, tables and databases."),
        ("Scores of 60 or more, from 0 to 19.", "Scores of 60 or more, from 0 to 19."),
        ("On 4 May 2018, at 3.5 GB, 61% of all.", "On 4 May 2018, at 3.5 GB, 61% of all."),
        ("Of 40 files 3 files, 7.5%, are.", "Of 40 files fewer than 5 files, not shown, are."),
        ("Of 40,000 files 12.3% are; under 0.1% were.", "Of 40,000 files 12% are; under 1% were."),
        ("38 files of 40 files (95.0%).", "40 files of 40 files (not shown)."),
        ("38 files of 40 files (95.0%). Right: 97.0%.", "40 files of 40 files (not shown). Right: 97%."),
        ("Read were 9,998 items of 10,000 items (99.9%).", "Read were 10,000 items of 10,000 items (not shown)."),
        ("30 files of 40 files (75.0%).", "30 files of 40 files (75%)."),
        ("They can read them: in 3 folders.", "They can read them: in fewer than 5 folders."),
        ("Kept for 2 years; rule PL.04-R1.", "Kept for 2 years; rule PL.04-R1."),
    ],
)
def test_numbers_in_words_are_treated_like_those_in_tables(words, said):
    assert published_words(words) == said


def test_figures_in_words_and_numbers():
    figures = (
        Figure("Items", 3, ColumnKind.COUNT, "of 1,001 items"),
        Figure("Share", 0.0312, ColumnKind.SHARE),
        Figure("Size", 1_234, ColumnKind.BYTES),
        Figure("Not known", None, ColumnKind.COUNT),
    )
    made = published(Section("One", figures=figures)).figures
    assert [figure.value for figure in made] == [FEWER, NOT_SHOWN, 1_200, None]
    assert made[0].note == "of 1,000 items"


def test_a_bar_whose_number_is_hidden_is_not_drawn():
    table = _table(("Housing", 3), ("Planning", 900), ("Waste", 44))
    bars = tuple(Bar(str(row[0]), (row[1],)) for row in table.rows)
    chart = BarChart("One", ("Items",), bars, ColumnKind.COUNT, "one")
    (made,) = published(Section("One", charts=(chart,), tables=(table,))).charts
    assert [(bar.label, bar.values) for bar in made.bars] == [("Planning", (900,))]


def test_a_table_that_names_is_left_out_with_its_chart_and_that_is_said():
    names = Table("one", "Owners", (Column("Owner", names=True), _ITEMS), (("Ann Example", 9),) * 12)
    chart = BarChart("One", ("Items",), (Bar("Ann Example", (9,)),), ColumnKind.COUNT, "one")
    made = published(Section("One", charts=(chart,), tables=(names,)))
    assert made.tables == made.charts == ()
    assert made.points == ("Left out, because it names people or places: Owners (10 rows).",)


@pytest.mark.parametrize("fmt", ["html", "csv", "json", "xlsx", "ods"])
def test_no_path_name_or_source_is_in_any_file_and_every_one_says_what_it_is(build, tmp_path, fmt):
    listing = build.a_listing("canary/of a person.doc")
    report = replace(listing, provenance=replace(listing.provenance, scope="canary share"))
    names = Table("owners", "Owners", (Column("Owner", names=True),), (("canary owner",),))
    report = replace(report, sections=(*report.sections, Section("Owners", tables=(names,))))
    assert _said(report, fmt, tmp_path / "whole", "canary")
    assert not _said(report.for_publication(), fmt, tmp_path / "public", "canary")
    assert _said(report.for_publication(), fmt, tmp_path / "public", "Publishable: paths and names are left out")
    assert _said(report, fmt, tmp_path / "whole", "Contains personal data by place: do not publish")


def _said(report: Report, fmt: str, folder, words: str) -> bool:
    return any(words.encode() in _unpacked(path) for path in write(report, fmt, folder))


def _unpacked(path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as package:
        return b"".join(map(package.read, package.namelist()))


def test_its_files_have_names_of_their_own(build, tmp_path):
    report = build.a_listing("a")
    whole, public = (write(one, "json", tmp_path) for one in (report, report.for_publication()))
    assert [path.name for path in (*whole, *public)] == ["listing.json", "listing-publishable.json"]
