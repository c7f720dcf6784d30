"""Whatever breaks, nothing of what was read is told: not by a worker, not by the command, not by a log."""

from __future__ import annotations

import json
import logging
import subprocess
import sys

import pytest
from builders import an_item
from crashing import WAYS, CrashingExtractor
from fakes import MakeTools

from operations.executor import Task
from operations.executors.processes import ProcessExecutor
from operations.executors.serial import SerialExecutor
from operations.hosts.structured_log import JsonLines
from scanner.budget import MIB, Budget

CANARY = "Quillon Marchbanks"
BUDGET = Budget(seconds=20.0, memory=400 * MIB)


@pytest.mark.parametrize("serial", [False, True], ids=["in a pool", "in this process"])
def test_a_reader_that_breaks_is_named_and_says_nothing(capfd, caplog, serial):
    ways = [way for way in WAYS if way in ("raise", "raise from", "recurse")] if serial else WAYS
    files = {f"{way}.txt".encode(): f"{way}: {CANARY}".encode() for way in ways}
    recorded = {}
    caplog.set_level(logging.DEBUG)

    def record(item, after, batch):
        recorded.update({one.item.ref.path.removesuffix(".txt"): one for one in batch.examinations})

    make_tools = MakeTools(files, BUDGET, CrashingExtractor)
    executor = SerialExecutor(make_tools) if serial else ProcessExecutor(make_tools, 1, BUDGET)
    executor.run([Task(an_item(name, len(content))) for name, content in files.items()], record)
    broken = {way: one.problem.code for way, one in recorded.items() if one.problem is not None}
    assert broken == {way: code for way, code in BREAKS.items() if way in ways}
    written = [*capfd.readouterr(), repr(recorded), *map(JsonLines().format, caplog.records)]
    assert [one for one in written if CANARY in one] == []


BREAKS = {"raise": "corrupt", "raise from": "corrupt", "recurse": "corrupt", "abort": "crashed", "exit": "corrupt"}
"""What comes of each; the others only write what they should not."""


def test_an_error_that_nobody_foresaw_is_told_by_its_place_alone():
    ended = subprocess.run(
        [sys.executable, "-c", FAILING], capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert CANARY not in ended.stderr
    assert "in reads" in ended.stderr
    assert ended.stderr.splitlines()[-1].strip() == "RuntimeError"
    assert "ValueError" in ended.stderr


FAILING = f"""
import sys
import cli.main

def reads():
    try:
        raise ValueError({CANARY!r})
    except ValueError as error:
        raise RuntimeError({CANARY!r}) from error

cli.main._status = reads
cli.main.main()
"""


def test_a_thread_that_fails_says_no_more():
    script = FAILING.replace(
        "cli.main._status = reads",
        "import threading\nthreading.Thread.run = lambda self: reads()\n"
        "def start(): t = threading.Thread(); t.start(); t.join()\ncli.main._status = start",
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert "RuntimeError" in ended.stderr
    assert CANARY not in ended.stderr + ended.stdout


@pytest.mark.parametrize("way", ["raise", "thread", "put away", "logged"])
def test_errors_that_led_to_one_another_in_a_circle_are_told_once_each_by_their_places(way):
    ended = subprocess.run(
        [sys.executable, "-c", CIRCLE, way], capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert ended.returncode == (1 if way == "raise" else 0)
    assert CANARY not in ended.stderr + ended.stdout
    lines = [line.strip() for line in ended.stderr.splitlines()]
    assert [line for line in lines if line in ("ValueError", "RuntimeError")] == ["RuntimeError", "ValueError"]
    assert any(line.endswith("in circle") for line in lines)


CIRCLE = f"""
import logging, sys, threading
import cli.main

def circle(*_):
    first, second = ValueError({CANARY!r}), RuntimeError({CANARY!r})
    first.__cause__, second.__cause__ = second, first
    raise first

def logged():
    try:
        circle()
    except ValueError:
        logging.getLogger("a.library").exception("It failed.")

def thread():
    begun = threading.Thread(target=circle)
    begun.start()
    begun.join()

def put_away():
    type("Kept", (), {{"__del__": circle}})()

cli.main._status = {{"raise": circle, "thread": thread, "put away": put_away, "logged": logged}}[sys.argv[1]]
cli.main.main()
"""


def test_a_log_as_json_names_an_error_by_its_kind():
    error = ValueError(CANARY)
    record = logging.getLogger("x").makeRecord("x", 40, "f", 1, "it failed", (), (ValueError, error, None))
    line = json.loads(JsonLines().format(record))
    assert line["error"] == "ValueError"
    assert CANARY not in json.dumps(line)
