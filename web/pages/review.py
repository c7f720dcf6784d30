"""The queues of the review: what waits by service, in groups, and item by item."""

from __future__ import annotations

from domain.actor import Verb
from domain.errors import ConfigurationError
from operations.review.grouping import First, GroupBy, Order, Within
from operations.viewing.waiting import (
    GroupsShown,
    QueuesShown,
    WaitingList,
    groups_shown,
    queues_shown,
    sent_shown,
    waiting_shown,
)
from web.answers import Answer, Rows, View
from web.asking import Asked
from web.reviewing import address, desk, own
from web.routes import Room, page

ROOM = Room()
GROUPS = {
    GroupBy.FOLDER: "Folder", GroupBy.CLASS: "Record class", GroupBy.RULE: "Rule", GroupBy.ACTION: "Action",
    GroupBy.FAMILY: "Family of copies",
}  # fmt: skip
ORDERS = {Order.MOST: "Most items", Order.LARGEST: "Largest", Order.EARLIEST: "Due for the longest time"}
FIRST = {First.DUE: "Due for the longest time", First.LARGEST: "Largest"}


@page(ROOM, "GET", "/review", verb=Verb.VIEW_LIST, data=QueuesShown)
def review(asked: Asked) -> Answer:
    """What waits for a verdict in each service, and until when it is to be decided."""
    told = queues_shown(asked.actor, desk(asked))
    rows = [(one.service, one.items, one.bytes, one.odd, str(one.due), str(one.overdue_from), one.mine)
            for one in told.queues]  # fmt: skip
    return View(
        "pages/review/queues.html", "Review", told,
        Rows(("service", "items", "bytes", "odd", "due", "overdue from", "sent to you"), rows),
        {"address": address, "calendar": asked.settings.review.calendar},
    )  # fmt: skip


@page(ROOM, "GET", "/review/groups", verb=Verb.VIEW_LIST, data=GroupsShown)
def review_groups(
    asked: Asked, service: str, by: GroupBy = GroupBy.FOLDER, order: Order = Order.MOST, after: str = ""
) -> Answer:
    """What waits in a service, in groups: by folder, record class, rule, action or family of copies."""
    name = own(asked, service)
    told = groups_shown(asked.actor, desk(asked), name, by, order, after)
    rows = [(one.key, one.title, one.items, one.bytes, one.odd, str(one.due)) for one in told.groups]
    return View(
        "pages/review/groups.html", f"What waits in {told.service}", told,
        Rows((str(by), "title", "items", "bytes", "odd", "due"), rows),
        {"address": address, "groupings": GROUPS, "orders": ORDERS, "after": after}, fragment="list",
    )  # fmt: skip


@page(ROOM, "GET", "/review/items", verb=Verb.VIEW_LIST, data=WaitingList)
def review_items(
    asked: Asked, service: str, by: GroupBy | None = None, key: str = "", first: First = First.DUE, odd: bool = False,
    after: str = "",
) -> Answer:  # fmt: skip
    """What waits in a service, or in one group of it; `odd`: of that only what is to be looked at closely."""
    name = own(asked, service)
    with_key = Within(by, key) if by else None
    told = waiting_shown(asked.actor, desk(asked), name, with_key, after, first=first, odd=odd)
    return _listed(asked, told, "Items that wait", told.service, after)


@page(ROOM, "GET", "/review/sent", verb=Verb.VIEW_LIST, data=WaitingList)
def review_sent(asked: Asked, after: int = 0) -> Answer:
    """What others sent to this account to decide on."""
    if after < 0 or after >= 2**63:
        raise ConfigurationError("after: that is no mark of this list. Begin at its first page.")
    told = sent_shown(asked.actor, desk(asked), after)
    return _listed(asked, told, "Sent to you", "", str(after) if after else "")


def _listed(asked: Asked, told: WaitingList, title: str, service: str, after: str) -> View:
    rows = [
        (one.item.number, one.item.name, one.item.place, one.item.size, str(one.due or ""), one.why,
         "; ".join(one.odd), ", ".join(one.holds), one.assignee)
        for one in told.items
    ]  # fmt: skip
    headings = ("item", "name", "place", "size", "due", "why", "odd", "holds", "sent to")
    here = asked.request.url.path + (f"?{asked.request.url.query}" if asked.request.url.query else "")
    return View(
        "pages/review/items.html", title, told, Rows(headings, rows),
        {"address": address, "groupings": GROUPS, "firsts": FIRST, "service": service, "after": after, "here": here,
         "may_decide": asked.may(Verb.DECIDE)},
        fragment="list",
    )  # fmt: skip
