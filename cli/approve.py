"""`muniment retention approve`: two people put a version of the schedule in force, having seen what it changes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.options import a_password_file, an_account, schedule_path, signed_in, utc_today
from cli.simulate import listing, told
from cli.terminal import Talk, pass_talk
from domain.actor import Actor, Verb
from domain.rule import Schedule
from inventory.queries import Inventory
from operations.access import RefusedError, ask
from operations.config import Settings
from operations.people.approval import Foreseen, may_approve
from operations.people.approval import approve as approve_schedule
from operations.people.audit import Trail
from operations.schedule.evaluate import term_keys
from operations.schedule.events import event_register
from operations.schedule.foresee import foresee, predecessor
from reports.wording import plural
from retention.schedule import load_schedule


@click.command()
@click.argument("path", metavar="SCHEDULE", type=click.Path(path_type=Path), required=False)
@click.option("--changes", type=click.Path(path_type=Path), help="Write every item that changes to this new CSV file.")
@click.option("--expecting", type=click.IntRange(min=0), help="Approve unasked where just so many items change.")
@click.option("--against", type=click.Path(path_type=Path), help="The version that decides now, as it was applied.")
@an_account
@a_password_file
@pass_talk
def approve(
    talk: Talk, path: Path | None, changes: Path | None, expecting: int | None, against: Path | None,
    account: str | None, password_file: Path | None,
) -> None:  # fmt: skip
    """Approve SCHEDULE, a file or folder, as it is now; without it, the configured schedule.

    \b
        muniment retention approve new.toml --changes changes.csv

    First everything is counted that it changes, on the day from which it is to be in force, against the version that
    decides now. Where anything changes, approve by the list of it (--changes), or name the count that you have seen
    (--expecting). A schedule decides when two people have approved it: a records manager and an officer of Information
    Governance, each after their own sign-in. What they approve is known by its digest (SHA-256): whoever changes a
    letter of it has to have it approved again. An inventory without accounts is its owner's, and asks for no approval.
    """
    settings = talk.settings()
    chosen = load_schedule(schedule_path(settings, path))
    older = load_schedule(against) if against else None
    with signed_in(talk, settings, account, password_file) as (actor, trail):
        may_approve(actor, trail, chosen)
        foreseen = _shown(talk, settings, actor, trail, chosen, older, changes)
        _agreed(foreseen, expecting, listed=changes is not None)
        still = approve_schedule(actor, trail, chosen, foreseen)
    talk.say(f"Approved: {chosen.title}, version {chosen.version}, in force from {chosen.effective_from}.")
    talk.say(f"SHA-256 {chosen.digest}")
    talk.say(f"Still to approve: {', '.join(still)}." if still else "It is approved. Next: muniment retention evaluate")


def _shown(
    talk: Talk, settings: Settings, actor: Actor, trail: Trail, chosen: Schedule, older: Schedule | None,
    changes: Path | None,
) -> Foreseen:  # fmt: skip
    """What it changes, told to who is to approve it."""
    ask(actor, Verb.VIEW_LIST)
    configured = settings.retention.schedule
    before = predecessor(trail.database, chosen, older, load_schedule(configured) if configured else None)
    if before.is_other:
        talk.say("What is named with --against is not the version that was applied last; the trail will say so.")
    day = max(utc_today(), chosen.effective_from)
    events = event_register(settings, trail.database)
    with listing(changes) as tell:
        found, foreseen = foresee(trail.database, chosen, before, day, term_keys(settings), events, tell)
    click.echo("\n".join(told(found, settings.savings)))
    if changes is not None:
        talk.say(f"Every item that changes: {changes}")
    if not Inventory(trail.database).coverage().total.items:
        talk.say("The inventory holds no item yet, so nothing can be seen to change. To see it first: muniment scan")
    return foreseen


def _agreed(foreseen: Foreseen, expecting: int | None, *, listed: bool) -> None:
    """Raises RefusedError where nobody agrees to just these changes."""
    changed = foreseen.changed
    if expecting is not None:
        if expecting != changed:
            raise RefusedError(
                f"Nothing is approved: {plural(changed, 'item')} would change, not {expecting:,}. "
                "See what has come to change "
                "(--changes FILE), then name that count."
            )
        return
    if changed and not listed:
        raise RefusedError(
            f"Nothing is approved yet: {plural(changed, 'item')} would change. Have each of them listed: --changes FILE"
        )
    if not sys.stdin.isatty():
        raise RefusedError(
            f"Nothing is approved yet: nobody is here to be asked. Once what changes was seen: --expecting {changed}"
        )
    if not click.confirm("Approve it, with all that it changes?", err=True):
        raise RefusedError("Nothing is approved.")
