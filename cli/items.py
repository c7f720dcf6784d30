"""`muniment items` and `muniment problems`: what is in the inventory, and what could not be read."""

from __future__ import annotations

import base64
import csv
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from cli.terminal import Talk, pass_talk, print_table, size_in_words
from domain.access import Breadth
from domain.actor import Verb
from domain.errors import ConfigurationError, ProblemCode
from domain.examination import Outcome
from domain.finding import KINDS
from inventory.engine import open_inventory
from inventory.queries import Held, Inventory, Narrowing
from reports.renderers.csv import guarded

_HEADINGS = ("item", "outcome", "size", "service", "path", "what")


def listing(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every list of items has."""
    for option in (
        click.option("--service", help="Only this service's."),
        click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="How many at the most."),
        click.option("--after", metavar="MARK", help="Go on behind the last page: its `next`."),
        click.option("--json", "as_json", is_flag=True, help="As JSON."),
        click.option("--csv", "as_csv", is_flag=True, help="As CSV."),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--outcome", type=click.Choice([outcome.value for outcome in Outcome]), help="Only with this outcome.")
@click.option("--personal", is_flag=True, help="Only those that hold personal data.")
@click.option("--due", is_flag=True, help="Only those that are due under the retention schedule.")
@click.option("--waiting", is_flag=True, help="Only those that wait to be examined.")
@click.option("--owner", metavar="ACCOUNT", help="Only files that this account owns, as --json names it.")
@click.option("--left", is_flag=True, help="Only those whose owner has left.")
@click.option("--breadth", type=click.Choice([one.value for one in Breadth]), help="Only those that so many can read.")
@click.option("--kind", type=click.Choice(list(KINDS)), metavar="KIND", help="Only those in which this was found.")
@click.option(
    "--problem",
    type=click.Choice([code.value for code in ProblemCode]),
    metavar="CODE",
    help="Only those with this problem.",
)
@click.option("--folder", metavar="PATH", help="Only what lies in this folder itself, as its path is listed.")
@click.option("--copies-of", type=click.IntRange(1), metavar="ITEM", help="Only those with the content of this item.")
@listing
@pass_talk
def items(
    talk: Talk, /, outcome: str | None, personal: bool, due: bool, left: bool, breadth: str | None, kind: str | None,
    problem: str | None, folder: str | None, copies_of: int | None, service: str | None, waiting: bool,
    owner: str | None, **page: Any,
) -> None:  # fmt: skip
    """List what the inventory holds, a page at a time.

    With --kind content by content, in a --service by path; with --due by the day, with --personal the highest risk
    first, with --waiting or --owner folder by folder, with --service or --folder by path; else by their numbers.
    """
    narrowing = Narrowing(
        service, Outcome(outcome) if outcome else None, ProblemCode(problem) if problem else None,
        personal=personal, flagged=due, left=left, breadth=Breadth(breadth) if breadth else None, kind=kind,
        copies_of=copies_of, waiting=waiting, owner=owner,
        folder=None if folder is None else os.fsencode(folder).strip(b"/"),
    )  # fmt: skip
    _print_page(talk, narrowing, **page)


@click.command()
@click.option("--code", type=click.Choice([code.value for code in ProblemCode]), help="Only this problem.")
@listing
@pass_talk
def problems(talk: Talk, /, code: str | None, service: str | None, **page: Any) -> None:
    """List what could not be read, or not wholly, and why."""
    narrowing = Narrowing(service, code=ProblemCode(code) if code else None, with_problem=True)
    _print_page(talk, narrowing, **page)


def _print_page(
    talk: Talk, narrowing: Narrowing, limit: int, after: str | None, as_json: bool, as_csv: bool
) -> None:  # fmt: skip
    if as_json and as_csv:
        raise click.UsageError("Choose --json or --csv, not both.")
    settings = talk.settings()
    talk.asked(settings, Verb.VIEW_LIST, narrowing.service)
    database = open_inventory(settings.inventory.url, create=False)
    inventory = Inventory(database)
    _known_service(inventory, narrowing.service)
    page = inventory.page(narrowing, after, limit)
    database.dispose()
    if as_json:
        click.echo(json.dumps({"items": [_object(held) for held in page.held], "next": page.following}))
    elif as_csv:
        _print_csv(page.held)
    else:
        print_table(_HEADINGS, [_row(held) for held in page.held], frozenset({0, 2}))
    if page.following is not None and not as_json:
        talk.say(f"There are more: --after {page.following}")
    if not page.held and after is None:
        talk.say("The inventory holds nothing that is meant by these options.")


def _known_service(inventory: Inventory, name: str | None) -> None:
    services = [] if name is None else [estate.service for estate in inventory.services()]
    if name is not None and name not in services:
        raise ConfigurationError(f"There is no service {name!r}. There are: {', '.join(services) or 'none'}")


def _object(held: Held) -> dict[str, Any]:
    record = held.record
    return {
        "item": held.number, "source": record.ref.source, "path": record.ref.path,
        "path_b64": base64.b64encode(record.ref.locator).decode(), "part": list(record.ref.part),
        "service": record.service, "size": record.size, "modified": record.modified and record.modified.isoformat(),
        "media_type": record.media_type, "outcome": record.outcome,
        "problem": record.problem and {"code": record.problem.code, "limit": record.problem.limit,
                                       "message": record.problem.message},
        "personal": record.assessment and record.assessment.personal,
        "risk": record.assessment and record.assessment.risk,
        "special": record.assessment and list(record.assessment.special),
        "breadth": held.breadth,
        "owner": held.owner and {"account": held.owner.account, "kind": held.owner.kind, "name": held.owner.name,
                                 "service": held.owner.service, "left": held.owner.left},
        "flag": held.flag and {"state": held.flag.state, "action": held.flag.action, "rule": held.flag.rule,
                               "due": held.flag.due and held.flag.due.isoformat(), "reason": held.flag.sentence},
    }  # fmt: skip


def _row(held: Held) -> Sequence[str]:
    record = held.record
    return (
        str(held.number), record.outcome or "waiting", size_in_words(record.size), record.service, record.ref.path,
        _told(held),
    )  # fmt: skip


def _told(held: Held) -> str:
    record = held.record
    told = []
    if record.problem is not None:
        told.append(record.problem.message)
    if "ocr" in record.pending:
        told.append("Waits for text recognition (OCR).")
    if record.assessment is not None and record.assessment.personal:
        told.append(f"Personal data, risk {record.assessment.risk}.")
    if held.flag is not None and held.flag.due is not None:
        told.append(f"Due to {held.flag.action} from {held.flag.due.isoformat()}.")
    return " ".join(told)


def _print_csv(page: Sequence[Held]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(_HEADINGS)
    for held in page:
        number, outcome, _, service, path, what = _row(held)
        writer.writerow((number, outcome, held.record.size, guarded(service), guarded(path), guarded(what)))
