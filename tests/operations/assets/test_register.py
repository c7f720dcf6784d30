from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from scan_driver import HERE, scan

from domain.account import Account
from domain.actor import Actor, Grant, Proof, Role
from domain.asset import Asset, Lack, Location
from domain.errors import ConfigurationError
from domain.pilot import Pilot, PilotScope
from inventory.accounts import add_account, change_account
from inventory.asset_figures import registered
from inventory.assets import assets, write_asset
from inventory.engine import reading, writing
from inventory.periods import write_pilot
from operations.access import RefusedError
from operations.assets.exchange import import_assets
from operations.assets.register import Bar, confirm, drop, listed, release, withdraw

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
APPROVER = Actor("bob", (Grant(Role.APPROVER, frozenset({"Finance"})),), Proof.PASSWORD)
FILES = {b"Finance/a.txt": b"one", b"Finance/Pay/b.txt": b"NAMED", b"Housing/c.txt": b"three"}
ACCOUNTS = {name: Account(name, f"{name} X", frozenset({Role.APPROVER})) for name in ("amy", "bob", "tess")}
FULL = Asset(
    "A-1", "Finance", "Finance", (Location(HERE.name, b"Finance"),), owner="amy", approver="bob",
    technical_officer="tess", purpose="Paying", lawful_basis="6(1)(e)",
)  # fmt: skip


@pytest.fixture
def trail(trail):
    scan(trail.database, FILES)
    with writing(trail.database) as connection:
        for account in ACCOUNTS.values():
            add_account(connection, account, NOW)
        write_asset(connection, FULL)
    return trail


def bars(trail, folder: bytes) -> tuple[Lack, ...]:
    with reading(trail.database) as connection:
        return Bar(connection).why_not_disposed(HERE.name, folder)


def state(trail, number: str = "A-1") -> str:
    return next(one.state for one in registered(trail.database) if one.asset.id == number)


def say(trail, asset: Asset) -> None:
    with writing(trail.database) as connection:
        write_asset(connection, asset)


def test_only_what_is_confirmed_and_answered_for_may_go(trail):
    assert bars(trail, b"Finance/Pay") == (Lack.UNCONFIRMED,)
    confirm(APPROVER, trail, ["A-1"], TODAY)
    assert bars(trail, b"Finance/Pay") == ()
    assert bars(trail, b"Housing") == bars(trail, b"") == bars(trail, b"FinanceX") == (Lack.NO_ASSET,)
    say(trail, Asset("A-2", "Pay", "Finance", (Location(HERE.name, b"Finance/Pay"),)))
    assert bars(trail, b"Finance") == ()
    assert Lack.NO_OWNER in bars(trail, b"Finance/Pay/deep")


@pytest.mark.parametrize(
    ("said", "lack"),
    [
        ({"owner": ""}, Lack.NO_OWNER), ({"approver": ""}, Lack.NO_APPROVER), ({"owner": "zed"}, Lack.OWNER_UNKNOWN),
        ({"approver": "zed"}, Lack.APPROVER_UNKNOWN), ({"owner": "bob"}, Lack.ONE_PERSON),
        ({"owner": "BOB X"}, Lack.ONE_PERSON), ({"technical_officer": ""}, Lack.NO_OFFICER),
        ({"technical_officer": "zed"}, Lack.OFFICER_UNKNOWN),
    ],
)  # fmt: skip
def test_nothing_is_released_where_somebody_is_missing(trail, said, lack):
    say(trail, replace(FULL, **said))
    confirm(OFFICER, trail, ["A-1"], TODAY)
    with pytest.raises(RefusedError, match=lack.words):
        release(APPROVER, trail, ["A-1"], TODAY)
    assert state(trail) == "draft"
    assert (lack in bars(trail, b"Finance")) == ("technical" not in lack)


