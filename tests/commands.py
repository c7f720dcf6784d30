"""The command, run as a user would in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "muniment"


def surroundings_in(folder: Path) -> dict[str, str]:
    """An empty working folder, and an environment that says nothing of Muniment but where temporary files go."""
    for name in ("work", "temporary"):
        (folder / name).mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MUNIMENT_")}
    environment |= {"TMPDIR": str(folder / "temporary"), "PYTHONWARNINGS": "error", "NO_COLOR": "1"}
    # Rules alone and one worker unless a test says otherwise: each takes seconds to start.
    return environment | {"MUNIMENT_DETECTION__MODEL": "none", "MUNIMENT_LIMITS__WORKERS": "1"}


def command_in(folder: Path, surroundings: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command to its end, in that folder's `work`."""

    def run(*arguments: str | bytes | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *arguments], cwd=folder / "work", env=surroundings | (env or {}), capture_output=True,
            encoding="utf-8", errors="surrogateescape", timeout=300, check=False,
        )  # fmt: skip

    return run


def made_in(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command in a new folder, in which a module makes once what its tests copy."""
    return command_in(folder, surroundings_in(folder))


def copied(made: Path, folder: Path) -> None:
    """Put another's workspace, with its inventory, into this one's; what was scanned stays where it was."""
    shutil.copytree(made / "work", folder / "work", dirs_exist_ok=True)
