"""To whom what is not one's own may be sent, and whether it came from there."""

from __future__ import annotations

from domain.account import Account
from domain.actor import Verb
from domain.errors import ConfigurationError
from domain.review import VerdictKind
from inventory.accounts import accounts
from inventory.assets import service_names
from inventory.audit import Transaction
from inventory.reviews import history
from operations.access import RULES
from operations.review.ruling import ACCOUNT, SERVICE


def receiver(transaction: Transaction, target: str, service: str) -> tuple[str, str]:
    """The service in whose queue it is to wait, and the account that it is for, "" for whoever looks first.

    Raises ConfigurationError where nobody there could decide on it.
    """
    known = [one for one in accounts(transaction).values() if not one.disabled]
    if target.startswith(SERVICE):
        name = target.removeprefix(SERVICE)
        if name == service:
            raise ConfigurationError(f"target: it waits in the queue of {name} already. Name another service.")
        if not any(name in one.services and _decides(one, name) for one in known):
            raise ConfigurationError(f"target: nobody reviews for {name!r}. Name a service that has a reviewer.")
        if name not in service_names(transaction):
            raise ConfigurationError(f"target: there are no files of {name!r}, so no queue either. Name another.")
        return name, ""
    name = target.removeprefix(ACCOUNT)
    if not any(one.name == name and _decides(one, service) for one in known):
        raise ConfigurationError(
            f"target: {name!r} cannot decide for {service}. Name an account of {service}, or send it to a service."
        )
    return service, name


def receivers(connection: Transaction, service: str, account: str) -> dict[str, str]:
    """To whom an account of a service can send what is not its own: the target, and who that is in words."""
    known = [one for one in accounts(connection).values() if not one.disabled]
    others = sorted({name for one in known for name in one.services if name != service and _decides(one, name)}
                    & set(service_names(connection)))  # fmt: skip
    colleagues = (one for one in known if one.name != account and service in one.services and _decides(one, service))
    people = {ACCOUNT + one.name: one.person or one.name for one in colleagues}
    return {SERVICE + name: f"The service {name}" for name in others} | people


def came_from(transaction: Transaction, item: int, service: str, assignee: str) -> bool:
    """Whether it was sent away from there before, by that service or that person."""
    sent = [batch for verdict, batch in history(transaction, item) if verdict.kind is VerdictKind.REFER]
    if assignee:
        return any(assignee in (batch.proposer, batch.on_behalf_of) for batch in sent)
    return any(batch.service == service for batch in sent)


def _decides(account: Account, service: str) -> bool:
    rule = RULES[Verb.DECIDE]
    return bool(account.roles & rule.everywhere) or (bool(account.roles & rule.within) and service in account.services)
