from __future__ import annotations

import json

import pytest

ENTRY = '\n[[timetable]]\nname = "nightly"\ncron = "30 1 * * *"\nmode = "metadata"\n'


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture
def workspace(muniment, tmp_path):
    assert muniment("init").returncode == 0
    return tmp_path / "work"


def test_the_timetable_lists_what_is_next_and_status_that_nothing_runs(muniment, workspace):
    with (workspace / "muniment.toml").open("a") as file:
        file.write(ENTRY)
    listed = muniment("timetable", "list", "--json", "--count", "2")
    (entry,) = json.loads(listed.stdout)["entries"]
    assert (entry["name"], entry["last"], len(entry["next"])) == ("nightly", None, 2)
    assert "nightly" in muniment("timetable", "list").stdout
    told = json.loads(muniment("status", "--json").stdout)
    assert (told["scans"], told["waiting"], told["leases"]) == ([], 0, {"waiting": 0, "held": 0})
    assert "0 items to be examined" in muniment("status").stdout


def test_without_a_timetable_there_is_nothing_to_run(muniment, workspace):
    refused = muniment("timetable", "run")
    assert refused.returncode == 2
    assert "No [[timetable]] is configured" in refused.stderr


@pytest.mark.parametrize("command", [["worker"], ["scan"]])
def test_hosts_need_an_inventory_that_they_can_reach(muniment, workspace, command):
    refused = muniment(*command, env={"MUNIMENT_EXECUTOR__KIND": "cluster"})
    assert refused.returncode == 2
    assert "needs an inventory in PostgreSQL" in refused.stderr
