from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from scan_driver import scan
from sqlalchemy import update

from domain.actor import Actor, Grant, Proof, Role
from domain.asset import Location
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.pilot import Pilot, PilotScope
from inventory.assets import assets, write_asset
from inventory.audit import latest
from inventory.engine import reading, writing
from inventory.periods import write_pilot
from inventory.tables import DirRow
from operations.access import RefusedError
from operations.assets.exchange import Imported, export_assets, import_assets

TODAY = date(2026, 11, 22)
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
REVIEWER = Actor("re", (Grant(Role.REVIEWER, frozenset({"Finance"})),), Proof.PASSWORD)
FILES = {b"Finance/a.txt": b"one", b"Finance/Pay/b.txt": b"two", b"Housing/c.txt": b"three", b"=X; y/d.txt": b"four"}


@pytest.fixture
def trail(trail):
    scan(trail.database, FILES)
    return trail


@pytest.fixture
def sheet(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "assets.csv"
        path.write_text(text)
        return path

    return write


def kept(trail):
    with reading(trail.database) as connection:
        return assets(connection)


WHOLE = """\
id,locations,title,service,owner,approver,lawful_basis,condition,update_frequency,quality_note,confirm
A-0001,memory:Finance,Finance,Finance,amy,bob,6(1)(e); 6(1)(c),9(2)(g); Sch 1 para 6,monthly,"two
lines, one",yes
A-0002,memory:Finance/Pay; memory:Housing/,Pay,Finance,,,,,,,
"""


def test_a_sheet_is_taken_over_whole_and_twice_is_as_once(trail, sheet):
    path = sheet(WHOLE)
    assert import_assets(OFFICER, trail, path, TODAY) == Imported(2, 0, 1, 0)
    first = kept(trail)
    assert import_assets(OFFICER, trail, path, TODAY) == Imported(0, 0, 0, 2)
    assert kept(trail) == first
    one, two = first.values()
    assert (one.quality_note, one.lawful_basis, one.confirmed_by) == ("two lines, one", "6(1)(e); 6(1)(c)", "ig")
    assert {"owner", "locations", "approver"} <= one.confirmed
    assert two.locations == (Location("memory", b"Finance/Pay"), Location("memory", b"Housing"))
    assert two.confirmed == frozenset()
    noted = latest(trail.database, 9)
    assert [entry.act for entry in noted].count(Act.ASSETS_IMPORTED) == 2
    assert [entry.act for entry in noted].count(Act.ASSET_CHANGED) == 2
    assert not any("amy" in entry.facts for entry in noted)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_what_goes_out_comes_back_the_same(trail, sheet, tmp_path, name):
    odd = "A-3,memory:=X\\x3b y,'=1+1,Finance\n"
    import_assets(OFFICER, trail, sheet(WHOLE), TODAY)
    import_assets(OFFICER, trail, sheet("id,locations,title,service\n" + odd), TODAY)
    with writing(trail.database) as connection:
        connection.execute(update(DirRow).where(DirRow.path == b"Housing").values(path=b"Hous\xff\xc2\xa0ing"))
    with reading(trail.database) as connection:
        housing = replace(assets(connection)["A-0002"])
    import_assets(OFFICER, trail, sheet("id,locations\nA-0002,memory:Hous\\xff ing\n"), TODAY)
    assert kept(trail)["A-0002"].locations != housing.locations
    before, out = kept(trail), tmp_path / name
    assert export_assets(OFFICER, trail.database, out) == 3
    assert out.stat().st_mode & 0o777 == 0o600
    assert import_assets(OFFICER, trail, out, TODAY) == Imported(0, 0, 0, 3)
    assert kept(trail) == before
    assert before["A-3"].title == "=1+1"
    if name == "out.csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            assert all(not cell.startswith("=") for row in csv.reader(file) for cell in row)
    with pytest.raises(ConfigurationError, match="Name a new file"):
        export_assets(OFFICER, trail.database, out)


def test_what_is_changed_is_no_longer_confirmed_and_other_columns_stay(trail, sheet):
    import_assets(OFFICER, trail, sheet(WHOLE), TODAY)
    import_assets(OFFICER, trail, sheet("id,owner\nA-0001,cara\n"), TODAY)
    one = kept(trail)["A-0001"]
    assert one.owner == "cara"
    assert one.title == "Finance"
    assert "owner" not in one.confirmed
    assert "approver" in one.confirmed


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("A 1,memory:Housing,T,Finance,,,,", r"csv:2: id: .*write one such as A-0001"),
        ("A-1,memory:Nowhere,T,Finance,,,,", r'csv:2: locations: .*no one folder "Nowhere"'),
        ("A-1,elsewhere:Housing,T,Finance,,,,", r"csv:2: locations: .*names no source"),
        ("A-1,,T,Finance,,,,", r"csv:2: locations: an asset needs one"),
        ("A-1,memory:Housing,,Finance,,,,", r"csv:2: title: an asset needs one; write Payroll records"),
        ("A-1,memory:Housing,T,Finanze,,,,", r'csv:2: service: .*did you mean "Finance"'),
        ("A-1,memory:Housing,T,Finance,6(1)(z),,,", r"csv:2: lawful_basis: .*such as 6\(1\)\(e\)"),
        ("A-1,memory:Housing,T,Finance,,9(2)(x),,", r"csv:2: condition: .*Sch 1 para 6"),
        ("A-1,memory:Housing,T,Finance,,,often,", r"csv:2: update_frequency: .*write one of continual"),
        ("A-1,memory:Housing,T,Finance,,,,perhaps", r"csv:2: confirm: .*neither yes nor no"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_write_and_nothing_is_taken_over(trail, sheet, row, complaint):
    heading = "id,locations,title,service,lawful_basis,condition,update_frequency,confirm\n"
    path = sheet(f"{heading}{row}\nA-9,memory:Finance,Fine,Finance,,,,\n")
    with pytest.raises(ConfigurationError, match=complaint):
        import_assets(OFFICER, trail, path, TODAY)
    assert kept(trail) == {}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "id,locations,title,service\nA-1,memory:Housing,T,Finance\nA-1,memory:Finance,T,Finance\n",
            "csv:3: id: another",
        ),
        (
            "id,locations,title,service\nA-1,memory:Housing,T,Finance\nA-2,memory:Housing,T,Finance\n",
            "csv:3: .*of A-1 al",
        ),
        ("id,titel\nA-1,T\n", 'csv:2: titel: .*did you mean "title"'),
    ],
)
def test_lines_that_do_not_go_together_are_named(trail, sheet, text, complaint):
    with pytest.raises(ConfigurationError, match=complaint):
        import_assets(OFFICER, trail, sheet(text), TODAY)
    assert kept(trail) == {}


