"""Requests to Graph: who is let in, how long is waited, and where the token never goes."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from graph_readings import ALICE, SITE, content_of, files_of, items_of, listing_of, states_of, trouble_of
from graph_servers import MOST_AT_ONCE, SECRET, TENANT, a_credential

from domain.errors import ConfigurationError, ProblemCode
from domain.item import Item, ItemRef
from scanner.sources.graph.client import TRIES
from scanner.sources.graph.settings import GraphSettings
from scanner.sources.unreachable import SourceUnreachableError


@pytest.fixture
def drive(graph) -> str:
    return graph.add_library(SITE)


def test_an_application_is_let_in_by_its_certificate(graph, opened):
    graph.add_mailbox(ALICE)
    graph.deliver(ALICE, "Inbox", b"Subject: hello\r\n\r\n")
    credential, graph.certificate = a_credential()
    assert len(files_of(opened(secret="", certificate=credential, mailboxes=(ALICE,)).list())) == 1


def test_a_certificate_that_is_not_the_applications_is_refused(graph, opened):
    graph.add_mailbox(ALICE)
    _, graph.certificate = a_credential()
    another, _ = a_credential()
    with pytest.raises(SourceUnreachableError, match="secret or certificate"):
        list(opened(secret="", certificate=another, mailboxes=(ALICE,)).list())


@pytest.mark.parametrize("certificate", ["", "-----BEGIN PRIVATE KEY-----\nnot a key\n-----END PRIVATE KEY-----\n"])
def test_a_credential_that_is_not_one_says_so_and_not_what_it_was(opened, certificate):
    source = opened(secret="" if certificate else "wrong-and-secret", certificate=certificate, mailboxes=(ALICE,))
    with pytest.raises(SourceUnreachableError) as caught:
        list(source.list())
    assert "wrong-and-secret" not in str(caught.value)
    assert "not a key" not in str(caught.value)


def test_a_tenant_that_there_is_not_is_unreachable(opened, graph):
    source = opened(authority=f"{graph.authority}/another", mailboxes=(ALICE,))
    with pytest.raises(SourceUnreachableError, match="sign-in"):
        list(source.list())


def test_one_token_serves_many_requests(graph, opened):
    graph.add_mailbox(ALICE)
    list(opened(mailboxes=(ALICE,)).list())
    assert graph.tokens_given == 1


def test_a_token_that_has_expired_is_renewed_once_without_waiting(graph, opened, pauses):
    graph.add_mailbox(ALICE)
    source = opened(mailboxes=(ALICE,))
    list(source.list())
    graph.expire_tokens()
    assert all(listing.complete for listing in source.list())
    assert (graph.tokens_given, pauses) == (2, [])


def test_a_token_that_is_refused_though_it_is_new_is_no_reason_to_ask_for_ever(graph, opened):
    graph.add_mailbox(ALICE)
    graph.fail("/users/", 401, times=1000)
    with pytest.raises(SourceUnreachableError, match="refuses this application"):
        list(opened(mailboxes=(ALICE,)).list())
    assert sum("/users/" in asked for asked in graph.asked) == 2


def test_what_is_throttled_is_asked_again_when_the_server_says(graph, opened, pauses):
    graph.add_mailbox(ALICE)
    graph.deliver(ALICE, "Inbox", b"Subject: hello\r\n\r\n")
    graph.fail("/messages/delta", 429, times=2, Retry_After="17")
    assert len(files_of(opened(mailboxes=(ALICE,)).list())) == 1
    assert pauses == [17.0, 17.0]


@pytest.mark.parametrize(
    ("told", "waited"),
    [
        ({}, [0.5, 1.0]),
        ({"Retry_After": "Wed, 21 Oct 2015 07:28:00 GMT"}, [0.5, 1.0]),
        # By the clock of the server, which may be years behind.
        ({"Retry_After": "Wed, 21 Oct 2015 07:28:40 GMT", "Date": "Wed, 21 Oct 2015 07:28:00 GMT"}, [40.0, 40.0]),
        ({"Retry_After": "soon"}, [0.5, 1.0]),
        ({"Retry_After": "999999"}, [900.0, 900.0]),
    ],
)
def test_without_a_time_to_wait_the_pauses_grow_and_no_server_makes_them_endless(graph, opened, pauses, told, waited):
    graph.add_mailbox(ALICE)
    graph.fail("childFolders", 503, times=2, **told)
    assert all(listing.complete for listing in opened(mailboxes=(ALICE,)).list())
    assert pauses == waited


def test_a_folder_that_stays_throttled_is_unknown_and_the_others_are_listed(graph, opened):
    graph.add_mailbox(ALICE)
    graph.deliver(ALICE, "Inbox", b"Subject: hello\r\n\r\n")
    junk = graph.add_folder(ALICE, "Junk Email")
    graph.fail(f"{junk}/messages", 429, times=1000)
    listings = list(opened(mailboxes=(ALICE,)).list())
    closed = listing_of(listings, f"{ALICE}/Junk Email".encode())
    assert (closed.complete, closed.problem.code, closed.state) == (False, ProblemCode.LOCKED, b"")
    assert len(files_of(listings)) == 1
    assert sum(f"{junk}/messages" in asked for asked in graph.asked) == TRIES


def test_an_answer_that_breaks_off_is_asked_for_again(graph, opened, drive):
    graph.put(drive, "plan.docx", b"plan")
    source = opened(sites=(SITE,))
    graph.fail("root/delta", breaks_off=True)
    [item] = items_of(source.list())
    graph.fail("/download/", breaks_off=True)
    assert content_of(source, item) == b"plan"


@pytest.mark.parametrize("body", [b"", b"not JSON", b"[1]", b'{"value": 3}', b'{"value": [3]}', b"[" * 100_000,
                                  b'{"value": [], "@odata.nextLink": 7}'])  # fmt: skip
def test_an_answer_that_is_not_one_is_a_named_problem(graph, opened, body):
    graph.add_mailbox(ALICE)
    graph.fail("/messages/delta", 200, body=body)
    problems = [listing.problem for listing in opened(mailboxes=(ALICE,)).list() if listing.problem]
    assert [problem.code for problem in problems] == [ProblemCode.CORRUPT]


@pytest.mark.parametrize(
    "link",
    ["https://graph.evil.example/v1.0/x", "https://127.0.0.1:1/v1.0/x", "http://graph/v1.0/x", "//evil.example/v1.0/x",
     "https://user@127.0.0.1/v1.0", "file:///etc/passwd", "https://[", "/beta/users"],
)  # fmt: skip
def test_a_link_to_the_next_page_is_followed_only_where_the_token_belongs(graph, opened, link):
    graph.add_mailbox(ALICE)
    graph.fail("/messages/delta", 200, body=b'{"value": [], "@odata.nextLink": "%s"}' % link.encode())
    problems = [listing.problem for listing in opened(mailboxes=(ALICE,)).list() if listing.problem]
    assert [problem.code for problem in problems] == [ProblemCode.CORRUPT]


def test_pages_that_lead_to_themselves_come_to_an_end(graph, opened):
    graph.add_mailbox(ALICE)
    inbox = graph.mailboxes[ALICE].well_known["inbox"]
    link = f"{graph.base}/users/{ALICE}/mailFolders/{inbox}/messages/delta?$skiptoken=x"
    graph.fail(
        f"{inbox}/messages/delta", 200, body=b'{"value": [], "@odata.nextLink": "%s"}' % link.encode(), times=1000
    )
    assert listing_of(opened(mailboxes=(ALICE,)).list(), f"{ALICE}/Inbox".encode()).problem.code is ProblemCode.CORRUPT


def test_a_download_is_followed_to_another_host_without_the_token(graph, opened, drive):
    graph.put(drive, "plan.docx", b"plan")
    source = opened(sites=(SITE,))
    [item] = items_of(source.list())
    assert content_of(source, item) == b"plan"
    assert any("/download/" in asked for asked in graph.asked)
    assert graph.leaked == []


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("http://127.0.0.1/x", ProblemCode.DENIED),
        ("file:///etc/passwd", ProblemCode.DENIED),
        ("https://127.0.0.1:1/x", ProblemCode.VANISHED),
    ],
)
def test_a_download_is_not_followed_where_others_could_listen(graph, opened, drive, to, code):
    graph.put(drive, "plan.docx", b"plan")
    source = opened(sites=(SITE,))
    [item] = items_of(source.list())
    graph.fail(":/content", 302, times=10, Location=to)
    assert trouble_of(source, item).problem.code is code


def test_redirects_without_end_come_to_an_end(graph, opened, drive):
    graph.put(drive, "plan.docx", b"plan")
    source = opened(sites=(SITE,))
    [item] = items_of(source.list())
    graph.fail(":/content", 302, Location=f"{graph.downloads}/download/x")
    graph.fail("/download/", 302, times=1000, Location=f"{graph.downloads}/download/x")
    assert trouble_of(source, item).problem.code is ProblemCode.CORRUPT


def test_a_mailbox_sees_as_many_requests_at_once_as_it_takes_and_no_more(graph, opened):
    graph.add_mailbox(ALICE)
    for number in range(40):
        graph.deliver(ALICE, "Inbox", b"Subject: %d\r\n\r\n" % number)
    source = opened(mailboxes=(ALICE,), connections=16)
    items = items_of(source.list())
    together = threading.Barrier(MOST_AT_ONCE, timeout=30)
    graph.meeting = lambda _lane: together.wait()
    with ThreadPoolExecutor(16) as threads:
        contents = list(threads.map(lambda item: next(source.fetch([item]))[1], items))
    graph.meeting = lambda _lane: None
    assert sorted(contents) == sorted(b"Subject: %d\r\n\r\n" % number for number in range(40))
    assert graph.most_at_once[f"users/{ALICE}"] == MOST_AT_ONCE


def test_many_mailboxes_are_listed_at_once(graph, opened):
    people = [f"person{number}@council.example" for number in range(6)]
    for person in people:
        graph.add_mailbox(person)
    together = threading.Barrier(len(people), timeout=30)
    waiting = set(people)

    def meet(lane: str) -> None:
        if (person := lane.removeprefix("users/")) in waiting:
            waiting.discard(person)
            together.wait()

    graph.meeting = meet
    listings = list(opened(mailboxes=tuple(people), connections=len(people)).list())
    assert {listing.folder.decode() for listing in listings} >= set(people)


def test_a_server_that_is_away_makes_the_source_unreachable(graph, opened, pauses):
    graph.stop()
    with pytest.raises(SourceUnreachableError, match="does not answer"):
        list(opened(mailboxes=(ALICE,)).list())
    assert len(pauses) == TRIES - 1


def test_a_certificate_of_nobody_known_makes_the_source_unreachable(opened):
    with pytest.raises(SourceUnreachableError, match="certificate is not trusted"):
        list(opened(ca_file=None, mailboxes=(ALICE,)).list())


def test_authorities_that_are_not_there_are_a_matter_of_configuration(opened, tmp_path):
    (tmp_path / "empty.pem").touch()
    for name in ("none.pem", "empty.pem"):
        with pytest.raises(ConfigurationError, match="ca_file"):
            list(opened(ca_file=str(tmp_path / name), mailboxes=(ALICE,)).list())


def test_a_source_goes_on_after_it_was_closed(graph, opened, drive):
    graph.put(drive, "plan.docx", b"plan")
    source = opened(sites=(SITE,))
    [item] = items_of(source.list())
    source.close()
    assert content_of(source, item) == b"plan"


def test_neither_secret_nor_names_are_in_what_it_says(graph, opened, caplog):
    caplog.set_level(logging.DEBUG)
    graph.add_mailbox(ALICE)
    message = graph.deliver(ALICE, "Inbox", b"Subject: hello\r\n\r\n")
    source = opened(mailboxes=(ALICE,))
    listings = list(source.list())
    graph.remove_message(ALICE, message)
    trouble = trouble_of(source, items_of(listings)[0])
    said = caplog.text + repr(source) + str(trouble) + repr(trouble)
    assert SECRET not in said
    assert "Bearer" not in caplog.text
    assert ALICE not in caplog.text + str(trouble)
    assert "Bloggs" not in str(trouble) + caplog.text


@pytest.mark.parametrize(
    "wrong",
    [{}, {"mailboxes": (ALICE,), "certificate": "x"}, {"mailboxes": (ALICE,), "secret": ""}, {"mailboxes": ("alice",)},
     {"mailboxes": ("a/b@c",)}, {"sites": ("a.example/x", "A.example/x/y")}, {"sites": ("a b",)},
     {"mailboxes": (ALICE,), "base": "http://graph.microsoft.com/v1.0"}, {"mailboxes": (ALICE,), "connections": 0},
     {"mailboxes": (ALICE,), "authority": "http://127.0.0.1"}, {"mailboxes": (ALICE,), "tenant": "a/b"}],
)  # fmt: skip
def test_settings_that_cannot_work_are_refused(wrong):
    with pytest.raises(ConfigurationError):
        GraphSettings(**({"tenant": TENANT, "client": "app", "secret": "s"} | wrong))


def test_the_secret_is_not_in_the_settings_as_shown():
    shown = repr(GraphSettings(TENANT, "app", secret="hush", mailboxes=(ALICE,)))
    assert "hush" not in shown


def test_what_lies_nowhere_has_vanished(opened):
    source = opened(mailboxes=(ALICE,))
    for locator in (b"", b"x", b"nobody@council.example/Inbox/x.eml", b"OneDrive/alice@council.example/x"):
        assert trouble_of(source, Item(ItemRef("m365", locator))).problem.code is ProblemCode.VANISHED


def test_a_state_that_somebody_changed_leads_nowhere_else(graph, opened):
    graph.add_mailbox(ALICE)
    source = opened(mailboxes=(ALICE,))
    folder = f"{ALICE}/Inbox".encode()
    listings = list(source.list())
    forged = listing_of(listings, folder).state.replace(graph.base.encode(), b"https://evil.example/v1.0")
    again = list(source.list(lambda where: forged if where == folder else b""))
    assert listing_of(again, folder).problem.code is ProblemCode.CORRUPT
    assert all(listing.complete for listing in source.list(states_of(again)))
