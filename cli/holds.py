"""`muniment holds`: what stops every rule."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from cli.hold_options import LISTS, hold_entry, hold_options
from cli.options import Day, a_day, a_password_file, an_account, as_json_option, signed_in, utc_today
from cli.terminal import Talk, pass_talk, print_table, size_in_words
from domain.actor import Verb
from domain.hold import Hold, HoldStatus
from domain.rule import Schedule
from domain.summary import Tally
from inventory.engine import open_inventory
from operations.config import Settings
from operations.schedule import holds as operations
from operations.schedule.holds import Frozen
from operations.schedule.nagging import nagging
from reports.wording import plural
from retention.period import parse_period
from retention.schedule import load_schedule


@click.group()
def holds() -> None:
    """Legal holds: while one is active nothing that it means is put forward for anything, whatever the schedule says.

    What cannot be told is frozen too: what was not searched for a term, or has no date that can be believed. A review
    that is late nags and ends nothing; only a request (FOI, SAR, erasure) ends by itself, some time after its answer.

    \b
        muniment holds preview --path "Planning/**" --from 2020-01-01
        muniment holds add --id CLAIM-7 --kind litigation --reason "Claim 7" --authorised-by role:solicitor \\
            --path "Planning/**" --from 2020-01-01 --review-by 2027-03-31
        muniment holds release CLAIM-7 --why "Settled, letter of 3 March"
    """


@holds.command()
@hold_options
@a_day
@pass_talk
def add(talk: Talk, /, today: date | None, **described: Any) -> None:
    """Place a hold. Every condition that is given must hold; of several of one kind, any.

    Look first what it freezes: muniment holds preview, with the same options.
    """
    settings = talk.settings()
    if described["review_by"] is None and described["request"] is None:
        raise click.UsageError("Say when somebody looks at it again: --review-by YYYY-MM-DD.")
    with talk.acting(settings) as (actor, trail):
        hold = operations.drafted(hold_entry(settings, described), settings, trail.database, _schedule(settings))
        operations.add_hold(actor, trail, hold, today or utc_today())
    talk.say(f"Placed {hold.id!r}. It counts from the next: muniment retention evaluate")


@holds.command()
@hold_options
@a_day
@as_json_option
@pass_talk
def preview(talk: Talk, /, today: date | None, as_json: bool, **described: Any) -> None:
    """Say what a hold would freeze: items, bytes, by service, and what for want of a test. Writes nothing."""
    settings = talk.settings()
    defaults = {"id_": "PREVIEW", "kind": None if described["template"] or described["request"] else "litigation",
                "reason": "Preview", "authorised_by": "nobody yet"}  # fmt: skip
    wanted = described | {name: described[name] or default for name, default in defaults.items()}
    actor = talk.asked(settings, Verb.VIEW_FIGURES)
    database, schedule = open_inventory(settings.inventory.url, create=False), _schedule(settings)
    try:
        hold = operations.drafted(hold_entry(settings, wanted), settings, database, schedule)
        frozen = operations.preview(actor, database, hold, settings, schedule, today or utc_today())
    finally:
        database.dispose()
    click.echo(json.dumps(_figures(frozen))) if as_json else _print(frozen)


@holds.command("list")
@click.option("--all", "everything", is_flag=True, help="Those that are over, too.")
@a_day
@as_json_option
@pass_talk
def list_(talk: Talk, everything: bool, today: date | None, as_json: bool) -> None:
    """List holds: those of the inventory, and those written in the schedule. Late reviews are said."""
    settings, day = talk.settings(), today or utc_today()
    actor = talk.asked(settings, Verb.VIEW_FIGURES)
    database, schedule = open_inventory(settings.inventory.url, create=False), _schedule(settings)
    found = [("inventory", hold) for hold in operations.all_holds(actor, database)]
    database.dispose()
    found += [("schedule", hold) for hold in (schedule.holds if schedule else ())]
    shown = [(where, hold) for where, hold in found if everything or hold.is_active(day)]
    if as_json:
        click.echo("\n".join(json.dumps(_object(where, hold, day)) for where, hold in shown), nl=bool(shown))
    elif shown:
        headings = ("id", "kind", "state", "placed", "review by", "ends on", "authorised by", "reason", "where")
        print_table(headings, [(*_row(hold, day), where) for where, hold in shown])
    for line in nagging(hold for where, hold in shown if where == "inventory" and hold.nags(day)):
        talk.say(line)


@holds.command()
@click.argument("name")
@click.option("--until", type=Day(), help="The day of the next review.")
@click.option("--answered", type=Day(), help="Of a request: the day of the answer.")
@click.option("--ends-after", help="Of a request: how long after its answer the hold ends, such as P6M.")
@an_account
@a_password_file
@a_day
@pass_talk
def review(
    talk: Talk, name: str, until: date | None, answered: date | None, ends_after: str | None, account: str | None,
    password_file: Path | None, today: date | None,
) -> None:  # fmt: skip
    """Say that the hold NAME goes on, and --until when; or of a request when it was --answered, since it ends by that.

    The latter needs one's own sign-in, as a release does.
    """
    if (until is None) is (answered is None):
        raise click.UsageError("Name the day of the next review, --until, or the day of the answer, --answered.")
    settings, day = talk.settings(), today or utc_today()
    if until is not None:
        with talk.acting(settings) as (actor, trail):
            operations.review_hold(actor, trail, name, until, day)
        talk.say(f"{name!r} goes on, to be looked at again by {until}.")
    elif answered is not None:
        period = _period(ends_after)
        with signed_in(talk, settings, account, password_file) as (actor, trail):
            hold = operations.answer_request(actor, trail, name, answered, period, day)
        talk.say(f"{name!r} ends on {hold.ends_on}.")


@holds.command()
@click.argument("name")
@click.option("--why", required=True, help="Who said so, and in which letter; without names of people it is about.")
@an_account
@a_password_file
@a_day
@pass_talk
def release(
    talk: Talk, name: str, why: str, account: str | None, password_file: Path | None, today: date | None
) -> None:  # fmt: skip
    """End the hold NAME: what it froze is decided by the schedule again. Needs one's own sign-in."""
    settings = talk.settings()
    with signed_in(talk, settings, account, password_file) as (actor, trail):
        operations.release_hold(actor, trail, name, why, today or utc_today())
    talk.say(f"Released {name!r}. Next: muniment retention evaluate")


