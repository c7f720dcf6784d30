from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from domain.account import Account, Delegation
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.accounts import Secret, secret_of
from inventory.audit import latest
from inventory.engine import reading
from operations.access import RefusedError
from operations.config import InventorySettings, Settings
from operations.people import accounts, passwords, sign_in
from operations.people.audit import Trail
from operations.people.sign_in import ExpiredError, SystemUser, actor_at_terminal, renew_password

FIRST, OWN = "correct horse battery", "another staple altogether"
OWNER = Actor("root", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
ADMIN = Actor("ada", (Grant(Role.ADMINISTRATOR),), Proof.OPERATING_SYSTEM)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    """Hashing is slow on purpose."""
    monkeypatch.setattr(passwords, "_HASHER", passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(inventory=InventorySettings(url=f"sqlite:///{tmp_path / 'i.db'}", key_file=tmp_path / "k"))


@pytest.fixture
def staffed(trail):
    accounts.add_account(OWNER, trail, Account("ada", roles=frozenset({Role.ADMINISTRATOR})))
    manager = Account("rm", roles=frozenset({Role.RECORDS_MANAGER}), identities=(SystemUser(1001, "rm1").identity,))
    accounts.add_account(ADMIN, trail, manager, FIRST)
    return trail


class Counting:
    """In place of a hasher: how many are at it at once."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.lock, self.four = threading.Lock(), threading.Barrier(4)

    def verify(self, *_: str) -> bool:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.four.wait(60)
        with self.lock:
            self.now -= 1
        return True


def test_few_passwords_are_hashed_at_once(monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", hasher := Counting())
    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(lambda _: passwords.matches(passwords.NOBODY, "x"), range(12)))
    assert hasher.most == 4


def acts(trail: Trail) -> list[str]:
    return [entry.act for entry in latest(trail.database, 99)]


def test_before_there_are_accounts_the_inventory_is_its_owners(settings, trail, tmp_path):
    own = SystemUser((tmp_path / "i.db").stat().st_uid, "somebody")
    assert actor_at_terminal(settings, trail.database, own) == Actor(
        "somebody", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM
    )
    with pytest.raises(RefusedError, match="users add NAME --administrator"):
        actor_at_terminal(settings, trail.database, SystemUser(54321, "other"))


def test_from_the_first_account_on_only_who_is_bound_acts(settings, staffed):
    actor = actor_at_terminal(settings, staffed.database, SystemUser(1001, "rm1"))
    assert (actor.account, actor.roles, actor.proof) == ("rm", (Role.RECORDS_MANAGER,), Proof.OPERATING_SYSTEM)
    # The number alone is not enough: it is given again when its user is gone.
    for user in (SystemUser(1001, "new"), SystemUser(1002, "rm1"), SystemUser(0, "root")):
        with pytest.raises(RefusedError, match=f"users bind NAME --login {user.login}"):
            actor_at_terminal(settings, staffed.database, user)
    accounts.change_account(ADMIN, staffed, "rm", lambda one: Account("rm", roles=one.roles, disabled=True))
    with pytest.raises(RefusedError):
        actor_at_terminal(settings, staffed.database, SystemUser(1001, "rm1"))


def test_a_password_that_another_has_set_is_known_as_such_until_its_person_renews_it(staffed):
    assert sign_in.sign_in(staffed, "rm", FIRST, "web").proof is Proof.TEMPORARY
    with pytest.raises(ConfigurationError, match="already"):
        renew_password(staffed, "rm", FIRST, FIRST)
    renew_password(staffed, "rm", FIRST, OWN)
    actor = sign_in.sign_in(staffed, "rm", OWN, "web")
    assert (actor.account, actor.proof, actor.door) == ("rm", Proof.PASSWORD, "web")
    with pytest.raises(RefusedError):
        sign_in.sign_in(staffed, "rm", FIRST, "web")
    accounts.set_password(ADMIN, staffed, "rm", FIRST)
    assert sign_in.sign_in(staffed, "rm", FIRST, "web").proof is Proof.TEMPORARY
    assert Act.USER_PASSWORD in acts(staffed)


def test_a_password_that_another_has_set_opens_nothing_after_a_week(staffed, monkeypatch):
    last_moment = datetime.now(UTC) + passwords.TEMPORARY_FOR - timedelta(minutes=1)
    monkeypatch.setattr(sign_in, "datetime", Clock(last_moment))
    assert sign_in.sign_in(staffed, "rm", FIRST, "web").proof is Proof.TEMPORARY
    monkeypatch.setattr(sign_in, "datetime", Clock(last_moment + timedelta(minutes=2)))
    with pytest.raises(ExpiredError):
        sign_in.sign_in(staffed, "rm", FIRST, "web")
    with pytest.raises(ExpiredError):
        renew_password(staffed, "rm", FIRST, OWN)


def test_who_has_the_right_first_password_is_told_that_it_is_too_old_however_often_and_nobody_else(
    staffed, monkeypatch
):  # fmt: skip
    monkeypatch.setattr(sign_in, "datetime", Clock(datetime.now(UTC) + passwords.TEMPORARY_FOR))
    for _ in range(6):
        with pytest.raises(ExpiredError, match=r"not renewed within a week.*users password NAME"):
            sign_in.sign_in(staffed, "rm", FIRST, "web")
    last = latest(staffed.database, 1)[0]
    assert (last.act, last.subject, last.proof, last.facts) == (
        Act.SIGN_IN_REFUSED, "user:rm", "", '{"expired":true}'
    )  # fmt: skip
    assert acts(staffed)[-7:] == [Act.USER_ADDED, *[Act.SIGN_IN_REFUSED] * 6]
    with pytest.raises(RefusedError) as refusal:
        sign_in.sign_in(staffed, "rm", OWN, "web")
    assert "week" not in str(refusal.value)


@dataclass(frozen=True)
class Clock:
    """In place of `datetime`, whose present it is."""

    present: datetime

    def now(self, _: object) -> datetime:
        return self.present


def test_every_wrong_password_of_an_account_is_in_the_trail_and_nothing_else_that_was_typed(staffed):
    for name in ("rm", "rm", "nobody", "another staple"):
        with pytest.raises(RefusedError):
            sign_in.sign_in(staffed, name, OWN, "web")
    refused = [entry for entry in latest(staffed.database, 10) if entry.act == Act.SIGN_IN_REFUSED]
    assert [(entry.subject, entry.door) for entry in refused] == [("user:rm", "web")] * 2


def test_a_password_that_a_list_of_broken_ones_holds_is_let_nobody_have(staffed, tmp_path):
    listed = tmp_path / "broken.txt"
    listed.write_text(f"qwertyuiop\n{OWN.upper()}\n")
    account = Account("new", roles=frozenset({Role.AUDITOR}))
    for refused in (
        lambda: renew_password(staffed, "rm", FIRST, OWN, broken=listed),
        lambda: accounts.set_password(ADMIN, staffed, "rm", OWN, listed),
        lambda: accounts.add_account(ADMIN, staffed, account, OWN, listed),
    ):
        with pytest.raises(ConfigurationError, match="list of broken ones"):
            refused()
    assert sign_in.sign_in(staffed, "rm", FIRST, "web")


def test_no_list_is_asked_for_an_account_without_a_password(staffed, tmp_path):
    listed = tmp_path / "broken.txt"
    listed.write_text("qwertyuiop\n\n")
    for number, broken in enumerate((listed, tmp_path / "gone.txt")):
        accounts.add_account(ADMIN, staffed, Account(f"sso{number}", roles=frozenset({Role.AUDITOR})), broken=broken)
    assert acts(staffed)[-2:] == [Act.USER_ADDED] * 2


def test_nothing_tells_why_somebody_is_not_let_in(staffed):
    accounts.add_account(ADMIN, staffed, Account("gone", roles=frozenset({Role.AUDITOR}), disabled=True), FIRST)
    said = set()
    for name, password in (("rm", OWN), ("nobody", OWN), ("ada", OWN), ("gone", FIRST), ("rm", "")):
        with pytest.raises(RefusedError) as refusal:
            sign_in.sign_in(staffed, name, password, "web")
        said.add(str(refusal.value))
    assert len(said) == 1


def test_the_fifth_wrong_password_locks_even_the_right_one_out(staffed):
    for _ in range(5):
        with pytest.raises(RefusedError):
            sign_in.sign_in(staffed, "rm", OWN, "web")
    with pytest.raises(RefusedError):
        sign_in.sign_in(staffed, "rm", FIRST, "web")
    assert acts(staffed).count(Act.USER_LOCKED) == 1
    accounts.unlock(ADMIN, staffed, "rm")
    assert sign_in.sign_in(staffed, "rm", FIRST, "web").account == "rm"
    assert acts(staffed)[-2:] == [Act.USER_UNLOCKED, Act.SIGNED_IN]


def test_the_right_password_makes_wrong_ones_forgotten(staffed):
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(RefusedError):
                sign_in.sign_in(staffed, "rm", OWN, "web")
        sign_in.sign_in(staffed, "rm", FIRST, "web")
    assert Act.USER_LOCKED not in acts(staffed)


def test_locks_grow_up_to_a_day():
    secret, locks = Secret("hash", temporary=False, failures=0, locked_until=None), []
    for _ in range(14):
        secret = passwords.tried(secret, NOON)
        locks.append(secret.locked_until and secret.locked_until - NOON)
    minutes = timedelta(minutes=1)
    assert locks[:7] == [None, None, None, None, 15 * minutes, 30 * minutes, 60 * minutes]
    assert locks[-1] == timedelta(days=1)
    assert passwords.forgiven(secret).locked_until is None


def test_what_was_hashed_otherwise_is_hashed_anew_at_the_next_sign_in(staffed, monkeypatch):
    def kept_after_sign_in() -> str:
        sign_in.sign_in(staffed, "rm", FIRST, "web")
        with reading(staffed.database) as connection:
            return secret_of(connection, "rm").hash

    first = kept_after_sign_in()
    monkeypatch.setattr(passwords, "_HASHER", passwords.PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    anew = kept_after_sign_in()
    assert anew != first
    assert kept_after_sign_in() == anew


def test_who_stands_in_acts_in_both_roles(settings, staffed):
    bo = Account("bo", roles=frozenset({Role.APPROVER}), services=frozenset({"Housing"}))
    accounts.add_account(ADMIN, staffed, bo)
    giver = Actor("bo", (Grant(Role.APPROVER, bo.services),), Proof.PASSWORD)
    today = datetime.now(UTC).date()
    lent = Delegation("bo", "rm", Role.APPROVER, today - timedelta(1), today + timedelta(1))
    accounts.lend(giver, staffed, lent, today)
    actor = actor_at_terminal(settings, staffed.database, SystemUser(1001, "rm1"))
    assert actor.grants == (Grant(Role.RECORDS_MANAGER), Grant(Role.APPROVER, bo.services, "bo"))


@pytest.mark.parametrize("password", ["short", "x" * 513, "aaaaaaaaaaaaaaaa", "amy.marsh-and-more", "AMY.MARSH and so"])
def test_a_password_that_is_guessed_is_refused(password):
    with pytest.raises(ConfigurationError, match="random words"):
        passwords.hashed(password, "amy.marsh@council.example")


def test_a_password_is_kept_as_argon2id_and_shown_nowhere(staffed, monkeypatch, tmp_path):
    monkeypatch.undo()
    kept = passwords.hashed(FIRST, "rm")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    secret = Secret(kept, temporary=False, failures=0, locked_until=None)
    assert passwords.matches(secret, FIRST)
    assert not passwords.matches(secret, OWN)
    assert not passwords.matches(passwords.NOBODY, "")
    assert "argon2" not in repr(secret)
    assert FIRST.encode() not in (tmp_path / "i.db").read_bytes()
