"""An explanation names the class and why, the rules and what beat them, dates, holds, and what would change it."""

from __future__ import annotations

from typing import Any

from retention_cases import TODAY, a_record, all_cases, in_force, reported

from retention.decide import Decider
from retention.explain import Explanation, explain

CASES = {name: (schedule, case) for name, schedule, case in all_cases()}


def explained(name: str, **changed: Any) -> Explanation:
    schedule, case = CASES[name]
    case = case | changed
    return explain(Decider(in_force(schedule, case), reported(case)).weigh(a_record(case), case.get("today", TODAY)))


def test_what_is_due_is_told_with_its_arithmetic() -> None:
    explanation = explained("precedence: a period that is over is due, with the rule's action")

    assert explanation.sentence.startswith(
        "Due since 4 May 2018: dispose. Unchanged since 4 May 2012; kept for 6 years; due on 4 May 2018."
    )
    rule = explanation.details["rules"][0]
    assert (rule["outcome"], rule["counted_from"], rule["due"]) == ("decided", "2012-05-04", "2018-05-04")


def test_every_date_is_shown_with_who_says_so_and_why_it_was_not_believed() -> None:
    dates = explained("evidence: a clock that was not set gives way to the document's own date").details["dates"]

    assert {date["witness"]: (date["believed"], date["used"]) for date in dates} == {
        "file-modified": (False, False), "document-modified": (True, True), "first-seen": (True, False),
    }  # fmt: skip
    assert dates[0]["why_not"] == "is that of a clock that was not set"


def test_rules_of_a_rival_class_and_rules_out_of_force_are_named() -> None:
    rules = explained("claims: a folder comes before a label").details["rules"]
    assert [(rule["id"], rule["outcome"]) for rule in rules] == [("INV-R", "decided"), ("MIN-R", "of a rival class")]

    resting = explained("claims: drafts, and what is not yet or no longer in force, decide nothing").details["rules"]
    assert [rule["id"] for rule in resting if rule["outcome"] == "not in force"] == ["DRAFT", "LATER-ON", "NO-LONGER"]


def test_the_rival_classes_are_shown_with_their_ground() -> None:
    shown = explained("claims: a folder comes before a label").details["class"]

    assert (shown["id"], shown["ground"]) == ("INV", "folder")
    assert [(rival["id"], rival["ground"]) for rival in shown["rivals"]] == [("AREA", "folder"), ("MIN", "label")]


def test_what_would_change_the_answer() -> None:
    def changes(name: str) -> list[str]:
        found: list[str] = explained(name).details["would_change"]
        return found

    assert changes("precedence: an event alone cannot be computed") == ["the event case_closed of its case_no"]
    assert changes("holds: two holds are both named")[0] == "the release of PATH and PERSON"
    assert "the passing of time, on 4 May 2018" in changes("precedence: an item is not due on the day before")
    assert "a rule about it, or a class for it" in changes(
        "precedence: without a class and a rule an item is kept and unmatched"
    )


def test_the_birth_of_a_person_is_not_shown_beside_their_number() -> None:
    explanation = explained("examples: E01")

    assert "2000-05-04" not in str(explanation.details)
    assert "4 May 2000" not in explanation.sentence
    assert explanation.details["due"] == "2025-05-04"
