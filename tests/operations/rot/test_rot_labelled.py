"""How right ROT is on a labelled tree: what it puts forward may go, and what it must not put forward it never does."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from scan_driver import scan

from domain.actor import Actor, Grant, Proof, Role
from domain.rot import RotReason
from inventory.rot_listing import RotWanted, rot_items
from operations.configuration.rot_settings import RotSettings
from operations.rot.find import find_rot

TREE: dict[str, Any] = tomllib.loads((Path(__file__).parents[2] / "cases" / "rot_tree.toml").read_text())
PRECISION = 0.98


def files() -> dict[bytes, bytes]:
    single = (*TREE["trivial"], *TREE["records"], *TREE["guarded"])
    groups = (*TREE["copies"], *TREE["copies_kept"])
    return {path.encode(): b"Content of " + path.encode() for path in single} | {
        path.encode(): b"Shared by " + group["paths"][0].encode() for group in groups for path in group["paths"]
    }


@pytest.fixture
def put_forward(trail) -> dict[str, RotReason]:
    scan(trail.database, files())
    find_rot(Actor("amy", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM), trail, RotSettings(), date(2026, 3, 2))
    items = rot_items(trail.database, RotWanted())
    return {path: item.reason for item in items for path in [item.path.replace("\ufffd", "\r")]}


def share_right(said: set[str], right: set[str]) -> float:
    return len(said & right) / len(said)


def test_what_is_called_trivial_is_and_all_of_it_is_found(put_forward):
    said = {path for path, reason in put_forward.items() if reason is RotReason.TECHNICAL}
    right = {path for path in TREE["trivial"] if "\r" not in path}
    said = {path for path in said if not path.startswith("Care/Icon")}
    assert share_right(said, right) >= PRECISION
    assert right - said == set()


def test_what_is_called_a_copy_is_and_the_one_that_should_stay_stays(put_forward):
    said = {path for path, reason in put_forward.items() if reason is RotReason.COPY}
    right = {path for group in TREE["copies"] for path in group["paths"][1:]}
    assert share_right(said, right) >= PRECISION
    assert right - said == set()


def test_no_guarded_item_is_ever_put_forward(put_forward):
    never = {*TREE["guarded"], *(path for group in TREE["copies_kept"] for path in group["paths"])}
    assert never & put_forward.keys() == set()


def test_no_record_is_put_forward(put_forward):
    assert set(TREE["records"]) & put_forward.keys() == set()
