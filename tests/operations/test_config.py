from __future__ import annotations

import re
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from operations.config import Settings, load_recognisers, load_settings
from operations.keys import load_key
from operations.setup import Workspace, initialise
from operations.wiring import pipeline_of, recognisers_of, service_finder

_SETTING = re.compile(r"\[|\w+ = ")
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
    limits = dict(line.split("#")[0].split(" = ", 1) for line in bare.splitlines() if " = " in line)
    for name, value in Settings().limits.model_dump().items():
        assert str(value) == limits[name].strip()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[limits]\nsecond = 5\n", "limits.second: there is no such setting"),
        ("[limits]\nseconds = -1\n", "limits.seconds"),
        ("[[source]]\nname = 'a'\n", r"source\[1\].root"),
        ("[[source]]\nname = 'a'\nkind = 'ftp'\nroot = '/x'\n", r"source\[1\]: there is no such kind of source"),
        (
            "[[source]]\nname = 'a'\nkind = 'smb'\nserver = 's'\nshare = 'x'\nusername = 'u'\n",
            r"source\[1\].password_file",
        ),
        ("[[source]]\nname = 'a'\nkind = 'smb'\nroot = '/x'\n", r"source\[1\].root: there is no such setting"),
        ("[mail]\ncontent = true\n", "mail: content needs the dpia_reference"),
        ("[limits\n", "not TOML"),
        ("[risk]\nfloors = 3\n", "risk.floors: there is no such setting"),
        ("[risk.kinds]\nNHS = 3\n", "risk.kinds: there is no kind 'NHS'"),
        ("[risk.kinds]\nUK_NHS = 300\n", "risk.kinds.UK_NHS"),
        ("[detection]\nreference_prefixes = ['ten-']\n", r"detection.reference_prefixes\[1\]"),
        ("[[recogniser]]\nid = 'a'\ntitle = 'A'\npattern = '(?=A)'\n", r"recogniser\[1\].pattern: RE2 refuses it"),
    ],
)
def test_a_wrong_setting_is_refused_by_file_and_key(tmp_path, text, said):
    with pytest.raises(ConfigurationError, match=said) as refusal:
        load_settings(a_config(tmp_path, text))
    assert "muniment.toml" in str(refusal.value)


def test_what_the_example_has_behind_a_mark_loads_and_its_weights_are_the_defaults(tmp_path):
    lines = [line.removeprefix("# ") for line in EXAMPLE.read_text("utf-8").splitlines()]
    settings = load_settings(a_config(tmp_path, "\n".join(line for line in lines if _SETTING.match(line))))
    assert settings.risk == Settings().risk
    assert [recogniser.id for recogniser in settings.recognisers] == ["bus-pass"]
    assert [recogniser.id for recogniser in recognisers_of(settings)] == ["bus-pass", "reference-prefixes"]


def test_another_recogniser_prefix_or_weight_has_everything_examined_again(tmp_path):
    texts = ("", "[risk.kinds]\nUK_NHS = 30\n", "[detection]\nreference_prefixes = ['TEN']\n",
             A_RECOGNISER)  # fmt: skip
    assert len({pipeline_of(load_settings(a_config(tmp_path, text))) for text in texts}) == len(texts)


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


A_RECOGNISER = "[[recogniser]]\nid = 'a'\ntitle = 'A'\npattern = 'A1'\nscore_alone = 0.7\n"


def test_a_file_of_recognisers_is_read_by_itself(tmp_path):
    assert [one.id for one in load_recognisers(a_config(tmp_path, A_RECOGNISER))] == ["a"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (A_RECOGNISER.replace("title", "tittle"), r"recogniser\[1\].tittle: there is no such setting"),
        (A_RECOGNISER * 2, "recogniser: two are called 'a'"),
        ("[limits]\nworkers = 1\n" + A_RECOGNISER, "limits: there is no such setting"),
        ("recogniser = []\n", "recogniser"),
        ("[[recogniser]", "not TOML"),
    ],
)
def test_a_file_of_recognisers_that_holds_anything_wrong_is_refused_by_file_and_key(tmp_path, text, said):
    with pytest.raises(ConfigurationError, match=said) as refusal:
        load_recognisers(a_config(tmp_path, text))
    assert "muniment.toml" in str(refusal.value)


def test_a_file_of_recognisers_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_recognisers(tmp_path / "none.toml")
