"""What everybody tries first is no password."""

from __future__ import annotations

import pytest

from domain.errors import ConfigurationError
from operations.people import passwords

TRIED = ["Password1234!", "qwertyuiop123", "Council2026Council", "1234567890ab", "liverpool1234", "PasswordPassword1!",
         "Summer2026!!!", "abcabcabcabc", "Muniment-12345", "Welcome12345678"]  # fmt: skip
OWN = ["correct horse battery", "otter lantern gravel", "a horse of another colour", "the winter archive leaks"]


@pytest.mark.parametrize("password", TRIED)
def test_what_is_made_of_the_words_that_are_tried_first_is_refused(password):
    with pytest.raises(ConfigurationError, match="random words"):
        passwords.hashed(password, "amy.marsh")


@pytest.mark.parametrize("password", OWN)
def test_words_of_ones_own_are_taken_whatever_is_among_them(password, monkeypatch):
    monkeypatch.setattr(passwords, "_HASHER", passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    assert passwords.matches(passwords.Secret(passwords.hashed(password, "amy.marsh"), False, 0, None), password)
