"""Reminders and escalation by a real mail server: who is told what, how often, and that silence decides nothing."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from review_desk import ALEX, DISPOSE, ERIN, KEEP, NIGHT, RUTH, TODAY, A, B, C, D, stamps, waiting_paths
from servers import free_port

from domain.audit import Act
from domain.errors import ConfigurationError, MunimentError
from inventory.audit import latest
from inventory.engine import reading
from inventory.reviews import approved_batches
from operations.access import RefusedError
from operations.config import Settings
from operations.configuration.pack_settings import SmtpSettings
from operations.configuration.review_settings import ReviewSettings, ServiceReview
from operations.review.approving import approve, batch
from operations.review.deciding import decide
from operations.review.reminding import Reminded, remind

HOUSING = ServiceReview(name="Housing", mail_to=("housing@example.org",), escalate_to=("head@example.org",))
OVERDUE, MUCH_LATER = date(2026, 12, 21), date(2027, 1, 21)
"""Three bank holidays lie between them."""


class _Kept:
    """What a server was sent, and what it answers."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's form
        if self.answer.startswith("250"):
            message = email.message_from_bytes(envelope.content)
            self.messages.append((",".join(envelope.rcpt_tos), message.get_payload(decode=True).decode()))
        return self.answer


@pytest.fixture
def mail():
    kept = _Kept()
    server = Controller(kept, "127.0.0.1", free_port(), server_hostname="muniment.test")
    server.start()
    kept.smtp = SmtpSettings(server="127.0.0.1", port=server.port, tls="none", sender="muniment@example.org")
    yield kept
    server.stop()


@pytest.fixture
def desk(desk):
    settings = ReviewSettings(
        service=(HOUSING,),
        siro=("siro@example.org",),
        second=("second@example.org",),
        address="https://muniment.example.org",
    )
    return replace(desk, settings=settings)


def reminded(desk, mail, day: date = TODAY, **settings) -> list[str]:
    """To whom went a mail on that day."""
    mail.messages.clear()
    desk = replace(desk, today=day, settings=desk.settings.model_copy(update=settings))
    remind(NIGHT, desk, Settings(smtp=mail.smtp))
    return [to for to, _ in mail.messages]


def test_reviewers_are_reminded_every_week_and_heads_and_the_siro_when_it_is_late(desk, mail):
    assert reminded(desk, mail) == ["housing@example.org"]
    assert reminded(desk, mail, TODAY + timedelta(days=6)) == []
    assert reminded(desk, mail, TODAY + timedelta(days=7)) == ["housing@example.org"]
    assert reminded(desk, mail, OVERDUE - timedelta(days=1)) == ["housing@example.org"]
    assert reminded(desk, mail, OVERDUE) == ["head@example.org"]
    assert reminded(desk, mail, MUCH_LATER) == ["housing@example.org", "head@example.org", "siro@example.org"]
    assert len(waiting_paths(desk)) == 4
    with reading(desk.trail.database) as connection:
        assert approved_batches(connection) == ()


def test_a_mail_says_how_much_waits_and_names_nobody(desk, mail):
    reminded(desk, mail)
    ((_, text),) = mail.messages
    assert "- Housing: 3 items wait for a verdict, the first since 2026-11-23 (0 working days)." in text
    assert "overdue from 2026-12-21" in text
    assert "but for the bank holidays of England and Wales." in text
    assert "Nothing is disposed of" in text
    assert "https://muniment.example.org" in text
    for word in ("2015", "a.txt", "ruth"):
        assert word not in text
    (entry,) = latest(desk.trail.database, 1)
    assert (entry.act, entry.facts) == (
        Act.REMINDERS_SENT, '{"mails":1,"services":["Housing"],"told":"reviewers"}',
    )  # fmt: skip


def test_who_approves_is_told_of_what_was_proposed(desk, mail):
    decide(RUTH, desk, stamps(desk, A), DISPOSE)
    assert reminded(desk, mail) == ["housing@example.org", "head@example.org"]
    assert "- Housing: 1 proposal waits for an approval, the first since" in mail.messages[1][1]


def test_who_gives_second_approvals_is_told_of_those_that_wait_and_the_siro_when_they_are_late(desk, mail):
    found = decide(ERIN, desk, stamps(desk, D), DISPOSE).batch.number
    assert "second@example.org" not in reminded(desk, mail)
    approve(ALEX, desk, found, batch(ALEX, desk, found)[1])
    decide(RUTH, desk, stamps(desk, A, B, C), KEEP)
    assert reminded(desk, mail) == ["second@example.org"]
    assert "- Education: 1 proposal waits for a second approval, the first since" in mail.messages[0][1]
    later = datetime.now(UTC).date() + timedelta(days=60)
    assert reminded(desk, mail, later) == ["second@example.org", "siro@example.org"]


def test_a_proposal_that_nobody_approves_reaches_the_siro(desk, mail):
    decide(RUTH, desk, stamps(desk, A), DISPOSE)
    decide(RUTH, desk, stamps(desk, B, C), replace(KEEP, until=date(2028, 6, 1)))
    decide(ERIN, desk, stamps(desk, D), KEEP)
    assert reminded(desk, mail) == ["head@example.org"]
    later = datetime.now(UTC).date() + timedelta(days=60)
    assert reminded(desk, mail, later) == ["head@example.org", "siro@example.org"]


def test_a_service_whose_proposals_wait_for_somebody_who_is_not_named_is_said(desk, mail):
    decide(RUTH, desk, stamps(desk, A, B, C), KEEP)
    decide(ERIN, desk, stamps(desk, D), DISPOSE)
    assert remind(NIGHT, desk, Settings(smtp=mail.smtp)) == Reminded(0, ("Education",))


def test_in_a_declared_emergency_nobody_is_told_and_nothing_is_decided(desk, mail):
    assert reminded(desk, mail, MUCH_LATER, suspended=True) == []
    assert len(waiting_paths(desk)) == 4


def test_where_nothing_waits_nobody_is_told(desk, mail):
    decide(RUTH, desk, stamps(desk, A, B, C), KEEP)
    assert reminded(desk, mail) == []
    assert "housing@example.org" in reminded(desk, mail, KEEP.until)


def test_services_in_which_nobody_is_named_are_said(desk, mail):
    assert remind(NIGHT, desk, Settings(smtp=mail.smtp)) == Reminded(1, ("Education",))


def test_what_a_server_did_not_take_is_sent_the_next_time(desk, mail):
    mail.answer = "451 not now"
    with pytest.raises(MunimentError, match="1 of 1 reminder could not be mailed"):
        reminded(desk, mail)
    mail.answer = "250 OK"
    assert reminded(desk, mail) == ["housing@example.org"]


def test_without_a_server_it_is_said_what_is_missing(desk):
    with pytest.raises(ConfigurationError, match=r"write \[smtp\]"):
        remind(NIGHT, desk, Settings())


def test_a_reviewer_sends_no_reminders(desk, mail):
    with pytest.raises(RefusedError):
        remind(RUTH, desk, Settings(smtp=mail.smtp))
