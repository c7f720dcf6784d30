"""The defects that published schedules have are found, each in a schedule that has it alone."""

from __future__ import annotations

from datetime import date

import pytest

from domain.rule import Schedule
from retention.lint import lint
from retention.schedule import parse_schedule

TODAY = date(2026, 11, 22)
SOUND = """\
[schedule]
id = "s"
title = "A schedule"
version = "1"
effective_from = 2026-04-01
review_by = 2028-03-31

[[class]]
id = "A"
title = "Invoices"
paths = ["**/Invoices/**"]

[[rule]]
id = "A-R1"
title = "Invoices"
class = "A"
trigger = { date = "modified" }
period = "P6Y"
action = "dispose"
authority = "Limitation Act 1980"
justification = "Claims"
says = "6 years"
"""


def codes(text: str, **gaps: tuple[str, ...]) -> list[tuple[str, str]]:
    schedule: Schedule = parse_schedule(text, "s.toml")
    return [(defect.code, defect.where) for defect in lint(schedule, TODAY, **gaps)]


def test_a_sound_schedule_has_no_defects() -> None:
    assert codes(SOUND) == []


EXCLUDED = 'scope = { paths = ["a/**"], exclude = ["a/**"] }'
DEFECTS = {
    "words and code disagree": ('"6 years"', '"ACTION+100: destroy 75 years"', ("disagrees", "A-R1")),
    "in months": ('"6 years"', '"6 months"', ("disagrees", "A-R1")),
    "permanent, that is 100 years": ('"6 years"', '"Permanent (i.e. 100 years)"', ("permanent", "A-R1")),
    "permanent, and it ends": ('"6 years"', '"Permanently"', ("disagrees", "A-R1")),
    "as long as required": ('"6 years"', '"As long as required"', ("vague", "A-R1")),
    "current": ('"6 years"', '"Current"', ("vague", "A-R1")),
    "expired": ("2028-03-31", "2026-11-21", ("expired", "s")),
    "expired by its title": ('"A schedule"', '"A schedule, expires end May 2025"', ("expired", "s")),
    "never reviewed": ("review_by = 2028-03-31\n", "", ("no-review", "s")),
    "a rule that has ended": ('says = "6 years"', "effective_to = 2026-01-01", ("expired", "A-R1")),
    "repealed law": ("Limitation Act 1980", "Data Protection Act 1998", ("repealed", "A-R1")),
    "repealed in other words": ("Limitation Act 1980", "Ionising radiation (1999 version)", ("repealed", "A-R1")),
    "no reason": ('justification = "Claims"\n', "", ("no-reason", "A-R1")),
    "nothing leads to the class": ('paths = ["**/Invoices/**"]\n', "", ("unreachable", "A-R1")),
    "it excludes what it includes": ('class = "A"', f'class = "A"\n{EXCLUDED}', ("unreachable", "A-R1")),
}  # fmt: skip


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_found_and_nothing_else(name: str) -> None:
    sound, bad, defect = DEFECTS[name]
    assert sound in SOUND

    assert codes(SOUND.replace(sound, bad, 1)) == [defect]


@pytest.mark.parametrize(
    ("says", "period"),
    [
        ("72 months", "P6Y"),
        ("6 yrs", "P6Y"),
        ("2 weeks", "P14D"),
        ("21 years 4 months of age", "P21Y4M"),
        ("until age 75", "P75Y"),
    ],
)
def test_words_that_mean_the_same_agree(says: str, period: str) -> None:
    assert codes(SOUND.replace('"6 years"', f'"{says}"').replace('"P6Y"', f'"{period}"')) == []


def another_rule(*changes: tuple[str, str]) -> str:
    rule = SOUND[SOUND.index("[[rule]]") :].replace("A-R1", "A-R2")
    for old, new in changes:
        rule = rule.replace(old, new)
    return f"{SOUND}\n{rule}"


def test_two_periods_for_one_series_unless_one_follows_the_other() -> None:
    longer = ('"P6Y"', '"P7Y"'), ('"6 years"', '"7 years"')
    assert codes(another_rule(*longer)) == [("two-periods", "A-R1")]
    assert codes(another_rule()) == []

    ended = another_rule(*longer).replace('says = "6 years"', 'says = "6 years"\neffective_to = 2027-03-31')
    assert codes(ended.replace('says = "7 years"', 'says = "7 years"\neffective_from = 2027-04-01')) == []


def test_gaps() -> None:
    assert codes(SOUND + '\n[[class]]\nid = "B"\ntitle = "Ledgers"\n') == [("gap", "B")]
    assert codes(SOUND, unruled=("Highways",)) == [("gap", "Highways")]


def test_two_classes_of_one_title() -> None:
    assert ("two-classes", "A") in codes(SOUND + '\n[[class]]\nid = "B"\ntitle = "invoices"\n')


HOLD = '\n[[hold]]\nid = "H"\nkind = "audit"\nreason = "x"\nauthorised_by = "y"\nscope = { paths = ["**"] }\n'


@pytest.mark.parametrize(
    ("line", "found"), [("", True), ("review_by = 2026-11-22\n", True), ("review_by = 2027-01-01\n", False)]
)
def test_a_hold_is_reviewed(line: str, found: bool) -> None:
    assert codes(SOUND + HOLD + line) == ([("hold-review", "H")] if found else [])
