"""A feed is taken in whole or not at all, in whatever encoding it comes; what it reports starts periods."""

from __future__ import annotations

from datetime import date

import pytest
from builders import a_schedule, a_zip
from scan_driver import a_recorder
from scan_driver import scan as scan_with
from sqlalchemy import update

from domain.actor import Actor, Grant, Proof, Role
from domain.decision import State
from domain.errors import ConfigurationError, MunimentError
from domain.event import Reference
from inventory.audit import latest
from inventory.engine import writing
from inventory.tables import FindingRow
from operations.access import RefusedError
from operations.config import InventorySettings, Settings
from operations.keys import load_key, make_key
from operations.schedule.evaluate import evaluate, weigh
from operations.schedule.events import event_register, import_feed, reported, reported_of, suggested_birth, unheard

TODAY = date(2026, 11, 22)
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
HEAD = "key,reference,event,date,outcome\n"
SCHEDULE = a_schedule("""\
[[rule]]
id = "R"
scope = { paths = ["**"] }
trigger = { event = "employment_end", key = "employee_no" }
period = "P6Y"
action = "dispose"
authority = "test"

[[key]]
name = "employee_no"
pattern = 'EMP-?([0-9]{5})'
""")
FILES = {b"HR/EMP00123/a.txt": b"one", b"HR/EMP-00124 contract.txt": b"two", b"HR/none.txt": b"three"}


@pytest.fixture
def settings(tmp_path) -> Settings:
    make_key(tmp_path / "muniment.key")
    return Settings(inventory=InventorySettings(key_file=tmp_path / "muniment.key"))


def scan(trail, settings, files) -> None:
    recorder = a_recorder(trail.database, key=load_key(settings.inventory.key_file).id)
    scan_with(trail.database, files, recorder=recorder)


@pytest.fixture
def taken_in(trail, settings, tmp_path):
    def take_in(text: str, encoding: str = "utf-8", *, replaces: bool = False, actor: Actor = OFFICER):
        feed = tmp_path / "hr.csv"
        feed.write_bytes((HEAD + text).encode(encoding))
        return import_feed(actor, trail, settings, feed, "hr", TODAY, replaces=replaces)[0]

    return take_in


def test_an_event_starts_the_period_of_what_carries_its_reference_in_path_or_name(trail, settings, taken_in):
    scan(trail, settings, FILES)
    taken_in("employee_no,00123,employment_end,2019-03-31,\nemployee_no,00124,employment_end,2026-03-31,\n")
    events = event_register(settings, trail.database)
    states = evaluate(OFFICER, trail, SCHEDULE, TODAY, (), events).states
    assert states == {"due": 1, "kept": 1, "uncomputable": 1}
    (weighing,) = weigh(trail.database, SCHEDULE, b"HR/EMP00123/a.txt", TODAY, (), events)
    assert weighing.decision.due == date(2025, 3, 31)


def test_without_its_event_an_item_cannot_be_computed(trail, settings):
    scan(trail, settings, FILES)
    assert evaluate(OFFICER, trail, SCHEDULE, TODAY, (), event_register(settings, trail.database)).states == {
        "uncomputable": 3
    }


def test_a_feed_that_comes_every_night_is_taken_in_once_and_the_trail_counts(trail, taken_in):
    row = "employee_no,00123,employment_end,2019-03-31,\n"
    assert (taken_in(row * 3).added, taken_in(row).added, taken_in(row).known) == (1, 0, 1)
    assert '"added":0' in latest(trail.database, 1)[0].facts
    assert latest(trail.database, 1)[0].subject == "feed:hr"
    assert taken_in("employee_no,00124,employment_end,2019-03-31,\n", replaces=True).withdrawn == 1


def test_one_line_that_cannot_be_keeps_all_out(trail, taken_in):
    good = "employee_no,00123,employment_end,2019-03-31,\n"
    with pytest.raises(ConfigurationError) as refusal:
        taken_in(good + "employee_no,00124,employment_end,2019-02-30,\n" + good)
    assert "hr.csv:3: date: it is not a day of the calendar; write it like 2026-04-01" in str(refusal.value)
    assert "00124" not in str(refusal.value)
    assert reported(OFFICER, trail.database) == ()


