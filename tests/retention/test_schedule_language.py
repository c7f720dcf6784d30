"""What the language refuses, beyond a single table: with the file, the line, and what to write instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from domain.hold import HoldKind
from domain.rule import AllOf, AnyOf, HasKind, HasTerm, Mark, Marked, Not, Period, Review, Risk
from retention.json_schema import json_schema
from retention.schedule import load_schedule, parse_schedule

GOVERNANCE = """\
[schedule]
id = "example-council"
version = "2026.1"
effective_from = 2026-04-01
review_by = 2028-03-31
approved_by = ["role:records-manager", "role:siro"]
defaults = { min_observed = "P90D", year_end = "03-31", unmatched = "report" }

[[class]]
id = "HR.02"
title = "Employee file: works with children"
lgcs = "HR"
risk = "high"

[[rule]]
id = "HR.02-R1"
class = "HR.02"
authority = "Business requirement"
basis = "business"
justification = "Allegations may surface decades later"
scope = { services = ["education"], paths = ["hr/**"], exclude = ["**/templates/**"] }
match = { any = [{ kind = "UK_NINO", min_count = 1 }, { all = [{ term = "contract" }, { not = { mark = "children" } }] }] }
trigger = { event = "employment_end", key = "employee_no" }
period = "P25Y"
action = "dispose"
review = { first = "owner", second = "records-manager", remind = "P7D", escalate = "P20D" }

[[hold]]
id = "HOLD-2026-003"
kind = "inquiry"
reason = "Example inquiry, letter ref 12"
authorised_by = "role:monitoring-officer"
scope = { classes = ["HR.*"], created = { from = 2020-01-01, to = 2022-07-31 } }
review_by = 2026-09-30

