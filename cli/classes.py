"""`muniment retention map` and `classify`: people's word on which class records are of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from cli.options import a_day, a_schedule, as_json_option, schedule_path, utc_today
from cli.terminal import Talk, pass_talk
from domain.actor import Verb
from domain.item import readable
from inventory.engine import Database, open_inventory
from operations.config import Settings
from operations.schedule.classify import approve_mappings, item_at, mapped_folders, suggestions, write_suggestions
from operations.schedule.classify import classify as classify_item
from operations.schedule.events import event_register
from operations.schedule.suggest_classes import Suggestion
from reports.wording import plural
from retention.schedule import load_schedule


@click.command("map")
@click.option("--out", type=click.Path(path_type=Path), help="Write the suggestions to this new CSV file.")
@click.option("--approve", type=click.Path(path_type=Path), help="Map the folders that this CSV file says yes to.")
@click.option("--mapped", is_flag=True, help="List the folders that are mapped.")
@a_schedule
@a_day
@as_json_option
@pass_talk
def map_folders(
    talk: Talk,
    out: Path | None,
    approve: Path | None,
    mapped: bool,
    schedule: Path | None,
    today: date | None,
    as_json: bool,
) -> None:
    """Suggest a class for folders by what lies in them: labels, what documents look like, words of paths.

    \b
        muniment retention map --out folders.csv
        muniment retention map --approve folders.csv

    Write yes under "approve" for the folders to be mapped, change the class or add lines; an approved line without a
    class takes a mapping back. A mapped folder is firmer than a label and than what a file looks like; a person's
    decision on a single item is firmer still. Of two mapped folders the inner one counts.
    """
    settings = talk.settings()
    chosen = load_schedule(schedule_path(settings, schedule))
    if approve is not None:
        with talk.acting(settings) as (actor, trail):
            done, back = approve_mappings(actor, trail, approve, chosen, today or utc_today())
        talk.say(
            f"{plural(done, 'folder')} mapped, {plural(back, 'mapping')} taken back. Next: muniment retention evaluate"
        )
        return
    actor = talk.asked(settings, Verb.VIEW_LIST)
    with _opened(settings) as database:
        if mapped:
            _print_mapped(mapped_folders(actor, database), as_json)
        else:
            _suggest(talk, suggestions(actor, database, chosen), out, as_json)


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = open_inventory(settings.inventory.url, create=False)
    try:
        yield database
    finally:
        database.dispose()


def _suggest(talk: Talk, found: Sequence[Suggestion], out: Path | None, as_json: bool) -> None:
    if out is not None:
        write_suggestions(out, found)
        talk.say(f"{len(found):,} suggestions written to {out}. Then: muniment retention map --approve {out}")
        return
    for one in found:
        click.echo(json.dumps(_object(one)) if as_json else _told(one))
    if not found:
        talk.say("Nothing lies in folders without a class that says of which class it is.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("record_class", metavar="[CLASS]", required=False)
@click.option("--why", required=True, help="The reason, in a few words and without names.")
@click.option("--withdraw", is_flag=True, help="Take back what was decided, instead of naming a class.")
@click.option("--source", help="The source, where several have an item at that path.")
@a_schedule
@a_day
@pass_talk
def classify(
    talk: Talk, path: Path, record_class: str | None, why: str, withdraw: bool, source: str | None,
    schedule: Path | None, today: date | None,
) -> None:  # fmt: skip
    """Decide of which CLASS the item at PATH is. That comes before mapped folders, labels and what it looks like.

    PATH is the item's path below the root of its source. A class by which the item could go sooner is for a records
    manager or an officer of Information Governance to decide on.
    """
    if (record_class is None) is not withdraw:
        raise click.UsageError("Name the class, or --withdraw what was decided.")
    settings = talk.settings()
    chosen = load_schedule(schedule_path(settings, schedule))
    with talk.acting(settings) as (actor, trail):
        held = item_at(trail.database, path, source)
        events = event_register(settings, trail.database)
        classify_item(actor, trail, held, record_class, why, chosen, events, today or utc_today())
    talk.say("Written down. Next: muniment retention evaluate")


def _told(one: Suggestion) -> str:
    return (
        f"{one.source}: {readable(one.folder)} → {one.record_class} (of {plural(one.files, 'file')} "
        "something says a class of "
        f"{one.known:,}, and of {one.own:,} this one; most often: {one.why})"
    )


def _object(one: Suggestion) -> dict[str, object]:
    return {
        "source": one.source, "folder": readable(one.folder), "class": one.record_class, "own": one.own,
        "known": one.known, "files": one.files, "why": one.why,
    }  # fmt: skip


def _print_mapped(mapped: dict[tuple[str, bytes], str], as_json: bool) -> None:
    for (source, path), record_class in sorted(mapped.items()):
        said = {"source": source, "folder": readable(path), "class": record_class}
        click.echo(json.dumps(said) if as_json else f"{source}: {said['folder']} → {record_class}")
