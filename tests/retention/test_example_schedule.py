"""The example that is shipped loads, matches the folders of the demonstration and somebody else's too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import as_file, files

import pytest

from domain.decision import Decision, State
from domain.item import ItemRef
from domain.record import Record
from domain.rule import Action, Period, Schedule
from retention.decide import decide
from retention.schedule import load_schedule

TODAY = date(2026, 11, 22)
FOLDERS = {
    "Children's Social Care/Case Files": ("CH.01", State.UNCOMPUTABLE),
    "Children's Social Care/Child Protection Conferences": ("CH.02", State.UNCOMPUTABLE),
    "Children's Social Care/Duty Desk": ("CH.03", State.DUE),
    "Children's Social Care/Templates": ("CO.01", State.DUE),
    "Adult Social Care/Case Files": ("AD.01", State.UNCOMPUTABLE),
    "Adult Social Care/Safeguarding": ("AD.02", State.UNCOMPUTABLE),
    "Adult Social Care/Blue Badges": ("AD.03", State.UNCOMPUTABLE),
    "Adult Social Care/Care Home Menus": ("AD.04", State.DUE),
    "Human Resources/Employee Files": ("HR.01", State.UNCOMPUTABLE),
    "Human Resources/Payroll": ("HR.02", State.DUE),
    "Human Resources/Recruitment": ("HR.03", State.DUE),
    "Human Resources/Policies": ("HR.04", State.DUE),
    "Highways/Streetworks": ("HW.01", State.DUE),
    "Highways/Claims": ("HW.02", State.UNCOMPUTABLE),
    "Highways/Photographs": ("HW.03", State.DUE),
    "Highways/Gritting": ("HW.04", State.DUE),
    "Planning/Applications": ("PL.01", State.KEPT),
    "Planning/Enforcement": ("PL.02", State.UNCOMPUTABLE),
    "Planning/Committee Minutes": ("PL.03", State.KEPT),
    "Planning/Local Plan": ("PL.04", State.DUE),
    "Finance/Invoices": ("FI.01", State.DUE),
    "Finance/Budgets": ("FI.02", State.DUE),
    "Finance/Ledgers": ("FI.03", State.DUE),
    "Finance/Audit": ("FI.04", State.DUE),
    "Finance/Old Backups": ("FI.05", State.DUE),
}
"""Each folder of the demonstration: its class, and where a file of 2010 stands."""


@pytest.fixture(scope="module")
def example() -> Schedule:
    with as_file(files("retention") / "example.toml") as path:
        return load_schedule(path)


def a_file_of_2010(path: str) -> Record:
    return Record(ItemRef("share", path.encode()), "", 1, datetime(2010, 5, 4, tzinfo=UTC), TODAY)


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("below", ["a.docx", "2010/May/a.docx"])
def test_every_folder_of_the_demonstration_has_its_class_and_a_rule(example: Schedule, folder: str, below: str) -> None:
    decision = decide(a_file_of_2010(f"{folder}/{below}"), example, TODAY)

    assert decision.rule is not None
    assert (decision.record_class, decision.state) == FOLDERS[folder]


@pytest.mark.parametrize(
    ("path", "record_class"),
    [
        ("shared/corporate/PAYROLL/2010.xlsx", "HR.02"),
        ("departments/finance/invoices/2010/0001.pdf", "FI.01"),
        ("S/Children and Families/North/Case Files/x/y.docx", "CH.01"),
        ("S/Adults/Case Files/x/y.docx", "AD.01"),
        ("HR/Central/Policies/leave.docx", "HR.04"),
        ("Finance/Old Backups/Invoices/0001.pdf", "FI.05"),
    ],
)
def test_folders_of_another_share_are_found_too(example: Schedule, path: str, record_class: str) -> None:
    assert decide(a_file_of_2010(path), example, TODAY).record_class == record_class


def test_what_no_class_is_mapped_to_is_kept(example: Schedule) -> None:
    decision = decide(a_file_of_2010("Holiday pictures/a.jpg"), example, TODAY)

    assert (decision.state, decision.action) == (State.UNMATCHED, Action.KEEP)


def test_an_invoice_is_due_with_a_reason_in_plain_words(example: Schedule) -> None:
    decision: Decision = decide(a_file_of_2010("Finance/Invoices/0001.pdf"), example, TODAY)

    assert (decision.action, decision.due) == (Action.DISPOSE, date(2016, 5, 4))
    assert decision.reasons[0].sentence == "Unchanged since 4 May 2010; kept for 6 years; due on 4 May 2016."


def test_with_the_default_of_observation_nothing_of_the_first_scan_is_due(example: Schedule) -> None:
    observed = replace(example, min_observed=Period(days=90))
    states = {decide(a_file_of_2010(f"{folder}/a.docx"), observed, TODAY).state for folder in FOLDERS}

    assert State.DUE not in states
    assert State.OBSERVED in states


def test_it_says_that_it_is_an_example_and_every_rule_has_its_ground(example: Schedule) -> None:
    assert "Example" in example.title
    assert "not law" in example.title
    assert all(rule.authority and rule.justification for rule in example.rules)
    assert len(example.classes) == len({record_class for record_class, _ in FOLDERS.values()})
