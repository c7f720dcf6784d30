"""Who acts, in which role, how they showed who they are, and what there is to be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an account is for. The first two see the services that they belong to and no others."""

    REVIEWER = "reviewer"
    APPROVER = "approver"
    RECORDS_MANAGER = "records-manager"
    IG_OFFICER = "ig-officer"
    SIRO = "siro"
    DPO = "dpo"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"
    OWNER = "owner"
    """Given to no account: who owns an inventory that has no accounts yet."""


ROLES: Mapping[Role, str] = {
    Role.REVIEWER: "knows the records of a service (technical officer): decides on them, proposes disposal",
    Role.APPROVER: "answers for a service's records (senior officer): approves what another has proposed",
    Role.RECORDS_MANAGER: "keeps the retention schedule, gives the second approval, runs disposal",
    Role.IG_OFFICER: "Information Governance: scans, holds, searches for people, arranges cover, as the last",
    Role.SIRO: "the senior information risk owner, who reads",
    Role.DPO: "the data protection officer, who reads, content too",
    Role.AUDITOR: "reads, and verifies the audit trail",
    Role.ADMINISTRATOR: "keeps accounts, configuration and machines, and sees no content",
    Role.OPERATOR: "the account of the timetable and of worker hosts: no person",
}
"""The roles that accounts may have, and what they are for."""

TECHNICAL = frozenset({Role.ADMINISTRATOR, Role.OPERATOR})
"""Who has one of these has none of the others, nor can stand in for anybody: they run what others decide."""


class Verb(StrEnum):
    """Everything that can be done with an inventory and that not everybody may do."""

    SCAN = "scan"
    EXAMINE = "examine"
    EVALUATE = "evaluate"
    SAMPLE = "sample"
    VIEW_FIGURES = "view-figures"
    VIEW_LIST = "view-list"
    VIEW_CONTENT = "view-content"
    SEARCH_PEOPLE = "search-people"
    EXPORT = "export"
    DRAFT_SCHEDULE = "draft-schedule"
    APPROVE_SCHEDULE = "approve-schedule"
    ADD_HOLD = "add-hold"
    RELEASE_HOLD = "release-hold"
    IMPORT_EVENTS = "import-events"
    CLASSIFY = "classify"
    MAP_CLASSES = "map-classes"
    EDIT_ASSET = "edit-asset"
    CONFIRM_ASSET = "confirm-asset"
    RELEASE_ASSET = "release-asset"
    SET_BASELINE = "set-baseline"
    DECIDE = "decide"
    PROPOSE_DISPOSAL = "propose-disposal"
    APPROVE_DISPOSAL = "approve-disposal"
    SECOND_APPROVE_DISPOSAL = "second-approve-disposal"
    RUN_DISPOSAL = "run-disposal"
    STOP_DISPOSAL = "stop-disposal"
    RESTORE = "restore"
    PURGE = "purge"
    DELEGATE = "delegate"
    ARRANGE_COVER = "arrange-cover"
    MANAGE_USERS = "manage-users"
    CONFIGURE = "configure"
    MAINTAIN = "maintain"
    RUN_WORKERS = "run-workers"
    VIEW_AUDIT = "view-audit"
    VERIFY_AUDIT = "verify-audit"
    EXPORT_AUDIT = "export-audit"


class Proof(StrEnum):
    """How an actor showed who they are. `TEMPORARY` is a password that somebody else has set."""

    OPERATING_SYSTEM = "operating-system"
    TEMPORARY = "temporary-password"
    PASSWORD = "password"  # noqa: S105  the word, and none of them
    OIDC = "oidc"


OWN_SIGN_IN = frozenset({Proof.PASSWORD, Proof.OIDC})
"""Proofs that nobody but the person can give: who administers the machine can be any of its users."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that an actor has, in their own right or `on_behalf_of` another account, and the services it is for."""

    role: Role
    services: frozenset[str] = frozenset()
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who answers for what is done: an account, what it was granted today, and how it showed itself at which door."""

    account: str
    grants: tuple[Grant, ...]
    proof: Proof
    door: str = "terminal"

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(dict.fromkeys(grant.role for grant in self.grants))


@dataclass(frozen=True, slots=True)
class About:
    """What an action concerns: `services` alone, or with None the whole inventory; and who took part in it so far.

    `parties` are accounts: who proposed, who approved, and on whose behalf (`Authority.parties`).
    """

    services: frozenset[str] | None = None
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Authority:
    """That an actor may do something, and under which grant. Only `operations.access.ask` makes one."""

    actor: Actor
    verb: Verb
    grant: Grant

    @property
    def parties(self) -> frozenset[str]:
        """Who takes part by this: the actor, and the one on whose behalf."""
        return frozenset({self.actor.account, self.grant.on_behalf_of} - {""})
