"""What holds for every test: how thorough the drills are, and that nothing is skipped in silence."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from commands import PROGRAM, command_in, surroundings_in

from operations import examine
from operations.scanning import walk

pytest_plugins = ["tika_servers", "samba_servers", "dovecot_servers", "postgres_servers"]

MAY_BE_SKIPPED_IN_CI = ("Tika server jar",)


def pytest_addoption(parser):
    parser.addoption("--drill-full", action="store_true", help="run every fault drill in full, not a small draw")


@pytest.fixture
def drill_size(request) -> Callable[[int, int], int]:
    """Chooses between a small draw and the full drill."""
    full = request.config.getoption("--drill-full")
    return lambda small, large: large if full else small


@pytest.fixture
def steady_clock(monkeypatch) -> None:
    """Time that passes by a thousandth of a second at each look, however busy the machine is: where batches end hangs
    on how long the way to them was.
    """
    ticks = itertools.count()
    clock = SimpleNamespace(monotonic=lambda: next(ticks) / 1000)
    for module in (examine, walk):
        monkeypatch.setattr(module, "time", clock)


def pytest_terminal_summary(terminalreporter, config):
    """Write what the full drills came to where everybody can read it; a part of them says nothing of the rest."""
    if not config.getoption("--drill-full") or config.option.file_or_dir:
        return
    lines = ["# The fault drills in full", "", "Written by `make drill`.", ""]
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for name, result in report.user_properties:
                lines += [f"- {outcome}: {result}"] if name == "drill" else []
    (Path(__file__).parents[1] / "benchmarks" / "DRILLS.md").write_text("\n".join(lines) + "\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Make a skipped test an error in CI, where every machine must provide what the tests need."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(allowed in reason for allowed in MAY_BE_SKIPPED_IN_CI):
            report.outcome = "failed"
            report.longrepr = f"{reason}\nA test may not be skipped in CI."
    return report


@pytest.fixture
def surroundings(tmp_path) -> dict[str, str]:
    return surroundings_in(tmp_path)


@pytest.fixture
def muniment(tmp_path, surroundings) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command as a user would, to its end."""
    return command_in(tmp_path, surroundings)


@pytest.fixture
def muniment_command(tmp_path, surroundings) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts the command and leaves it running."""

    def start(*arguments: str | Path, **streams) -> subprocess.Popen[bytes]:
        return subprocess.Popen([PROGRAM, *arguments], cwd=tmp_path / "work", env=surroundings, **streams)

    return start
