"""A mailbox that its server slows down holds up no other, neither in listing nor in reading."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from builders import an_item
from fakes import FarMemory, MakeTools
from graph_servers import CLIENT, MOST_AT_ONCE, SECRET, TENANT, Graph, running_graph

from domain.item import Item, ItemRef
from operations.executor import Task
from operations.executors.carrying import CarryingExecutor
from operations.executors.lanes import Lanes
from operations.executors.serial import SerialExecutor
from scanner.budget import MIB, Budget
from scanner.sources.graph.settings import GraphSettings
from scanner.sources.graph.source import GraphSource
from scanner.sources.mail_policy import MailPolicy

ALICE, BOB, CAROL = (f"{name}@council.example" for name in ("alice", "bob", "carol"))
SLOW = f"/users/{ALICE.split('@')[0]}"


@dataclass
class Wait:
    """Stands for the pause that a server asks for: it lasts until the others are done."""

    over: threading.Event = field(default_factory=threading.Event)
    asked: list[float] = field(default_factory=list)

    def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        if not self.over.wait(60):
            raise AssertionError("the others waited for the mailbox that is slowed down")


@pytest.fixture
def graph() -> Iterator[Graph]:
    with running_graph() as running:
        for mailbox in (ALICE, BOB, CAROL):
            running.add_mailbox(mailbox)
            for number in range(120):
                running.deliver(
                    mailbox, "Inbox", f"Subject: {number}\r\nFrom: x@y\r\nTo: z@y\r\n\r\nhello\r\n".encode()
                )
        yield running
        assert max(running.most_at_once.values()) <= MOST_AT_ONCE


@pytest.fixture
def pause() -> Wait:
    return Wait()


@pytest.fixture
def source(graph, pause) -> Iterator[GraphSource]:
    settings = GraphSettings(
        TENANT, CLIENT, SECRET, mailboxes=(ALICE, BOB, CAROL), connections=3,
        authority=graph.authority, base=graph.base, ca_file=graph.ca_file,
    )  # fmt: skip
    source = GraphSource("m365", settings, MailPolicy(content=True), pause)
    yield source
    source.close()


def test_other_mailboxes_are_listed_while_one_waits(graph, source, pause):
    graph.fail(SLOW, 429, times=1, Retry_After="600")
    listed = []
    for listing in source.list():
        listed += [item.ref.folder.split(b"/")[0].decode() for item in listing.items]
        if len(listed) == 240:
            pause.over.set()
    assert pause.asked == [600.0]
    assert set(listed[:240]) == {BOB, CAROL}
    assert listed[240:] == [ALICE] * 120


def test_other_mailboxes_are_read_while_one_waits_though_it_comes_first(graph, source, pause):
    items = sorted((item for listing in source.list() for item in listing.items), key=lambda item: item.ref.locator)
    graph.fail(SLOW, 429, times=1, Retry_After="600")
    read = []

    def record(item, after, batch):
        assert batch.examinations[0].problem is None
        read.append(item.ref.locator.split(b"/")[0].decode())
        if len(read) == 240:
            pause.over.set()

    tools = replace(MakeTools({})(), sources={})
    CarryingExecutor(SerialExecutor(lambda: tools), {"m365": source}, Budget()).run(map(Task, items), record)
    assert pause.asked == [600.0]
    assert set(read[:240]) == {BOB, CAROL}
    assert read[240:] == [ALICE] * 120


@dataclass(frozen=True)
class ManyMailboxes(FarMemory):
    lanes: int = 4
    connections: int = 8

    def lane(self, item: Item) -> bytes:
        return item.ref.folder


def tasks(*names: str, size: int = 3) -> list[Task]:
    return [Task(an_item(name.encode(), size)) for name in names]


def groups(lanes: Lanes, *, whole: bool = True) -> list[list[str]]:
    found = []
    while group := lanes.take(whole=whole):
        found.append([task.item.ref.path for task in group])
    return found


def test_each_lane_has_its_share_of_the_connections_and_takes_turns():
    lanes = Lanes(ManyMailboxes("memory", {}))
    for task in tasks(*(f"{mailbox}/{number}" for mailbox in "abcd" for number in range(200))):
        lanes.add(task)
    taken = groups(lanes)
    assert [group[0] for group in taken] == ["a/0", "b/0", "c/0", "d/0", "a/50", "b/50", "c/50", "d/50"]
    assert {len(group) for group in taken} == {50}
    lanes.arrived([Task(Item(ItemRef("memory", b"b/0")))])
    assert [group[0] for group in groups(lanes)] == ["b/100"]
    assert lanes.held == 800 - 9 * 50


def test_a_group_that_is_not_whole_waits_until_there_is_nothing_else_and_large_items_go_alone():
    lanes = Lanes(ManyMailboxes("memory", {}))
    for task in (*tasks("a/1", "a/2"), *tasks("b/1", "b/2", size=6 * MIB), *tasks("c/1", size=9 * MIB)):
        lanes.add(task)
    assert groups(lanes) == [["b/1"], ["c/1"]]
    assert groups(lanes, whole=False) == [["a/1", "a/2"], ["b/2"]]


def test_a_source_without_lanes_is_one_and_has_all_its_connections():
    lanes = Lanes(FarMemory("memory", {}, connections=3))
    for task in tasks(*(f"{folder}/{number}" for folder in "ab" for number in range(100))):
        lanes.add(task)
    assert [group[0] for group in groups(lanes)] == ["a/0", "a/50", "b/0"]
