"""The command line as its users and their scripts meet it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess

import psutil
import pytest

from operations.executors.watch import workers_of

pytestmark = pytest.mark.slow


def lines_of(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


KEYS = {
    "path", "path_b64", "root", "part", "outcome", "pending", "problem", "media_type", "size", "modified", "blake3",
    "seconds", "text_chars", "findings", "personal", "special", "children", "criminal", "risk", "risk_parts",
}  # fmt: skip


@pytest.fixture
def letters(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear Mrs Thornbury,\r\nYour National Insurance number is AB 12 34 56 C.\r\n")
    (folder / "list.txt").write_text("Gravel, sand and kerb stones, 14 tonnes.\n")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 and then nothing of a document")
    return folder


def test_examine_prints_one_object_for_each_item_and_ends_with_3_for_a_broken_one(muniment, letters):
    result = muniment("examine", letters, "--json")
    found = {line["path"]: line for line in lines_of(result)}
    assert set(found) == {"letter.txt", "list.txt", "broken.docx"}
    assert all(set(line) == KEYS for line in found.values())
    assert found["letter.txt"]["personal"] is True
    assert found["list.txt"]["personal"] is False
    assert found["broken.docx"]["personal"] is None
    assert found["broken.docx"]["problem"]["code"] == "corrupt"
    assert result.returncode == 3
    assert "Traceback" not in result.stderr


def test_spans_are_offsets_into_the_files_own_text(muniment, letters):
    result = muniment("examine", letters / "letter.txt", "--json", "--spans")
    (line,) = lines_of(result)
    text = (letters / "letter.txt").read_bytes().decode()
    nino = next(finding for finding in line["findings"] if finding["kind"] == "UK_NINO")
    assert [text[start:end] for start, end in nino["spans"]] == ["AB 12 34 56 C"]
    assert line["text_chars"] == len(text)
    assert result.returncode == 0


def test_several_roots_are_told_apart(muniment, letters, tmp_path):
    (tmp_path / "other.txt").write_text("nothing")
    result = muniment("examine", letters, tmp_path / "other.txt", "--json")
    assert {(line["root"], line["path"]) for line in lines_of(result)} >= {
        (str(letters), "list.txt"), (str(tmp_path / "other.txt"), "other.txt"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scan"], "muniment init"),
        (["examine", "nowhere", "--json"], "There is nothing at nowhere"),
        (["report", "nonsense"], "rot"),
        (["examine"], "Missing argument"),
        (["demo", "--estate", "nowhere"], "is not a folder"),
        (["--config", "none.toml", "items"], "none.toml"),
    ],
)
def test_a_wrong_command_ends_with_2_and_says_what_to_do(muniment, arguments, said):
    result = muniment(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_the_whole_walk_by_hand(muniment, letters):
    assert muniment("init", "--root", letters).returncode == 0
    assert muniment("init").returncode == 2

    scan = muniment("scan")
    assert scan.returncode == 3
    assert re.search(r"1\s+corrupt", scan.stdout)
    again = json.loads(muniment("scan", "--json").stdout)
    assert again["examined"] == 0
    assert again["inventory"]["items"] == 3

    items = json.loads(muniment("items", "--personal", "--json").stdout)
    assert [item["path"] for item in items["items"]] == ["letter.txt"]
    problems = json.loads(muniment("problems", "--json").stdout)
    assert [item["problem"]["code"] for item in problems["items"]] == ["corrupt"]
    assert "corrupt" not in muniment("problems", "--code", "encrypted").stdout

    evaluated = json.loads(muniment("retention", "evaluate", "--json").stdout)
    assert sum(evaluated["states"].values()) == 3

    report = muniment("report", "gdpr-risk", "--format", "html,json", "--out", "made")
    assert report.returncode == 0
    assert [line.rpartition("/")[2] for line in report.stdout.splitlines()] == ["gdpr-risk.html", "gdpr-risk.json"]
    assert muniment("report", "rot", "--format", "papyrus").returncode == 2

    doctor = muniment("doctor")
    assert doctor.returncode == 0, doctor.stdout
    assert "WRONG" not in doctor.stdout


def test_pages_of_items_follow_each_other(muniment, letters):
    muniment("init", "--root", letters)
    muniment("scan")
    first = json.loads(muniment("items", "--limit", "2", "--json").stdout)
    rest = json.loads(muniment("items", "--after", str(first["next"]), "--json").stdout)
    assert len(first["items"]) == 2
    assert len(rest["items"]) == 1
    assert rest["next"] is None


def test_doctor_ends_with_1_and_says_how_to_mend_it(muniment, letters, tmp_path):
    muniment("init", "--root", letters)
    (tmp_path / "work" / "muniment.key").chmod(0o644)
    result = muniment("doctor")
    assert result.returncode == 1
    assert "chmod 600" in result.stdout


def test_a_scan_of_a_root_that_is_gone_is_refused_and_nothing_vanishes(muniment, letters):
    muniment("init", "--root", letters)
    muniment("scan")
    letters.rename(letters.parent / "elsewhere")
    result = muniment("scan")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert len(json.loads(muniment("items", "--json").stdout)["items"]) == 3


def test_an_empty_folder_and_metadata_only_are_plain(muniment, letters, tmp_path):
    (tmp_path / "empty").mkdir()
    assert muniment("examine", tmp_path / "empty", "--json").stdout == ""
    muniment("init", "--root", letters)
    listed = muniment("scan", "--metadata-only")
    assert "3 wait to be examined" in listed.stdout
    assert muniment("scan").returncode == 3


@pytest.mark.parametrize("command", [[], ["scan"], ["examine"], ["retention"], ["retention", "evaluate"], ["report"]])
def test_help_teaches(muniment, command):
    result = muniment(*command, "--help")
    assert result.returncode == 0
    assert len(result.stdout.split()) > 40


def test_a_reader_that_goes_away_is_no_error(muniment_command, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(400):
        (many / f"{number:04}{'x' * 200}.txt").touch()
    examine = muniment_command("examine", many, "--json", "--serial", stdout=subprocess.PIPE)
    assert examine.stdout.readline().startswith(b"{")
    examine.stdout.close()
    assert examine.wait(60) == 0


def test_ctrl_c_says_what_stays_and_ends_with_130(muniment, muniment_command, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(3000):
        (many / f"{number}.txt").write_text(f"Note {number}.")
    muniment("init", "--root", many)
    scan = muniment_command("scan", stderr=subprocess.PIPE, start_new_session=True)
    while not workers_of(psutil.Process(scan.pid)):
        assert scan.poll() is None
    os.killpg(scan.pid, signal.SIGINT)
    _, told = scan.communicate(timeout=60)
    assert scan.returncode == 130
    assert b"goes on from there" in told
    assert b"Traceback" not in told
    assert muniment("scan").returncode == 0
    assert json.loads(muniment("scan", "--json").stdout)["inventory"]["items"] == 3000


def test_a_source_that_is_gone_stops_no_other(muniment, letters, tmp_path):
    muniment("init", "--root", letters)
    config = tmp_path / "work" / "muniment.toml"
    lost = '[[source]]\nname = "lost"\nroot = "/nowhere/at/all"\n\n[[source]]\n'
    config.write_text(config.read_text().replace("[[source]]\n", lost, 1))
    result = muniment("scan")
    assert result.returncode == 2
    assert "'lost' cannot be reached" in result.stderr
    assert len(json.loads(muniment("items", "--json").stdout)["items"]) == 3


def test_a_path_of_a_configured_source_is_not_counted_twice(muniment, letters, tmp_path):
    muniment("init", "--root", letters)
    assert muniment("scan").returncode == 3
    assert muniment("scan", letters).returncode == 3
    (letters / "below").mkdir()
    refused = muniment("scan", letters / "below")
    assert refused.returncode == 2
    assert "counted twice" in refused.stderr
    assert json.loads(muniment("scan", "--json").stdout)["inventory"]["items"] == 3


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["init", "/proc/nowhere"], {}),
        (["demo", "/proc/nowhere"], {}),
        (["examine", ".", "--json"], {"MUNIMENT_LIMITS": "foo"}),
        (["examine", ".", "--json"], {"MUNIMENT_LIMITS__WORKERS": "abc"}),
    ],
)
def test_what_the_system_refuses_is_told_in_a_sentence(muniment, arguments, environment):
    result = muniment(*arguments, env=environment)
    assert result.returncode == 2
    assert "Error: " in result.stderr
    assert "Traceback" not in result.stderr


def test_an_inventory_that_another_holds_is_told_in_a_sentence(muniment, letters, tmp_path):
    muniment("init", "--root", letters)
    with open(tmp_path / "work" / "inventory.db.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = muniment("scan")
    assert result.returncode == 2
    assert "Another scan" in result.stderr


def test_the_demo_is_not_written_among_somebodys_files(muniment, letters):
    before = sorted(letters.iterdir())
    result = muniment("demo", letters)
    assert result.returncode == 2
    assert "--estate" in result.stderr
    assert sorted(letters.iterdir()) == before


def test_links_and_pipes_are_no_rot_and_no_records(muniment, letters):
    (letters / "link").symlink_to("/nowhere")
    os.mkfifo(letters / "pipe")
    muniment("init", "--root", letters)
    muniment("scan")
    evaluated = json.loads(muniment("retention", "evaluate", "--json").stdout)
    assert sum(evaluated["states"].values()) == 3
    assert "muniment rot find" in muniment("report", "rot").stderr
    muniment("rot", "find")
    assert "Nothing was found" in muniment("report", "rot").stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["items", "--service", "Nope"], "There is no service 'Nope'"),
        (["retention", "evaluate", "--today", "22/11/2026"], "write it like 2026-11-22"),
        (["--config", ".", "items"], "is a folder"),
    ],
)
def test_a_wrong_option_is_told_with_what_is_right(muniment, letters, arguments, said):
    muniment("init", "--root", letters)
    result = muniment(*arguments)
    assert result.returncode == 2
    assert said in result.stderr


def test_a_half_made_workspace_is_finished_by_the_same_command(muniment, letters, tmp_path):
    muniment("init", "--root", letters)
    (tmp_path / "work" / "muniment.toml").unlink()
    assert muniment("init", "--root", letters).returncode == 0
    assert muniment("scan").returncode == 3


def test_a_command_that_is_not_there_is_answered_with_the_one_that_was_meant(muniment):
    result = muniment("hold")
    assert result.returncode == 2
    assert "Did you mean 'holds'?" in result.stderr
