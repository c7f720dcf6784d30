from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.audit import BEFORE_THE_FIRST, Act, AuditKey, Entry, Event, Fault, verify

KEY = AuditKey(b"k" * 32)


def a_chain(length: int, key: AuditKey = KEY) -> list[Entry]:
    chain, previous = [], BEFORE_THE_FIRST
    for number in range(1, length + 1):
        event = Event(datetime(2026, 3, 2, tzinfo=UTC), "amy", "ig-officer", "", "password", "web", Act.SCAN_BEGUN,
                      f"scan:{number}", {"listed": number})  # fmt: skip
        entry = Entry.of(number, event)
        previous = key.mac(previous, entry.content)
        chain.append(replace(entry, mac=previous))
    return chain


def test_a_chain_that_nobody_touched_is_whole():
    verdict = verify(a_chain(5), KEY)
    assert (verdict.entries, verdict.fault) == (5, None)
    assert verify([], KEY).entries == 0


@pytest.mark.parametrize("field", [name for name in Entry.__slots__ if name != "number"])
def test_a_change_of_any_field_is_found_where_it_was_made(field):
    chain = a_chain(5)
    old = getattr(chain[2], field)
    new = old + {int: 1, str: "x", bytes: b"x"}[type(old)]
    chain[2] = replace(chain[2], **{field: new})
    verdict = verify(chain, KEY)
    assert (verdict.fault, verdict.number, verdict.entries) == (Fault.ALTERED, 3, 2)


def test_words_do_not_move_from_one_field_to_the_next_unseen():
    chain = a_chain(1)
    chain[0] = replace(chain[0], account="am", role="yig-officer")
    assert verify(chain, KEY).fault is Fault.ALTERED


def test_a_row_that_was_dropped_swapped_or_put_in_is_found():
    chain = a_chain(5)
    assert verify([*chain[:2], *chain[3:]], KEY).fault is Fault.OUT_OF_ORDER
    assert verify([*chain[:2], chain[3], chain[2], chain[4]], KEY).fault is Fault.OUT_OF_ORDER
    swapped = [*chain[:2], replace(chain[3], number=3), replace(chain[2], number=4), chain[4]]
    assert verify(swapped, KEY).fault is Fault.ALTERED
    assert verify([*chain, replace(chain[4], number=6)], KEY).fault is Fault.ALTERED
    assert verify([replace(chain[0], number=0), *chain], KEY).fault is Fault.OUT_OF_ORDER
    assert verify(chain[1:], KEY).fault is Fault.OUT_OF_ORDER


def test_a_tail_that_was_cut_is_found_with_the_head_from_outside_alone():
    chain = a_chain(5)
    head = KEY.head(5, chain[-1].mac, chain[-1].at)
    assert verify(chain[:4], KEY).fault is None
    assert verify(chain[:4], KEY, head).fault is Fault.CUT
    assert verify(a_chain(9), KEY, head).fault is None


def test_a_trail_that_was_written_anew_is_not_the_one_of_the_head():
    chain, other = a_chain(5), a_chain(4)
    anew = Entry.of(5, Event(datetime(2026, 3, 2, tzinfo=UTC), "bo", "", "", "", "", Act.SCAN_ENDED))
    anew = replace(anew, mac=KEY.mac(other[-1].mac, anew.content))
    head = KEY.head(5, chain[-1].mac, chain[-1].at)
    assert verify([*other, anew], KEY, head).fault is Fault.OTHER


def test_another_key_and_a_head_that_was_made_up_are_refused():
    chain = a_chain(5)
    assert verify(chain, AuditKey(b"j" * 32)).fault is Fault.ALTERED
    head = KEY.head(5, chain[-1].mac, chain[-1].at)
    assert verify(chain, KEY, replace(head, number=4)).fault is Fault.FOREIGN_HEAD
    assert verify(chain, KEY, AuditKey(b"j" * 32).head(5, chain[-1].mac, chain[-1].at)).fault is Fault.FOREIGN_HEAD


def test_a_key_is_not_shown():
    assert "k" * 8 not in repr(KEY)


def test_every_byte_row_and_tail_of_a_chain_is_watched():
    """Each bit of each field of each row changed, each row dropped, added and swapped, each tail cut: all found."""
    chain = a_chain(6)
    head = KEY.head(6, chain[-1].mac, chain[-1].at)
    for at, entry in enumerate(chain):
        for name in Entry.__slots__:
            for other in flipped(getattr(entry, name)):
                touched = [*chain[:at], replace(entry, **{name: other}), *chain[at + 1 :]]
                assert verify(touched, KEY, head).fault is not None, (at, name, other)
        assert verify([*chain[:at], *chain[at + 1 :]], KEY, head).fault is not None
        assert verify(chain[:at], KEY, head).fault is Fault.CUT
        for place in range(len(chain) + 1):
            assert verify([*chain[:place], entry, *chain[place:]], KEY, head).fault is not None
            numbered = [
                replace(one, number=number) for number, one in enumerate([*chain[:place], entry, *chain[place:]], 1)
            ]
            assert verify(numbered, KEY, head).fault is not None
        for other in range(at):
            swapped = [*chain]
            swapped[at], swapped[other] = replace(chain[other], number=at + 1), replace(entry, number=other + 1)
            assert verify(swapped, KEY, head).fault is Fault.ALTERED


def flipped(value):
    """The value with each of its bits changed in turn, and without its end."""
    if isinstance(value, int):
        return [value ^ (1 << bit) for bit in range(62)]
    raw = value if isinstance(value, bytes) else value.encode()
    changed = [raw[:at] + bytes([raw[at] ^ (1 << bit)]) + raw[at + 1 :] for at in range(len(raw)) for bit in range(7)]
    changed += [raw[:-1]] if raw else [b"x"]
    return changed if isinstance(value, bytes) else [one.decode() for one in changed]
