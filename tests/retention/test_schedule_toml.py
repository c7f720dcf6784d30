"""A schedule's file becomes values, or is refused with what is wrong, where, and what to write instead."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from domain.rule import Action, DateSource, Period, Rule, Schedule, Scope, Span, Trigger
from retention.schedule import load_schedule, parse_schedule

GOOD = """\
[schedule]
id = "test"
title = "A test"
version = "3"
effective_from = 2026-04-01

[[class]]
id = "FIN.01"
title = "Invoices"
paths = ["**/Invoices/**"]

[[class]]
id = "HR.01"
title = "Employees"

[[rule]]
id = "FIN.01-R1"
title = "Invoices: six years"
scope = { classes = ["FIN.*"], paths = ["Finance/**"], exclude = ["**/*.tmp"], services = ["Finance"], sources = ["a"] }
trigger = { date = "modified" }
period = "P6Y"
action = "dispose"
authority = "HMRC"
justification = "Because"

[[rule]]
id = "HR.01-R1"
title = "Employees"
scope = { classes = ["HR.01"] }
trigger = { event = "employment_end", key = "employee_no" }
period = "P21Y4M"
action = "review"
authority = "Limitation Act 1980"

[[rule]]
id = "ALL-R1"
title = "For ever"
scope = { sources = ["archive"] }
action = "keep"
authority = "Council decision"
"""


def test_a_file_becomes_a_schedule() -> None:
    schedule = parse_schedule(GOOD, "schedule.toml")

    assert (schedule.id, schedule.version, schedule.title) == ("test", "3", "A test")
    assert schedule.effective_from == date(2026, 4, 1)
    assert [(each.id, each.title, each.paths) for each in schedule.classes] == [
        ("FIN.01", "Invoices", ("**/Invoices/**",)),
        ("HR.01", "Employees", ()),
    ]
    assert schedule.rules[0] == Rule(
        id="FIN.01-R1",
        title="Invoices: six years",
        scope=Scope(("FIN.*",), ("Finance/**",), ("**/*.tmp",), ("Finance",), ("a",)),
        action=Action.DISPOSE,
        clock=Span(Trigger(date=DateSource.MODIFIED), Period(years=6)),
        authority="HMRC",
        justification="Because",
    )
    assert schedule.rules[1].clock == Span(Trigger(event="employment_end", key="employee_no"), Period(21, 4))
    assert schedule.rules[2].clock is None


def test_observation_is_ninety_days_unless_the_file_says_otherwise() -> None:
    assert parse_schedule(GOOD, "x").min_observed == Period(days=90)
    assert _changed("effective_from", 'min_observed = "P0D"\neffective_from').min_observed == Period()


def test_the_digest_is_that_of_the_bytes_of_the_file(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()  # as Notepad saves it
    (tmp_path / "schedule.toml").write_bytes(content)

    schedule = load_schedule(tmp_path / "schedule.toml")

    assert schedule.digest == hashlib.sha256(content).hexdigest()
    assert schedule.rules == parse_schedule(GOOD, "x").rules
    assert parse_schedule(GOOD, "x").digest == hashlib.sha256(GOOD.encode()).hexdigest()


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.toml: the schedule cannot be read \(No such file"):
        load_schedule(tmp_path / "none.toml")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_bytes(GOOD.encode().replace(b"Because", b"Caf\xe9"))

    with pytest.raises(ConfigurationError, match="save it with the encoding UTF-8"):
        load_schedule(tmp_path / "old.toml")


CLASSES_AND_RULES = GOOD[GOOD.index("[[class]]") :]
REFUSED = {
    "not TOML": ('id = "test"', "id = = 2", ["it is not TOML", "line 2, column 6"]),
    "key twice": ('version = "3"', 'version = "3"\nversion = "4"', ["it is not TOML", "line 5"]),
    "unknown key": ("justification", "justifcation", ['[[rule]] "FIN.01-R1", justifcation', 'mean "justification"?']),
    "unknown table": ("[[rule]]", "[[rules]]", ["rules: this key is not known here", 'did you mean "rule"?']),
    "unknown key of the schedule": ("version =", "verison =", ["[schedule], verison", 'did you mean "version"?']),
    "unknown key of the scope": ("classes =", "class =", ["scope.class", 'did you mean "classes"?']),
    "unknown key, near to none": ("authority", "zzz", ["[[rule]]", "zzz: this key", "known are: action, apd_ref"]),
    "no schedule": ("[schedule]", "[[class]]", ["schedule: this is missing", "write [schedule] with id"]),
    "no version": ('version = "3"', "", ["[schedule], version: this is missing", 'write version = "2026.1"']),
    "version is a number": ('version = "3"', "version = 3", ["[schedule], version: this is not text in quotes"]),
    "date in quotes": ("2026-04-01", '"2026-04-01"', ["effective_from: this is not a date", "without quotes"]),
    "date with a time": ("2026-04-01", "2026-04-01T00:00:00", ["effective_from", "without quotes and time"]),
    "no id": ('id = "FIN.01-R1"', "", ["[[rule]] number 1, id: this is missing"]),
    "id with blanks": ('"HR.01-R1"', '"HR 01"', ['"HR 01" is not an id; write letters']),
    "id with a meaning": ('"HR.01-R1"', '"observation"', ["has a meaning of its own"]),
    "no title": ('title = "Invoices"', 'title = " "', ['[[class]] "FIN.01", title: this is empty']),
    "no authority": ('authority = "HMRC"', "", ['[[rule]] "FIN.01-R1", authority: this is missing']),
    "one table for all classes": (CLASSES_AND_RULES, "[class]", ["class: this is not a list", "[[class]]"]),
    "bad period": ('"P6Y"', '"6 yrs"', ['[[rule]] "FIN.01-R1", period: "6 yrs" is not a period', 'as in "P6Y"']),
    "negative period": ('"P6Y"', '"P-6Y"', ['"P-6Y" is not a period']),
    "zero period": ('"P6Y"', '"P0Y"', ["is no time at all", 'write "P0D"']),
    "period is a number": ('"P6Y"', "6", ["period: a period is written in quotes"]),
    "no period": ('period = "P6Y"', "", ["period is missing", 'action = "keep" for ever']),
    "no trigger": ('trigger = { date = "modified" }', "", ["trigger is missing"]),
    "bad observation": ('version = "3"', 'min_observed = "90 days"', ["[schedule], min_observed: ", "is not a period"]),
    "unknown action": ('"dispose"', '"delete"', ["action: input should be 'keep', 'review', 'extend'"]),
    "keep with a period": ('"dispose"', '"keep"', ['[[rule]] "FIN.01-R1": "keep" is for ever: leave out period']),
    "date and event": ('date = "modified"', 'date = "modified", event = "x"', ["trigger: write either { date"]),
    "neither date nor event": ('date = "modified"', "", ['[[rule]] "FIN.01-R1", trigger: write either { date']),
    "event without a key": (', key = "employee_no"', "", ["trigger: an event has a key that says of what"]),
    "date with a key": ('date = "modified"', 'date = "modified", key = "x"', ["of what, and a date has none"]),
    "unknown date": ('"modified"', '"opened"', ['trigger.date: input should be one of "created", "modified"']),
    "bad glob of a class": ("**/Invoices/**", "Invoices/", ['[[class]] "FIN.01", paths:', 'write "Invoices/**"']),
    "bad glob of a scope": ('"Finance/**"', '"C:\\\\Finance"', ["scope.paths:", "has a backslash"]),
    "bad glob of an exclusion": ('"**/*.tmp"', '"[.tmp"', ["scope.exclude:", "is not closed"]),
    "globs without a list": ('["**/Invoices/**"]', '"**/Invoices/**"', ["paths: this is not a list in brackets"]),
    "empty list": ('["HR.01"]', "[]", ["scope.classes: the list is empty"]),
    "empty scope": ('sources = ["archive"]', "", ['[[rule]] "ALL-R1": it would be about every item', 'paths = ["**"]']),
    "scope of exclusions": ('sources = ["archive"]', 'exclude = ["a"]', ['"ALL-R1": it would', "about every item"]),
    "unknown class": ('["HR.01"]', '["HR.1"]', ['scope.classes: no class has the id "HR.1"', 'mean "HR.01"?']),
    "glob of no class": ('["FIN.*"]', '["CH.*"]', ['no class has the id "CH.*"', "known are: FIN.01, HR.01"]),
    "class twice": ('id = "HR.01"\n', 'id = "fin.01"\n', ['[[class]] "fin.01", id: it stands at schedule.toml:8 too']),
    "rule twice": ('id = "HR.01-R1"', 'id = "FIN.01-R1"', ['id: it stands at schedule.toml:17 too', "write another"]),
}  # fmt: skip
"""By name: what stands in the good file, what stands there instead, and what the message says."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_the_place_and_what_to_write(name: str) -> None:
    good, bad, said = REFUSED[name]
    assert good in GOOD

    with pytest.raises(ConfigurationError) as refusal:
        _changed(good, bad)

    assert all(re.match(r"schedule\.toml(:\d+)?: ", line) for line in str(refusal.value).splitlines())
    assert [words for words in said if words not in str(refusal.value)] == []


def test_all_that_is_wrong_is_said_at_once_each_on_its_line() -> None:
    bad = GOOD.replace('"P6Y"', '"6 yrs"').replace('"P21Y4M"', '"21 yrs"').replace('version = "3"', "version = 3")

    with pytest.raises(ConfigurationError) as refusal:
        parse_schedule(bad, "schedule.toml")

    assert len(str(refusal.value).splitlines()) == 3


def _changed(good: str, bad: str) -> Schedule:
    return parse_schedule(GOOD.replace(good, bad, 1), "schedule.toml")
