"""Every command that the documentation names is one that there is, with options that it has."""

from __future__ import annotations

import re
import shlex
from itertools import chain
from pathlib import Path

import click
import pytest

from cli.main import muniment

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")),
         *sorted((ROOT / "docs" / "papers").glob("*.md"))]  # fmt: skip
_TYPED = re.compile(r"^(?: {4})?muniment ((?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
_NAMED = re.compile(r"`muniment ([^`]+)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_command_that_is_named_is_there(page):
    text = page.read_text("utf-8")
    found = {line.replace("\\\n", " ") for line in chain(_TYPED.findall(text), _NAMED.findall(text))}
    assert [line for line in sorted(found) if not _is_there(line)] == []


def test_one_that_is_not_there_would_be_found():
    assert _is_there("items --personal --limit 5")
    assert not _is_there("items --impersonal")
    assert not _is_there("retention evalute")


def _is_there(line: str) -> bool:
    """Behind a command's name may stand what it is given, and behind two spaces what it does."""
    words = shlex.split(re.split(r"  +|\s#", line)[0].replace("'", ""))
    command: click.Command = muniment
    while words and isinstance(command, click.Group):
        if re.fullmatch(r"[A-Z.…]+|--.*", words[0]):
            break
        inner = command.get_command(click.Context(command), words[0])
        if inner is None:
            return False
        command, words = inner, words[1:]
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
    return {word.partition("=")[0] for word in words if re.match("--[a-z]", word)} <= known