def test_an_asset_may_take_what_another_of_the_same_sheet_gives_up(trail, sheet):
    import_assets(OFFICER, trail, sheet(WHOLE), TODAY)
    moved = "id,locations\nA-0001,memory:Housing\nA-0002,memory:Finance\n"
    import_assets(OFFICER, trail, sheet(moved), TODAY)
    assert [one.locations[0].path for one in kept(trail).values()] == [b"Housing", b"Finance"]


def test_a_reviewer_edits_their_own_services_assets_and_takes_in_no_other_folders(trail, sheet):
    head = "id,locations,title,service\n"
    import_assets(REVIEWER, trail, sheet(head + "A-1,memory:Finance,T,Finance\n"), TODAY)
    for line in ("A-2,memory:Housing,T,Finance\n", "A-2,memory:Finance/Pay,T,Housing\n", "A-1,memory:,T,Finance\n"):
        with pytest.raises(RefusedError, match="another's"):
            import_assets(REVIEWER, trail, sheet(head + line), TODAY)
    with pytest.raises(RefusedError, match="may not confirm-asset"):
        import_assets(REVIEWER, trail, sheet("id,confirm\nA-1,yes\n"), TODAY)
    assert [one.locations[0].path for one in kept(trail).values()] == [b"Finance"]


def test_a_sheet_is_read_as_the_schedules_are(trail, tmp_path):
    export_assets(OFFICER, trail.database, tmp_path / "empty.csv")
    with pytest.raises(ConfigurationError, match="no rows below its headings; write one for each asset"):
        import_assets(OFFICER, trail, tmp_path / "empty.csv", TODAY)


