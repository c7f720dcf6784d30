from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from inventories import an_inventory, an_inventory_at

from domain.account import Account, Delegation, Identity
from domain.actor import Actor, Grant, Proof, Role, Verb
from domain.audit import Act, AuditKey
from domain.errors import ConfigurationError, MunimentError
from inventory.audit import entries, latest
from inventory.engine import InventoryError
from operations.access import RefusedError, allowed
from operations.people import accounts
from operations.people.audit import Trail

TODAY = date(2026, 3, 2)
OWNER = Actor("root", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
ADMIN = Actor("ada", (Grant(Role.ADMINISTRATOR),), Proof.OPERATING_SYSTEM)
IG = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
BO = Actor("bo", (Grant(Role.APPROVER, frozenset({"Housing"})),), Proof.PASSWORD)
A_USER = Identity.of_system_user("host", 1001, "amarsh")


def an_account(name: str, *roles: Role, services=()) -> Account:
    return Account(name, roles=frozenset(roles), services=frozenset(services))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def trail(request, tmp_path):
    at = request.getfixturevalue("postgres_url") if request.param == "postgresql" else f"sqlite:///{tmp_path / 'i.db'}"
    database = an_inventory_at(at)
    yield Trail(database, AuditKey(b"k" * 32))
    database.dispose()


@pytest.fixture
def staffed(trail):
    accounts.add_account(OWNER, trail, an_account("ada", Role.ADMINISTRATOR))
    for account in (
        an_account("bo", Role.APPROVER, services=["Housing"]), an_account("cy", Role.REVIEWER, services=["Planning"]),
        an_account("ig", Role.IG_OFFICER), an_account("op", Role.OPERATOR),
    ):  # fmt: skip
        accounts.add_account(ADMIN, trail, account)
    return trail


def known(trail: Trail) -> dict[str, Account]:
    return {account.name: account for account in accounts.list_accounts(ADMIN, trail)[0]}


def test_the_first_account_is_an_administrators_and_its_owner_makes_no_second(trail):
    with pytest.raises(ConfigurationError, match="--administrator"):
        accounts.add_account(OWNER, trail, an_account("bo", Role.APPROVER))
    accounts.add_account(OWNER, trail, an_account("ada", Role.ADMINISTRATOR))
    with pytest.raises(RefusedError):
        accounts.add_account(OWNER, trail, an_account("eve", Role.ADMINISTRATOR))
    assert set(known(trail)) == {"ada"}


@pytest.mark.parametrize(
    ("account", "said"),
    [
        (an_account("Bo", Role.AUDITOR), "small letters"),
        (an_account("bo", Role.ADMINISTRATOR, Role.APPROVER), "sees no content"),
        (an_account("ada", Role.AUDITOR), "already"),
    ],
)
def test_an_account_that_cannot_be_is_refused(trail, account, said):
    accounts.add_account(OWNER, trail, an_account("ada", Role.ADMINISTRATOR))
    with pytest.raises(MunimentError, match=said):
        accounts.add_account(ADMIN, trail, account)
    assert len(latest(trail.database, 9)) == 1


def test_changes_are_written_down_with_what_was_before(staffed):
    housing = frozenset({"Housing", "Planning"})
    accounts.change_account(ADMIN, staffed, "cy", lambda one: replace(one, services=housing, disabled=True))
    assert known(staffed)["cy"].services == housing
    assert known(staffed)["cy"].disabled
    told = latest(staffed.database, 2)
    assert [entry.act for entry in told] == [Act.USER_SERVICES, Act.USER_DISABLED]
    assert told[0].facts == '{"after":["Housing","Planning"],"before":["Planning"]}'
    assert (told[0].account, told[0].role, told[0].subject) == ("ada", "administrator", "user:cy")


def test_nobody_changes_their_own_roles_and_one_administrator_is_left(staffed):
    with pytest.raises(RefusedError, match="their own"):
        accounts.change_account(ADMIN, staffed, "ada", lambda one: replace(one, roles=frozenset({Role.IG_OFFICER})))
    accounts.add_account(ADMIN, staffed, an_account("al", Role.ADMINISTRATOR))
    other = replace(ADMIN, account="al")
    accounts.change_account(other, staffed, "ada", lambda one: replace(one, disabled=True))
    # As if both had been at it at the same time.
    with pytest.raises(RefusedError, match="No administrator would be left"):
        accounts.change_account(ADMIN, staffed, "al", lambda one: replace(one, disabled=True))
    assert not known(staffed)["al"].disabled


def test_a_user_of_a_machine_acts_as_one_account_alone(staffed):
    accounts.bind(ADMIN, staffed, "bo", A_USER)
    with pytest.raises(InventoryError, match="bound to the account 'bo'"):
        accounts.bind(ADMIN, staffed, "cy", A_USER)
    with pytest.raises(ConfigurationError):
        accounts.unbind(ADMIN, staffed, "cy", A_USER)
    accounts.unbind(ADMIN, staffed, "bo", A_USER)
    accounts.bind(ADMIN, staffed, "cy", A_USER)
    assert known(staffed)["cy"].identities == (A_USER,)


def test_what_is_lent_is_listed_and_ends_when_it_is_taken_back(staffed):
    lent = Delegation("bo", "cy", Role.APPROVER, TODAY, TODAY + timedelta(7))
    accounts.lend(BO, staffed, lent, TODAY)
    longer = replace(lent, ends=TODAY + timedelta(14))
    accounts.lend(BO, staffed, longer, TODAY)
    assert accounts.list_accounts(ADMIN, staffed)[1] == (longer,)
    accounts.take_back(IG, staffed, longer)
    assert accounts.list_accounts(ADMIN, staffed)[1] == ()
    with pytest.raises(ConfigurationError):
        accounts.take_back(IG, staffed, longer)
    acts = [entry.act for entry in latest(staffed.database, 3)]
    assert acts == [Act.ROLE_LENT, Act.ROLE_LENT, Act.ROLE_TAKEN_BACK]


@pytest.mark.parametrize(
    ("actor", "change"),
    [
        (BO, {"ends": TODAY + timedelta(92)}),
        (BO, {"begins": TODAY + timedelta(9)}),
        (BO, {"begins": TODAY - timedelta(9), "ends": TODAY - timedelta(1)}),
        (BO, {"taker": "bo"}),
        (BO, {"taker": "nobody"}),
        (BO, {"taker": "ada"}),
        (BO, {"taker": "op"}),
        (BO, {"role": Role.REVIEWER}),
        # What cy was lent itself cannot be lent on: it is not cy's own role.
        (replace(BO, account="cy", grants=(Grant(Role.APPROVER, frozenset(), "bo"),)), {"giver": "cy", "taker": "ig"}),
        (replace(IG, account="cy"), {}),
        (ADMIN, {}),
        (ADMIN, {"giver": "ada", "role": Role.ADMINISTRATOR}),
    ],
)
def test_what_cannot_be_lent_is_refused(staffed, actor, change):
    lent = replace(Delegation("bo", "cy", Role.APPROVER, TODAY, TODAY + timedelta(7)), **change)
    before = len(list(entries(staffed.database)))
    with pytest.raises(MunimentError):
        accounts.lend(actor, staffed, lent, TODAY)
    assert len(list(entries(staffed.database))) == before


@pytest.mark.parametrize(
    "act",
    [
        partial(accounts.add_account, account=an_account("eve", Role.AUDITOR)),
        partial(accounts.change_account, name="cy", change_of=lambda one: one),
        partial(accounts.bind, name="cy", identity=A_USER),
        partial(accounts.unbind, name="cy", identity=A_USER),
        partial(accounts.set_password, name="cy", password="correct horse battery"),
        partial(accounts.unlock, name="cy"),
        accounts.list_accounts,
    ],
)
@pytest.mark.parametrize("role", [role for role in Role if not allowed(Actor("x", (Grant(role),), Proof.PASSWORD),
                                                                      Verb.MANAGE_USERS)])  # fmt: skip
def test_accounts_are_kept_by_administrators_alone(tmp_path, act, role):
    database = an_inventory(tmp_path / "i.db")
    actor, trail = Actor("x", (Grant(role),), Proof.PASSWORD), Trail(database, AuditKey(b"k" * 32))
    if act is accounts.list_accounts and allowed(actor, Verb.VIEW_AUDIT):
        assert act(actor, trail) == ((), ())
    else:
        with pytest.raises(RefusedError, match="manage-users"):
            act(actor, trail)
    assert latest(database, 1) == ()
    database.dispose()
