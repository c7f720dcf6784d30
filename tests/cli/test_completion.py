"""Completion by the Tab key: by a real bash; as zsh and fish ask for it, and by these too where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.completion import ASKED
from cli.main import COMMANDS, muniment

PROGRAM = Path(sys.executable).with_name("muniment")
PATH = f"{PROGRAM.parent}:{os.environ['PATH']}"
SHELLS = [shell for shell in ("bash", "zsh", "fish") if shutil.which(shell)]


def in_bash(*words: str) -> list[str]:
    """What bash would offer for the last word."""
    program = """
        source <(muniment completion bash) && complete -p muniment >/dev/null || exit 1
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        _muniment_completion muniment && printf '%s\\n' "${COMPREPLY[@]}"
    """
    command = ["bash", "--norc", "-c", program, "bash", *words]
    told = subprocess.run(
        command, env={"PATH": PATH}, check=True, capture_output=True, text=True, timeout=60
    )  # fmt: skip
    return told.stdout.split()


def asked(kind: str, **variables: str) -> str:
    environment = {"PATH": PATH, ASKED: kind, **variables}
    return subprocess.run(
        [PROGRAM], env=environment, check=True, capture_output=True, text=True, timeout=60
    ).stdout  # fmt: skip


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("muniment", ""), [*COMMANDS]),
        (("muniment", "ret"), ["retention"]),
        (("muniment", "inventory", "b"), ["backup"]),
        (("muniment", "completion", ""), ["bash", "zsh", "fish"]),
        (("muniment", "items", "--outcome", "un"), ["unreadable"]),
        (("muniment", "--qui"), ["--quiet"]),
    ],
)
def test_bash_offers_commands_options_and_values(words, offered):
    assert in_bash(*words) == offered


def test_zsh_and_fish_are_told_what_each_command_does():
    told = COMMANDS["timetable"][1]
    assert asked("zsh_complete", COMP_WORDS="muniment tim", COMP_CWORD="1").split("\n") == [
        "plain", "timetable", told.replace(":", "\\:"), "",
    ]  # fmt: skip
    assert "timetable" in asked("fish_complete", COMP_WORDS="muniment tim", COMP_CWORD="tim")


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_printed_is_a_program_of_that_shell(shell, tmp_path):
    script = tmp_path / "completion"
    script.write_text(CliRunner().invoke(muniment, ["completion", shell]).output)
    told = subprocess.run([shell, "-n", script], check=False, capture_output=True, text=True, timeout=60)
    assert (told.returncode, told.stderr) == (0, "")
    assert "muniment" in script.read_text()


@pytest.mark.parametrize("shell", ["csh", ""])
def test_another_shell_is_refused_by_name(shell):
    done = CliRunner().invoke(muniment, ["completion", shell])
    assert done.exit_code == 2
    assert "'bash', 'zsh', 'fish'" in done.output
