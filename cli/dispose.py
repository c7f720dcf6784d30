"""`muniment dispose`: what was approved is planned, moved into quarantine, put back, or purged."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cli.dispose_words import done_object, done_words, file_object, file_row, listed_object, listed_row, status_of
from cli.options import a_password_file, an_account, as_json_option, signed_in
from cli.proof import A_NUMBER, certificate_command, certificates_command, pack_command
from cli.terminal import Talk, pass_talk, print_table, size_in_words
from domain.actor import Actor
from domain.disposal import IN_QUARANTINE
from domain.errors import ConfigurationError
from operations import dispose as operations
from operations.config import Settings
from operations.disposal import manifests, planning, stopping
from operations.disposal.clocks import trusted_clock
from operations.disposal.ready import readiness
from operations.people.audit import Trail
from operations.signing import signing_key
from reports.wording import plural

a_manifest = click.argument("manifest", type=A_NUMBER)
a_count = click.option("--count", type=int, help="The number of files, as it was shown, instead of being asked for it.")


@click.group()
def dispose() -> None:
    """Dispose of what was approved: quarantine first, and after its time the end. Off unless switched on.

    \b
        muniment dispose plan                     what is approved, and what would go; changes nothing
        muniment dispose plan --batch 12          sign a manifest of it
        muniment dispose run 3                    move its files into quarantine; asks for their number
        muniment dispose list --manifest 3        where each of them is
        muniment dispose restore 3 --item 4711    put one back as it was
        muniment dispose purge 3                  after the quarantine time: delete, verify, certify

    Somebody proposed it, another approved it, and somebody else runs it. Each file is decided on again before it is
    touched: a hold, a changed file, or a rule that says otherwise by now keeps it where it is. `muniment dispose stop`
    stops everything at the next file.
    """


@dispose.command()
@click.option("--batch", type=A_NUMBER, help="Sign a manifest of this approved batch.")
@an_account
@a_password_file
@as_json_option
@pass_talk
def plan(talk: Talk, batch: int | None, account: str | None, password_file: Path | None, as_json: bool) -> None:
    """Show what is approved and would go now; with --batch, sign a manifest of it. No file is touched.

    What may not go any more is left out of the manifest, with its reason, and goes back to review.
    """
    settings = talk.settings()
    if batch is not None:
        with signed_in(talk, settings, account, password_file) as (actor, trail):
            manifest, draft = planning.plan(actor, trail, settings, batch, trusted_clock(trail))
        _tell_drafts(talk, [draft], as_json=as_json)
        if manifest is not None:
            talk.say(
                f"Signed manifest {manifest.number}. Then, by somebody else: muniment dispose run {manifest.number}"
            )
        return
    with talk.acting(settings) as (actor, trail):
        drafts = list(planning.foreseen(actor, trail, settings, trusted_clock(trail)))
        _tell_drafts(talk, drafts, as_json=as_json)
        for source, why in readiness(settings, trail.database):
            talk.say(f"{source}: {why}")


@dispose.command()
@a_manifest
@a_count
@an_account
@a_password_file
@as_json_option
@pass_talk
def run(
    talk: Talk, manifest: int, count: int | None, account: str | None, password_file: Path | None, as_json: bool
) -> int:
    """Move the files of a manifest into quarantine, for those who neither proposed nor approved it.

    No more than the ceiling of one run: run it again for the rest. What is refused says why in `dispose list --failed`.
    """
    settings = talk.settings()
    with signed_in(talk, settings, account, password_file) as (actor, trail):
        _, files = operations.to_run(actor, trail, settings, manifest)
        typed = _typed(talk, count, len(files), sum(one.planned.size for one in files), "moved into quarantine")
        done = operations.run(actor, trail, settings, manifest, typed, trusted_clock(trail))
    return _tell(talk, done, as_json=as_json)


@dispose.command()
@a_manifest
@click.option("--item", "items", type=A_NUMBER, multiple=True, help="Only this item, by its number; may be repeated.")
@click.option("--to", help="Where to, below the root of its source, if not to its place. For a single item.")
@an_account
@a_password_file
@as_json_option
@pass_talk
def restore(
    talk: Talk, /, manifest: int, items: tuple[int, ...], to: str | None, account: str | None,
    password_file: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Put files back from quarantine: to their place, with their times and rights, and over nothing.

    All of a manifest, or the items that are named. Their approval is void then, and they go back to review.
    """
    settings = talk.settings()
    with signed_in(talk, settings, account, password_file) as (actor, trail):
        files = [
            one for one in manifests.files_of(actor, trail.database, manifest)
            if one.fate in IN_QUARANTINE and (not items or one.planned.item in items)
        ]  # fmt: skip
        if not files or len(files) < len(set(items)):
            raise ConfigurationError(f"These are not in quarantine. See: muniment dispose list --manifest {manifest}")
        numbers = [one.number for one in files]
        place = None if to is None else os.fsencode(to)
        done = operations.restore(actor, trail, settings, numbers, trusted_clock(trail), place)
    return _tell(talk, done, as_json=as_json)


