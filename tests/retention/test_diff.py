"""Two versions of a schedule: what came, what went, what changed, and which number means something else now."""

from __future__ import annotations

from importlib.resources import files

from retention.diff import Change, diff
from retention.schedule import parse_schedule

TEXT = (files("retention") / "example.toml").read_text("utf-8")


def changes(old: str, new: str) -> list[tuple[str, str, str, str, str, str]]:
    found = diff(parse_schedule(old, "old.toml"), parse_schedule(new, "new.toml"))
    return [(each.table, each.id, str(each.change), each.field, each.before, each.after) for each in found]


def test_a_schedule_does_not_differ_from_itself() -> None:
    assert changes(TEXT, TEXT.replace("# Rules:", "# The rules:")) == []


def test_what_changed_is_said_in_words() -> None:
    new = TEXT.replace('version = "2026.1"', 'version = "2026.2"').replace('period = "P15Y"', 'period = "P7Y"')

    assert changes(TEXT, new) == [
        ("schedule", "example", Change.CHANGED, "version", "2026.1", "2026.2"),
        ("rule", "FI.03-R1", Change.CHANGED, "clock", "trigger date modified, period 15 years",
         "trigger date modified, period 7 years"),
    ]  # fmt: skip


def test_what_came_and_what_went() -> None:
    added = '\n[[class]]\nid = "ZZ.01"\ntitle = "Drones"\n'

    assert changes(TEXT, TEXT + added) == [("class", "ZZ.01", Change.ADDED, "", "", "Drones")]
    assert changes(TEXT + added, TEXT) == [("class", "ZZ.01", Change.REMOVED, "", "Drones", "")]


def test_a_number_that_is_used_again_is_named() -> None:
    found = changes(TEXT, TEXT.replace('title = "Ledgers"', 'title = "Drones"'))

    assert ("class", "FI.03", Change.REUSED, "title", "Ledgers", "Drones") in found
