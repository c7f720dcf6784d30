"""`muniment services`: which service each folder belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click

from cli.terminal import Talk, pass_talk
from domain.actor import Verb
from inventory.engine import open_inventory
from inventory.ownership import owners_by_folder
from operations.config import ServiceSettings
from operations.schedule.suggest_services import Suggestion, suggest_services
from operations.setup import service_table
from operations.wiring import UNASSIGNED, service_finder
from reports.wording import plural


@click.group()
def services() -> None:
    """Which service each folder belongs to: what [[service]] in the configuration says, else the top folder's name."""


@services.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_talk
def suggest(talk: Talk, as_json: bool) -> None:
    """Propose a service for each top folder that has none in the configuration, by who owns the files in it.

    What is printed can be put into the configuration, once a person has read it. A directory must have said where the
    owners work: see [directory].
    """
    settings = talk.settings()
    talk.asked(settings, Verb.VIEW_LIST)
    service_of = service_finder(settings)
    database = open_inventory(settings.inventory.url, create=False)
    found = suggest_services(
        owners_by_folder(database), lambda folder: bool(settings.services) and service_of(folder) != UNASSIGNED
    )
    database.dispose()
    click.echo(json.dumps([_object(one) for one in found]) if as_json else "".join(told(found)), nl=as_json)
    if not any(one.service for one in found):
        talk.say("No owner's service is known, so nothing can be proposed. Name a directory in [directory], and scan.")


def told(found: Iterable[Suggestion]) -> Iterable[str]:
    """What is proposed as tables of the configuration, each under a comment that says what it rests on."""
    for one in found:
        if one.service is None:
            yield f"\n# {one.folder}: of {plural(one.files, 'file')} no owner's service is known.\n"
        else:
            yield (
                f"\n# {one.folder}: of {plural(one.files, 'file')} the owner's service is known of "
                f"{one.known:,}, and of"
                f" {one.own:,} of these it is this one."
            )
            yield service_table(ServiceSettings(name=one.service, paths=(one.pattern,)))


def _object(one: Suggestion) -> dict[str, object]:
    return {
        "folder": one.folder, "service": one.service, "own": one.own, "known": one.known, "files": one.files,
        "pattern": one.pattern,
    }  # fmt: skip
