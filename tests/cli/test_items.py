"""`muniment items` and `muniment capacity` as a user runs them."""

from __future__ import annotations

import json
import os

import pytest
from commands import copied, made_in

pytestmark = pytest.mark.slow


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory):
    """A workspace whose inventory holds a scan of five letters, two of them the same."""
    made = tmp_path_factory.mktemp("items")
    muniment = made_in(made)
    folder = made / "estate" / "Housing"
    folder.mkdir(parents=True)
    for number in range(4):
        (folder / f"letter {number}.txt").write_text(f"Dear {number}: your NI number is AB 12 34 5{number} C.")
    (folder / "copy.txt").write_text("Dear 0: your NI number is AB 12 34 50 C.")
    muniment("init")
    assert muniment("scan", made / "estate").returncode == 0
    return made


@pytest.fixture
def scanned(muniment, tmp_path, scanned_once):
    copied(scanned_once, tmp_path)
    return muniment


def listed(muniment, *arguments: str) -> list[str]:
    return [item["path"] for item in json.loads(muniment("items", "--json", *arguments).stdout)["items"]]


def test_items_are_narrowed_and_their_pages_go_on_behind_the_mark(scanned):
    for nothing in (("--kind", "IBAN_CODE"), ("--problem", "corrupt"), ("--waiting",), ("--owner", "uid:nobody")):
        assert listed(scanned, *nothing) == []
    mine = ("--owner", f"uid:{os.getuid()}")
    for narrower in (("--personal",), ("--kind", "UK_NINO"), mine, ("--folder", "/Housing/")):
        first = json.loads(scanned("items", *narrower, "--limit", "3", "--json").stdout)
        rest = listed(scanned, *narrower, "--after", first["next"])
        assert len({*(item["path"] for item in first["items"]), *rest}) == 5
    copy = first["items"][0]
    assert copy["path"] == "Housing/copy.txt"
    assert listed(scanned, "--copies-of", str(copy["item"])) == ["Housing/copy.txt", "Housing/letter 0.txt"]


def test_a_mark_of_another_list_ends_with_2_and_a_list_of_nothing_says_so(scanned):
    refused = scanned("items", "--personal", "--after", "3")
    assert (refused.returncode, "`next`" in refused.stderr) == (2, True)
    assert "Traceback" not in refused.stderr
    assert "holds nothing" in scanned("items", "--folder", "Nowhere").stderr


def test_capacity_scales_the_inventory_to_terabytes_and_refuses_a_family_named_twice(scanned):
    small = json.loads(scanned("capacity", "--json").stdout)["estate"]
    large = json.loads(scanned("capacity", "--terabytes", "1", "--json").stdout)["estate"]
    assert large["bytes"] == 10**12
    assert large["files"]["other"] == pytest.approx(small["files"]["other"] * 10**12 / small["bytes"])
    twice = scanned("capacity", "--files", "PDF=1", "--files", "pdf=2")
    assert (twice.returncode, "twice" in twice.stderr) == (2, True)