def test_a_released_asset_leaves_the_catalogue_with_its_owner(trail):
    confirm(APPROVER, trail, ["A-1"], TODAY)
    release(APPROVER, trail, ["A-1"], TODAY)
    release(APPROVER, trail, ["A-1"], date(2027, 1, 1))
    with reading(trail.database) as connection:
        assert assets(connection)["A-1"].released == TODAY
    assert state(trail) == "released"
    with writing(trail.database) as connection:
        change_account(connection, replace(ACCOUNTS["amy"], disabled=True))
    assert state(trail) == "suspended"
    assert bars(trail, b"Finance") == (Lack.OWNER_GONE,)
    with pytest.raises(RefusedError, match="First: muniment assets withdraw A-1"):
        drop(OFFICER, trail, ["A-1"])
    withdraw(OFFICER, trail, ["A-1"])
    drop(OFFICER, trail, ["A-1"])
    assert registered(trail.database) == ()


def test_what_the_catalogue_says_has_to_be_confirmed_anew_where_it_was_changed_after_the_release(trail, tmp_path):
    confirm(APPROVER, trail, ["A-1"], TODAY)
    release(APPROVER, trail, ["A-1"], TODAY)
    for cell in ("for nobody else", ""):
        (tmp_path / "a.csv").write_text(f"id,forbidden_use\nA-1,{cell}\n")
        import_assets(OFFICER, trail, tmp_path / "a.csv", TODAY)
        assert state(trail) == "suspended"
        assert [one.lacks for one in listed(OFFICER, trail.database)[0]] == [(Lack.CHANGED,)]
        assert bars(trail, b"Finance") == ()
        confirm(APPROVER, trail, ["A-1"], TODAY)
        assert state(trail) == "released"
    (tmp_path / "a.csv").write_text("id,security\nA-1,locked\n")
    import_assets(OFFICER, trail, tmp_path / "a.csv", TODAY)
    assert state(trail) == "released"


def test_what_is_missing_is_ranked_by_risk_and_what_is_of_no_asset_is_in_it(trail):
    every, lacking = listed(OFFICER, trail.database)
    assert [one.asset.id for one in every] == ["A-1"]
    assert [(one.asset, one.service) for one in lacking] == [("A-1", "Finance"), ("", "Housing")]
    assert lacking[0].holding.personal == 1
    assert lacking[1].lacks == (Lack.NO_ASSET,)
    assert [one.asset for one in listed(APPROVER, trail.database, "Finance")[1]] == ["A-1"]
    with pytest.raises(RefusedError):
        listed(APPROVER, trail.database, "Housing")


@pytest.mark.parametrize("act", [confirm, release])
def test_others_services_and_unknown_assets_are_refused(trail, act):
    stranger = Actor("x", (Grant(Role.APPROVER, frozenset({"Housing"})),), Proof.PASSWORD)
    with pytest.raises(RefusedError, match="another's"):
        act(stranger, trail, ["A-1"], TODAY)
    with pytest.raises(ConfigurationError, match="There is no asset A-9"):
        act(OFFICER, trail, ["A-9"], TODAY)


def test_release_needs_ones_own_sign_in(trail):
    confirm(APPROVER, trail, ["A-1"], TODAY)
    with pytest.raises(RefusedError, match="own sign-in"):
        release(replace(APPROVER, proof=Proof.OPERATING_SYSTEM), trail, ["A-1"], TODAY)


def test_what_is_made_of_anothers_folders_is_that_services_concern_too(trail):
    say(trail, replace(FULL, locations=(*FULL.locations, Location(HERE.name, b"Housing"))))
    with pytest.raises(RefusedError, match="another's"):
        confirm(APPROVER, trail, ["A-1"], TODAY)


def test_what_a_pilot_is_measured_in_is_not_dropped(trail):
    with writing(trail.database) as connection:
        write_pilot(connection, Pilot("p", PilotScope(assets=frozenset({"A-1"})), TODAY))
    with pytest.raises(RefusedError, match="First: muniment baseline drop p"):
        drop(OFFICER, trail, ["A-1"])


def test_who_may_not_is_told_of_no_asset(trail):
    auditor = Actor("au", (Grant(Role.AUDITOR),), Proof.PASSWORD)
    with pytest.raises(RefusedError, match="may not confirm-asset"):
        confirm(auditor, trail, ["A-9"], TODAY)
