"""What pages take from others is what the lock says, and nothing that only GOV.UK may show."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
VENDORED = WEB / "static" / "vendor"


@pytest.mark.servers
def test_the_files_are_those_of_the_locked_packages(tmp_path):
    subprocess.run([WEB / "assets" / "vendor.sh", tmp_path], check=True, capture_output=True, timeout=300)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in VENDORED.iterdir() if path.name != "LICENCES.md"}
    assert made.keys() == kept.keys()
    assert [name for name, content in made.items() if kept[name] != content] == []


@pytest.mark.parametrize("lock", ["web/assets/package-lock.json", "tests/web/provider/package-lock.json"])
def test_a_lock_names_what_and_not_where(lock):
    text = (WEB.parent / lock).read_text("utf-8")
    assert "resolved" not in text
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/') > 0


def test_there_is_no_font_of_others_and_no_crown():
    style = (VENDORED / "govuk-frontend.min.css").read_text("utf-8")
    assert "GDS Transport" not in style
    assert "@font-face" not in style
    templates = "".join(path.read_text("utf-8") for path in (WEB / "templates").rglob("*.html"))
    assert not re.search(r"govukHeader|govukFooter|govukLogo|crown", templates, re.IGNORECASE)
