"""`muniment init` and `muniment doctor`: make a workspace, and check that it works."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from pathlib import Path

import click

from cli.exits import DONE, FOUND_PROBLEMS
from cli.terminal import Talk, pass_talk
from operations.doctor import Check, Health, examine_health
from operations.setup import Workspace, initialise

_MARKS = {Health.GOOD: "ok    ", Health.ADVICE: "note  ", Health.WRONG: "WRONG "}


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.option("--root", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder tree to scan.")
@pass_talk
def init(talk: Talk, folder: Path, root: Path | None) -> None:
    """Write a commented muniment.toml and an example schedule, and create the key and the inventory."""
    config = initialise(folder, Workspace(root=root and root.resolve()))
    click.echo(config)
    first = "" if root else f"name the folders to scan in {config}, then "
    there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))}, then "
    talk.say(
        f"Next: {first}{there}`muniment doctor` to check, and `muniment scan`.\n"
        "Keep a copy of muniment.key somewhere else: without it the inventory cannot be added to."
    )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each check.")
@pass_talk
def doctor(talk: Talk, as_json: bool) -> int:
    """Check configuration, inventory, key, readers, language model, schedule and sources.

    Ends with 1 if anything is wrong; each line says how to mend it.
    """
    settings = talk.settings()
    click.echo(_line(Check("configuration", Health.GOOD, "loads"), as_json))
    health = DONE
    for check in examine_health(settings):
        click.echo(_line(check, as_json))
        if check.health is Health.WRONG:
            health = FOUND_PROBLEMS
    return health


def _line(check: Check, as_json: bool) -> str:
    if as_json:
        return json.dumps(asdict(check))
    return f"{_MARKS[check.health]}{check.subject}: {check.seen}" + (f"\n      {check.mend}" if check.mend else "")
