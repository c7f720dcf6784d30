"""What holds for every test: how thorough the drills are, and that nothing is skipped in silence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MAY_BE_SKIPPED_IN_CI = ("Tika server jar",)


def pytest_addoption(parser):
    parser.addoption("--drill-full", action="store_true", help="run every fault drill in full, not a small draw")


@pytest.fixture
def drill_size(request) -> Callable[[int, int], int]:
    """Chooses between a small draw and the full drill."""
    full = request.config.getoption("--drill-full")
    return lambda small, large: large if full else small


def pytest_terminal_summary(terminalreporter, config):
    """Write what the full drills came to where everybody can read it."""
    if not config.getoption("--drill-full"):
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
def muniment(tmp_path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command as a user would, in an empty folder, with a temporary folder of its own."""
    work, temporary = tmp_path / "work", tmp_path / "temporary"
    work.mkdir()
    temporary.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MUNIMENT_")}
    environment |= {"TMPDIR": str(temporary), "PYTHONWARNINGS": "error", "NO_COLOR": "1"}
    # Rules alone unless a test says otherwise: the model takes seconds to load in every worker.
    environment |= {"MUNIMENT_DETECTION__MODEL": "none"}

    def run(*arguments: str | bytes | Path, **options) -> subprocess.CompletedProcess[str]:
        command = [Path(sys.executable).parent / "muniment", *arguments]
        return subprocess.run(
            command, cwd=work, env=environment | options.pop("env", {}), capture_output=True, encoding="utf-8",
            errors="surrogateescape", timeout=300, check=False, **options,
        )  # fmt: skip

    return run
