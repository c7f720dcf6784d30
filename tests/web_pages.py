"""The pages, each in the states that people meet it in: what every page is tried in with a browser.

To add a page, add a line. `who` is a name of `web_clients.PEOPLE` or empty; `prepare` puts the inventory into the state
(it gets the `Trail`); `then` acts on the page after it has loaded, such as sending its form empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import reviewed_estate
from playwright.sync_api import Page
from registered_estate import registers
from viewed_estate import an_estate, begin_scan

from domain.account import Delegation
from domain.actor import Role
from operations.people.accounts import lend
from operations.people.audit import Trail
from operations.review.bulk import draft, drafted, opened, propose


@dataclass(frozen=True, slots=True)
class State:
    path: str
    who: str = "rosa.lind"
    called: str = ""
    status: int = 200
    prepare: Callable[[Trail], None] | None = None
    then: Callable[[Page], None] | None = None

    @property
    def name(self) -> str:
        return f"{self.path} {self.called}".strip()


def _wrong_password(page: Page) -> None:
    page.fill("#name", "rosa.lind")
    page.fill("#password", "not this one at all")
    page.click("main button[type=submit]")


def _estate(trail: Trail) -> None:
    an_estate(trail.database)


def _scanning(trail: Trail) -> None:
    an_estate(trail.database)
    begin_scan(trail.database, datetime.now(UTC))


def _reviewed(trail: Trail) -> None:
    reviewed_estate.an_estate(trail, days_ago=45)
    reviewed_estate.find_in(trail, reviewed_estate.LETTER_1, special="HEALTH", personal=True, risk=70)
    reviewed_estate.hold(trail, "Planning/Letters/2.txt")


def _drafted(trail: Trail) -> None:
    _reviewed(trail)
    desk = reviewed_estate.desk_of_today(trail)
    found = draft(reviewed_estate.ROSA, desk, "Planning", None, reviewed_estate.DISPOSE)
    opened(reviewed_estate.ROSA, desk, found.batch.number, found.sample[0].item, keep=False)


def _opened(trail: Trail) -> None:
    _drafted(trail)
    desk = reviewed_estate.desk_of_today(trail)
    for one in drafted(reviewed_estate.ROSA, desk, 1).sample:
        opened(reviewed_estate.ROSA, desk, 1, one.item, keep=False)


def _proposed(trail: Trail) -> None:
    _opened(trail)
    propose(reviewed_estate.ROSA, reviewed_estate.desk_of_today(trail), 1, 8)
    reviewed_estate.change(trail, b"Planning/Letters/4.txt")


def _lent(trail: Trail) -> None:
    today = datetime.now(UTC).date()
    delegation = Delegation("rosa.lind", "piet.moor", Role.REVIEWER, today, today)
    lend(reviewed_estate.ROSA, trail, delegation, today)


def _send(page: Page) -> None:
    page.click("main form[method=post] button[type=submit]")


def _dispose_without_reason(page: Page) -> None:
    page.check("input[value=dispose]")
    _send(page)


def _keep_without_day(page: Page) -> None:
    page.check("input[value=keep]")
    _send(page)


def _reject_without_why(page: Page) -> None:
    page.check("#answer-reject")
    _send(page)


_REVIEW = (
    State("/review", called="nothing waits"),
    State("/review", called="overdue", prepare=_reviewed),
    State("/review/groups?service=Planning", called="filled", prepare=_reviewed),
    State("/review/groups?service=Planning&by=family", called="empty", prepare=_reviewed),
    State("/review/items?service=Planning", called="filled", prepare=_reviewed),
    State("/review/sent", called="nothing sent"),
    State(f"/review/items/{reviewed_estate.LETTER}", called="odd", prepare=_reviewed),
    State(f"/review/items/{reviewed_estate.LETTER_2}", called="held", prepare=_reviewed,
          then=lambda page: page.click("text=What cannot be decided on it")),
    State(f"/review/items/{reviewed_estate.LETTER}", called="refused", prepare=_reviewed, then=_keep_without_day),
    State(f"/review/items/{reviewed_estate.LETTER}", "sid.rowe", "to read alone", prepare=_reviewed),
    State(f"/review/several?item={reviewed_estate.LETTER}&item={reviewed_estate.LETTER_2}", called="several",
          prepare=_reviewed),
    State("/review/group?service=Planning&by=rule&key=PL", called="refused", prepare=_reviewed,
          then=_dispose_without_reason),
    State("/review/batches/1", called="draft", prepare=_drafted),
    State("/review/batches/1/sample/11", called="sample", prepare=_drafted),
    State("/review/batches/1", called="opened, count wrong", prepare=_opened, then=_send),
    State("/review/batches/1", called="proposed", prepare=_proposed),
    State("/review/batches/1", "vera.holt", "to approve", prepare=_proposed, then=_reject_without_why),
    State("/approvals", called="nothing waits"),
    State("/approvals", "vera.holt", "waiting", prepare=_proposed),
    State("/review/batches", called="filled", prepare=_proposed),
    State("/delegations", called="lent", prepare=_lent),
    State("/delegations", "ivan.gale", "refused", then=_send),
)  # fmt: skip


def _sent_empty(page: Page) -> None:
    page.click("main form[method=post] button[type=submit]")


def _frozen(page: Page) -> None:
    for name, value in {"id": "CLAIM-8", "reason": "Claim 8", "authorised_by": "counsel", "paths": "**",
                        "review_by-day": "1", "review_by-month": "5", "review_by-year": "2099"}.items():  # fmt: skip
        page.fill(f"#{name}", value)
    page.select_option("#kind", "litigation")
    page.click("main button[value=no]")


STATES = (
    *_REVIEW,
    State("/sign-in", ""),
    State("/sign-in", "", "refused", then=_wrong_password),
    State("/accessibility", ""),
    State("/account"),
    State("/account/password"),
    State("/account/password", called="empty", then=lambda page: page.click("main button[type=submit]")),
    State("/", called="nothing held"),
    State("/", "ivan.gale", "filled", prepare=_estate),
    State("/due", "ivan.gale", "filled", prepare=_estate),
    State("/risk", "ivan.gale", "filled", prepare=_estate),
    State("/rot", called="filled", prepare=_estate),
    State("/estate", "ivan.gale", "filled", prepare=_estate),
    State("/coverage?service=Planning", "ivan.gale", "of a service", prepare=_estate),
    State("/trend", "ivan.gale", "filled", prepare=_estate),
    State("/scans", "ivan.gale", "under way", prepare=_scanning),
    State("/items?service=Planning", "ivan.gale", "filled", prepare=_estate, then=lambda page: page.click("summary")),
    State("/items?band=9&service=Planning", called="refused", status=422, prepare=_estate),
    State("/items", called="nothing held"),
    State("/rot/items", called="filled", prepare=_estate),
    State("/items/1", called="filled", prepare=_estate),
    State("/items/4", called="not read", prepare=_estate),
    State("/items/1/preview", called="to ask", prepare=_estate),
    State("/items/1/preview", called="not shown", prepare=_estate, then=_send),
    State("/items/1/history", called="none", prepare=_estate),
    State(f"/items/{reviewed_estate.LETTER}/history", "ivan.gale", "filled", prepare=_proposed),
    State("/holds", "ivan.gale", "none"),
    State("/holds", "ivan.gale", "late", prepare=registers),
    State("/holds/CLAIM-7", "ivan.gale", "filled", prepare=registers),
    State("/holds/new", "ivan.gale", "empty", then=_sent_empty),
    State("/holds/new", "ivan.gale", "looked at", prepare=registers, then=_frozen),
    State("/information-assets", "ivan.gale", "none"),
    State("/information-assets", "ivan.gale", "filled", prepare=registers),
    State("/information-assets/A-1", "vera.holt", "filled", prepare=registers),
    State("/information-assets/A-1/edit", called="filled", prepare=registers),
    State("/information-assets/new", called="empty", then=_sent_empty),
    State("/information-assets/import", called="empty", then=_sent_empty),
    State("/schedule", called="none"),
    State("/schedule/draft", "rita.marsh", "sent", prepare=registers),
    State("/events", "ivan.gale", "none"),
    State("/requests", "ivan.gale", "waiting", prepare=registers),
    State("/audit", "abel.quill", "filled", prepare=registers),
    State("/audit", called="of another role", status=403),
    State("/nowhere", called="not found", status=404),
)
