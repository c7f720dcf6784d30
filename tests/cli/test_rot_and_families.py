"""`muniment rot` and `muniment families` as a user runs them, within this process."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest
from inventories import an_inventory
from scan_driver import a_recorder, scan

from cli.main import main
from inventory.engine import open_inventory
from operations.keys import load_key, make_key

FILES = {
    f"{folder}/{number}.txt".encode(): b"%d" % number * 9
    for number in range(3)
    for folder in ("Finance", "Finance/Old Backups")
}


class Said(NamedTuple):
    status: int
    out: str
    error: str


@pytest.fixture
def run(tmp_path, monkeypatch, capsys) -> Callable[..., Said]:
    """Runs the command on an inventory in which there is nothing."""
    make_key(tmp_path / "key")
    an_inventory(tmp_path / "inventory.db").dispose()
    config = f'[inventory]\nurl = "sqlite:///{tmp_path / "inventory.db"}"\nkey_file = "{tmp_path / "key"}"\n'
    (tmp_path / "muniment.toml").write_text(config)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["muniment", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Said(int(ended.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def filled(run, tmp_path) -> Callable[..., Said]:
    database = open_inventory(f"sqlite:///{tmp_path / 'inventory.db'}", create=False)
    scan(database, FILES, recorder=a_recorder(database, key=load_key(tmp_path / "key").id))
    database.dispose()
    return run


def pages(run: Callable[..., Said], *command: str) -> list[list[dict[str, object]]]:
    found, after = [], ()
    while True:
        told = json.loads(run(*command, "--limit", "2", "--json", *after).out)
        found.append(told["items"] if "items" in told else told["families"])
        if told["next"] is None:
            return found
        after = ("--after", told["next"])


def test_an_empty_inventory_has_no_rot_and_no_families_and_lists_say_what_to_do(run):
    assert "Nobody looked yet" in run("rot", "list").error
    assert "muniment families find" in run("families").error
    assert json.loads(run("rot", "find", "--json").out) == {"reasons": {}, "kept_out": {}, "changed": 0}
    assert {kind["families"] for kind in json.loads(run("families", "find", "--json").out).values()} == {0}
    assert "There is nothing of this kind." in run("rot", "list").error
    assert json.loads(run("rot", "list", "--json").out) == {"items": [], "next": None}


def test_what_is_found_is_listed_page_by_page_once(filled):
    assert json.loads(filled("families", "find", "--json").out)["copy"]["families"] == 3
    assert json.loads(filled("rot", "find", "--json").out)["reasons"]["copy"] == {"items": 3, "bytes": 27}
    found = pages(filled, "rot", "list", "--reason", "copy")
    assert [len(page) for page in found] == [2, 1]
    assert {item["path"] for page in found for item in page} == {f"Finance/Old Backups/{n}.txt" for n in range(3)}
    families = [family for page in pages(filled, "families") for family in page]
    assert {family["stays"] for family in families} == {f"Finance/{n}.txt" for n in range(3)}
    shown = json.loads(filled("families", "show", str(families[0]["family"]), "--no-words", "--json").out)
    assert [member["role"] for member in shown["members"]] == ["record", "copy"]
    assert "There are more: --after" in filled("rot", "list", "--limit", "1").error
    assert filled("-q", "rot", "list", "--limit", "1").error == ""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("rot", "list", "--after", "x"), 2, "no mark of this list"),
        (("rot", "list", "--after", "copy..1.x"), 2, "no mark of this list"),
        (("rot", "list", "--after", "held..1.1"), 2, "no mark of this list"),
        (("rot", "list", "--reason", "old"), 2, "'old' is not one of"), (("rot", "list", "--limit", "0"), 2, "0"),
        (("rot", "find", "--today", "soon"), 2, "soon"), (("rot", "lst"), 2, "lst"),
        (("families", "--after", "9" * 30), 2, "no mark of this list"), (("families", "--kind", "twins"), 2, "twins"),
        (("families", "show", "7"), 2, "There is no family 7"), (("families", "show", "x"), 2, "x"),
        (("families", "show", "9" * 30), 2, "9" * 30), (("rot", "list", "--limit", "9" * 30), 2, "9" * 30),
        (("rot", "list", "--after", f"copy..{'9' * 30}.1"), 2, "no mark of this list"),
    ],
)  # fmt: skip
def test_bad_input_ends_with_a_sentence_and_a_status(run, arguments, status, said):
    told = run(*arguments)
    assert (told.status, told.out) == (status, "")
    assert said in told.error
    assert "Traceback" not in told.error


def test_without_an_inventory_there_is_one_sentence(run, tmp_path):
    (tmp_path / "inventory.db").unlink()
    for command in (("rot", "list"), ("rot", "find"), ("families",), ("families", "show", "1")):
        told = run(*command)
        assert (told.status, "Traceback" in told.error, bool(told.error)) == (2, False, True)


def test_lists_change_nothing(filled, tmp_path):
    filled("families", "find")
    filled("rot", "find")
    before = (tmp_path / "inventory.db").read_bytes()
    for command in (
        ("rot", "list"),
        ("rot", "list", "--kept-out"),
        ("families",),
        ("families", "show", "1", "--no-words"),
    ):
        assert filled(*command).status == 0
    assert (tmp_path / "inventory.db").read_bytes() == before
