"""Files made to hurt: each has its named outcome, none costs a neighbour, none reaches the network or the disk."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import everything

pytestmark = pytest.mark.slow

NEIGHBOUR = "Dear Mrs Thornbury, your National Insurance number is AB412307C."

CERTAIN = {
    "nested.zip": ("examined", None),
    "bomb.docx": ("partial", "limit"),
    "slip.zip": ("examined", None),
    "links.tar": ("examined", None),
    "huge.bin": ("partial", "limit"),
}
"""What can only come out one way. Of the rest, what must be true of every line is checked."""

READ_WHOLE = {"bomb.svg", "bomb.xlsx", "bomb.ods"}
"""Bombs of blanks that a reader gets through within its limits: nothing is left to name."""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """A server that nobody may call: its address, and who called."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        ended = threading.Event()

        def listen() -> None:
            while not ended.is_set():
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                calls.append(caller)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        ended.set()
        thread.join()


@pytest.fixture
def estate(tmp_path, listener) -> Path:
    root = tmp_path / "estate"
    root.mkdir()
    for number, (name, content) in enumerate(everything(listener[0]).items()):
        (root / name).write_bytes(content)
        (root / f"neighbour {number:03}.txt").write_text(NEIGHBOUR)
    with open(root / "huge.bin", "wb") as file:
        file.truncate(1024**4)
    return root


def state(root: Path) -> dict[str, tuple[int, int]]:
    return {entry.name: (entry.stat().st_size, entry.stat().st_mtime_ns) for entry in os.scandir(root)}


def test_hostile_files_have_named_outcomes_and_cost_no_neighbour(muniment, estate, listener, tmp_path):
    before, temporary = state(estate), set(os.listdir("/tmp"))
    limits = {"MUNIMENT_LIMITS__SECONDS": "30", "MUNIMENT_LIMITS__MEMORY_MB": "1024"}
    result = muniment("examine", estate, "--json", env=limits)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    whole = {line["path"]: line for line in lines if not line["part"]}
    assert set(whole) == set(before)
    assert result.returncode == 3
    assert "Traceback" not in result.stderr
    neighbours = [line for name, line in whole.items() if name.startswith("neighbour")]
    assert all(line["outcome"] == "examined" and line["personal"] for line in neighbours)
    assert all(line["problem"] for line in lines if line["outcome"] != "examined")
    assert listener[1] == []
    assert state(estate) == before
    assert not list((tmp_path / "temporary").iterdir())
    assert {name for name in set(os.listdir("/tmp")) - temporary if "muniment" in name or "slip" in name} == set()
    for name, (outcome, code) in CERTAIN.items():
        assert (whole[name]["outcome"], (whole[name]["problem"] or {}).get("code")) == (outcome, code), name
    check_contents(whole, lines)


def check_contents(whole: dict[str, dict], lines: list[dict]) -> None:
    """What is readable in a hostile file was read; what is not was not taken for clean."""
    for name in ("crowded.eml", "headed.eml", "deep.html", "text.pdf", "page.txt"):
        assert whole[name]["personal"], name
    for name in whole:
        if name.startswith(("bomb.", "cyclic.", "overlapping")) and name not in READ_WHOLE:
            told = [line for line in lines if line["path"] == name and (line["problem"] or line["pending"])]
            assert told, name
    notes = [
        line for line in lines if line["path"] == "nested.zip" and line["part"][-1:] and "note" in line["part"][-1]
    ]
    assert len(notes) == 10
    links = {line["part"][-1]: line["problem"]["code"] for line in lines
             if line["path"] == "links.tar" and line["part"] and line["problem"]}  # fmt: skip
    assert links == {"link": "link", "hard": "link", "device": "not-a-file", "fifo": "not-a-file"}
