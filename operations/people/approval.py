"""Approving a version of the retention schedule: by two people, each in another role, known by the file's digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from domain.actor import About, Actor, Authority, Role, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.rule import Schedule, Status
from inventory import schedules
from inventory.accounts import accounts
from inventory.engine import Database, reading
from inventory.schedules import Approval
from operations.access import RULES, RefusedError, ask
from operations.people.audit import Trail

APPROVERS = RULES[Verb.APPROVE_SCHEDULE].roles
"""The roles that each have to approve: the records manager's, who keeps the schedule, and Information Governance's."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the version with this digest was found to change on a day, compared with another (None: with none), as who
    approves it was shown. `counts` of items, by effect.
    """

    digest: str
    against: str | None
    day: date
    changed: int
    counts: Mapping[str, int]


def may_approve(actor: Actor, trail: Trail, schedule: Schedule) -> Authority:
    """The authority under which the actor would approve this version, in a role that has not done so yet.

    Nobody approves twice, whatever their roles, nor on behalf of somebody who did. Raises RefusedError, and
    ConfigurationError for what is not ready to be approved.
    """
    if Role.OWNER in actor.roles:
        raise RefusedError(
            'This inventory has no accounts: it is its owner\'s, and status = "approved" in the file is enough. '
            "Approvals begin with accounts: muniment users add NAME --administrator"
        )
    authority = _authority(actor, approvals(trail.database, schedule))
    if schedule.status is not Status.APPROVED:
        raise ConfigurationError(
            f'This schedule is of status "{schedule.status}", and what is approved must be what decides: write '
            'status = "approved" under [schedule], then approve the file as it is then.'
        )
    return authority


def approve(actor: Actor, trail: Trail, schedule: Schedule, foreseen: Foreseen) -> tuple[Role, ...]:
    """Approve this version, having been shown what it changes; return the roles that are still missing.

    Raises what `may_approve` raises, and RefusedError where another version was shown.
    """
    known = approvals(trail.database, schedule)
    authority = may_approve(actor, trail, schedule)
    if foreseen.digest != schedule.digest:
        raise RefusedError("What was shown is what another version would change. Run the same command again.")
    role = authority.grant.role
    approval = Approval(role, actor.account, authority.grant.on_behalf_of, datetime.now(UTC))
    with trail.changing(authority) as change:
        if schedules.approvals(change.transaction, schedule.digest) != known:
            raise RefusedError("Somebody has just approved this version. Run the same command again.")
        schedules.approve(change.transaction, schedule.digest, approval)
        change.note(
            Act.SCHEDULE_APPROVED, f"schedule:{schedule.digest}", version=schedule.version, role=str(role),
            effective_from=str(schedule.effective_from), against=foreseen.against, on=str(foreseen.day),
            changed=foreseen.changed, **foreseen.counts,
        )  # fmt: skip
    return tuple(one for one in missing(known) if one is not role)


def approvals(database: Database, schedule: Schedule) -> tuple[Approval, ...]:
    with reading(database) as connection:
        return schedules.approvals(connection, schedule.digest)


def missing(known: tuple[Approval, ...]) -> tuple[Role, ...]:
    """The roles that have not approved."""
    given = {approval.role for approval in known}
    return tuple(role for role in APPROVERS if role not in given)


def refuse_unapproved(database: Database, schedule: Schedule) -> None:
    """Raises RefusedError where a role has not approved just this version. An inventory without accounts is its
    owner's, and there the status in the file is enough.
    """
    with reading(database) as connection:
        if not accounts(connection):
            return
        open_roles = missing(schedules.approvals(connection, schedule.digest))
    if open_roles:
        raise RefusedError(
            f"Version {schedule.version} of this schedule, as its file is now, is not approved yet by: "
            f"{', '.join(open_roles)}. An account of each of these roles approves it with: "
            "muniment retention approve SCHEDULE"
        )


def _authority(actor: Actor, known: tuple[Approval, ...]) -> Authority:
    """For the role that is still missing, where the actor has several."""
    parties = frozenset[str]().union(*(approval.parties for approval in known))
    still = missing(known)
    if not still:
        raise RefusedError("This version is approved already, by every role that has to.")
    able = tuple(grant for grant in actor.grants if grant.role in still)
    ask(actor, Verb.APPROVE_SCHEDULE, About(parties=parties))
    if not able:
        raise RefusedError(f"Your role has approved this version already. Still missing: {', '.join(still)}.")
    return ask(replace(actor, grants=able), Verb.APPROVE_SCHEDULE, About(parties=parties))
