"""Denials come first, and what is not known lets nobody in."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from domain.access import EVERYONE, Access, Right
from domain.admission import admits, in_a_domain, of_mailbox, rights_kept, vouched_for

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


@pytest.mark.parametrize("entries", [(), (Right(GROUP), Right("uid:7", allows=False))])
def test_of_a_descriptor_all_its_entries_count_as_they_stand(entries):
    assert rights_kept(Access(GROUP, (GROUP,), (), entries)) == entries


def test_numbers_are_of_one_machine_alone():
    assert in_a_domain({GROUP, "uid:7", "gid:7", of_mailbox("a@example.org")}) == {GROUP}


def test_a_mailbox_is_the_same_however_its_address_is_written():
    assert of_mailbox("Rosa.Lind@Example.org") == of_mailbox("rosa.lind@example.org")


def test_a_provider_vouches_for_the_groups_of_its_own_organisation_alone():
    told = [
        GROUP,
        "uid:0",
        "gid:0",
        EVERYONE,
        "S-1-1-0",
        "S-1-5-32-545",
        "S-1-5-32-544",
        "S-1-5-18",
        "planning",
        "",
        "S-1-x",
        f"{GROUP}\n",
    ]
    assert vouched_for(told) == {GROUP}
