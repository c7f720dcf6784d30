"""Accounts as they are stored. Who may change them is for operations to ask; each change is in their transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from domain.account import Account, Delegation, Identity
from domain.actor import Role
from inventory.engine import InventoryError
from inventory.recording import AnyRow
from inventory.tables import AccountRow, DelegationRow, IdentityRow


@dataclass(frozen=True, slots=True)
class Secret:
    """What an account's password is checked against, and how often it was wrong since it was last right."""

    hash: str | None = field(repr=False)
    temporary: bool
    failures: int
    locked_until: datetime | None


def accounts(connection: Connection) -> dict[str, Account]:
    """Every account, by name in alphabetical order."""
    known: dict[int, list[Identity]] = {}
    for row in connection.execute(select(IdentityRow).with_only_columns(*_IDENTITY)):
        known.setdefault(row.account_id, []).append(Identity(row.kind, row.issuer, row.subject))
    rows = connection.execute(select(*_ACCOUNT).order_by(AccountRow.name))
    return {row.name: _account(row, known.get(row.id, ())) for row in rows}


def account_called(connection: Connection, name: str) -> Account | None:
    return _one(connection, _called(name))


def account_known_by(connection: Connection, identity: Identity) -> Account | None:
    """The account that is bound to it; None where there is none."""
    return _one(connection, AccountRow.id.in_(select(IdentityRow.account_id).where(*_is(identity))))


def add_account(connection: Connection, account: Account, now: datetime) -> None:
    """Raises InventoryError where there is one of that name."""
    if _number(connection, account.name) is not None:
        raise InventoryError(f"There is an account {account.name!r} already. See: muniment users list")
    values = {"name": account.name, "person": account.person, "created": now, **_granted(account)}
    connection.execute(insert(AccountRow).values(values))
    for identity in account.identities:
        bind(connection, account.name, identity)


def change_account(connection: Connection, account: Account) -> None:
    """Give the account of that name these roles and services, and enable or disable it."""
    connection.execute(update(AccountRow).where(_called(account.name)).values(_granted(account)))


def bind(connection: Connection, name: str, identity: Identity) -> None:
    """Raises InventoryError where the identity is another account's."""
    held = connection.execute(select(AccountRow.name).join(IdentityRow).where(*_is(identity))).scalar_one_or_none()
    if held is not None:
        raise InventoryError(f"That user is bound to the account {held!r}. End that first: muniment users unbind")
    values = {"kind": identity.kind, "issuer": identity.issuer, "subject": identity.subject}
    connection.execute(insert(IdentityRow).values(values | {"account_id": _known(connection, name)}))


def unbind(connection: Connection, identity: Identity) -> None:
    connection.execute(delete(IdentityRow).where(*_is(identity)))


def delegations(connection: Connection) -> tuple[Delegation, ...]:
    """Everything that is lent, ended or not begun too, by its last day."""
    names = {row.id: row.name for row in connection.execute(select(AccountRow.id, AccountRow.name))}
    rows = connection.execute(select(*_DELEGATION).order_by(DelegationRow.ends))
    return tuple(
        Delegation(names[row.giver_id], names[row.taker_id], Role(row.role), row.begins, row.ends) for row in rows
    )


def lent_to(connection: Connection, name: str) -> list[tuple[Delegation, Account]]:
    """What is lent to one account, each with the account that it is of."""
    chosen = select(*_DELEGATION).join(AccountRow, AccountRow.id == DelegationRow.taker_id).where(_called(name))
    return [
        (Delegation(giver.name, name, Role(row.role), row.begins, row.ends), giver)
        for row in connection.execute(chosen.order_by(DelegationRow.ends)).all()
        if (giver := _one(connection, AccountRow.id == row.giver_id))
    ]


def lend(connection: Connection, delegation: Delegation) -> None:
    """Write down what is lent; it takes the place of what was lent before of the same role between the two."""
    take_back(connection, delegation.giver, delegation.taker, delegation.role)
    values = _between(connection, delegation.giver, delegation.taker, delegation.role)
    days: dict[str, date] = {"begins": delegation.begins, "ends": delegation.ends}
    connection.execute(insert(DelegationRow).values(values | days))


def take_back(connection: Connection, giver: str, taker: str, role: Role) -> bool:
    """End what was lent; return whether there was anything."""
    values = _between(connection, giver, taker, role)
    return connection.execute(delete(DelegationRow).filter_by(**values)).rowcount > 0


def secret_of(connection: Connection, name: str) -> Secret | None:
    """None where there is no account of that name. Held to the transaction's end, so that no two count as one."""
    chosen = select(AccountRow.password, AccountRow.temporary, AccountRow.failures, AccountRow.locked_until)
    row = connection.execute(chosen.where(_called(name)).with_for_update()).first()
    return row and Secret(row.password, row.temporary, row.failures, row.locked_until)


def set_secret(connection: Connection, name: str, secret: Secret) -> None:
    values = {"password": secret.hash, "temporary": secret.temporary, "failures": secret.failures,
              "locked_until": secret.locked_until}  # fmt: skip
    connection.execute(update(AccountRow).where(_called(name)).values(values))


_ACCOUNT = (AccountRow.id, AccountRow.name, AccountRow.person, AccountRow.roles, AccountRow.services,
            AccountRow.disabled, AccountRow.password.is_not(None).label("has_password"),
            AccountRow.temporary)  # fmt: skip
_IDENTITY = (IdentityRow.kind, IdentityRow.issuer, IdentityRow.subject, IdentityRow.account_id)
_DELEGATION = (DelegationRow.giver_id, DelegationRow.taker_id, DelegationRow.role, DelegationRow.begins,
               DelegationRow.ends)  # fmt: skip


def _one(connection: Connection, where: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(*_ACCOUNT).where(where)).first()
    if row is None:
        return None
    bound = connection.execute(select(*_IDENTITY).where(IdentityRow.account_id == row.id))
    return _account(row, [Identity(one.kind, one.issuer, one.subject) for one in bound])


def _account(row: AnyRow, identities: Iterable[Identity]) -> Account:
    return Account(
        row.name, row.person, frozenset(map(Role, json.loads(row.roles))), frozenset(json.loads(row.services)),
        row.disabled, bool(row.has_password), row.temporary, tuple(identities),
    )  # fmt: skip


def _granted(account: Account) -> dict[str, str | bool]:
    roles, services = json.dumps(sorted(account.roles)), json.dumps(sorted(account.services), ensure_ascii=False)
    return {"roles": roles, "services": services, "disabled": account.disabled}


def _called(name: str) -> ColumnElement[bool]:
    return AccountRow.name == name


def _is(identity: Identity) -> tuple[ColumnElement[bool], ...]:
    return (IdentityRow.kind == identity.kind, IdentityRow.issuer == identity.issuer,
            IdentityRow.subject == identity.subject)  # fmt: skip


def _number(connection: Connection, name: str) -> int | None:
    return connection.execute(select(AccountRow.id).where(_called(name))).scalar_one_or_none()


def _known(connection: Connection, name: str) -> int:
    number = _number(connection, name)
    if number is None:
        raise InventoryError(f"There is no account {name!r}. See: muniment users list")
    return number


def _between(connection: Connection, giver: str, taker: str, role: Role) -> dict[str, int | str]:
    return {"giver_id": _known(connection, giver), "taker_id": _known(connection, taker), "role": str(role)}
