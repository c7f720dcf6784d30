"""The asset register marks what people vouched for; the catalogue is DCAT 3, and a draft is not in it unasked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from domain.asset import Asset, Frequency, Holding, Lack, Location, Missing, Registered
from domain.summary import Tally
from reports.asset_register import asset_register_report
from reports.catalogue import catalogue_report, linked
from reports.renderers import write
from reports.report import Report, Table

TREES = Asset(
    "A-0001", "Tree surveys", "Planning", (Location("files", b"planning/trees"),), owner="Ann Oldacre",
    technical_officer="Bo Farrier", approver="Cy Thatcher", description="Surveys of protected trees.",
    purpose="Keeping trees", intended_use="Planning decisions", forbidden_use="Valuing land",
    update_frequency=Frequency.TWICE_A_YEAR, quality_note="Gaps before 1998", reuse_risk="Low", licence="OGL 3.0",
    confirmed=frozenset({"locations", "owner", "approver"}), confirmed_by="ann", confirmed_on=date(2026, 4, 1),
    released=date(2026, 5, 1),
)  # fmt: skip
SEEN = Holding(Tally(40, 4_000), oldest=date(1998, 1, 1), newest=date(2026, 3, 1))
RELEASED = Registered(TREES, SEEN, ())
UNREAD = Registered(replace(TREES, id="A-0002", title="Parks"), replace(SEEN, unread=7), ())
CASES = Registered(
    Asset("A-0003", "Cases", "Adult social care", (Location("files", b"care"),)), Holding(Tally(9, 90), personal=8),
    (Lack.NO_OWNER,),
)  # fmt: skip
MISSING = (Missing("Adult social care", "A-0003", "Cases", (Lack.NO_OWNER, Lack.NO_APPROVER), CASES.holding),
           Missing("Waste", "", "", (Lack.NO_ASSET,), Holding(Tally(12, 120))))  # fmt: skip


def _table(report: Report, name: str) -> Table:
    return next(table for table in report.tables if table.name == name)


@pytest.fixture
def register(build) -> Report:
    return asset_register_report(build.a_provenance(), (RELEASED, CASES), MISSING)


@pytest.fixture
def catalogue(build) -> Report:
    return catalogue_report(build.a_provenance(), (RELEASED, UNREAD, CASES))


def test_each_cell_says_whether_somebody_vouched_for_it(register):
    cells = {}
    for name in ("register", "processing", "observed"):
        table = _table(register, name)
        cells |= dict(zip((column.heading for column in table.columns), table.rows[0], strict=True))
    assert cells["Owner"] == "Ann Oldacre (confirmed)"
    assert cells["Purpose"] == "Keeping trees (not confirmed)"
    assert cells["Where it lies"] == "files: planning/trees (confirmed)"
    assert cells["Lawful basis"] is None
    assert (cells["Oldest"], cells["State"]) == (date(1998, 1, 1), "Released")


def test_no_table_is_wider_than_a_sheet_of_paper(register, catalogue):
    assert max(len(table.columns) for table in (*register.tables, *catalogue.tables)) <= 10


def test_what_is_missing_stands_with_what_is_at_stake_also_where_there_is_no_asset(register):
    first, second = _table(register, "missing").rows
    assert first[:5] == (
        "A-0003", "Cases", "Adult social care", "no owner is named; no approver is named", "Yes",
    )  # fmt: skip
    assert (second[0], second[3], second[7]) == (None, "it lies in no asset", 12)
    assert "1 asset lacks what is needed" in register.lead


def test_only_what_is_released_stands_in_the_catalogue_unless_drafts_are_asked_for(build, catalogue):
    assert [row[0] for row in _table(catalogue, "assets").rows] == ["A-0001", "A-0002"]
    drafts = catalogue_report(build.a_provenance(), (RELEASED, CASES), drafts=True)
    assert [row[0] for row in _table(drafts, "assets").rows] == ["A-0001", "A-0003"]
    assert drafts.linked["dcat:dataset"][1]["adms:status"]["skos:prefLabel"] == "draft"
    assert "dcat:contactPoint" not in drafts.linked["dcat:dataset"][1]
    assert drafts.lead.startswith("1 asset of 2 assets in the register stands in the catalogue;")
    assert drafts.lead.endswith("Shown beside: 1 asset, draft or suspended.")


def test_what_has_lost_its_owner_is_suspended_and_not_told_as_released(build):
    suspended = replace(RELEASED, lacks=(Lack.OWNER_GONE,))
    drafts = catalogue_report(build.a_provenance(), (suspended,), drafts=True)
    assert _table(drafts, "assets").rows[0][-2:] == ("Suspended", None)
    (dataset,) = drafts.linked["dcat:dataset"]
    assert dataset["adms:status"]["skos:prefLabel"] == "suspended"
    assert "dct:issued" not in dataset


def test_an_asset_without_files_is_no_candidate_for_publication(build):
    empty = catalogue_report(build.a_provenance(), (replace(RELEASED, holding=Holding()),))
    assert _table(empty, "candidates").rows == ()
    assert "0 assets might be published" in empty.lead


def test_what_was_not_read_whole_is_no_candidate_for_publication_and_says_why(catalogue):
    trees, parks = _table(catalogue, "candidates").rows
    assert trees[4:] == ("No personal data; all of it was read to the end", "Low", "OGL 3.0")
    assert parks[4] == "No candidate yet: 7 items not read to the end, or waiting for OCR, may hold personal data"
    assert "1 asset might be published" in catalogue.lead


def test_the_linked_form_has_what_dcat_asks_of_a_catalogue_and_a_dataset(catalogue, tmp_path):
    _, path = write(catalogue, "json", tmp_path)
    assert path.name == "catalogue.jsonld"
    told = json.loads(path.read_text())
    assert told["@type"] == "dcat:Catalog"
    assert {"dct:title", "dct:description", "dct:publisher"} <= told.keys()
    assert told["dct:publisher"]["foaf:name"] == "Westmere Council"
    dataset = told["dcat:dataset"][0]
    assert dataset["@type"] == "dcat:Dataset"
    assert {"dct:title", "dct:description", "dct:publisher", "dct:identifier", "dct:license"} <= dataset.keys()
    assert dataset["dcat:contactPoint"] == {"@type": "vcard:Individual", "vcard:fn": "Bo Farrier"}
    assert dataset["dct:accrualPeriodicity"]["@id"].endswith("/authority/frequency/ANNUAL_2")
    assert dataset["dct:temporal"]["dcat:endDate"] == {"@value": "2026-03-01", "@type": "xsd:date"}
    roles = {one["dcat:hadRole"]["skos:prefLabel"]: one["prov:agent"]["foaf:name"]
             for one in dataset["prov:qualifiedAttribution"]}  # fmt: skip
    assert roles == {"owner": "Ann Oldacre", "approver": "Cy Thatcher"}


def test_every_term_of_the_linked_form_is_of_a_vocabulary_that_it_names(catalogue):
    prefixes = set(catalogue.linked["@context"])
    for term in _terms({key: value for key, value in catalogue.linked.items() if key != "@context"}):
        assert term.startswith("@") or term.partition(":")[0] in prefixes


def _terms(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from [inner] if key == "@type" else _terms(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _terms(inner)


@pytest.mark.parametrize("frequency", [*Frequency, ""])
def test_every_frequency_has_a_term(build, frequency):
    asset = replace(RELEASED, asset=replace(TREES, update_frequency=frequency))
    (dataset,) = linked(build.a_provenance(), (asset,))["dcat:dataset"]
    assert dataset["dct:accrualPeriodicity"]["@id"].endswith("/UNKNOWN") is (frequency == "")


@pytest.mark.parametrize("fmt", ["html", "csv", "json"])
def test_published_neither_names_a_person_or_a_place(register, catalogue, tmp_path, fmt):
    for report in (register, catalogue):
        for path in write(report.for_publication(), fmt, tmp_path):
            assert path.suffix != ".jsonld"
            assert not [name for name in (b"Oldacre", b"Farrier", b"Thatcher", b"trees") if name in path.read_bytes()]
