"""The schedule, requests, events and the audit trail in pages."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from builders import SCHEDULE_HEAD
from reviewed_estate import NIGHT, SCHEDULE, an_estate, settings_with_schedule
from sqlalchemy import text
from web_clients import csrf_of, posted

from inventory.audit import entries
from inventory.engine import writing
from inventory.slots import last_requests
from operations.keys import make_key
from operations.schedule.drafts import foresee_draft
from operations.timetable.timetable import work_of

DRAFT = SCHEDULE_HEAD + SCHEDULE.replace('period = "P1Y"', 'period = "P40Y"')
HEAD = "key,reference,event,date,outcome\n"


@pytest.fixture
def settings(tmp_path):
    made = settings_with_schedule(tmp_path)
    make_key(made.inventory.key_file)
    return made


@pytest.fixture
def estate(trail):
    return an_estate(trail)


@pytest.fixture
def rita(estate, signed_in):
    """The records manager."""
    return signed_in("rita.marsh")


@pytest.fixture
def ivan(estate, signed_in):
    """Information Governance."""
    return signed_in("ivan.gale")


def errors(answer) -> str:
    found = re.search(r'govuk-error-summary__list">(.*?)</ul>', answer.text, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found.group(1))).strip() if found else ""


def sent(client, path: str, content: str, name: str, **fields: str):
    return client.post(path, data={"csrf": csrf_of(client), **fields}, files={"file": (name, content.encode())})


def counted(trail, settings, clock) -> None:
    """What the timetable does for a request."""
    foresee_draft(NIGHT, trail, settings, clock().date())


def test_rules_are_read_by_function_with_authority_and_period_in_words(rita):
    page = rita.get("/schedule").text
    assert "1 year after it was last changed" in page
    assert "Planning retention, invented" in page
    assert "PL.01 Planning letters" in page
    told = rita.get("/schedule.json").json()
    assert [one["id"] for each in told["schedule"]["functions"] for one in each["rules"]] == ["PL", "HI"]
    assert told["versions"][0]["version"] == told["schedule"]["version"]
    assert "PL,,,PL.01 Planning letters,1 year" in rita.get("/schedule.csv").text


def test_a_draft_is_told_apart_counted_and_approved_by_two_roles(rita, ivan, trail, settings, clock):
    assert sent(rita, "/schedule/draft", DRAFT, "new.toml").status_code == 303
    page = rita.get("/schedule/draft").text
    assert "Rule <bdi>PL</bdi>" in page
    assert "has to be, before anybody approves" in page
    digest = rita.get("/schedule/draft.json").json()["schedule"]["digest"]
    assert "not counted today" in errors(posted(rita, "/schedule/draft/approval", digest=digest, count="10"))
    counted(trail, settings, clock)
    assert "10 items" in rita.get("/schedule/draft").text
    wrong = posted(rita, "/schedule/draft/approval", digest=digest, count="9")
    assert (wrong.status_code, "10 items would change, not 9" in errors(wrong)) == (409, True)
    assert "in digits" in errors(posted(rita, "/schedule/draft/approval", digest=digest, count="ten"))
    assert posted(rita, "/schedule/draft/approval", digest=digest, count="10").status_code == 303
    assert "Still to approve it: Information Governance" in rita.get("/schedule/draft").text
    assert "took part" in errors(posted(rita, "/schedule/draft/approval", digest=digest, count="10"))
    assert posted(ivan, "/schedule/draft/approval", digest=digest, count="10").status_code == 303
    assert ivan.get("/schedule/draft.json").json()["schedule"]["missing"] == []
    assert rita.get("/schedule/draft/file").text == DRAFT


def test_what_was_counted_yesterday_or_of_another_draft_is_approved_by_nobody(rita, trail, settings, clock):
    sent(rita, "/schedule/draft", DRAFT, "new.toml")
    counted(trail, settings, clock)
    digest = rita.get("/schedule/draft.json").json()["schedule"]["digest"]
    sent(rita, "/schedule/draft", DRAFT + "\n# another\n", "new.toml")
    assert "another draft" in errors(posted(rita, "/schedule/draft/approval", digest=digest, count="10"))
    assert rita.get("/schedule/draft.json").json()["looked"] is None
    assert posted(rita, "/schedule/draft/drop").status_code == 303
    assert rita.get("/schedule/draft/file").status_code == 404


def test_a_file_that_is_no_schedule_is_refused_line_by_line(rita):
    answer = sent(rita, "/schedule/draft", "[schedule]\nid = 3\n", "new.toml")
    assert answer.status_code == 422
    assert "draft.toml" in errors(answer)
    assert "Choose a file" in errors(posted(rita, "/schedule/draft"))


def test_who_approves_no_schedule_sees_the_rules_alone(estate, signed_in):
    rosa = signed_in("rosa.lind")
    assert rosa.get("/schedule").status_code == 200
    assert rosa.get("/schedule/draft").status_code == 403
    assert rosa.get("/events").status_code == 403
    assert 'href="/events"' not in rosa.get("/schedule").text
    assert "Defects" not in rosa.get("/schedule").text


def test_work_is_asked_for_and_not_done_here(rita, trail):
    assert posted(rita, "/requests", work="evaluate").status_code == 303
    assert posted(rita, "/requests", work="evaluate").status_code == 303
    (one,) = last_requests(trail.database, 5)
    assert (one.verb, one.asked_by, one.state) == ("evaluate", "rita.marsh", "waiting")
    assert work_of(one.verb, one.subject) is not None
    assert "Waits for the timetable" in rita.get("/requests").text
    assert "There is no such work" in errors(posted(rita, "/requests", work="burn"))
    assert "There is no such report" in errors(posted(rita, "/requests", work="report", subject="../x"))


@pytest.mark.parametrize(
    ("who", "work"),
    [("rosa.lind", "evaluate"), ("rita.marsh", "scan"), ("sid.rowe", "simulate"), ("rosa.lind", "verify")],
)
def test_nobody_asks_for_what_they_may_not_do(estate, signed_in, trail, who, work):
    assert posted(signed_in(who), "/requests", work=work).status_code == 403
    assert last_requests(trail.database, 5) == ()


def test_a_reviewer_sees_what_they_asked_for_alone(rita, signed_in):
    posted(rita, "/requests", work="evaluate")
    assert signed_in("rosa.lind").get("/requests.json").json() == {"requests": [], "own": True}


def test_a_feed_is_taken_in_whole_or_not_at_all_and_names_nobody(signed_in):
    ivan = signed_in("ivan.gale")
    bad = sent(ivan, "/events", HEAD + "employee_no,00123,left,soon,\n", "hr.csv", source="hr")
    assert bad.status_code == 422
    assert "file.csv:2" in errors(bad)
    assert "00123" not in ivan.get("/events").text
    feed = HEAD + "employee_no,00123,left,2019-03-31,\nemployee_no,00123,date_of_birth,1970-02-03,\n"
    assert "such as hr" in errors(sent(ivan, "/events", feed, "hr.csv"))
    assert sent(ivan, "/events", feed, "hr.csv", source="hr").status_code == 303
    page = ivan.get("/events").text
    assert "Events: 2 new" in page
    assert "31 March 2019" in page
    assert "1970" not in page + ivan.get("/events.json").text + ivan.get("/events.csv").text
    assert sent(ivan, "/events", HEAD + "employee_no,1,left,2019-04-30,\n", "a.csv", source="hr", replace="1")
    assert [one["events"] for one in ivan.get("/events.json").json()["reported"]] == [1]


def test_the_trail_is_narrowed_and_paged(rita, signed_in, trail, monkeypatch):
    posted(rita, "/requests", work="evaluate")
    abel = signed_in("abel.quill")
    told = abel.get("/audit.json?act=work").json()
    assert [one["act"] for one in told["entries"]] == ["work.requested"]
    assert told["health"]["altered"] is None
    assert abel.get("/audit.json?account=nobody.here").json()["entries"] == []
    assert "No entry is like that." in abel.get("/audit?until=2001-01-01").text
    assert abel.get("/audit.json?since=2001-01-01&about=request:1").json()["entries"][0]["subject"] == "request:1"
    assert abel.get("/audit?before=-1").status_code == 200
    assert abel.get("/audit?account=&act=&about=&since=&until=").status_code == 200
    assert "such as 2026-05-31" in errors(abel.get("/audit?since=yesterday"))
    assert abel.get("/audit?since=0001-01-01&until=9999-12-31").status_code == 200
    monkeypatch.setattr("operations.viewing.audit.PAGE", 4)
    first = abel.get("/audit.json").json()
    rest = abel.get(f"/audit.json?before={first['following']}").json()
    numbers = [one["number"] for one in first["entries"] + rest["entries"]]
    assert numbers == list(range(numbers[0], numbers[0] - 8, -1))
    assert signed_in("rosa.lind").get("/audit").status_code == 403


def test_an_entry_that_was_altered_is_said_on_the_page(signed_in, trail, estate):
    with writing(trail.database) as connection:
        for (name,) in connection.execute(
            text("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='audit'")
        ).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE audit SET account = 'another' WHERE number = 3"))
    assert "Entry 3 is not what was written" in signed_in("abel.quill").get("/audit").text
    refused = posted(signed_in("abel.quill"), "/audit/export")
    assert refused.status_code == 422
    assert "Nothing was exported" in refused.text


def test_the_whole_trail_is_exported_sealed(signed_in, trail, estate):
    answer = posted(signed_in("abel.quill"), "/audit/export")
    names = (found := zipfile.ZipFile(io.BytesIO(answer.content))).namelist()
    lines = found.read(names[0]).splitlines()
    assert json.loads(found.read(names[1]))["number"] == len(lines)
    assert [one.act for one in entries(trail.database)][-1] == "audit.exported"
    assert posted(signed_in("rosa.lind"), "/audit/export").status_code == 403
