"""`muniment init` and `muniment doctor`: make a workspace, and check that it works."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from pathlib import Path

import click

from cli.exits import DONE, FOUND_PROBLEMS
from cli.terminal import Talk, pass_talk
from operations.health.doctor import Check, Health, examine_health
from operations.setup import Workspace, begin_inventory, initialise

_KEEP_KEYS = (
    "Keep copies of muniment.key and muniment-audit.key somewhere else: without them the inventory cannot be added to."
)
_MARKS = {Health.GOOD: "ok    ", Health.ADVICE: "note  ", Health.WRONG: "WRONG "}


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.option("--root", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder tree to scan.")
@click.option("--configured", is_flag=True, help="Make the keys and the inventory of the configuration that there is.")
@pass_talk
def init(talk: Talk, folder: Path, root: Path | None, configured: bool) -> None:
    """Write a commented muniment.toml and an example schedule, and create the key and the inventory.

    With --configured no file of these is written: the inventory is the one that the present configuration names, on
    PostgreSQL too, and so are the places of its keys.
    """
    if configured:
        begin_inventory(talk.settings())
        talk.say(f"Next: `muniment doctor`.\n{_KEEP_KEYS}")
        return
    config = initialise(folder, Workspace(root=root and root.resolve()))
    click.echo(config)
    first = "" if root else f"name the folders to scan in {config}, then "
    there = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))}, then "
    talk.say(
        f"Next: {first}{there}`muniment doctor` to check, and `muniment scan`.\n"
        f"{_KEEP_KEYS} Who may do what: muniment users --help"
    )


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each check.")
@click.option(
    "--fetch-tika", is_flag=True, help="Only fetch the Apache Tika server, by Maven, and say how to start it."
)
@pass_talk
def doctor(talk: Talk, as_json: bool, fetch_tika: bool) -> int:
    """Check configuration, inventory, key, readers, Tika, language model, schedule and sources.

    Ends with 1 if anything is wrong; each line says how to mend it.
    """
    if fetch_tika:
        return _fetch_tika(talk, as_json)
    settings = talk.settings()
    click.echo(_line(Check("configuration", Health.GOOD, "loads"), as_json))
    health = DONE
    for check in examine_health(settings):
        click.echo(_line(check, as_json))
        if check.health is Health.WRONG:
            health = FOUND_PROBLEMS
    return health


def _fetch_tika(talk: Talk, as_json: bool) -> int:
    from operations import tika_jar  # noqa: PLC0415  for this alone

    jar = tika_jar.cached_jar()
    talk.say(f"The Apache Tika server {tika_jar.VERSION}, 76 MB, goes into {jar.folder} ...")
    tika_jar.fetch_tika(jar)
    seen = f"server {tika_jar.VERSION} at {jar.path}, its checksum is right"
    click.echo(_line(Check("Tika", Health.GOOD, seen), as_json))
    talk.say(tika_jar.how_to_start(jar))
    return DONE


def _line(check: Check, as_json: bool) -> str:
    if as_json:
        return json.dumps(asdict(check))
    return f"{_MARKS[check.health]}{check.subject}: {check.seen}" + (f"\n      {check.mend}" if check.mend else "")