def test_a_yes_is_noted_as_a_confirmation_and_another_day_renews_it(trail, sheet):
    import_assets(OFFICER, trail, sheet(WHOLE), TODAY)
    later = date(2027, 1, 1)
    assert import_assets(OFFICER, trail, sheet("id,confirm\nA-0001,yes\n"), later) == Imported(0, 0, 1, 0)
    assert kept(trail)["A-0001"].confirmed_on == later
    of_both = [entry.act for entry in latest(trail.database, 9, "asset:A-0001")]
    assert of_both == [Act.ASSET_CHANGED, Act.ASSET_CONFIRMED, Act.ASSET_CONFIRMED]


def test_who_may_confirm_is_who_answers_for_it_in_the_trail(trail, sheet):
    roles = (Grant(Role.REVIEWER, frozenset({"Finance"})), Grant(Role.APPROVER, frozenset({"Finance"})))
    import_assets(replace(REVIEWER, grants=roles), trail, sheet(WHOLE.replace("; memory:Housing/", "")), TODAY)
    assert {entry.role for entry in latest(trail.database, 1)} == {"approver"}


def test_a_folder_of_another_service_makes_an_asset_its_concern_too(trail, sheet):
    import_assets(OFFICER, trail, sheet(WHOLE), TODAY)
    with pytest.raises(RefusedError, match="another's"):
        import_assets(REVIEWER, trail, sheet("id,owner\nA-0002,re\n"), TODAY)


def test_who_edits_nothing_is_told_nothing(trail, sheet):
    auditor = Actor("au", (Grant(Role.AUDITOR),), Proof.PASSWORD)
    with pytest.raises(RefusedError, match="may not edit-asset"):
        import_assets(auditor, trail, sheet("id,service\nA-1,None\n"), TODAY)


def test_places_that_no_cell_of_a_workbook_takes_come_back_by_csv(trail, sheet, tmp_path):
    paths = {b"Finance/" + b"%04d" % number + b"n" * 90: b"x" for number in range(1_400)}
    scan(trail.database, {path + b"/a": content for path, content in paths.items()})
    import_assets(OFFICER, trail, sheet(WHOLE), TODAY)
    many = replace(kept(trail)["A-0002"], locations=tuple(Location("memory", path) for path in sorted(paths)))
    with writing(trail.database) as connection:
        write_asset(connection, many)
    with pytest.raises(ConfigurationError, match=r"A-0002: its locations are too long.*\.csv"):
        export_assets(OFFICER, trail.database, tmp_path / "out.xlsx")
    export_assets(OFFICER, trail.database, tmp_path / "out.csv")
    assert import_assets(OFFICER, trail, tmp_path / "out.csv", TODAY) == Imported(0, 0, 0, 2)


def test_a_space_before_a_folders_name_is_part_of_it_where_there_is_one_so(trail, sheet):
    scan(trail.database, {b" Archive/a": b"x", b"Archive/b": b"y"})
    head = "id,locations,title,service\n"
    import_assets(OFFICER, trail, sheet(head + "A-1,memory: Archive,T,Finance\nA-2,memory:Archive,T,Finance\n"), TODAY)
    assert [one.locations[0].path for one in kept(trail).values()] == [b" Archive", b"Archive"]
    import_assets(OFFICER, trail, sheet("id,locations\nA-1,memory: Housing\n"), TODAY)
    assert kept(trail)["A-1"].locations[0].path == b"Housing"


def test_the_pilots_are_named_whose_asset_is_made_of_other_places_now(trail, sheet):
    import_assets(OFFICER, trail, sheet("id,locations,title,service\nA-1,memory:Finance,T,Finance\n"), TODAY)
    with writing(trail.database) as connection:
        write_pilot(connection, Pilot("p", PilotScope(assets=frozenset({"A-1"})), TODAY))
        write_pilot(connection, Pilot("q", PilotScope(services=frozenset({"Finance"})), TODAY))
    assert import_assets(OFFICER, trail, sheet("id,title\nA-1,Another\n"), TODAY).pilots == ()
    assert import_assets(OFFICER, trail, sheet("id,locations\nA-1,memory:Housing\n"), TODAY).pilots == ("p",)
