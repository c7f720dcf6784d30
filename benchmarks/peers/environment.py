"""An environment for the peers alone, of the versions pinned here; the project's own is left as it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
PINS, APART = _HERE / "requirements.txt", _HERE / "apart.txt"
_UV = str(Path(sys.executable).parent / "uv")
_SECONDS = 900
_WORDS = 300
NOT_TO_BE_HAD = ("piicatcher==0.21.2", "data-boar==1.7.4.post12", "scrubadub-spacy==2.0.0")
"""Peers that the registry carries and that do not go with this Python or these versions, tried all the same."""


def installed(folder: Path) -> Path:
    """The Python of an environment below `folder`, which is made where it is not there yet."""
    python = folder / "bin" / "python"
    if not python.exists():
        _run(_UV, "venv", "--quiet", "--python", sys.executable, str(folder))
    _run(_UV, "pip", "sync", "--quiet", "--python", str(python), str(PINS))
    # As the project does with its model: they ask for a newer Python than they need, or for other patches of the pins.
    _run(str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--ignore-requires-python", "-r", str(APART))
    return python


def refusal(python: Path, package: str) -> str:
    """Why the package cannot be added to the environment, in the installer's words; nothing where it can."""
    asked = (_UV, "pip", "install", "--dry-run", "--python", str(python), "-c", str(PINS), package)
    said = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=_SECONDS)
    return because(said.stderr) if said.returncode else ""


def because(said: str) -> str:
    """The first sentence of what the installer gives as the cause, or its error where it gives none."""
    _, _, cause = " ".join(said.split()).partition(" cause: ")
    return re.split(r" (?:And because|So, because|we can conclude|hint:)", cause or said.strip())[0][:_WORDS].rstrip(
        ", "
    )


def _run(*command: str) -> None:
    subprocess.run(command, check=True, timeout=_SECONDS)
