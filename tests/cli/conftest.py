from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from cli.main import main


@pytest.fixture
def muniment_here(tmp_path, surroundings, monkeypatch, capsys) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command as `muniment` does, but in this process, which has loaded it: for what tells by its output, its
    status and the inventory alone how it went. Workers that it starts are processes of their own all the same.
    """
    monkeypatch.chdir(tmp_path / "work")
    level = logging.getLogger("operations").level

    def run(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        words = [str(word) for word in arguments]
        with monkeypatch.context() as patched:
            for name, value in (surroundings | (env or {})).items():
                patched.setenv(name, value)
            patched.setattr(sys, "stdin", StringIO())
            patched.setattr(sys, "argv", ["muniment", *words])
            for place in (sys, threading):
                patched.setattr(place, "excepthook", place.excepthook)
            patched.setattr(sys, "unraisablehook", sys.unraisablehook)
            with pytest.raises(SystemExit) as ended:
                main()
        logging.getLogger("operations").setLevel(level)
        told = capsys.readouterr()
        return subprocess.CompletedProcess(words, int(ended.value.code or 0), told.out, told.err)

    return run
