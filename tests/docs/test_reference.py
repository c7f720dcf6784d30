"""The reference in docs/ is what the code says today, and leaves nothing out."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import click
import pytest

from cli.main import muniment
from cli.reference import PAGES
from cli.reference_pages.commands import every_command
from cli.reference_pages.settings import parts, shows, tables
from operations.config import Settings

COURTEOUS = ("quiet_hours", "requests_a_second", "dispose", "allow_purge")
WRITTEN = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_code_says(name):
    """Renewed by: muniment reference docs/reference"""
    assert (WRITTEN / name).read_text("utf-8") == PAGES[name](muniment)


def test_every_command_and_every_option_says_what_it_does():
    commands = _commands()
    assert len(commands) > 100
    assert [context.command_path for context in commands if not context.command.help] == []
    assert [
        f"{context.command_path} {option.opts[0]}" for context in commands for option in context.command.params
        if isinstance(option, click.Option) and not (option.help or option.hidden)
    ] == []  # fmt: skip


@cache
def _commands() -> tuple[click.Context, ...]:
    return tuple(every_command(muniment))


def test_every_setting_stands_in_the_example_beside_its_table():
    found = list(tables(Settings.model_json_schema()))
    headers = {header.strip("[]") for header, *_ in found}
    assert {
        f"{header} {kind} {key}"
        for header, kind, definition in found
        for key in definition["properties"]
        if f"{header.strip('[]')}.{key}" not in headers and not _is_told(header, kind, key)
    } == set()


def _is_told(header: str, kind: str, key: str) -> bool:
    """What every kind of source has is told once, of folders."""
    common = header == "[[source]]" and key in COURTEOUS
    about = [part for part in parts() if header in part.headers and (common or not kind or shows(part, kind))]
    return any(re.search(rf"\b{key}\b", part.text) for part in about)
