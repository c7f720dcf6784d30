"""How `muniment doctor --fetch-tika` fetches the Apache Tika server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def test_without_maven_the_server_cannot_be_fetched_and_it_says_what_to_do(muniment, tmp_path):
    result = muniment("doctor", "--fetch-tika", env={"PATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert result.returncode == 2
    assert "apt install maven" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.servers
def test_the_server_that_was_fetched_is_named_with_how_to_start_it(muniment, real_tika):
    result = muniment("doctor", "--fetch-tika", "--json")
    assert result.returncode == 0
    seen = json.loads(result.stdout)["seen"]
    assert "checksum is right" in seen
    assert Path(seen.split(" at ")[1].split(", ")[0]).is_file()
    assert "java -jar" in result.stderr
