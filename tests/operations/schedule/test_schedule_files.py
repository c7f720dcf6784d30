"""A schedule goes out as a workbook or CSV and comes back; what is bad is refused, and nothing is half-written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import xlsxwriter

from domain.errors import ConfigurationError
from operations.schedule.schedule_files import export_schedule, import_schedule, read_rows
from retention.schedule import load_schedule

TODAY = date(2026, 11, 22)
EXAMPLES = Path(str(files("retention") / "examples"))
LEEDS = (
    "Service,SubClass,File/Record Type,File Content,Retention Reason,Retention Period,Storage/Disposal\r\n"
    'Adult Care,Badges,Blue badges — café,Forms,Good practice,"2 years from expiry,\u00a0then destroy",Shred\r\n'
    "Adult Care,Badges,Menus,,Business need,As long as required,\r\n"
)


@pytest.mark.parametrize("name", ["schedule.xlsx", "schedule.csv"])
def test_the_example_pack_is_the_same_after_the_way_out_and_back(tmp_path: Path, name: str) -> None:
    export_schedule(EXAMPLES, tmp_path / name)
    imported = import_schedule(tmp_path / name, tmp_path / "back", TODAY)

    shipped = replace(load_schedule(EXAMPLES), digest="")
    assert replace(imported, digest="").rules == shipped.rules
    written = replace(load_schedule(tmp_path / "back"), digest="")
    assert {rule.id: rule for rule in written.rules} == {rule.id: rule for rule in shipped.rules}
    assert (written.holds, {each.id: each for each in written.classes}) == (
        shipped.holds, {each.id: each for each in shipped.classes}
    )  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "back").iterdir()) == sorted(
        path.name for path in EXAMPLES.iterdir()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman"])
def test_a_published_schedule_is_read_in_the_encoding_it_came_in(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "leeds.csv").write_bytes(LEEDS.encode(encoding))

    schedule = import_schedule(tmp_path / "leeds.csv", tmp_path / "out", TODAY)

    assert [each.title for each in schedule.classes] == ["Blue badges — café", "Menus"]
    assert schedule.rules[0].says == "2 years from expiry, then destroy"
    assert [str(rule.status) for rule in schedule.rules] == ["draft", "draft"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["adult-care.toml", "schedule.toml"]


def test_semicolons_part_the_cells_where_the_headings_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("table;id;version;effective_from\nschedule;s;1;01/04/2026\n")

    assert import_schedule(tmp_path / "a.csv", tmp_path / "out", TODAY).effective_from == date(2026, 4, 1)


def test_a_workbook_that_would_take_all_memory_is_refused_and_ends_nothing_but_its_reader(tmp_path: Path) -> None:
    """Two cells, at the corners: the reader makes room for all between them."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "id")
        sheet.write_string(1_048_575, 16_383, "x")
    assert (tmp_path / "a.xlsx").stat().st_size < 10_000
    with pytest.raises(ConfigurationError, match=r"a\.xlsx: it takes more time or memory .* save what is in it as CSV"):
        read_rows(tmp_path / "a.xlsx")


def test_days_of_a_workbook_are_days(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("schedule")
        sheet.write_row(0, 0, ["Table", "ID", "version", "effective_from"])
        sheet.write_row(1, 0, ["schedule", "s", "1"])
        sheet.write_datetime(1, 3, date(2026, 4, 1), book.add_format({"num_format": "dd/mm/yyyy"}))

    assert import_schedule(tmp_path / "a.xlsx", tmp_path / "out", TODAY).effective_from == date(2026, 4, 1)


RULE = b"class,A,,,A\nrule,A-R1,,,,A,dispose,x,6 yrs,modified\n"
SURPLUS = b"class,A,,,A,,,,,,surplus\n"
PUBLISHED = b"Service,File/Record Type,Retention Period\nCare,Menus,\n"
HEAD = b"table,id,version,effective_from,title,class,action,authority,period,trigger.date\nschedule,s,1,2026-04-01\n"
BAD: dict[str, tuple[str, bytes, str]] = {
    "a period of 6 yrs": ("a.csv", HEAD + RULE, "a.csv:4: [[rule]] \"A-R1\", period"),
    "a quotation mark that stays open": ("a.csv", HEAD + b'class,"A,,,A\n', "a.csv:3: it is not CSV"),
    "more cells than headings": ("a.csv", HEAD + SURPLUS, "a.csv:3: it has more cells"),
    "headings of no layout": ("a.csv", b"name,age\nx,1\n", "a.csv:1: these headings are of no layout that is known"),
    "nothing but headings": ("a.csv", b"table,id\n", "it has no rows below its headings"),
    "an empty file": ("a.csv", b"", "it has no rows below its headings"),
    "no workbook": ("a.xlsx", b"PK not a workbook", "it is not a workbook that can be read; save it as .xlsx"),
    "a class twice": ("a.csv", HEAD + b"class,A,,,A\nclass,a,,,B\n", 'a.csv:4: [[class]] "a", id: it stands at'),
    "no period that was published": ("a.csv", PUBLISHED, "a.csv:2: retention period: this is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_bad_is_refused_with_its_line_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    file, content, said = BAD[name]
    (tmp_path / file).write_bytes(content)

    with pytest.raises(ConfigurationError) as refusal:
        import_schedule(tmp_path / file, tmp_path / "out", TODAY)

    assert said in str(refusal.value)
    assert [path.name for path in tmp_path.iterdir()] == [file]


@pytest.mark.parametrize(
    "act",
    [
        lambda folder: export_schedule(EXAMPLES, folder / "there.csv"),
        lambda folder: export_schedule(EXAMPLES, folder / "new.docx"),
        lambda folder: import_schedule(EXAMPLES / "finance.toml", folder / "out", TODAY),
        lambda folder: import_schedule(folder / "none.csv", folder / "out", TODAY),
        lambda folder: import_schedule(folder / "good.csv", folder, TODAY),
    ],
)
def test_nothing_is_overwritten_and_nothing_is_left_behind(tmp_path: Path, act: Callable[[Path], object]) -> None:
    (tmp_path / "there.csv").write_text("mine")
    (tmp_path / "good.csv").write_bytes(LEEDS.encode())

    with pytest.raises(ConfigurationError):
        act(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["good.csv", "there.csv"]
    assert (tmp_path / "there.csv").read_text() == "mine"
