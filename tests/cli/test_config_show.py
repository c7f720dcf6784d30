"""What is configured and where each setting comes from; nothing secret is shown."""

from __future__ import annotations

import json

import pytest

from cli.config import show
from operations.config import load_settings, tables_in
from operations.configuration.shown import HIDDEN, settings_shown

SETTINGS = """\
[inventory]
url = "postgresql://muniment@database.example/muniment"
password_file = "secrets/database"

[scan]
recent_days = 30

[tika]
server = "http://reader:HIDDEN-WORD@127.0.0.1:9998"

[[source]]
name = "shares"
root = "shares"

[[source]]
name = "letters"
root = "letters"
dispose = true

[[term]]
id = "SAR-1"
phrases = ["Josephine Thornbury"]
"""


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "muniment.toml"
    path.write_text(SETTINGS)
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "database").write_text("HIDDEN-WORD")
    return path


def shown(config, environment: dict[str, str], monkeypatch) -> dict[str, tuple[object, str]]:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    told = settings_shown(load_settings(config), tables_in(config), environment)
    return {each.key: (each.value, each.origin.value) for each in told}


def test_each_setting_says_where_it_comes_from(config, monkeypatch, tmp_path):
    environment = {"MUNIMENT_SCAN__PROOF": "0.5", "MUNIMENT_OCR": '{"pictures": true}', "MUNIMENT_CONFIG": str(config)}
    told = shown(config, environment, monkeypatch)
    assert told["scan.proof"] == (0.5, "environment")
    assert told["ocr.pictures"] == (True, "environment")
    assert told["ocr.documents"] == (False, "default")
    assert told["scan.recent_days"] == (30, "file")
    assert told["web.port"] == (8580, "default")
    assert told["source[1].dispose"] == (False, "default")
    assert told["source[2].dispose"] == (True, "file")
    assert told["source[2].root"] == (str(tmp_path / "letters"), "file")
    assert "config" not in told


def test_the_environment_goes_over_the_file(config, monkeypatch):
    told = shown(config, {"muniment_scan__recent_days": "7"}, monkeypatch)
    assert told["scan.recent_days"] == (7, "environment")


def test_nothing_secret_and_nobodys_name_is_shown(config, monkeypatch):
    environment = {"MUNIMENT_INVENTORY_PASSWORD": "HIDDEN-WORD"}
    told = shown(config, environment, monkeypatch)
    assert told["term[1].phrases"] == (HIDDEN, "file")
    assert told["tika.server"] == (f"http://reader:{HIDDEN}@127.0.0.1:9998", "file")
    assert told["inventory.password_file"] == ("secrets/database", "file")
    assert "HIDDEN-WORD" not in repr(told)
    assert "Thornbury" not in repr(told)


def test_the_command_lists_them_and_can_leave_out_the_defaults(muniment_here, tmp_path):
    (tmp_path / "work" / "muniment.toml").write_text(SETTINGS.replace("HIDDEN-WORD@", "@").replace("reader:@", ""))
    lines = [json.loads(line) for line in muniment_here("config", "show", "--json").stdout.splitlines()]
    changed = muniment_here("config", "show", "--changed")
    assert {"key": "scan.recent_days", "value": 30, "origin": "file"} in lines
    assert len(lines) > 100
    assert "scan.recent_days" in changed.stdout
    assert "web.port" not in changed.stdout
    assert "muniment.toml" in changed.stderr
    assert "Thornbury" not in changed.stdout
    missing = muniment_here("--config", "none.toml", "config", "show")
    assert (missing.returncode, "muniment init" in missing.stderr) == (2, True)


def test_what_the_environment_says_wrongly_is_told_where_a_workspace_is_made(muniment_here, tmp_path):
    refused = muniment_here("init", env={"MUNIMENT_EXECUTOR__KIND": "serial"})
    assert refused.returncode == 2
    assert "the environment: executor.kind" in refused.stderr
    assert list((tmp_path / "work").iterdir()) == [tmp_path / "work" / "schedule.toml"]


def test_its_help_says_what_is_not_shown():
    assert "Secrets are in files of their own" in show.help
