"""Why somebody may not do something, in words for who looks at a page and knows neither verbs nor commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.actor import Role, Verb
from retention.words import listed

DOING: Mapping[Verb, str] = {
    Verb.SCAN: "have sources scanned", Verb.EXAMINE: "have files examined", Verb.EVALUATE: "have the schedule applied",
    Verb.SAMPLE: "draw samples", Verb.VIEW_FIGURES: "see figures", Verb.VIEW_LIST: "see lists of items",
    Verb.VIEW_CONTENT: "see what is written in items", Verb.SEARCH_PEOPLE: "search for people",
    Verb.EXPORT: "take reports out", Verb.DRAFT_SCHEDULE: "work on drafts of the retention schedule",
    Verb.APPROVE_SCHEDULE: "approve a retention schedule", Verb.ADD_HOLD: "place a hold",
    Verb.RELEASE_HOLD: "release a hold", Verb.IMPORT_EVENTS: "see or send in events of other systems",
    Verb.CLASSIFY: "say what class items are of", Verb.MAP_CLASSES: "say what class folders are of",
    Verb.EDIT_ASSET: "change what is said of an asset", Verb.CONFIRM_ASSET: "confirm an asset",
    Verb.RELEASE_ASSET: "release an asset to the catalogue", Verb.SET_BASELINE: "set a baseline",
    Verb.DECIDE: "decide on items", Verb.PROPOSE_DISPOSAL: "propose a disposal",
    Verb.APPROVE_DISPOSAL: "give the first approval of a disposal",
    Verb.SECOND_APPROVE_DISPOSAL: "give the second approval of a disposal", Verb.RUN_DISPOSAL: "start a disposal",
    Verb.STOP_DISPOSAL: "stop a disposal", Verb.RESTORE: "bring back what was disposed of",
    Verb.PURGE: "delete from quarantine for good", Verb.DELEGATE: "name who stands in for you",
    Verb.ARRANGE_COVER: "arrange who stands in for somebody else", Verb.MANAGE_USERS: "look after accounts",
    Verb.CONFIGURE: "change the configuration", Verb.MAINTAIN: "look after the inventory",
    Verb.RUN_WORKERS: "run workers", Verb.VIEW_AUDIT: "see the audit trail", Verb.VERIFY_AUDIT: "check the audit trail",
    Verb.EXPORT_AUDIT: "take the audit trail out",
}  # fmt: skip

WHO: Mapping[Role, str] = {
    Role.REVIEWER: "reviewers", Role.APPROVER: "approvers", Role.RECORDS_MANAGER: "records managers",
    Role.IG_OFFICER: "Information Governance", Role.SIRO: "the senior information risk owner",
    Role.DPO: "the data protection officer", Role.AUDITOR: "auditors", Role.ADMINISTRATOR: "administrators",
    Role.OPERATOR: "the timetable", Role.OWNER: "its owner",
}  # fmt: skip

TITLES: Mapping[Role, str] = {
    Role.REVIEWER: "Reviewer", Role.APPROVER: "Approver", Role.RECORDS_MANAGER: "Records manager",
    Role.IG_OFFICER: "Information Governance", Role.SIRO: "Senior information risk owner",
    Role.DPO: "Data protection officer", Role.AUDITOR: "Auditor", Role.ADMINISTRATOR: "Administrator",
    Role.OPERATOR: "Timetable", Role.OWNER: "Owner",
}  # fmt: skip


def no_role(verb: Verb, roles: Iterable[Role]) -> str:
    return f"Your role does not let you {DOING[verb]}. It is for {listed([WHO[one] for one in roles])}."


def another_s(verb: Verb) -> str:
    return f"You may {DOING[verb]} for your own services, and this is another's. Ask somebody of that service."


def of_all(verb: Verb) -> str:
    return f"You may {DOING[verb]} for your own services, and this concerns all. Choose one of yours."


def unsigned(verb: Verb, *, temporary: bool) -> str:
    who = "somebody else has set your password. Choose one of your own first" if temporary else "you did not yourself"
    return f"Only somebody who signed in with a password of their own may {DOING[verb]}, and {who}."


def took_part(verb: Verb) -> str:
    return f"You took part in this before, so it is for somebody else to {DOING[verb]}. Ask another who may."
