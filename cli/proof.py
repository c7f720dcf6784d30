"""`muniment dispose pack`, `certificates` and `certificate`: what is packed before it goes, and what proves it went."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click

from cli.exits import DONE, FOUND_PROBLEMS
from cli.options import a_password_file, an_account, as_json_option, signed_in
from cli.terminal import Talk, pass_talk, print_table
from domain.certificate import CertificateNumber
from domain.errors import ConfigurationError
from operations.disposal.certificate import check_certificates, known_certificates, write_certificate_files
from operations.disposal.clocks import trusted_clock
from operations.disposal.packing import Destination, pack
from operations.signing import signing_key
from reports.renderers.certificate import FORMATS
from reports.wording import plural

A_NUMBER = click.IntRange(1, 2**31 - 1)
"""Of a manifest, batch, item or stop: no database has others."""


@click.command("pack")
@click.argument("manifest", type=A_NUMBER)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="Of the package: letters, digits, dots, hyphens. Without it: manifest-NUMBER.")
@click.option("--for", "recipient", default="", help="For whom it is. Without it: the target that was approved.")
@an_account
@a_password_file
@as_json_option
@pass_talk
def pack_command(
    talk: Talk, manifest: int, folder: Path, name: str | None, recipient: str, account: str | None,
    password_file: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Pack what MANIFEST archives or transfers into FOLDER, as a BagIt 1.0 package, and read it back there.

    Nothing is moved: what is in the package may then be run. A file that is not what was approved is left out, and
    ends the command with 1.

    \b
        muniment dispose pack 17 /mnt/archive --name housing-2026-01
        muniment dispose run 17
    """
    settings = talk.settings()
    to = Destination(folder, name or f"manifest-{manifest}", recipient)
    with signed_in(talk, settings, account, password_file) as (actor, trail):
        made = pack(actor, trail, settings, manifest, to, trusted_clock(trail))
    why = Counter(str(one.refusal or one.why) for one in made.left_out)
    if as_json:
        told = {"package": made.path, "sha256": made.digest, "files": len(made.packed), "bytes": made.bytes}
        click.echo(json.dumps({**told, "left_out": dict(why)}))
    else:
        click.echo(
            f"Packed {plural(len(made.packed), 'file')} ({plural(made.bytes, 'byte')}) into "
            f"{made.path}, and read all back."
        )
        for reason, count in sorted(why.items()):
            click.echo(f"Left out {count:,}: {reason}")
    return FOUND_PROBLEMS if why else DONE


@click.command("certificates")
@click.option("--check", is_flag=True, help="See whether all are there, in order, and as they were signed.")
@as_json_option
@pass_talk
def certificates_command(talk: Talk, check: bool, as_json: bool) -> int:
    """List the certificates of destruction, or with --check verify them all: then it ends with 1 at any flaw."""
    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        if check:
            count, flaws = check_certificates(actor, trail, signing_key(settings))
            _say_checked(count, [(str(one.number), str(one.flaw)) for one in flaws], as_json)
            return FOUND_PROBLEMS if flaws else DONE
        known = known_certificates(actor, trail)
    if as_json:
        told = ({"number": str(one.number), "manifest": one.manifest, "issued": one.issued.isoformat(),
                 "sha256": one.digest} for one in known)  # fmt: skip
        click.echo("".join(json.dumps(one) + "\n" for one in told), nl=False)
    else:
        rows = [(str(one.number), str(one.manifest), f"{one.issued:%Y-%m-%d}", one.digest) for one in known]
        print_table(("certificate", "manifest", "issued", "SHA-256"), rows, frozenset({1}))
    return DONE


def _say_checked(count: int, flaws: list[tuple[str, str]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"certificates": count, "flaws": [{"number": of, "flaw": flaw} for of, flaw in flaws]}))
        return
    for of, flaw in flaws:
        click.echo(f"{of}: {flaw}")
    click.echo(
        f"{plural(count, 'certificate')}; {'do not rely on them' if flaws else 'all there, in order and as signed'}."
    )


@click.command("certificate")
@click.argument("number")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.option("--format", "formats", default=",".join(FORMATS), show_default=True, help="Any of these.")
@pass_talk
def certificate_command(talk: Talk, number: str, folder: Path, formats: str) -> None:
    """Write certificate NUMBER (2026/0001) into DIR, with the public key that it is checked by.

    Anybody checks it with deploy/verify_certificate.py and the manifest, without Muniment.
    """
    settings = talk.settings()
    try:
        wanted = CertificateNumber.of(number)
    except ValueError as error:
        raise ConfigurationError("Write a certificate's number as 2026/0001. See: dispose certificates") from error
    with talk.acting(settings) as (actor, trail):
        key = signing_key(settings)
        written = write_certificate_files(actor, trail, key, wanted, folder, tuple(formats.split(",")))
    click.echo("\n".join(map(str, written)))
