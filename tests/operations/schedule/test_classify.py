from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from builders import a_class, a_rule, a_schedule
from scan_driver import scan
from sqlalchemy import update

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.record_class import Ground
from inventory.audit import latest
from inventory.engine import writing
from inventory.tables import DirRow
from operations.access import RefusedError
from operations.schedule.classify import (
    approve_mappings,
    classify,
    item_at,
    mapped_folders,
    suggestions,
    write_suggestions,
)
from operations.schedule.evaluate import weigh
from operations.schedule.suggest_classes import Suggestion
from retention.decide import NO_EVENTS

TODAY = date(2026, 11, 22)
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
REVIEWER = Actor("re", (Grant(Role.REVIEWER, frozenset({"Invoices"})),), Proof.PASSWORD)
SCHEDULE = a_schedule(
    a_class("FI.01", "Invoices", words=["invoices"])
    + a_class("HR.01", "Contracts")
    + a_rule("FI", "FI.01", "P10Y")
    + a_rule("HR", "HR.01", "P1Y")
)
FILES = {b"Invoices/a.txt": b"one", b"Invoices/b.txt": b"two", b"Inv/Invoices/c.txt": b"three", b"=X/d.txt": b"four"}


@pytest.fixture
def trail(trail):
    scan(trail.database, FILES)
    with writing(trail.database) as connection:
        for path in (b"Inv", b"Inv/Invoices"):
            odd = path.replace(b"Inv", b"Inv\xff", 1)
            connection.execute(update(DirRow).where(DirRow.path == path).values(path=odd))
    return trail


@pytest.fixture
def sheet(tmp_path):
    def write(*rows: str) -> Path:
        path = tmp_path / "folders.csv"
        path.write_text("\n".join(["source,folder,class,approve", *rows]) + "\n")
        return path

    return write


def class_of(trail, locator: bytes) -> tuple[str | None, Ground | None]:
    (weighing,) = weigh(trail.database, SCHEDULE, locator, TODAY)
    return weighing.decision.record_class, weighing.decision.ground


def test_suggestions_go_out_to_a_sheet_and_come_back_approved(trail, tmp_path):
    path = tmp_path / "out.csv"
    found = suggestions(OFFICER, trail.database, SCHEDULE)
    write_suggestions(path, [*found, Suggestion("memory", b"=X", "HR.01", 1, 1, 1, "=why")])
    assert path.stat().st_mode & 0o077 == 0
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert [row[1] for row in rows[1:]] == ["Invoices", "Inv\\xff", "'=X"]
    answered = [rows[0], *([*row[:3], "yes", *row[4:]] for row in rows[1:])]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(answered)
    assert approve_mappings(OFFICER, trail, path, SCHEDULE, TODAY) == (3, 0)
    assert mapped_folders(OFFICER, trail.database) == {
        ("memory", b"Inv\xff"): "FI.01", ("memory", b"Invoices"): "FI.01", ("memory", b"=X"): "HR.01",
    }  # fmt: skip
    assert class_of(trail, b"=X/d.txt") == ("HR.01", Ground.FOLDER)
    assert approve_mappings(OFFICER, trail, path, SCHEDULE, TODAY) == (0, 0)
    assert suggestions(OFFICER, trail.database, SCHEDULE) == ()


