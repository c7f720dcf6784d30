"""What the language refuses, beyond a single table: with the file, the line, and what to write instead."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from retention_cases import a_record

from domain.decision import State
from domain.errors import ConfigurationError
from domain.event import Event, EventRegister, Reference
from domain.hold import HoldKind
from domain.rule import Action, AllOf, AnyOf, HasKind, HasTerm, Mark, Marked, Not, Period, Review, Risk
from retention.decide import decide
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
match = { any = [{ kind = "UK_NINO" }, { all = [{ term = "contract" }, { not = { mark = "children" } }] }] }
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


REFUSALS = tomllib.loads((Path(__file__).parents[1] / "cases" / "schedule_refusals.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case["name"])
def test_it_is_refused_with_its_line_and_what_to_write(case: dict[str, Any]) -> None:
    assert case["good"] in GOVERNANCE

    with pytest.raises(ConfigurationError) as refusal:
        parse_schedule(GOVERNANCE.replace(case["good"], case["bad"], 1), "council.toml")

    assert case["says"] in str(refusal.value)
    assert str(refusal.value).startswith(f"council.toml:{case['line']}: "), str(refusal.value)


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
    assert (
        lines[0]
        == f"{tmp_path}/b.toml:1: [schedule]: {tmp_path}/a.toml has one too; a schedule has one, so leave this out"
    )
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


def test_the_example_in_the_documentation_decides_as_it_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "schedule-language.md").read_text("utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    said = " ".join(page.partition("By this the file ")[2].partition("\n\n")[0].split())
    path, left, due = re.search(
        r"`(.+?)` of somebody .* left on (.+?) is kept for 25 years and due on (.+?)\.", said
    ).groups()
    record = a_record({"path": path, "first_seen": date(2020, 1, 1)})
    event = Event(Reference("employee_no", "00123"), "employment_end", _day(left))

    schedule = parse_schedule(example, "schedule-language.md")
    reported = decide(record, schedule, _day(due), events=EventRegister([event]))

    assert (reported.state, reported.action, reported.due) == (State.DUE, Action.DISPOSE, _day(due))
    assert decide(record, schedule, _day(due)).state is State.UNCOMPUTABLE


def _day(words: str) -> date:
    return datetime.strptime(words, "%d %B %Y").replace(tzinfo=UTC).date()


def test_the_schema_for_editors_knows_every_key() -> None:
    schema = json_schema()
    rule = schema["$defs"]["RuleTable"]["properties"]

    assert {"class", "later_of", "earlier_of", "first_known", "steps", "match", "says"} <= set(rule)
    assert schema["$defs"]["RuleTable"]["additionalProperties"] is False
    assert {"not", "any", "all"} <= set(schema["$defs"]["MatchTable"]["properties"])
    assert json.loads(json.dumps(schema)) == schema
