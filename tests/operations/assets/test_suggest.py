from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import a_schedule
from scan_driver import HERE, scan
from sqlalchemy import insert, update

from domain.actor import Actor, Grant, Proof, Role
from domain.asset import Asset, Location
from inventory.assets import write_asset
from inventory.engine import writing
from inventory.places import service_number
from inventory.tables import DirRow, ItemRow, PrincipalRow
from operations.access import RefusedError
from operations.assets.exchange import import_assets
from operations.assets.register import drop
from operations.assets.sheet import cells_of, write_sheet
from operations.assets.suggest import suggest_assets
from operations.config import default_settings
from operations.configuration.source_settings import MailFileSettings

TODAY = date(2026, 11, 22)
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
FILES = {b"Finance/a.txt": b"one", b"Finance/Pay/b.txt": b"NAMED", b"Shared/One/c.txt": b"x", b"Shared/Two/d.txt": b"y",
         b"Shared/e.txt": b"z", b"f.txt": b"top"}  # fmt: skip
SCHEDULE = a_schedule("""\
[[class]]
id = "FI.01"
title = "Pay"
words = ["pay"]

[[rule]]
id = "FI"
class = "FI.01"
trigger = { date = "modified" }
period = "P10Y"
action = "dispose"
authority = "test"
""")


@pytest.fixture
def trail(trail):
    scan(trail.database, FILES)
    with writing(trail.database) as connection:
        for path, service in ((b"Shared/One", "Adults"), (b"Shared/Two", "Libraries")):
            number = service_number(connection, service)
            connection.execute(update(DirRow).where(DirRow.path == path).values(service_id=number))
    return trail


def suggested(trail, settings=None, schedule=None):
    found = suggest_assets(OFFICER, trail.database, settings or default_settings(), schedule)
    return {one.asset.title: one for one in found}


def test_the_highest_folders_of_one_service_are_suggested_with_reasons(trail):
    with writing(trail.database) as connection:
        said = {"account": "S-1-5-21-1-2", "name": "Cara Holt", "kind": "user", "left": True, "resolved": TODAY}
        owner = connection.execute(insert(PrincipalRow).values(said).returning(PrincipalRow.id)).scalar_one()
        connection.execute(update(ItemRow).values(owner_id=owner))
    found = suggested(trail, schedule=SCHEDULE)
    assert [(title, one.asset.id, one.asset.service) for title, one in found.items()] == [
        ("Finance", "A-0001", "Finance"), ("Shared / One", "A-0002", "Adults"), ("Shared / Two", "A-0003", "Libraries"),
    ]  # fmt: skip
    why = found["Finance"].why
    for part in ("a top folder of memory", "2 files", "class FI.01 in 1 of 1 that tell one", "found: UK_NINO in 1",
                 "most are owned by Cara Holt, who has left"):  # fmt: skip
        assert part in why
    assert found["Shared / One"].why.startswith("the folder of one service in memory")


def test_what_is_of_an_asset_is_suggested_no_more_and_numbers_go_on(trail, tmp_path):
    with writing(trail.database) as connection:
        write_asset(connection, Asset("A-0041", "Finance", "Finance", (Location(HERE.name, b"Finance"),)))
    found = suggested(trail)
    assert [one.asset.id for one in found.values()] == ["A-0042", "A-0043"]
    with writing(trail.database) as connection:
        write_asset(connection, Asset("A-0041", "Pay", "Finance", (Location(HERE.name, b"Finance/Pay"),)))
    assert suggested(trail)["Finance"].holding.files.items == 1
    with writing(trail.database) as connection:
        write_asset(connection, Asset("A-0041", "Finance", "Finance", (Location(HERE.name, b"Finance"),)))
    write_sheet(tmp_path / "a.csv", (cells_of(one.asset, why=one.why, confirm="yes") for one in found.values()))
    assert import_assets(OFFICER, trail, tmp_path / "a.csv", TODAY).confirmed == 2
    assert suggested(trail) == {}


def test_mailboxes_of_people_are_one_asset_and_each_other_one_its_own(trail, tmp_path):
    with writing(trail.database) as connection:
        for name in ("Finance", "Shared"):
            connection.execute(insert(PrincipalRow).values(account=name.lower(), kind="user", resolved=TODAY))
    mail = MailFileSettings(name=HERE.name, kind="mailfile", root=tmp_path)
    found = suggested(trail, default_settings().over([mail]))
    assert list(found) == ["Mailboxes of people of Adults", "Mailboxes of people of Finance"]
    with writing(trail.database) as connection:
        connection.execute(update(PrincipalRow).where(PrincipalRow.account == "shared").values(account="other"))
    assert next(iter(suggested(trail, default_settings().over([mail])))) == "Mailbox Shared"


def test_who_sees_no_lists_is_suggested_nothing(trail):
    with pytest.raises(RefusedError):
        suggest_assets(replace(OFFICER, grants=(Grant(Role.OPERATOR),)), trail.database, default_settings(), None)


def test_an_id_that_was_an_assets_once_is_suggested_no_more(trail):
    with writing(trail.database) as connection:
        write_asset(connection, Asset("A-0041", "Finance", "Finance", (Location(HERE.name, b"Finance"),)))
    drop(OFFICER, trail, ["A-0041"])
    assert suggested(trail)["Finance"].asset.id == "A-0042"


def test_who_is_of_a_service_is_suggested_what_is_its(trail):
    reviewer = Actor("re", (Grant(Role.REVIEWER, frozenset({"Adults"})),), Proof.PASSWORD)
    (one,) = suggest_assets(reviewer, trail.database, default_settings(), None, "Adults")
    assert one.asset.title == "Shared / One"
    with pytest.raises(RefusedError):
        suggest_assets(reviewer, trail.database, default_settings(), None)