def test_a_mapping_is_taken_back_by_a_line_without_a_class(trail, sheet):
    approve_mappings(OFFICER, trail, sheet("memory,Invoices,HR.01,yes"), SCHEDULE, TODAY)
    assert class_of(trail, b"Invoices/a.txt") == ("HR.01", Ground.FOLDER)
    assert approve_mappings(OFFICER, trail, sheet("memory,Invoices,,yes"), SCHEDULE, TODAY) == (0, 1)
    assert class_of(trail, b"Invoices/a.txt") == ("FI.01", Ground.INFERENCE)
    assert [entry.act for entry in latest(trail.database, 2)] == [Act.FOLDERS_MAPPED] * 2


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["memory,Invoices,FI.1,yes"], 'folders.csv:2: class: the schedule has none of the id "FI.1"; did you mean'),
        (["memory,Nowhere,FI.01,yes"], "folders.csv:2: folder: the inventory has no such folder"),
        (["memory,,FI.01,yes"], "folders.csv:2: folder: the inventory has no such folder"),
        (["memory,Invoices,FI.01,perhaps"], 'folders.csv:2: approve: "perhaps" is neither yes nor no'),
        (["memory,Invoices,FI.01,yes", "memory,Invoices,HR.01,yes"], "folders.csv:3: folder: another line says"),
    ],
)
def test_one_line_that_cannot_be_maps_nothing(trail, sheet, rows, said):
    with pytest.raises(ConfigurationError) as refusal:
        approve_mappings(OFFICER, trail, sheet(*rows), SCHEDULE, TODAY)
    assert said in str(refusal.value)
    assert mapped_folders(OFFICER, trail.database) == {}


def test_who_reviews_a_service_maps_no_folders(trail, sheet):
    with pytest.raises(RefusedError):
        approve_mappings(REVIEWER, trail, sheet("memory,Invoices,HR.01,yes"), SCHEDULE, TODAY)


def decided(trail, actor, record_class, path="Invoices/a.txt", why="it is a contract."):
    held = item_at(trail.database, Path(path), None)
    classify(actor, trail, held, record_class, why, SCHEDULE, NO_EVENTS, TODAY)


def test_a_persons_decision_comes_before_folders_and_the_rivals_stay_shown(trail, sheet):
    approve_mappings(OFFICER, trail, sheet("memory,Invoices,FI.01,yes"), SCHEDULE, TODAY)
    decided(trail, OFFICER, "HR.01")
    assert class_of(trail, b"Invoices/a.txt") == ("HR.01", Ground.PERSON)
    (weighing,) = weigh(trail.database, SCHEDULE, b"Invoices/a.txt", TODAY)
    said = " ".join(reason.sentence for reason in weighing.decision.reasons)
    assert "Of class HR.01 (Contracts), because a person decided so on 2026-11-22: it is a contract." in said
    assert 'its folder "Invoices" was mapped to it on 2026-11-22; set aside for HR.01' in said
    assert class_of(trail, b"Invoices/b.txt") == ("FI.01", Ground.FOLDER)
    decided(trail, OFFICER, None)
    assert class_of(trail, b"Invoices/a.txt") == ("FI.01", Ground.FOLDER)
    facts = [entry.facts for entry in latest(trail.database, 2)]
    assert facts == ['{"before":null,"record_class":"HR.01"}', '{"before":"HR.01","record_class":null}']


def test_a_class_by_which_it_goes_sooner_is_not_for_everybody(trail):
    with pytest.raises(RefusedError, match="map-classes"):
        decided(trail, REVIEWER, "HR.01")
    decided(trail, OFFICER, "HR.01")
    decided(trail, REVIEWER, "FI.01")
    assert class_of(trail, b"Invoices/a.txt") == ("FI.01", Ground.PERSON)


def test_who_reviews_decides_within_their_own_services(trail):
    with pytest.raises(RefusedError, match="another's"):
        decided(trail, REVIEWER, "FI.01", "=X/d.txt")


@pytest.mark.parametrize(
    ("record_class", "why", "said"),
    [("FI.1", "why", "did you mean"), ("FI.01", " ", "needs a reason")],
)
def test_a_decision_names_a_class_that_is_and_a_reason(trail, record_class, why, said):
    with pytest.raises(ConfigurationError, match=said):
        decided(trail, OFFICER, record_class, why=why)


def test_a_path_that_nothing_lies_at_is_named(trail):
    with pytest.raises(ConfigurationError, match="no item at that path"):
        item_at(trail.database, Path("none.txt"), None)
