"""Denials come first, and what is not known lets nobody in."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from domain.access import EVERYONE, Access
from domain.admission import Right, admits, rights_kept, vouched_for

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "admission.toml").read_text("utf-8"))["case"]
GROUP = "S-1-5-21-1-2-3-1100"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_rights_let_in_whom_they_surely_mean(case):
    rights = [Right(one[1:], one[0] == "+") for one in case["rights"]]
    assert admits(rights, frozenset(case["is"])) is case["may"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_denial_more_lets_nobody_in_who_was_not(case):
    rights = [Right(one[1:], one[0] == "+") for one in case["rights"]]
    assert not admits([*rights, Right("S-1-5-21-8-8-8-1000", allows=False)], frozenset(case["is"]))


def test_what_an_inventory_keeps_of_a_mode_is_enough():
    assert rights_kept(Access("uid:7", ("gid:50", "uid:7"))) == (Right("gid:50"), Right("uid:7"))


@pytest.mark.parametrize(
    "access",
    [None, Access(None, (GROUP,)), Access(GROUP, (EVERYONE,)), Access("uid:7", (EVERYONE,), (GROUP,))],
)
def test_what_an_inventory_keeps_of_a_descriptor_is_not_enough(access):
    assert rights_kept(access) is None


def test_a_provider_vouches_for_the_groups_of_its_own_organisation_alone():
    told = [GROUP, "uid:0", "gid:0", EVERYONE, "S-1-1-0", "S-1-5-32-545", "planning", "", "S-1-x", f"{GROUP}\n"]
    assert vouched_for(told) == {GROUP}
