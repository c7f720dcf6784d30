"""References and labels that documents carry in their properties tie them to events and classes, and are never kept."""

from __future__ import annotations

import logging
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from builders import a_schedule
from reportlab.pdfgen.canvas import Canvas
from scan_driver import a_recorder, scan, tools_over
from scanner_files import a_docx

from domain.actor import Actor, Grant, Proof, Role
from domain.content import Content, Place
from domain.event import Event, EventRegister, Reference
from domain.privacy import FingerprintKey
from domain.record_class import Ground
from inventory.engine import reading
from inventory.tables import TraitRow
from operations.scanning.self_told import SelfTold, lines_in, self_told
from operations.schedule.evaluate import evaluate, weigh
from scanner.extractors import extractor_for

TODAY = date(2026, 11, 22)
OFFICER = Actor("ig", (Grant(Role.IG_OFFICER),), Proof.PASSWORD)
KEY = FingerprintKey(b"k" * 32)
SCHEDULE = a_schedule("""\
[[class]]
id = "HR.02"
title = "Employee file"
labels = ["Personnel file"]

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


def _docx(**custom: str) -> bytes:
    entries = "".join(
        f'<property name="{name.replace("_", " ")}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for name, value in custom.items()
    )
    out = BytesIO(a_docx())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("docProps/custom.xml", f'<Properties xmlns:vt="vt">{entries}</Properties>')
    return out.getvalue()


def _pdf(keywords: str) -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    canvas.setKeywords(keywords)
    canvas.drawString(72, 700, "Dear Ann")
    canvas.save()
    return out.getvalue()


FILES = {
    b"a.docx": _docx(Case_reference="EMP-00123", Document_type="personnel FILE"),
    b"b.pdf": _pdf("leaver; EMP00124; Personnel file"),
    b"c.docx": _docx(Case_reference="none"),
}
EVENTS = EventRegister(
    [
        Event(Reference("employee_no", number).sealed_with(KEY), "employment_end", day)
        for number, day in (("00123", date(2019, 3, 31)), ("00124", date(2026, 3, 31)))
    ],
    KEY,
)


@pytest.fixture
def scanned(trail):
    tools = replace(
        tools_over(trail.database, FILES), extractor_for=extractor_for, fingerprint=KEY.fingerprint,
        self_told=SelfTold(SCHEDULE),
    )  # fmt: skip
    scan(trail.database, FILES, tools=tools, recorder=a_recorder(trail.database, key=KEY.id))
    return trail


def test_a_document_gets_the_event_of_the_reference_in_its_properties(scanned):
    found = evaluate(OFFICER, scanned, SCHEDULE, TODAY, (), EVENTS)

    assert found.states == {"due": 1, "kept": 1, "uncomputable": 1}
    (weighing,) = weigh(scanned.database, SCHEDULE, b"a.docx", TODAY, (), EVENTS)
    assert weighing.decision.due == date(2025, 3, 31)
    assert evaluate(OFFICER, scanned, SCHEDULE, TODAY, (), EVENTS).changed == 0


@pytest.mark.parametrize(("name", "of_class"), [(b"a.docx", "HR.02"), (b"b.pdf", "HR.02"), (b"c.docx", None)])
def test_a_label_in_its_properties_says_of_which_class_a_document_is(scanned, name, of_class):
    (weighing,) = weigh(scanned.database, SCHEDULE, name, TODAY)

    assert weighing.decision.record_class == of_class
    assert weighing.decision.ground is (Ground.LABEL if of_class else None)


def test_of_a_reference_only_its_fingerprint_is_kept(scanned):
    with reading(scanned.database) as connection:
        kept = " ".join(filter(None, connection.execute(TraitRow.__table__.select().with_only_columns(
            TraitRow.properties)).scalars()))  # fmt: skip
    assert "00123" not in kept
    assert "00124" not in kept
    assert Reference("employee_no", "00123").sealed_with(KEY).value in kept


def test_only_what_stands_among_the_properties_of_a_later_stretch_is_looked_through():
    text = "EMP00001\nCase: EMP00002\nbehind\n"
    places = (Place(100, "page 9"), Place(109, "properties"), Place(124, "notes"))

    assert list(lines_in(Content(text, places, start=100))) == ["Case: EMP00002"]
    assert list(lines_in(Content(text, (Place(0, "page 1"), Place(90, "properties")), start=100))) == text.splitlines()
    assert list(lines_in(Content("text"))) == []


def test_a_schedule_that_cannot_be_read_stops_no_scan_and_is_logged(tmp_path, caplog):
    broken = tmp_path / "schedule.toml"
    broken.write_text("[schedule")
    caplog.set_level(logging.WARNING, logger="operations.scanning")

    assert self_told(broken).kept(["EMP-00123"], KEY.fingerprint) == {}
    assert "no references or labels are looked for" in caplog.text