[[key]]
name = "employee_no"
pattern = 'EMP[0-9]{5}'
"""


def test_the_recommended_shape_becomes_values() -> None:
    schedule = parse_schedule(GOVERNANCE, "council.toml")
    rule, hold = schedule.rules[0], schedule.holds[0]

    assert (schedule.min_observed, schedule.approved_by) == (Period(days=90), ("role:records-manager", "role:siro"))
    assert (schedule.classes[0].risk, schedule.classes[0].lgcs) == (Risk.HIGH, "HR")
    assert rule.scope.classes == ("HR.02",)
    assert rule.match == AnyOf((HasKind("UK_NINO"), AllOf((HasTerm("contract"), Not(Marked(Mark.CHILDREN))))))
    assert rule.review == Review("owner", "records-manager", Period(days=7), Period(days=20))
    assert (hold.kind, hold.scope.begins and hold.scope.begins.year) == (HoldKind.INQUIRY, 2020)
    assert schedule.keys[0].name == "employee_no"


CLOCK = 'trigger = { event = "employment_end", key = "employee_no" }\nperiod = "P25Y"\n'
REFUSED = {
    "a key that has another name here": ('kind = "UK_NINO"', 'entity = "UK_NINO"', 22, 'write kind = "UK_NINO"'),
    "words, of which none are kept": ('term = "contract"', 'words = ["x"]', 22, "configured term"),
    "a kind that nobody finds": ("UK_NINO", "UK_NINA", 22, "is not a kind of finding"),
    "two tests in one": ('mark = "children"', 'mark = "children", term = "x"', 22, "write one test in each pair of braces"),
    "a count of nothing": ('mark = "children"', 'mark = "children", min_count = 2', 22, "for a kind or a term only"),
    "a glob with a backslash": ('"hr/**"', "'hr\\\\x'", 21, "has a backslash"),
    "a path of a server": ('"hr/**"', '"//files/hr/**"', 21, 'begins with "/"'),
    "6 yrs": ('"P25Y"', '"6 yrs"', 24, 'write years, months, weeks or days as in "P6Y"'),
    "a period that depends on no outcome": ('"P25Y"', "{}", 24, "no outcome is named"),
    "an outcome with 6 yrs": ('"P25Y"', '{ proven = "6 yrs" }', 24, '"6 yrs" is not a period'),
    "outcomes of a date": (CLOCK, 'trigger = { date = "modified" }\nperiod = { a = "P1Y" }\n', 15, "only an event has an outcome"),
    "the day of last access disposes of nothing": (CLOCK, 'trigger = { date = "accessed" }\nperiod = "P1Y"\n', 15, "advice only"),
    "a trigger in the old form": ('{ event = "employment_end", key = "employee_no" }', '"person:dob"', 23, "not a table"),
    "two clocks": (CLOCK, CLOCK + f"later_of = [{{ trigger = {{ person = 'dob' }}, period = 'P1Y' }}, {{ trigger = {{ person = 'dod' }}, period = 'P1Y' }}]\n", 15, "write either trigger and period, or one of"),
    "one clock of several": (CLOCK, "later_of = [{ trigger = { person = 'dob' }, period = 'P1Y' }]\n", 23, "at least 2"),
    "a year that is none": ('key = "employee_no" }', 'key = "employee_no", end_of = "tax-year" }', 23, "write one of financial-year"),
    "an age of a birth": ('{ event = "employment_end", key = "employee_no" }', '{ person = "dob", under = "P18Y" }', 23, "dod"),
    "an event that reopens itself": ('key = "employee_no" }', 'key = "employee_no", reopened_by = "employment_end" }', 23, "cannot reopen"),
    "merge into nothing": ('action = "dispose"', 'action = "merge-into"', 15, 'write into = "CH.01"'),
    "merge into no class": ('action = "dispose"', 'action = "merge-into"\ninto = "XX"', 26, 'no class has the id "XX"'),
    "dispose to somebody": ('action = "dispose"', 'action = "dispose"\nto = "x"', 15, "leave out to"),
    "a step after for ever": ('action = "dispose"', 'steps = [{ action = "keep" }, { action = "dispose" }]', 15, "reorder them"),
    "an action and steps": ('action = "dispose"', 'action = "dispose"\nsteps = [{ action = "review" }, { action = "dispose" }]', 15, "write either action"),
    "a proposal to keep": (CLOCK + 'action = "dispose"', 'purpose = "rot"\naction = "keep"', 15, "only proposes"),
    "an end before the beginning": ('action = "dispose"', 'action = "dispose"\neffective_from = 2026-04-01\neffective_to = 2026-03-31', 15, "exchange them"),
    "two holds with one id": ("[[key]]", '[[hold]]\nid = "hold-2026-003"\nkind = "audit"\nreason = "x"\nauthorised_by = "y"\nscope = { paths = ["**"] }\n\n[[key]]', 37, "an id is never used twice"),
    "a hold with a rule's id": ('id = "HOLD-2026-003"', 'id = "hr.02-r1"', 29, "a rule has this id"),
    "a hold on everything": ('{ classes = ["HR.*"], created = { from = 2020-01-01, to = 2022-07-31 } }', "{}", 33, "freeze every item"),
    "a hold on no class": ('["HR.*"]', '["XX.*"]', 33, 'no class has the id "XX.*"'),
    "days that run backwards": ("to = 2022-07-31", "to = 2012-07-31", 33, "exchange them"),
    "an inquiry that ends": ("review_by = 2026-09-30", 'ends_after = "P1Y"', 28, "only a request ends by itself"),
    "a request of no kind": ('kind = "inquiry"', 'kind = "request"', 28, 'write request = "foi"'),
    "a regular expression that is not linear": ("EMP[0-9]{5}", r"(E)\1(?=M)", 38, "look-around"),
    "a year's end that is none": ('"03-31"', '"31 March"', 7, 'write month and day as in "03-31"'),
    "an event told by itself": ("[[key]]", '[[event]]\nname = "a"\nfrom = "b"\n\n[[event]]\nname = "b"\nfrom = "a"\n\n[[key]]', 38, "it is told by itself (a from b from a)"),
    "two events of one name": ("[[key]]", '[[event]]\nname = "a"\nfrom = "b"\n\n[[event]]\nname = "A"\nfrom = "c"\n\n[[key]]', 41, "an name is never used twice"),
}  # fmt: skip
"""By name: what stands in the good file, what stands there instead, on which line that is, and what the message says."""


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_line_and_what_to_write(name: str) -> None:
    good, bad, line, said = REFUSED[name]
    assert good in GOVERNANCE

    with pytest.raises(ConfigurationError) as refusal:
        parse_schedule(GOVERNANCE.replace(good, bad, 1), "council.toml")

    assert said in str(refusal.value)
    assert str(refusal.value).startswith(f"council.toml:{line}: "), str(refusal.value)


def test_events_that_reopen_each_other_are_refused() -> None:
    rule = GOVERNANCE[GOVERNANCE.index("[[rule]]") : GOVERNANCE.index("[[hold]]")]
    one = rule.replace('key = "employee_no"', 'key = "employee_no", reopened_by = "return"')
    other = one.replace("HR.02-R1", "HR.02-R2").replace('"return"', '"x"').replace('"employment_end"', '"return"')
    other = other.replace('"x"', '"employment_end"')

    with pytest.raises(ConfigurationError, match="employment_end and return reopen each other"):
        parse_schedule(GOVERNANCE.replace(rule, one + other), "council.toml")


def test_a_folder_is_one_schedule(tmp_path: Path) -> None:
    head, rest = GOVERNANCE.split("[[class]]")
    (tmp_path / "a.toml").write_text('[function]\nid = "hr"\ntitle = "Staff"\nlgcs = "HR"\n\n[[class]]' + rest)
    (tmp_path / "schedule.toml").write_text(head)
    (tmp_path / "notes.txt").write_text("not a file of the schedule")

    schedule = load_schedule(tmp_path)

    assert (len(schedule.rules), schedule.classes[0].function) == (1, "Staff")
    digest = schedule.digest
    (tmp_path / "schedule.toml").write_text(head.replace("2026.1", "2026.2"))
    assert load_schedule(tmp_path).digest != digest


def test_what_is_wrong_in_a_folder_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOVERNANCE)
    (tmp_path / "b.toml").write_text(GOVERNANCE.replace('"HOLD-2026-003"', '"HOLD-2"'))

    with pytest.raises(ConfigurationError) as refusal:
        load_schedule(tmp_path)

    lines = str(refusal.value).splitlines()
    assert lines[0] == f"{tmp_path}/b.toml:1: [schedule]: {tmp_path}/a.toml has one too; a schedule has one, so leave this out"
    assert f'{tmp_path}/b.toml:16: [[rule]] "HR.02-R1", id: it stands at {tmp_path}/a.toml:16 too' in str(refusal.value)


def test_a_folder_without_a_schedule_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"the folder has no \.toml file"):
        load_schedule(tmp_path)
    (tmp_path / "a.toml").write_text('[[class]]\nid = "A"\ntitle = "A"\n')
    with pytest.raises(ConfigurationError, match=r"a\.toml: schedule: this is missing"):
        load_schedule(tmp_path)


def test_text_of_several_lines_hides_no_line() -> None:
    text = GOVERNANCE.replace('"Allegations may surface decades later"', '"""\n[[rule]]\nid = "no rule"\n"""')

    with pytest.raises(ConfigurationError, match=r"^council\.toml:27: "):
        parse_schedule(text.replace('"P25Y"', '"6 yrs"'), "council.toml")


def test_the_schema_for_editors_knows_every_key() -> None:
    schema = json_schema()
    rule = schema["$defs"]["RuleTable"]["properties"]

    assert {"class", "later_of", "earlier_of", "first_known", "steps", "match", "says"} <= set(rule)
    assert schema["$defs"]["RuleTable"]["additionalProperties"] is False
    assert {"not", "any", "all"} <= set(schema["$defs"]["MatchTable"]["properties"])
    assert json.loads(json.dumps(schema)) == schema