def test_a_long_feed_with_duplicates_and_days_that_cannot_be_names_its_lines(trail, taken_in):
    rows = [f"employee_no,{n % 1000:05},employment_end,2019-0{n % 9 + 1}-30,\n" for n in range(100_000)]
    with pytest.raises(ConfigurationError) as refusal:
        taken_in("".join(rows))
    lines = str(refusal.value).splitlines()
    assert (len(lines), lines[-1]) == (21, "and 11,091 lines more")
    assert taken_in("".join(row for row in rows if "-02-" not in row)).added == 8_000


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "mac-roman", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_feed_in_any_common_encoding_reads_the_same(trail, settings, taken_in, encoding):
    taken_in("employee_no,Siân-7,employment_end,2019-03-31,Résolu\n", encoding)
    (event,) = reported_of(OFFICER, trail.database, settings, Reference("employee_no", "sian 7"))
    assert event.outcome == "résolu"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"case,when\n1,2019-01-01\n", "these headings lack: key, reference, event, date"),
        (b"", "no rows below its headings"),
        (HEAD.encode(), "no rows below its headings"),
        (b"\0\1\2\3" * 9, "it is not text"),
        (HEAD.encode() + b'case_no,"1,x,2019-01-01,\n', "close each quotation mark"),
    ],
)
def test_a_file_that_is_no_feed_is_refused_with_what_to_do(trail, settings, tmp_path, content, said):
    feed = tmp_path / "feed.csv"
    feed.write_bytes(content)
    with pytest.raises(ConfigurationError) as refusal:
        import_feed(OFFICER, trail, settings, feed, "hr", TODAY, replaces=False)
    assert said in str(refusal.value)


def test_another_key_than_the_inventorys_is_refused(trail, taken_in):
    scan_with(trail.database, FILES)
    with pytest.raises(MunimentError, match="not the one this inventory was made with"):
        taken_in("employee_no,00123,employment_end,2019-03-31,\n")


def test_who_may_not_import_imports_nothing(trail, taken_in):
    with pytest.raises(RefusedError):
        taken_in("", actor=Actor("re", (Grant(Role.REVIEWER),), Proof.PASSWORD))
    with pytest.raises(RefusedError):
        reported(Actor("re", (Grant(Role.REVIEWER),), Proof.PASSWORD), trail.database)


def test_what_no_rule_asks_for_is_said(trail, settings, tmp_path):
    feed = tmp_path / "f.csv"
    feed.write_text(HEAD + "case_no,1,case_closed,2019-01-01,\nemployee_no,00123,employment_end,2019-03-31,\n")
    _, events = import_feed(OFFICER, trail, settings, feed, "f", TODAY, replaces=False)
    assert unheard(events, SCHEDULE) == [
        'The schedule has no [[key]] "case_no", so no path is tied to what was reported by it.',
        'No rule of the schedule asks for the event "case_closed".',
    ]


def test_a_birth_date_inside_a_document_only_ever_suggests(trail, settings):
    schedule = a_schedule("""\
[[rule]]
id = "R"
scope = { paths = ["**"] }
trigger = { person = "dob+18", key = "employee_no" }
period = "P6Y"
action = "dispose"
authority = "test"
""")
    scan(trail, settings, {b"EMP00123.txt": b"NAMED", b"EMP00124.txt": b"one", b"c.zip": a_zip({"x.txt": b"NAMED"})})
    with writing(trail.database) as connection:
        connection.execute(update(FindingRow).values(kind="DATE_OF_BIRTH"))
    said = {}
    for path in (b"EMP00123.txt", b"EMP00124.txt", b"c.zip"):
        (weighing,) = weigh(trail.database, schedule, path, TODAY)
        assert weighing.decision.state is State.UNCOMPUTABLE
        said[path] = suggested_birth(trail.database, weighing)
    assert said[b"EMP00123.txt"].startswith("A date of birth stands inside it, which may be anybody's")
    assert said == {b"EMP00123.txt": said[b"c.zip"], b"EMP00124.txt": "", b"c.zip": said[b"c.zip"]}
