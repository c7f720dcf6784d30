from __future__ import annotations

import os

import pytest

from scanner.silence import silent


def test_what_native_code_prints_is_not_seen_and_what_follows_is(capfd):
    with silent():
        os.write(2, b"secret")
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"


def test_an_error_ends_the_silence_too(capfd):
    with pytest.raises(ValueError, match="x"), silent():
        raise ValueError("x")
    os.write(2, b"after")
    assert capfd.readouterr().err == "after"
