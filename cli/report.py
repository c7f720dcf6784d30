"""`muniment report`: write a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from cli.terminal import Talk, pass_talk
from domain.actor import Verb
from domain.errors import ConfigurationError
from domain.figures import Searched
from inventory.engine import open_inventory
from operations.config import Settings
from operations.reporting.packs import make_pack
from operations.reporting.report import REPORTS, make_report, write_report
from operations.reporting.subject_search import search_people
from operations.reporting.wanted import Scope
from operations.schedule.holds import people_in

_FORMATS = "html, xlsx, ods, csv, json, pdf; with commas. A PDF is a copy of the page, which is written with it."
_PUBLISHABLE = "Leave out paths, names and numbers below 5, so that it may be published."


def _help() -> str:
    """Which report is for whom, by the table of reports."""
    lines = [f"{name:15} {kind.told}{f' ({kind.needs})' if kind.needs else ''}" for name, kind in REPORTS.items()]
    return "\n".join(["Write a report from the inventory: which, and for whom.", "", "\b", *lines])


@click.command(help=_help())
@click.argument("name", type=click.Choice(list(REPORTS)), metavar="[NAME]", required=False)
@click.option(
    "--pack", metavar="NAME", help="Instead of one report, a configured [[pack]]: written, mailed, old ones removed."
)
@click.option("--format", "formats", default="html,csv", show_default=True, help=_FORMATS)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="The folder. [default: configured]")
@click.option("--publishable", is_flag=True, help=_PUBLISHABLE)
@click.option("--service", help="Of this service alone: service, people-years, shadow-systems.")
@click.option(
    "--scope",
    type=click.Choice([each.value for each in Scope]),
    default=Scope.ALL.value,
    show_default=True,
    help="caldicott: of gdpr-risk, only what identifies people in health and care, outside case systems. drafts: of "
    "catalogue, also assets that are not released.",
)
@click.option(
    "--terms-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Of subject-search: a name or identifier a line, in a file that only you can read.",
)
@click.option("--term", "terms", multiple=True, metavar="ID", help="Of subject-search: a configured [[term]].")
@click.option("--reference", default="", help="Of subject-search: the number of the request, for the audit trail.")
@click.option("--pilot", help="Of trend: this pilot alone, against its own baseline. See: muniment baseline.")
@click.option("--json", "as_json", is_flag=True, help="Print the paths of what was written as JSON.")
@pass_talk
def report(
    talk: Talk,
    name: str | None,
    pack: str | None,
    formats: str,
    out: Path | None,
    publishable: bool,
    service: str | None,
    scope: str,
    terms_file: Path | None,
    terms: tuple[str, ...],
    reference: str,
    pilot: str | None,
    as_json: bool,
) -> None:
    settings = talk.settings()
    if (name is None) is (pack is None):
        raise click.UsageError("Name a report, or a pack with --pack.")
    if name is None:
        _print(_packed(talk, settings, pack or ""), as_json=as_json)
        return
    talk.asked(settings, Verb.EXPORT, service)
    searched = _searched(talk, terms_file, terms, reference) if name == "subject-search" else None
    database = open_inventory(settings.inventory.url, create=False)
    made = make_report(name, database, settings, service=service, scope=Scope(scope), searched=searched, pilot=pilot)
    made = made.for_publication() if publishable else made
    # Long lists are read from the inventory as they are written.
    chosen = [word.strip() for word in formats.split(",") if word.strip()]
    files = write_report(made, chosen, out or settings.reports.folder)
    database.dispose()
    talk.say(made.lead)
    talk.say(made.watermark)
    if "pdf" in chosen and "html" not in chosen:
        talk.say("The page was written too: a PDF never goes alone, since not everybody can read one.")
    _print(files, as_json=as_json)


def _print(files: Sequence[Path], *, as_json: bool) -> None:
    click.echo(json.dumps([str(path) for path in files]) if as_json else "\n".join(map(str, files)))


def _searched(talk: Talk, terms_file: Path | None, terms: tuple[str, ...], reference: str) -> Searched:
    """What is met of the lines of a file, or of those typed unseen: never of an argument, which others can read."""
    lines = people_in(terms_file) if terms_file else () if terms else _typed()
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        return search_people(actor, trail, settings, lines, terms, reference)


def _typed() -> tuple[str, ...]:
    if not sys.stdin.isatty():
        raise ConfigurationError(
            "Whom to look for? Write each name or identifier on a line of a file: --terms-file FILE"
        )
    lines = iter(
        lambda: str(
            click.prompt("Name or identifier (empty to end)", "", hide_input=True, show_default=False, err=True)
        ),
        "",
    )
    return tuple(lines)


def _packed(talk: Talk, settings: Settings, name: str) -> Sequence[Path]:
    with talk.acting(settings) as (actor, trail):
        made = make_pack(actor, settings, trail.database, name, datetime.now(UTC))
    talk.say(f"{made.told} told by mail; {made.removed} older packs removed.")
    return made.files
