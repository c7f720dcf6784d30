from __future__ import annotations

from datetime import date

from domain.event import Event, EventRegister, Reference
from domain.privacy import FingerprintKey

KEY = FingerprintKey(b"k" * 32)
CLOSED = date(2019, 3, 31)


def a_register(key=KEY) -> EventRegister:
    sealed = Reference("case_no", "C-0077").sealed_with(KEY)
    return EventRegister([Event(sealed, "case_closed", CLOSED)], key)


def test_a_sealed_register_is_asked_by_the_number_however_it_is_written():
    for spelling in ("C-0077", "c 0077", "C0077"):
        found = a_register().last(Reference("case_no", spelling), "case_closed")
        assert found is not None
        assert found.on == CLOSED
    assert a_register().last(Reference("case_no", "C-0078"), "case_closed") is None
    assert a_register().last(Reference("claim_no", "C-0077"), "case_closed") is None


def test_what_it_answers_can_be_asked_again():
    found = a_register().last(Reference("case_no", "C-0077"), "case_closed")
    assert found is not None
    assert a_register().last(found.reference, "case_closed") == found


def test_a_sealed_reference_shows_no_number_and_another_key_finds_nothing():
    sealed = Reference("case_no", "C-0077").sealed_with(KEY)
    assert "0077" not in sealed.value
    other = FingerprintKey(b"o" * 32)
    assert a_register(other).last(Reference("case_no", "C-0077"), "case_closed") is None
