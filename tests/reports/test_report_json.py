"""JSON: the same report, for programs."""

from __future__ import annotations

import json

import pytest

from reports.gdpr_risk import gdpr_risk_report
from reports.renderers.json import render_json


def test_what_is_read_back_holds_every_row_with_raw_values(build):
    report = build.a_rot_report(build.a_provenance(build.WITH_GAPS), build.SERVICES, build.ROT_ITEMS)
    read = json.loads(render_json(report))
    tables = {table["name"]: table for section in read["sections"] for table in section["tables"]}

    assert list(tables) == [table.name for table in report.tables]
    assert [len(table["rows"]) for table in tables.values()] == [len(table.rows) for table in report.tables]
    assert tables["by-reason"]["rows"] == [list(row) for row in report.tables[0].rows]
    assert tables["items"]["rows"][0][5:7] == [1_800_000_000, "2018-05-04T12:00:00Z"]
    assert read["caveats"] == list(report.caveats)
    assert read["provenance"]["not_fully_examined"] == {"items": 40, "bytes": 1_400_000_000}


def test_a_long_table_is_not_cut(build):
    items = tuple(build.a_rot_item(f"files/{number}") for number in range(345))
    read = json.loads(render_json(build.a_rot_report(build.a_provenance(), build.SERVICES, items)))
    tables = {table["name"]: table for section in read["sections"] for table in section["tables"]}
    assert len(tables["items"]["rows"]) == 345


def test_a_cell_of_the_heat_map_is_two_numbers(build):
    report = gdpr_risk_report(
        build.a_provenance(), build.SERVICES, build.RISKY, build.RISK_ITEMS, build.WEIGHTS, build.OWNERSHIP
    )
    heat_map = json.loads(render_json(report))["sections"][1]["tables"][0]
    assert heat_map["total"][1] == {"items": 5, "highest": 96}


@pytest.mark.parametrize("name", ["\u202egnp.exe", "\x1b[2Jx", "a\udcffb", "emoji \U0001f4c1"])
def test_no_character_of_a_name_can_act_on_a_terminal(build, name):
    text = render_json(build.a_rot_report(build.a_provenance(), build.SERVICES, (build.a_rot_item(name),)))
    assert text.isascii()
    assert all(line.isprintable() for line in text.splitlines())
    tables = {table["name"]: table for section in json.loads(text)["sections"] for table in section["tables"]}
    assert tables["items"]["rows"][0][0] == name