@dispose.command()
@a_manifest
@a_count
@click.option(
    "--packages",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder in which packages stand now. [default: where they were written]",
)
@an_account
@a_password_file
@as_json_option
@pass_talk
def purge(
    talk: Talk, manifest: int, count: int | None, packages: Path | None, account: str | None,
    password_file: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Delete what has been in quarantine for its time, verify that it is gone, and issue a certificate.

    Holds are checked and the bytes hashed once more; and what has to stay is read: another copy, a later version, the
    copy in a package. It cannot be undone. Needs allow_purge = true of the source.
    """
    settings = talk.settings()
    with signed_in(talk, settings, account, password_file) as (actor, trail):
        clock = trusted_clock(trail)
        files = operations.to_purge(actor, trail, settings, manifest, clock)
        typed = _typed(talk, count, len(files), sum(one.planned.size for one in files), "deleted for ever")
        done = operations.purge(actor, trail, settings, manifest, typed, clock, packages=packages)
    return _tell(talk, done, as_json=as_json)


@dispose.command("list")
@click.option("--manifest", type=A_NUMBER, help="The files of this manifest, each with where it is.")
@click.option("--failed", is_flag=True, help="Only files of which something was refused, with the reason.")
@an_account
@a_password_file
@as_json_option
@pass_talk
def list_(
    talk: Talk, manifest: int | None, failed: bool, account: str | None, password_file: Path | None, as_json: bool
) -> None:
    """List manifests and how far they are; or files, by their numbers and tags: what they are called is not said."""
    with _looking(talk, account, password_file) as (actor, trail, _):
        if failed or manifest is not None:
            files = list(manifests.files_of(actor, trail.database, manifest, failed=failed))
            if as_json:
                click.echo(json.dumps([file_object(one) for one in files]))
            else:
                print_table(("manifest", "item", "tag", "bytes", "is", "until", "why not"), list(map(file_row, files)))
            return
        every = list(manifests.listed(actor, trail.database))
        in_force = stopping.stops(actor, trail.database)
    if as_json:
        click.echo(json.dumps([listed_object(one) for one in every]))
        return
    print_table(("manifest", "service", "action", "planned", "files", "bytes", "are"), list(map(listed_row, every)))
    for stop in in_force:
        talk.say(f"Stop {stop.number}: {stop.service or 'everything'}, by {stop.account}, {stop.at:%Y-%m-%d %H:%M} UTC")


@dispose.command()
@click.option("--service", help="Only what is of this service. [default: everything]")
@click.option("--why", default="", help="The reason, for those who look into it.")
@click.option("--lift", type=A_NUMBER, help="End this stop instead, by its number; for those who may run disposal.")
@an_account
@a_password_file
@pass_talk
def stop(
    talk: Talk, service: str | None, why: str, lift: int | None, account: str | None, password_file: Path | None
) -> None:
    """Stop every run at its next file. Nothing more is begun until the stop is lifted; restoring goes on."""
    settings = talk.settings()
    if lift is not None:
        with signed_in(talk, settings, account, password_file) as (actor, trail):
            stopping.resume(actor, trail, lift, trusted_clock(trail)())
        talk.say(f"Stop {lift} is lifted. What was stopped goes on when it is run again.")
        return
    with talk.acting(settings) as (actor, trail):
        stopping.stop(actor, trail, service, why, trusted_clock(trail)())
    talk.say("Stopped. What was being done with one file is finished; no other is begun. See: muniment dispose list")


@dispose.command()
@a_manifest
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder to write into.")
@click.option("--places", is_flag=True, help="A second file says where each file lies: it names people.")
@an_account
@a_password_file
@pass_talk
def export(talk: Talk, manifest: int, out: Path, places: bool, account: str | None, password_file: Path | None) -> None:
    """Write a manifest as it was signed: for auditors, and for others to act on where Muniment cannot."""
    with _looking(talk, account, password_file) as (actor, trail, settings):
        key = signing_key(settings)
        for path in manifests.export_manifest(actor, trail, key, manifest, out, places=places):
            talk.say(f"Wrote {path}")


for command in (pack_command, certificates_command, certificate_command):
    dispose.add_command(command)


@contextmanager
def _looking(talk: Talk, account: str | None, file: Path | None) -> Iterator[tuple[Actor, Trail, Settings]]:
    """Who looks: as they sign in where they name an account, else the user of this machine."""
    settings = talk.settings()
    with signed_in(talk, settings, account, file) if account else talk.acting(settings) as (actor, trail):
        yield actor, trail, settings


def _typed(talk: Talk, count: int | None, files: int, size: int, what: str) -> int:
    """The number of files as somebody types it, who was told it, and what becomes of them."""
    talk.say(f"{plural(files, 'file')}, {size_in_words(size)}, would be {what}.")
    return count if count is not None else click.prompt("Type the number of files", type=int, err=True)


def _tell(talk: Talk, done: operations.Done, *, as_json: bool) -> int:
    if as_json:
        click.echo(json.dumps(done_object(done)))
    for line in done_words(done):
        talk.say(line)
    return status_of(done)


def _tell_drafts(talk: Talk, drafts: list[planning.Draft], *, as_json: bool) -> None:
    rows = [
        (str(one.batch.number), one.batch.service, str(one.batch.kind), str(len(one.planned)),
         size_in_words(sum(file.size for file in one.planned)), one.batch.proposer,
         ", ".join(approval.account for approval in one.batch.approvals if approval.approved))
        for one in drafts
    ]  # fmt: skip
    names = ("batch", "service", "action", "files", "bytes", "proposed by", "approved by")
    if as_json:
        click.echo(json.dumps([
            dict(zip(names, row, strict=True))
            | {"refused": {str(why): n for why, n in one.reasons.items()}, "lacks": list(one.lacks)}
            for row, one in zip(rows, drafts, strict=True)
        ]))  # fmt: skip
        return
    print_table(names, rows)
    for one in drafts:
        if one.lacks:
            told = "; ".join(why.words for why in one.lacks)
            talk.say(f"Batch {one.batch.number} needs a second approval before it can be planned, since {told}.")
        for why, number in one.reasons.items():
            talk.say(f"Batch {one.batch.number}: {number:,} left out. {why.sentence}")
