from __future__ import annotations

import struct
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from security_descriptors import (
    ALLOWED_CALLBACK,
    ALLOWED_OBJECT,
    AUDIT,
    DENIED,
    DENIED_CALLBACK,
    DENIED_OBJECT,
    FULL,
    INHERIT_ONLY,
    MODIFY,
    READ,
    ace,
    descriptor,
)

from domain.access import EVERYONE, Access, Breadth
from scanner.sources.smb.security_descriptor import access_of

WORLD = "S-1-1-0"
DOMAIN = "S-1-5-21-1004336348-1177238915-682003330"
CLERK, TEAM, ADMINISTRATORS = f"{DOMAIN}-1104", f"{DOMAIN}-2208", "S-1-5-32-544"


def plain(descriptor: bytes) -> Access:
    """Who can read and write, apart from the entries that say so."""
    return replace(access_of(descriptor), entries=None)


def test_it_tells_the_owner_and_who_can_read_and_who_can_write():
    rights = descriptor([ace(TEAM, READ), ace(CLERK, MODIFY), ace(ADMINISTRATORS, FULL)], CLERK)
    assert plain(rights) == Access(
        CLERK, tuple(sorted((ADMINISTRATORS, CLERK, TEAM))), tuple(sorted((ADMINISTRATORS, CLERK)))
    )


def test_equal_rights_in_another_order_are_equal_values():
    entries = [ace(TEAM, READ), ace(CLERK, READ), ace(TEAM, READ)]
    assert plain(descriptor(entries)) == plain(descriptor(entries[::-1]))


@pytest.mark.parametrize("rights", [descriptor(None), descriptor(None, control=0x8000), descriptor([], control=0x8000)])
def test_without_a_list_everyone_can_do_everything(rights):
    assert plain(rights) == Access(None, (EVERYONE,), (EVERYONE,))
    assert access_of(rights).breadth() is Breadth.EVERYONE


def test_with_an_empty_list_nobody_can_do_anything():
    assert plain(descriptor([], CLERK)) == Access(CLERK, (), ())


def test_what_is_only_there_to_be_inherited_does_not_count():
    assert access_of(descriptor([ace(WORLD, FULL, flags=INHERIT_ONLY), ace(TEAM, READ, flags=0x3)])).readers == (TEAM,)


def test_a_denial_counts_for_what_comes_after_it():
    denied_first = descriptor([ace(TEAM, 0x1, DENIED), ace(TEAM, MODIFY), ace(CLERK, READ)])
    assert plain(denied_first) == Access(None, (CLERK,), (TEAM,))
    granted_first = descriptor([ace(TEAM, READ), ace(TEAM, READ, DENIED)])
    assert access_of(granted_first).readers == (TEAM,)


def test_what_is_denied_to_everyone_is_denied_to_each():
    assert access_of(descriptor([ace(WORLD, FULL, DENIED), ace(TEAM, READ), ace(WORLD, READ)])).readers == ()


def test_generic_rights_are_read_as_what_they_stand_for():
    entries = [ace(TEAM, 0x80000000), ace(CLERK, 0x40000000), ace(ADMINISTRATORS, 0x10000000)]
    found = access_of(descriptor(entries))
    assert (set(found.readers), set(found.writers)) == ({TEAM, ADMINISTRATORS}, {CLERK, ADMINISTRATORS})


@pytest.mark.parametrize("right", [0x2, 0x4, 0x40, 0x10000, 0x40000, 0x80000])
def test_who_can_delete_or_take_over_can_write(right):
    assert access_of(descriptor([ace(TEAM, right)])).writers == (TEAM,)


@pytest.mark.parametrize("types", [0, 1, 2, 3])
def test_entries_that_name_object_types_are_understood(types):
    between = struct.pack("<L", types) + b"\x11" * 16 * types.bit_count()
    assert access_of(descriptor([ace(TEAM, READ, ALLOWED_OBJECT, between=between)])).readers == (TEAM,)


def test_a_right_under_a_condition_counts_and_a_denial_under_one_does_not():
    entries = [
        ace(TEAM, READ, DENIED_CALLBACK, after=b"artx"),
        ace(TEAM, READ, DENIED_OBJECT, between=b"\0\0\0\0"),
        ace(TEAM, READ, ALLOWED_CALLBACK, after=b"artx"),
    ]
    assert access_of(descriptor(entries)).readers == (TEAM,)


def test_auditing_and_kinds_to_come_grant_nothing():
    assert access_of(descriptor([ace(WORLD, FULL, AUDIT), ace(WORLD, FULL, 0x11), ace(TEAM, READ)])).readers == (TEAM,)


def test_rights_of_whoever_owns_it_are_the_owners():
    assert access_of(descriptor([ace("S-1-3-4", READ)], CLERK)).readers == (CLERK,)


def test_accounts_that_samba_knows_by_number_are_those_numbers():
    found = plain(descriptor([ace("S-1-22-2-100", READ)], "S-1-22-1-1000"))
    assert found == Access("uid:1000", ("gid:100",), ())


def test_an_authority_beyond_32_bits_is_written_as_windows_writes_it():
    assert access_of(descriptor([], "S-1-0x123456789ABC-7")).owner == "S-1-0x123456789ABC-7"


WHOLE = descriptor([ace(TEAM, READ), ace(CLERK, MODIFY), ace(WORLD, 0x2, DENIED)], CLERK)


def test_what_is_cut_short_tells_nothing_rather_than_a_part():
    assert access_of(WHOLE) is not None
    assert {access_of(WHOLE[:length]) for length in range(len(WHOLE))} == {None}


def test_an_entry_that_claims_to_be_nothing_ends_it():
    assert access_of(descriptor([struct.pack("<BBHL", 0, 0, 0, 0)] * 3)) is None


@given(some.binary(max_size=300))
def test_any_bytes_are_rights_or_nothing(raw):
    assert isinstance(access_of(raw), Access | None)


@given(some.lists(some.tuples(some.integers(0, len(WHOLE) - 1), some.integers(0, 255)), min_size=1, max_size=8))
def test_any_damage_is_rights_or_nothing(changes):
    raw = bytearray(WHOLE)
    for place, value in changes:
        raw[place] = value
    assert isinstance(access_of(bytes(raw)), Access | None)