@holds.command()
@as_json_option
def templates(as_json: bool) -> None:
    """List the holds that are shipped, switched off: whether they are in force for you is for you to find out.

    One is switched on by placing a hold that begins with it, under your own classes or paths:

    \b
        muniment holds add --template iicsa --id IICSA --class "CH.*" --authorised-by role:monitoring-officer \\
            --review-by 2027-03-31
    """
    for name, entry in operations.templates().items():
        said = {"name": name, "kind": entry["kind"], "status": entry["status"], "reason": entry["reason"]}
        click.echo(json.dumps(said) if as_json else f"{name}: {entry['reason']} [{entry['kind']}, {entry['status']}]")


def _schedule(settings: Settings) -> Schedule | None:
    return load_schedule(settings.retention.schedule) if settings.retention.schedule else None


def _period(text: str | None) -> Any:
    try:
        return parse_period(text) if text else None
    except ValueError as error:
        raise click.UsageError(f"--ends-after: {error}") from error


def _print(frozen: Frozen) -> None:
    total = sum((*frozen.certain.values(), *frozen.unsure.values()), Tally())
    rows = [(service, *_counted(frozen.certain, service), *_counted(frozen.unsure, service))
            for service in frozen.services]  # fmt: skip
    if rows:
        print_table(("service", "meant", "", "cannot be told", ""), rows, frozenset({1, 2, 3, 4}))
    click.echo(f"It would freeze {plural(total.items, 'file')}, {size_in_words(total.bytes)}.")
    for why, tally in sorted(frozen.missing.items()):
        click.echo(f"  {tally.items:>9,}  because it cannot be told: {why}")
    click.echo(f"Put forward now, and then no more: {frozen.due.items:,}.")


def _counted(tallies: Mapping[str, Tally], service: str) -> tuple[str, str]:
    tally = tallies.get(service, Tally())
    return f"{tally.items:,}", size_in_words(tally.bytes)


def _figures(frozen: Frozen) -> dict[str, object]:
    def told(tallies: Mapping[str, Tally]) -> dict[str, dict[str, int]]:
        return {name: {"items": tally.items, "bytes": tally.bytes} for name, tally in sorted(tallies.items())}

    return {"meant": told(frozen.certain), "cannot_be_told": told(frozen.unsure), "missing": told(frozen.missing),
            "due": {"items": frozen.due.items, "bytes": frozen.due.bytes}}  # fmt: skip


def _state(hold: Hold, day: date) -> str:
    if hold.nags(day):
        return "active, review late"
    return str(hold.status) if hold.is_active(day) or hold.status is not HoldStatus.ACTIVE else "ended"


def _row(hold: Hold, day: date) -> tuple[str, ...]:
    days = (str(each or "") for each in (hold.placed, hold.review_by, hold.ends_on))
    return (hold.id, str(hold.request or hold.kind), _state(hold, day), *days, hold.authorised_by, hold.reason)


def _object(where: str, hold: Hold, day: date) -> dict[str, object]:
    scope = hold.scope
    lists = {name: list(getattr(scope, name)) for name in LISTS if getattr(scope, name)}
    days = {name: each and each.isoformat() for name, each in (
        ("placed", hold.placed), ("review_by", hold.review_by), ("answered", hold.answered), ("ends_on", hold.ends_on),
    )}  # fmt: skip
    created = {"from": scope.begins and scope.begins.isoformat(), "to": scope.ends and scope.ends.isoformat()}
    return {
        "id": hold.id, "kind": hold.kind, "request": hold.request, "state": _state(hold, day), "where": where,
        "reason": hold.reason, "authorised_by": hold.authorised_by, **days,
        "scope": {**lists, "created": created, "people": len(scope.people)},
    }  # fmt: skip
