"""All entries of a descriptor that concern reading, in their order; what they come to for somebody who is signed in."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from security_descriptors import ALLOWED, DENIED, FULL, INHERIT_ONLY, READ, ace, descriptor

from domain.access import EVERYONE, Access, Right
from domain.admission import admits
from scanner.sources.rights_apart import told_apart
from scanner.sources.smb.security_descriptor import ENTERS, access_of, rights_of

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "descriptors.toml").read_text("utf-8"))["case"]
DOMAIN = "S-1-5-21-1004336348-1177238915-682003330"
SIDS = {
    "CLERK": f"{DOMAIN}-1104", "TEAM": f"{DOMAIN}-2208", "STAFF": f"{DOMAIN}-2300", "OTHERS": f"{DOMAIN}-3000",
    "EVERYONE": "S-1-1-0", "AUTHENTICATED": "S-1-5-11", "GUESTS": "S-1-5-32-546", "OWNER-RIGHTS": "S-1-3-4",
    "CREATOR": "S-1-3-0", "UNIX-USER": "S-1-22-1-1000", "UNIX-GROUP": "S-1-22-2-100",
}  # fmt: skip
TYPES = {"allow": ALLOWED, "deny": DENIED, "allow-if": 9, "deny-if": 10, "audit": 2, "type-0x1f": 0x1F}
MASKS = {"read": READ, "write": 0x120116, "full": FULL, "generic-read": 0x80000000, "generic-all": 0x10000000}
FLAGS = {"inherit-only": INHERIT_ONLY, "inherited": 0x10}
NONE, UNTOLD = {"entries": None}, {"entries": None, "control": 0x8000}
CLERK, TEAM = SIDS["CLERK"], SIDS["TEAM"]


def entry(said: str) -> bytes:
    kind, who, what, *flags = said.split()
    condition = b"artx" if kind.endswith("-if") else b""
    return ace(SIDS[who], MASKS[what], TYPES[kind], sum(FLAGS[flag] for flag in flags), after=condition)


def built(case) -> bytes:
    how = {"none": NONE, "untold": UNTOLD}.get(case["list"]) if isinstance(case["list"], str) else None
    told = how or {"entries": [entry(said) for said in case["list"]]}
    return descriptor(**told, owner=SIDS.get(case.get("owner")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_a_descriptor_lets_in_whom_it_surely_means(case):
    rights = rights_of(built(case))
    assert (rights is not None and admits(rights, {SIDS[one] for one in case["is"]})) is case["may"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_is_kept_of_it_is_the_same(case):
    assert access_of(built(case)).entries == rights_of(built(case))


def test_entries_keep_their_order_and_each_stands_once():
    entries = [ace(TEAM, READ), ace(CLERK, READ, DENIED), ace(TEAM, FULL), ace(CLERK, READ)]
    assert rights_of(descriptor(entries)) == (Right(TEAM), Right(CLERK, allows=False), Right(CLERK))


def test_to_go_through_a_folder_is_another_right_than_to_list_it():
    entries = [ace(CLERK, 0x20), ace(TEAM, 0x1)]
    assert rights_of(descriptor(entries), ENTERS) == (Right(CLERK),)
    assert rights_of(descriptor(entries)) == (Right(TEAM),)
    assert rights_of(descriptor(None), ENTERS) == (Right(EVERYONE),)


def test_a_file_that_denies_somebody_is_told_apart_from_its_folder_though_the_same_can_read_it():
    folder = access_of(descriptor([ace(TEAM, READ)]))
    same, other = ([ace(TEAM, READ)], [ace(CLERK, READ, DENIED), ace(TEAM, READ)])
    assert told_apart(access_of(descriptor(same, CLERK)), folder) is folder
    apart = told_apart(access_of(descriptor(other)), folder)
    assert (apart.readers, apart.denied) == ((TEAM,), {CLERK})
    assert told_apart(Access(None, (TEAM,)), folder).entries is None


WHOLE = descriptor([ace(TEAM, READ), ace(CLERK, READ, DENIED)], CLERK)


def test_what_is_cut_short_lets_nobody_in():
    assert rights_of(WHOLE) is not None
    assert {rights_of(WHOLE[:length]) for length in range(len(WHOLE))} == {None}


@given(some.binary(max_size=300))
def test_any_bytes_are_rights_or_nothing(raw):
    assert isinstance(rights_of(raw), tuple | None)
