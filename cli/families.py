"""`muniment families`: what lies in an estate more than once, or nearly, and which of it is proposed to stay."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.options import as_json_option
from cli.terminal import Talk, pass_talk, print_table, size_in_words
from domain.actor import About, Actor, Verb
from domain.copies import SENTENCES, WHY, CopyKind
from inventory.engine import open_inventory
from reports.wording import plural

if TYPE_CHECKING:
    from inventory.family_pages import FamilyShown, MemberShown
    from operations.config import Settings
    from operations.families.word_difference import WordDifference

_CHOOSE = "a person must choose"
_NUMBER = click.IntRange(1, 2**63 - 1)


@click.group(invoke_without_command=True)
@click.option("--kind", type=click.Choice([kind.value for kind in CopyKind]), help="Only families of this kind.")
@click.option("--service", help="Only those with a member of this service.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 1_000_000),
              help="How many at the most.")  # fmt: skip
@click.option("--after", metavar="MARK", help="Go on behind the last page: its `next`.")
@as_json_option
@pass_talk
@click.pass_context
def families(
    context: click.Context, talk: Talk, /, kind: str | None, service: str | None, limit: int, after: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """List families of copies, those first with which most bytes would go.

    Nothing is ever deleted by this: it is a proposal, and what is kept by a rule or a hold stays.
    """
    if context.invoked_subcommand is not None:
        return
    from inventory.family_pages import page_of_families  # noqa: PLC0415  the help needs no inventory

    settings = talk.settings()
    talk.asked(settings, Verb.VIEW_LIST, service)
    database = open_inventory(settings.inventory.url, create=False)
    page, following = page_of_families(database, after, limit, CopyKind(kind) if kind else None, service)
    database.dispose()
    if as_json:
        click.echo(json.dumps({"families": [_object(one) for one in page], "next": following}))
        return
    rows = [(str(one.number), one.kind, str(one.items), size_in_words(one.goes), one.record or _CHOOSE) for one in page]
    print_table(("family", "kind", "items", "would go", "stays"), rows, frozenset({0, 2, 3}))
    if following is not None:
        talk.say(f"There are more: --after {following}")
    if not page and after is None:
        talk.say("No families are written down. Look for them: muniment families find")


@families.command()
@click.option("--hash", "hashes", is_flag=True, help="First tell apart, by reading, files that were not examined.")
@as_json_option
@pass_talk
def find(talk: Talk, hashes: bool, as_json: bool) -> None:
    """Look for families in the whole inventory, and write down what differs from the last time.

    Only the inventory is read. With --hash files are too that were only listed, or are too large to be examined:
    those that have the size of another, first their two ends, and whole where these are the same.
    """
    from operations.families.find import find_families  # noqa: PLC0415
    from operations.families.staged_hashing import hash_unread  # noqa: PLC0415
    from operations.scanning.sources import opened  # noqa: PLC0415

    settings = talk.settings()
    with talk.acting(settings) as (actor, trail):
        if hashes:
            with opened(settings.sources, settings.mail) as sources:
                read = hash_unread(actor, trail, sources)
            talk.say(
                f"{plural(read.ends, 'file')} read at both ends and {read.whole:,} whole, "
                f"{size_in_words(read.bytes)} in all;"
                f" {read.unread:,} could not be."
            )
        found = find_families(actor, trail)
    if as_json:
        told = {kind: {"families": one.families, "members": one.members, "goes": one.goes, "changed": one.changed}
                for kind, one in found.items()}  # fmt: skip
        click.echo(json.dumps(told))
        return
    rows = [
        (kind, f"{one.families:,}", f"{one.members:,}", size_in_words(one.goes), f"{one.changed:,}")
        for kind, one in found.items()
    ]
    print_table(("kind", "families", "members", "would go", "rows changed"), rows, frozenset({1, 2, 3, 4}))


@families.command()
@click.argument("number", type=_NUMBER)
@click.option("--with", "other", type=_NUMBER, metavar="ITEM", help="Compare the first with this member.")
@click.option("--no-words", is_flag=True, help="Read nothing anew.")
@as_json_option
@pass_talk
def show(talk: Talk, number: int, other: int | None, no_words: bool, as_json: bool) -> None:
    """Show a family, why one of it is proposed to stay, and by how many words two of it differ.

    For that the two are read anew; no word leaves the process that reads it.
    """
    from inventory.family_pages import family_numbered  # noqa: PLC0415
    from operations.access import ask  # noqa: PLC0415
    from operations.people.sign_in import actor_here  # noqa: PLC0415

    settings = talk.settings()
    actor: Actor = actor_here(settings)
    database = open_inventory(settings.inventory.url, create=False)
    family, members = family_numbered(database, number)
    database.dispose()
    ask(actor, Verb.VIEW_LIST, About(frozenset(one.service for one in members)))
    difference = None if no_words else _difference(settings, members, other)
    if as_json:
        click.echo(json.dumps(_whole(family, members, difference)))
        return
    click.echo(f"{SENTENCES[family.kind]} Stays: {family.record or _CHOOSE}.")
    for why in family.reasons:
        click.echo(f"- {WHY[why]}")
    print_table(
        ("item", "role", "would go", "alike", "service", "path"), [_row(one) for one in members], frozenset({0, 2, 3})
    )
    if not no_words:
        click.echo(_told(difference))


def _difference(settings: Settings, members: Sequence[MemberShown], other: int | None) -> WordDifference | None:
    from operations.families.word_difference import word_difference  # noqa: PLC0415

    rest = [one for one in members[1:] if other in (None, one.number)]
    if not rest:
        raise click.UsageError(f"Item {other} is no other member of this family.")
    first, second = members[0], rest[0]
    key = secrets.token_bytes(32)
    return word_difference(settings, (first.ref, first.outer), (second.ref, second.outer), key)


def _told(difference: WordDifference | None) -> str:
    if difference is None:
        return "The first two could not be compared: one has no words, or could not be read."
    cut = "" if difference.whole else " One of them was not read to its end."
    return (
        f"Beside the first the other has {difference.added:,} words more and {difference.removed:,} fewer:"
        f" {difference.changed:.1%} of both.{cut}"
    )


def _row(member: MemberShown) -> Sequence[str]:
    alike = "" if member.alike is None else f"{member.alike:.0%}"
    return (
        str(member.number), member.role, size_in_words(member.goes), alike, member.service, member.ref.path,
    )  # fmt: skip


def _object(family: FamilyShown) -> dict[str, Any]:
    return {
        "family": family.number, "kind": family.kind, "items": family.items, "goes": family.goes,
        "stays": family.record, "reasons": list(family.reasons),
    }  # fmt: skip


def _whole(
    family: FamilyShown, members: Sequence[MemberShown], difference: WordDifference | None
) -> dict[str, Any]:  # fmt: skip
    words = difference and {
        "added": difference.added, "removed": difference.removed, "changed": round(difference.changed, 4),
        "whole": difference.whole,
    }  # fmt: skip
    told = [
        {"item": one.number, "role": one.role, "goes": one.goes, "alike": one.alike, "service": one.service,
         "source": one.ref.source, "path": one.ref.path}
        for one in members
    ]  # fmt: skip
    return {**_object(family), "members": told, "words": words}
