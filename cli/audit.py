"""`muniment audit`: the trail of what was done to the inventory, and by whom."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.exits import DONE, FOUND_PROBLEMS
from cli.terminal import Talk, pass_talk, print_table
from domain.audit import Entry
from domain.item import printable
from operations.people.audit import export_trail, last_entries, load_head, told, verify_trail
from operations.people.head_export import send_head


@click.group()
def audit() -> None:
    """The trail of what was done: scans, evaluations, samples, accounts, decisions; who, when, in which role.

    Entries are only ever added, and each is sealed with a key over the one before, so that none can be altered, dropped
    or put in between unseen. A tail that was cut off is seen with a head from outside: export one every day to where
    nobody can write who keeps the database, by [audit] and the step `head` of the timetable, or by hand:

    \b
        muniment audit export /mnt/evidence --head-only
        muniment audit verify --head /mnt/evidence/audit-20261122T180000Z.head.json
    """


@audit.command()
@click.option("--head", type=click.Path(path_type=Path, dir_okay=False), help="A head that was exported before.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_talk
def verify(talk: Talk, head: Path | None, as_json: bool) -> int:
    """Check every entry of the trail, from the first to the last. Ends with 1 where it is not whole."""
    with talk.acting(talk.settings()) as (actor, trail):
        verdict = verify_trail(actor, trail, None if head is None else load_head(head))
    if as_json:
        fault = {"fault": verdict.fault, "number": verdict.number} if verdict.fault else {"fault": None}
        click.echo(json.dumps({"entries": verdict.entries, "head": verdict.mac.hex(), **fault}))
    else:
        click.echo(told(verdict))
    if head is None and verdict.fault is None:
        talk.say("Whether its tail was cut off shows with a head from outside: --head FILE")
    return DONE if verdict.fault is None else FOUND_PROBLEMS


@audit.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.option("--head-only", is_flag=True, help="Only the head: what is wanted every day.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths as JSON.")
@pass_talk
def export(talk: Talk, folder: Path, head_only: bool, as_json: bool) -> None:
    """Write all entries as JSON lines, and the sealed head of the trail, into new files in DIR.

    Only a trail that is whole is exported. The files name accounts, and nothing of what was scanned.
    """
    with talk.acting(talk.settings()) as (actor, trail):
        files = export_trail(actor, trail, folder, head_only=head_only)
    click.echo(json.dumps([str(path) for path in files]) if as_json else "\n".join(map(str, files)))


@audit.command("send-head")
@pass_talk
def send_head_(talk: Talk) -> None:
    """Send the signed head to where [audit] says, as the step `head` of the timetable does every day.

    The whole trail is checked before, also against the last head that lies in the folder.
    """
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        sent = send_head(actor, trail, settings, datetime.now(UTC))
    kept = f"in {sent.path}" if sent.path else "in no folder"
    stamped = "; its time is stamped" if sent.stamped else ""
    click.echo(f"Entry {sent.head.number:,}: {kept}; mailed to {sent.mailed}{stamped}.")


@audit.command("list")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many, from the last back.")
@click.option("--about", metavar="SUBJECT", help="Only what was done to this, such as user:amy.marsh or scan:12.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_talk
def list_(talk: Talk, limit: int, about: str | None, as_json: bool) -> None:
    """List the last entries of the trail, the oldest of them first."""
    with talk.acting(talk.settings()) as (actor, trail):
        found = last_entries(actor, trail, limit, about)
    if as_json:
        click.echo("".join(json.dumps(_object(entry)) + "\n" for entry in found), nl=False)
        return
    headings = ("entry", "when (UTC)", "account", "role", "act", "about", "facts")
    print_table(headings, list(map(_row, found)), frozenset({0}))


def _row(entry: Entry) -> tuple[str, ...]:
    account = f"{entry.account} for {entry.on_behalf_of}" if entry.on_behalf_of else entry.account
    when = f"{entry.when:%Y-%m-%d %H:%M:%S}"
    told = (str(entry.number), when, account, entry.role, entry.act, entry.subject, entry.facts)
    return tuple(map(printable, told))


def _object(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number, "at": entry.when.isoformat(), "account": entry.account, "role": entry.role,
        "on_behalf_of": entry.on_behalf_of or None, "proof": entry.proof, "door": entry.door, "act": entry.act,
        "subject": entry.subject, "facts": json.loads(entry.facts),
    }  # fmt: skip
