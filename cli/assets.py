"""`muniment assets`: folders and mailboxes that somebody answers for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.options import a_day, a_password_file, an_account, as_json_option, signed_in, utc_today
from cli.terminal import Talk, pass_talk, print_table, size_in_words
from domain.actor import Verb
from domain.asset import TEXTS, Holding, Lack, Missing, Registered
from domain.errors import ConfigurationError
from inventory.engine import Database, open_inventory
from operations.assets import register
from operations.assets.exchange import export_assets, import_assets
from operations.assets.sheet import cells_of, shown, write_sheet
from operations.assets.suggest import Suggestion, suggest_assets
from operations.config import Settings
from reports.wording import plural
from retention.schedule import load_schedule

a_service = click.option("--service", help="Only this service's.")
some_ids = click.argument("ids", metavar="ID...", nargs=-1, required=True)


@click.group()
def assets() -> None:
    """Information assets: folders and mailboxes with an owner, a technical officer and an approver.

    \b
        muniment assets suggest --out assets.csv
        muniment assets import assets.csv
        muniment assets list --missing

    Of nested folders the deepest counts: what lies in it is of its asset and of none around it. No asset is released,
    and nothing in one is disposed of, without an owner and an approver who are here, and are two people.
    """


@assets.command()
@click.option("--out", type=click.Path(path_type=Path), help="Write them to this new CSV or XLSX file.")
@a_service
@as_json_option
@pass_talk
def suggest(talk: Talk, out: Path | None, service: str | None, as_json: bool) -> None:
    """Propose assets for what is of none: the highest folders of each service, and mailboxes; with reasons.

    In the file people write who answers for each and what it is for, leave out what is no asset, put together what is
    one, and write yes under "confirm" of what they vouch for. Then: muniment assets import FILE
    """
    settings = talk.settings()
    actor = talk.asked(settings, Verb.VIEW_LIST, service)
    path = settings.retention.schedule
    schedule = load_schedule(path) if path is not None and path.exists() else None
    with _opened(settings) as database:
        found = suggest_assets(actor, database, settings, schedule, service)
    if out is not None:
        write_sheet(out, (cells_of(one.asset, why=one.why) for one in found))
        talk.say(f"{len(found):,} suggestions written to {out}. Then: muniment assets import {out}")
    elif as_json:
        click.echo(json.dumps([_suggested(one) for one in found]))
    else:
        rows = [(one.asset.id, one.asset.title, one.asset.service, one.why) for one in found]
        print_table(("id", "title", "service", "why"), rows)


@assets.command()
@click.argument("path", type=click.Path(path_type=Path))
@a_service
@pass_talk
def export(talk: Talk, path: Path, service: str | None) -> None:
    """Write the register to a new CSV or XLSX file, as `import` reads it."""
    settings = talk.settings()
    actor = talk.asked(settings, Verb.VIEW_LIST, service)
    with _opened(settings) as database:
        talk.say(f"{plural(export_assets(actor, database, path, service), 'asset')} written to {path}.")


@assets.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@a_day
@pass_talk
def import_(talk: Talk, path: Path, today: date | None) -> None:
    """Put what a CSV file or a workbook says into the register: all of it or nothing.

    Assets that it does not name stay as they are, and so do columns that it has not. A cell that is changed is no
    longer confirmed, unless the line says yes under "confirm".
    """
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        came = import_assets(actor, trail, path, today or utc_today())
    talk.say(
        f"{plural(came.added, 'asset')} added, {came.changed:,} changed, {came.same:,} as they "
        f"were; {came.confirmed:,} "
        "confirmed by this. See: muniment assets list --missing"
    )
    for pilot in came.pilots:
        talk.say(
            f"The pilot {pilot} is measured in an asset that is made of other places now, and its baseline is of those "
            f"of before. Name the same places again, or begin it anew: muniment baseline pilot {pilot}"
        )


@assets.command("list")
@click.option("--missing", is_flag=True, help="What lacks a current owner, approver or more, the riskiest first.")
@a_service
@as_json_option
@pass_talk
def list_(talk: Talk, /, missing: bool, service: str | None, as_json: bool) -> None:
    """List assets, with what lies in them."""
    settings = talk.settings()
    actor = talk.asked(settings, Verb.VIEW_LIST, service)
    with _opened(settings) as database:
        every, lacking = register.listed(actor, database, service)
    if as_json:
        click.echo(json.dumps([_lacking(one) for one in lacking] if missing else [_object(one) for one in every]))
    elif missing:
        _print_missing(lacking)
    else:
        _print_assets(every)
    if not every and service is None:
        talk.say("There are no assets yet. Begin with: muniment assets suggest --out assets.csv")


@assets.command()
@click.argument("number", metavar="ID")
@a_service
@as_json_option
@pass_talk
def show(talk: Talk, number: str, service: str | None, as_json: bool) -> None:
    """All that the register says of one asset, what lies in it, and what it lacks. A * marks what was confirmed."""
    settings = talk.settings()
    actor = talk.asked(settings, Verb.VIEW_LIST, service)
    with _opened(settings) as database:
        every, _ = register.listed(actor, database, service)
    one = next((one for one in every if one.asset.id == number), None)
    if one is None:
        raise ConfigurationError(f"There is no asset {number}. See: muniment assets list")
    if as_json:
        click.echo(json.dumps(_object(one)))
        return
    print_table(("", "", ""), [(name, *cells) for name, *cells in _described(one)])


@assets.command()
@some_ids
@a_day
@pass_talk
def confirm(talk: Talk, ids: tuple[str, ...], today: date | None) -> None:
    """Vouch that assets are as the register has them: what they are made of, who answers for them, and all else."""
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        register.confirm(actor, trail, ids, today or utc_today())
    talk.say(f"{plural(len(set(ids)), 'asset')} confirmed.")


@assets.command()
@some_ids
@an_account
@a_password_file
@a_day
@pass_talk
def release(
    talk: Talk, ids: tuple[str, ...], account: str | None, password_file: Path | None, today: date | None
) -> None:
    """Let assets stand in the catalogue. Each needs an owner, an approver and a technical officer who are here."""
    settings = talk.settings()
    with signed_in(talk, settings, account, password_file) as (actor, trail):
        register.release(actor, trail, ids, today or utc_today())
    talk.say(f"{plural(len(set(ids)), 'asset')} released.")


@assets.command()
@some_ids
@pass_talk
def withdraw(talk: Talk, ids: tuple[str, ...]) -> None:
    """Take assets out of the catalogue: they are drafts again."""
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        register.withdraw(actor, trail, ids)
    talk.say(f"{plural(len(set(ids)), 'asset')} made {'a draft' if len(set(ids)) == 1 else 'drafts'}.")


@assets.command()
@some_ids
@pass_talk
def drop(talk: Talk, ids: tuple[str, ...]) -> None:
    """Take assets out of the register. What lies in them stays where it is, and is of none, or of the one around it."""
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        register.drop(actor, trail, ids)
    talk.say(f"{plural(len(set(ids)), 'asset')} dropped.")


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = open_inventory(settings.inventory.url, create=False)
    try:
        yield database
    finally:
        database.dispose()


def _print_assets(every: tuple[Registered, ...]) -> None:
    rows = [
        (one.asset.id, one.asset.title, one.asset.service, one.state, one.asset.owner, one.asset.approver,
         f"{one.holding.files.items:,}", size_in_words(one.holding.files.bytes), str(len(one.lacks)))
        for one in every
    ]  # fmt: skip
    headings = ("id", "title", "service", "state", "owner", "approver", "files", "size", "lacks")
    print_table(headings, rows, frozenset({6, 7, 8}))


def _print_missing(lacking: tuple[Missing, ...]) -> None:
    rows = [
        (one.asset or "(none)", one.title, one.service, f"{one.holding.high:,}", f"{one.holding.personal:,}",
         f"{one.holding.files.items:,}", size_in_words(one.holding.files.bytes), f"{one.stopped.items:,}",
         _words(one.lacks))
        for one in lacking
    ]  # fmt: skip
    headings = ("id", "title", "service", "high risk", "personal", "files", "size", "due, may not go", "missing")
    print_table(headings, rows, frozenset({3, 4, 5, 6, 7}))


def _words(lacks: tuple[Lack, ...]) -> str:
    return "; ".join(lack.words for lack in lacks)


def _described(one: Registered) -> Iterator[tuple[str, str, str]]:
    asset, mark = one.asset, one.asset.confirmed
    yield "id", "", asset.id
    for name in TEXTS:
        yield name.replace("_", " "), "*" if name in mark else "", getattr(asset, name)
    for place, at in enumerate(asset.locations):
        yield "" if place else "locations", "*" if "locations" in mark else "", shown(at)
    yield "confirmed", "", f"by {asset.confirmed_by} on {asset.confirmed_on}" if asset.confirmed_on else "by nobody"
    yield "state", "", one.state
    yield "lies in it", "", _summed(one.holding)
    yield "lacks", "", _words(one.lacks) or "nothing"


def _summed(holding: Holding) -> str:
    days = f", last changed {holding.oldest} to {holding.newest}" if holding.oldest else ""
    return (
        f"{plural(holding.files.items, 'file')}, {size_in_words(holding.files.bytes)}{days}; "
        f"{plural(holding.personal, 'item')} with "
        f"personal data, {holding.high:,} of high risk; {holding.unread:,} not read to the end, or waiting for "
        "OCR"
    )


def _suggested(one: Suggestion) -> dict[str, Any]:
    return {
        "id": one.asset.id, "title": one.asset.title, "service": one.asset.service,
        "locations": [shown(at) for at in one.asset.locations], "why": one.why, **_figures(one.holding),
    }  # fmt: skip


def _object(one: Registered) -> dict[str, Any]:
    asset = one.asset
    return {
        "id": asset.id, **{name: getattr(asset, name) for name in TEXTS},
        "locations": [shown(at) for at in asset.locations], "state": one.state,
        "confirmed": sorted(asset.confirmed), "confirmed_by": asset.confirmed_by,
        "confirmed_on": asset.confirmed_on and str(asset.confirmed_on),
        "lacks": list(map(str, one.lacks)), **_figures(one.holding),
    }  # fmt: skip


def _lacking(one: Missing) -> dict[str, Any]:
    return {
        "id": one.asset, "title": one.title, "service": one.service, "lacks": list(map(str, one.lacks)),
        "bars_disposal": one.bars_disposal, "stopped": one.stopped.items, **_figures(one.holding),
    }  # fmt: skip


def _figures(holding: Holding) -> dict[str, Any]:
    return {
        "files": holding.files.items, "bytes": holding.files.bytes, "not_read": holding.unread,
        "personal": holding.personal, "special": holding.special, "children": holding.children,
        "criminal": holding.criminal, "high_risk": holding.high, "highest_risk": holding.highest,
        "due_for_disposal": holding.going.items,
        "oldest": holding.oldest and str(holding.oldest), "newest": holding.newest and str(holding.newest),
        "kinds": dict(holding.kinds),
    }  # fmt: skip
