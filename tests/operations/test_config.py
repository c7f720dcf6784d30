from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from operations.config import Settings, load_settings
from operations.setup import Workspace, initialise
from operations.wiring import load_key, service_finder

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def a_config(tmp_path, text: str) -> Path:
    path = tmp_path / "muniment.toml"
    path.write_text(text)
    return path


def test_the_example_configuration_loads_and_shows_the_defaults():
    example = load_settings(EXAMPLE)
    assert [source.name for source in example.sources] == ["shares"]
    # What stands behind a # is what holds without it.
    bare = "\n".join(line.removeprefix("# ") if " = " in line else "" for line in EXAMPLE.read_text().splitlines())
    limits = dict(line.split("#")[0].split(" = ") for line in bare.splitlines() if " = " in line)
    for name, value in Settings().limits.model_dump().items():
        assert str(value) == limits[name].strip()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[limits]\nsecond = 5\n", "limits.second: there is no such setting"),
        ("[limits]\nseconds = -1\n", "limits.seconds"),
        ("[[source]]\nname = 'a'\n", r"source\[1\].root"),
        ("[[source]]\nname = 'a'\nkind = 'ftp'\nroot = '/x'\n", r"source\[1\].kind"),
        ("[limits\n", "not TOML"),
    ],
)
def test_a_wrong_setting_is_refused_by_file_and_key(tmp_path, text, said):
    with pytest.raises(ConfigurationError, match=said) as refusal:
        load_settings(a_config(tmp_path, text))
    assert "muniment.toml" in str(refusal.value)


def test_the_environment_overrides_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("MUNIMENT_LIMITS__SECONDS", "7")
    assert load_settings(a_config(tmp_path, "[limits]\nseconds = 5\n")).limits.seconds == 7


def test_relative_paths_are_relative_to_the_file(tmp_path):
    settings = load_settings(a_config(tmp_path, "[[source]]\nname = 'a'\nroot = 'here'\n"))
    assert settings.sources[0].root == tmp_path / "here"
    assert settings.inventory.key_file == tmp_path / "muniment.key"
    assert settings.inventory.url == f"sqlite:///{tmp_path}/inventory.db"


@pytest.mark.parametrize("name", ["Plain", 'Quo"te\\s', "Ünïcode \u2013 dash", "tab\tand\x7f"])
def test_whatever_the_names_are_a_new_workspace_loads(tmp_path, name):
    root = tmp_path / name
    root.mkdir()
    settings = load_settings(initialise(tmp_path / "work", Workspace(name, name, root)))
    assert settings.organisation.name == name
    assert settings.sources[0].root == root
    assert load_key(settings.inventory.key_file).id


def test_nothing_is_overwritten(tmp_path):
    initialise(tmp_path, Workspace())
    key = (tmp_path / "muniment.key").read_text()
    with pytest.raises(ConfigurationError, match="there already"):
        initialise(tmp_path, Workspace())
    assert (tmp_path / "muniment.key").read_text() == key


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda key: key.unlink(), "missing"),
        (lambda key: key.write_text("abc"), "damaged"),
        (lambda key: key.write_text("ab"), "too short"),
        (lambda key: key.chmod(0o644), "chmod 600"),
    ],
)
def test_a_key_that_is_not_in_order_is_refused(tmp_path, spoil, said):
    initialise(tmp_path, Workspace())
    spoil(tmp_path / "muniment.key")
    with pytest.raises(ConfigurationError, match=said):
        load_key(tmp_path / "muniment.key")


def test_services_are_found_by_path_and_else_unassigned(tmp_path):
    text = "[[service]]\nname = 'Money'\npaths = ['Finance/**', '**/Payroll/**']\n"
    find = service_finder(load_settings(a_config(tmp_path, text)))
    assert [find(folder) for folder in (b"Finance", b"Finance/x", b"HR/Payroll", b"HR", b"")] == [
        "Money", "Money", "Money", "Unassigned", "Unassigned",
    ]  # fmt: skip


def test_without_services_the_top_folder_is_the_service():
    find = service_finder(Settings())
    assert [find(folder) for folder in (b"Finance/x", b"bad\xff", b"")] == ["Finance", "bad\\xff", "Unassigned"]


def test_the_environment_without_our_prefix_says_nothing(monkeypatch, tmp_path):
    for name in ("TERM", "SOURCE", "SERVICE", "LIMITS", "term", "source"):
        monkeypatch.setenv(name, "dumb")
    assert load_settings(a_config(tmp_path, "")).terms == ()
