"""Of an estate in which everything that can name somebody says "canary", nothing that may be published says it."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from builders import a_zip
from pypdfium2 import PdfDocument
from scan_driver import NOW, scan, tools_over

from domain.account import Account
from domain.actor import Actor, Grant, Proof, Role
from domain.asset import TEXTS, Asset, Location
from domain.figures import Matched, Searched
from domain.hold import Hold, HoldKind, HoldScope
from inventory.accounts import add_account
from inventory.assets import write_asset
from inventory.engine import writing
from inventory.holds import add_hold
from inventory.places import Place
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.config import RotSettings, default_settings
from operations.reporting.report import REPORTS, make_report, write_report
from operations.reporting.wanted import Scope
from operations.rot.find import find_rot
from scanner.sources.memory import MemorySource

OWNER = Actor("owner", (Grant(Role.OWNER),), Proof.PASSWORD)
_DRAFTS = "catalogue drafts"
FILES = {f"canary {n % 3}/canary {n:02}.txt".encode(): b"NAMED %d" % (n // 2) for n in range(24)} | {
    b"canary 1/~$canary.docx": b"", b"canary 1/canary.zip": a_zip({"canary.txt": b"NAMED 99"}),
    b"canary 2/canary broken.docx": b"PK\x03\x04 and no more",
}  # fmt: skip
SEARCHED = Searched(
    "canary request", 1, ("canary-term",), 1,
    (Matched((1,), (), ("canary-term",), "canary 1/a.txt", "canary share", "Finance", 1, 9, False, False, False),), 0,
    datetime(2026, 5, 4, tzinfo=UTC),
)  # fmt: skip


@pytest.fixture
def estate(trail):
    recorder = Recorder(
        trail.database,
        Place("canary share", b"/canary"),
        Pipeline("1", "1"),
        date(2026, 3, 2),
        lambda folder: "Finance",
    )
    recorder.begin(NOW, "detector 1", "key 1")
    tools = replace(tools_over(trail.database, FILES), sources={"canary share": MemorySource("canary share", FILES)})
    scan(trail.database, FILES, recorder=recorder, tools=tools)
    find_rot(OWNER, trail, RotSettings(), date(2026, 5, 4))
    said = {name: f"canary {name}" for name in TEXTS if name not in ("service", "update_frequency")}
    vouched = frozenset({*TEXTS, "locations"})
    released = Asset(
        "A-0001", service="Finance", locations=(Location("canary share", b"canary 1"),), confirmed=vouched,
        confirmed_by="canary owner", released=date(2026, 5, 1), **said,
    )  # fmt: skip
    draft = Asset("A-0002", service="Finance", locations=(Location("canary share", b"canary 2"),), **said)
    hold = Hold("canary-hold", HoldKind.LITIGATION, "canary reason", "canary", HoldScope(), placed=date(2026, 1, 1))
    with writing(trail.database) as connection:
        for number, name in enumerate(("owner", "approver", "technical_officer")):
            add_account(connection, Account(f"u{number}", said[name], frozenset({Role.APPROVER})), NOW)
        write_asset(connection, released)
        write_asset(connection, draft)
        add_hold(connection, hold)
    return trail.database


def _made(estate, name: str):
    service = "Finance" if name == "service" else None
    searched = SEARCHED if name == "subject-search" else None
    scope = Scope.DRAFTS if name == _DRAFTS else Scope.ALL
    name = name.removesuffix(" drafts")
    return make_report(name, estate, default_settings(), service=service, scope=scope, searched=searched)


@pytest.mark.parametrize("name", [*REPORTS, _DRAFTS])
def test_nothing_that_may_be_published_names_a_person_a_file_a_folder_or_a_share(estate, tmp_path, name):
    made = _made(estate, name)
    formats = ["html", "xlsx", "ods", "csv", "json", *(["pdf"] if name in ("gdpr-risk", "service") else [])]
    for path in write_report(made.for_publication(), formats, tmp_path):
        assert "canary" not in _text(path).lower(), path.name


@pytest.mark.parametrize(("name", "ids"), [("catalogue", ["A-0001"]), (_DRAFTS, ["A-0001", "A-0002"])])
def test_there_is_something_in_the_catalogue_that_could_be_named(estate, name, ids):
    listed = next(table for table in _made(estate, name).tables if table.name == "assets")
    assert [row[0] for row in listed.rows] == ids


def test_what_is_not_published_names_them_in_each_format(estate, tmp_path):
    for path in write_report(_made(estate, "service"), ["html", "xlsx", "ods", "json", "pdf"], tmp_path):
        assert "canary" in _text(path).lower(), path.name


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        with PdfDocument(path) as document:
            return " ".join(page.get_textpage().get_text_range() for page in document) + repr(
                document.get_metadata_dict()
            )
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            return "".join(package.read(part).decode("utf-8", "replace") for part in package.namelist())
    return path.read_text("utf-8")
