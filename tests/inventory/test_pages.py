"""Lists of what is held: page by page they are what they are in one piece, in the order that is promised."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.filled_inventory import fill
from domain.access import Breadth
from domain.decision import State
from domain.errors import ConfigurationError, ProblemCode
from domain.estate import RiskBand
from domain.examination import Outcome
from domain.family import Family
from domain.finding import Category
from inventory.held import Held, Narrowing
from inventory.queries import Inventory

LISTS = {
    "all": Narrowing(),
    "a service": Narrowing(service="Service 3"),
    "a service and an outcome": Narrowing(service="Service 3", outcome=Outcome.UNREADABLE),
    "personal": Narrowing(personal=True),
    "personal, of a service": Narrowing(personal=True, service="Service 2"),
    "due": Narrowing(flagged=True),
    "due, of a service": Narrowing(flagged=True, service="Service 2"),
    "a kind": Narrowing(kind="EMAIL_ADDRESS"),
    "a kind, due": Narrowing(kind="EMAIL_ADDRESS", flagged=True),
    "a kind, of a service": Narrowing(kind="EMAIL_ADDRESS", service="Service 2"),
    "problems": Narrowing(with_problem=True),
    "a problem": Narrowing(code=ProblemCode.ENCRYPTED),
    "copies": Narrowing(copies_of=6),
    "left": Narrowing(left=True),
    "waiting": Narrowing(waiting=True),
    "waiting, of a service": Narrowing(waiting=True, service="Service 1"),
    "state": Narrowing(state=State.UNCOMPUTABLE),
    "state, by day": Narrowing(state=State.KEPT),
    "band": Narrowing(band=RiskBand.FROM_20),
    "high": Narrowing(high=True),
    "theme": Narrowing(theme=Category.CONTACT),
    "theme, of a kind, in a service": Narrowing(theme=Category.CONTACT, kind="PERSON", service="Service 2"),
    "family": Narrowing(family=Family.SPREADSHEETS),
    "family and year, of a service": Narrowing(family=Family.OTHER, year=2012, service="Service 1"),
    "breadth": Narrowing(breadth=Breadth.ORGANISATION, personal=True),
}
ORDERS = {
    "a service": lambda one: one.record.ref.folder,
    "a kind, of a service": lambda one: one.record.ref.folder,
    "personal": lambda one: -one.record.assessment.risk,
    "due": lambda one: one.flag.due,
    "problems": lambda one: one.record.problem.code,
    "left": lambda one: one.number,
}


@pytest.fixture
def inventory(database) -> Inventory:
    fill(database, 1_500)
    return Inventory(database)


def pages(inventory: Inventory, narrowing: Narrowing, size: int) -> list[Held]:
    listed, mark = [], None
    while True:
        page = inventory.page(narrowing, mark, size)
        listed += page.held
        if page.following is None:
            return listed
        assert len(page.held) == size
        mark = page.following


def test_pages_follow_each_other_without_gap_or_overlap_in_their_order(inventory):
    folder = next(inventory.held()).record.ref.folder
    owners = Counter(one.owner.account for one in inventory.held(Narrowing(files=True)) if one.owner)
    owned, mine = {"an owner": Narrowing(owner=max(owners, key=owners.get))}, {"a folder": Narrowing(folder=folder)}
    for name, narrowing in (LISTS | owned | mine).items():
        whole = list(inventory.held(narrowing))
        for size in (7, 1_000):
            listed = pages(inventory, narrowing, size)
            assert sorted(one.number for one in listed) == [one.number for one in whole], name
        if order := ORDERS.get(name):
            assert [order(one) for one in listed] == sorted(map(order, listed)), name
        assert whole, f"nothing is shown by {name}"


def test_a_mark_of_no_such_list_is_refused(inventory):
    for narrowing, mark in (
        (Narrowing(), "x"), (Narrowing(), "1.2"), (Narrowing(personal=True), "5"), (Narrowing(flagged=True), "1.2"),
        (Narrowing(service="Service 1"), "999999"), (Narrowing(service="Service 1"), "a"),
        (Narrowing(), "9" * 30), (Narrowing(), "-1"),
    ):  # fmt: skip
        with pytest.raises(ConfigurationError, match="next"):
            inventory.page(narrowing, mark, 5)
