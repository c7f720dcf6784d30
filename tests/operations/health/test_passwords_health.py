"""What the doctor says of a list of broken passwords."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from operations.config import Settings, default_settings
from operations.configuration.web_settings import WebSettings
from operations.health.check import Check, Health
from operations.health.doctor import examine_health
from operations.health.passwords_health import passwords_checks


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    web = WebSettings(broken_passwords=tmp_path / "broken.txt")
    return default_settings().model_copy(update={"web": web})


@pytest.mark.parametrize(
    ("content", "health", "seen"),
    [
        ("123456\nqwerty\n", Health.GOOD, "words as they are typed, 14 bytes"),
        (f"{'0' * 40}:7\n", Health.GOOD, "sorted SHA-1 digests, 43 bytes"),
        (f"{'0' * 32}:7\n", Health.WRONG, "NTLM"), (None, Health.WRONG, "cannot be read"),
    ],
)  # fmt: skip
def test_the_list_is_looked_at(settings, content, health, seen):
    if content is not None:
        settings.web.broken_passwords.write_text(content)
    (check,) = passwords_checks(settings)
    assert (check.health, seen in check.seen, bool(check.mend)) == (health, True, health is Health.WRONG)


def test_it_is_a_line_of_the_doctors_where_a_list_is_named_and_none_where_not(settings):
    assert "broken passwords" in subjects(examine_health(settings))
    assert list(passwords_checks(default_settings())) == []


def subjects(checks: Iterator[Check]) -> list[str]:
    return [check.subject for check in checks]
