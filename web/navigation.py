"""The links at the head of every page, in their order; each is shown to who has something to do or to see there."""

from __future__ import annotations

from dataclasses import dataclass

from domain.actor import Verb


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    path: str
    verbs: tuple[Verb, ...]
    """Who may do one of these is shown it."""


NAVIGATION: tuple[Link, ...] = (
    Link("Overview", "/", (Verb.VIEW_FIGURES,)),
    Link("Review", "/review", (Verb.VIEW_LIST,)),
    Link("Approvals", "/approvals", (Verb.APPROVE_DISPOSAL, Verb.SECOND_APPROVE_DISPOSAL)),
    Link("Items", "/items", (Verb.VIEW_LIST,)),
    Link("Assets", "/information-assets", (Verb.VIEW_LIST,)),
    Link("Holds", "/holds", (Verb.VIEW_FIGURES,)),
    Link("Schedule", "/schedule", (Verb.VIEW_FIGURES,)),
    Link("Audit", "/audit", (Verb.VIEW_AUDIT,)),
)
