"""What the doctor says of connections that leave this machine."""

from __future__ import annotations

import pytest

from operations.config import InventorySettings, Settings
from operations.configuration.sections import TikaSettings
from operations.health.transport_health import transport_checks


def told(url: str = "sqlite:///i.db", tika: str | None = None) -> list[str]:
    return [check.subject for check in transport_checks(Settings(
        inventory=InventorySettings(url=url), tika=TikaSettings(server=tika)
    ))]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///i.db", []), ("postgresql:///muniment?host=/run/postgresql", []),
        ("postgresql://writer@127.0.0.1/muniment", []), ("postgresql://writer@db.example/muniment", ["inventory"]),
        ("postgresql://writer@db.example/muniment?sslmode=require", ["inventory"]),
        ("postgresql://writer@db.example/muniment?sslmode=verify-full", []),
    ],
)  # fmt: skip
def test_a_database_that_is_reached_in_the_clear_is_told_of(url, expected, monkeypatch):
    for name in ("PGHOST", "PGSSLMODE"):
        monkeypatch.delenv(name, raising=False)
    assert told(url) == expected


@pytest.mark.parametrize(
    ("server", "expected"),
    [(None, []), ("http://127.0.0.1:9998", []), ("https://tika.example", []), ("http://tika.example:9998", ["Tika"])],
)
def test_a_reader_that_is_reached_in_the_clear_is_told_of(server, expected):
    assert told(tika=server) == expected
