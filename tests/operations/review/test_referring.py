"""Sending on what is not one's own: to whom, and never back without being said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from review_desk import ERIN, ROBIN, RUTH, A, B, evaluated, stamps, waiting_paths

from domain.account import Account
from domain.actor import Role
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.review import ReasonCode, VerdictKind
from inventory.accounts import add_account
from inventory.audit import latest
from inventory.engine import reading, writing
from operations.review.deciding import decide
from operations.review.grouping import items
from operations.review.queue import queues
from operations.review.referring import receivers
from operations.review.ruling import Ruling, StaleError

TO_EDUCATION = Ruling(VerdictKind.REFER, ReasonCode.NOT_OURS, target="service:Education")
TO_ROBIN = replace(TO_EDUCATION, target="account:robin")


def test_what_is_sent_to_another_service_waits_and_is_decided_there(desk):
    decide(RUTH, desk, stamps(desk, A), TO_EDUCATION)
    assert {queue.service: queue.items for actor in (RUTH, ERIN) for queue in queues(actor, desk)} == {
        "Housing": 2, "Education": 2,
    }  # fmt: skip
    with pytest.raises(StaleError, match="waits for no verdict here any more"):
        decide(RUTH, desk, stamps(desk, A), replace(TO_EDUCATION, target="service:Housing"))
    evaluated(desk)
    assert {queue.service: queue.items for queue in queues(ERIN, desk)} == {"Education": 2}


def test_it_goes_back_only_where_that_is_said(desk):
    decide(RUTH, desk, stamps(desk, A), TO_EDUCATION)
    back = replace(TO_EDUCATION, target="service:Housing")
    with pytest.raises(StaleError, match="It came from there"):
        decide(ERIN, desk, stamps(desk, A), back)
    decide(ERIN, desk, stamps(desk, A), replace(back, again=True))
    assert '"again":true' in latest(desk.trail.database, 1)[0].facts
    assert {queue.service: queue.items for queue in queues(RUTH, desk)} == {"Housing": 3}


def test_a_colleague_finds_what_was_sent_to_them(desk):
    decided = decide(RUTH, desk, stamps(desk, A, B), TO_ROBIN)
    assert decided.batch.target == "account:robin"
    assert queues(ROBIN, desk)[0].mine == 2
    assert sorted(one.assignee for one in items(RUTH, desk, "Housing").items) == ["", "robin", "robin"]
    assert len(waiting_paths(desk)) == 4
    with pytest.raises(StaleError, match="It came from there"):
        decide(ROBIN, desk, stamps(desk, A), replace(TO_ROBIN, target="account:ruth"))
    assert latest(desk.trail.database, 1)[0].act == Act.VERDICT_GIVEN


def test_a_service_without_files_is_not_one_that_anything_is_sent_to(desk):
    with writing(desk.trail.database) as connection:
        parks = Account("pat", "", frozenset({Role.REVIEWER}), frozenset({"Parks"}), has_password=True)
        add_account(connection, parks, datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(ConfigurationError, match="no files of 'Parks'"):
        decide(RUTH, desk, stamps(desk, A), replace(TO_EDUCATION, target="service:Parks"))
    with reading(desk.trail.database) as connection:
        assert "service:Parks" not in receivers(connection, "Housing", "ruth")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("service:Housing", "waits in the queue of Housing already"),
        ("service:Parks", "nobody reviews for 'Parks'"),
        ("account:erin", "'erin' cannot decide for Housing"),
        ("account:nobody", "'nobody' cannot decide for Housing"),
    ],
)
def test_it_is_sent_to_nobody_who_could_not_decide(desk, target, said):
    with pytest.raises(ConfigurationError, match=said):
        decide(RUTH, desk, stamps(desk, A), replace(TO_EDUCATION, target=target))
