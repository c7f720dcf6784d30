"""`muniment review`: what waits for a verdict, and what people decide, propose, approve and reject."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from cli import review_words as words
from cli.exits import DONE, ITEMS_WITH_PROBLEMS
from cli.options import as_json_option
from cli.review_options import Sitting, a_ruling, at_a_desk
from cli.terminal import Talk, print_table, size_in_words
from domain.review import Batch, BatchState
from operations.access import RefusedError
from operations.review import approving, bulk, grouping
from operations.review.deciding import Decided
from operations.review.deciding import decide as decide_on
from operations.review.evidence import evidence
from operations.review.grouping import GroupBy, Within
from operations.review.queue import queues
from operations.review.ruling import Ruling
from reports.wording import plural

Shown = TypeVar("Shown")

a_batch = click.argument("number", metavar="BATCH", type=int)
a_group_by = click.option(
    "--by",
    type=click.Choice([by.value for by in GroupBy]),
    default="folder",
    show_default=True,
    help="What makes a group.",
)
a_count = click.option("--count", type=int, help="The number of files, as it was shown, instead of being asked for it.")
the_rest = click.option("--rest", is_flag=True, help="Where some have changed, decide on the others.")


@click.group()
def review() -> None:
    """Decide on what the schedule flagged: nothing is disposed of that nobody decided on. Pages: muniment serve.

    \b
        muniment review queue                                 what waits, by service
        muniment review queue --service Housing               its groups; --within KEY: the files of one
        muniment review decide 4711 --as keep --reason still-used --until 2027-03-31
        muniment review draft --service Housing --within 12 --as dispose --reason period-over
        muniment review open 3 4711 --goes                    each file of the draft's sample was looked at
        muniment review propose 3                             asks for the number of files
        muniment review waiting                               what you may approve; then approve 3, or reject 3

    Keep, extend, reclassify and refer take effect at once. Dispose, archive and transfer are proposals: another person
    approves them after their own sign-in, and where much or something sensitive goes a second one does too.
    """


@review.command("queue")
@click.option("--service", help="The groups of this service's queue.")
@a_group_by
@click.option("--within", help="The files of one group, by its key.")
@click.option("--after", help="Begin behind this mark of the page before.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many at the most.")
@as_json_option
@at_a_desk()
def queue_command(
    sitting: Sitting, service: str | None, by: str, within: str | None, after: str | None, limit: int, as_json: bool
) -> None:
    """What waits for a verdict: the queues of your services, the groups of one, or the files of a group."""
    actor, desk, group_by = sitting.actor, sitting.desk, GroupBy(by)
    if service is None:
        waiting = queues(actor, desk)
        _page(sitting.talk, words.QUEUES, waiting, words.queue_row, words.queue_object, None, as_json=as_json)
    elif within is None:
        found = grouping.groups(actor, desk, service, group_by, mark=after, limit=limit)
        _page(sitting.talk, words.GROUPS, found.groups, words.group_row, words.group_object, found.following,
              as_json=as_json)  # fmt: skip
    else:
        page = grouping.items(actor, desk, service, Within(group_by, within), after, limit)
        _page(sitting.talk, words.ITEMS, page.items, words.item_row, words.item_object, page.following,
              as_json=as_json)  # fmt: skip


@review.command()
@click.argument("items", metavar="ITEM...", type=int, nargs=-1, required=True)
@a_ruling
@the_rest
@click.option("--yes", is_flag=True, help="Decide without being asked, on the files as they are now.")
@at_a_desk()
def decide(sitting: Sitting, items: tuple[int, ...], ruling: Ruling, rest: bool, yes: bool) -> int:
    """Decide on files by their numbers: each is shown as it is, and then you are asked.

    What changed between being shown and being decided on is refused. Ends with 3 where --rest left some out.
    """
    stamps = {}
    for item in items:
        seen = evidence(sitting.actor, sitting.desk, item)
        words.tell_evidence(sitting.talk, seen)
        stamps[item] = seen.stamp
    if not yes and not click.confirm(f"Decide '{ruling.kind}' on {plural(len(stamps), 'file')}?", err=True):
        raise RefusedError("Nothing is decided.")
    return _decided(sitting, decide_on(sitting.actor, sitting.desk, stamps, ruling, rest=rest))


@review.command()
@click.option("--service", required=True, help="Whose queue.")
@a_group_by
@click.option("--within", help="Only one group, by its key. [default: the whole queue]")
@a_ruling
@as_json_option
@at_a_desk()
def draft(sitting: Sitting, service: str, by: str, within: str | None, ruling: Ruling, as_json: bool) -> None:
    """Draft the same verdict for a whole group: what is odd is set aside, and a sample is drawn to be opened."""
    group = None if within is None else Within(GroupBy(by), within)
    _tell_draft(sitting, bulk.draft(sitting.actor, sitting.desk, service, group, ruling), as_json)


@review.command("open")
@a_batch
@click.argument("items", metavar="ITEM...", type=int, nargs=-1, required=True)
@click.option("--keep/--goes", "keep", default=None, help="What became clear by looking into them.", required=True)
@as_json_option
@at_a_desk()
def open_(sitting: Sitting, number: int, items: tuple[int, ...], keep: bool, as_json: bool) -> None:
    """Write down that you opened files of the sample of draft BATCH, and whether they are to be kept.

    Open them first, where they lie or by the web application. One that is to be kept ends the draft.
    """
    for item in items:
        found = bulk.opened(sitting.actor, sitting.desk, number, item, keep=keep)
    _tell_draft(sitting, found, as_json)


@review.command()
@a_batch
@a_count
@the_rest
@at_a_desk()
def propose(sitting: Sitting, number: int, count: int | None, rest: bool) -> int:
    """Propose the draft BATCH, whose sample is opened, to those who approve."""
    found = bulk.drafted(sitting.actor, sitting.desk, number)
    typed = _typed(sitting.talk, found.batch, count)
    return _decided(sitting, bulk.propose(sitting.actor, sitting.desk, number, typed, rest=rest))


@review.command()
@as_json_option
@at_a_desk()
def waiting(sitting: Sitting, as_json: bool) -> None:
    """List the batches that wait for an approval which you may give, the oldest first."""
    found = approving.waiting(sitting.actor, sitting.desk)
    if as_json:
        click.echo(json.dumps([words.batch_object(one) for one in found]))
        return
    words.tell_batches(found)
    if not found:
        sitting.talk.say("Nothing waits for your approval.")


@review.command()
@a_batch
@click.option("--after", help="Begin behind this mark of the page before.")
@as_json_option
@at_a_desk()
def show(sitting: Sitting, number: int, after: str | None, as_json: bool) -> None:
    """Show BATCH: who decided what, its files, and what of them has changed or is on hold by now."""
    found, _ = approving.batch(sitting.actor, sitting.desk, number)
    page = approving.batch_items(sitting.actor, sitting.desk, number, after)
    if as_json:
        told = [
            {"item": one.verdict.item, "changed": list(one.changed), "holds": list(one.holds)} for one in page.items
        ]
        click.echo(json.dumps(words.batch_object(found) | {"files": told, "next": page.following}))
        return
    if found.state is BatchState.DRAFT:
        _tell_draft(sitting, bulk.drafted(sitting.actor, sitting.desk, number), as_json=False)
    else:
        words.tell_batches([found])
    words.tell_proposed(page.items)
    if page.following is not None:
        sitting.talk.say(f"There are more: --after {page.following}")


@review.command()
@a_batch
@a_count
@click.option("--why", default="", help="A word on it, for those who look at it later.")
@at_a_desk(signed=True)
def approve(sitting: Sitting, number: int, count: int | None, why: str) -> int:
    """Approve BATCH, which somebody else proposed. What has changed since is left out, and waits again."""
    found, stamp = approving.batch(sitting.actor, sitting.desk, number)
    if _typed(sitting.talk, found, count) != found.items:
        raise RefusedError(
            f"That is not how many files this is about. Look at them again: muniment review show {number}"
        )
    done = approving.approve(sitting.actor, sitting.desk, number, stamp, why)
    words.tell_refused(sitting.talk, done.voided)
    words.tell_batches([done.batch])
    if done.batch.state is BatchState.APPROVED_ONCE:
        sitting.talk.say(f"A second person approves it too: muniment review approve {number}")
    elif done.batch.state is BatchState.APPROVED:
        sitting.talk.say(f"It is approved. Next, by somebody else: muniment dispose plan --batch {number}")
    return ITEMS_WITH_PROBLEMS if done.voided else DONE


@review.command()
@a_batch
@click.option("--why", required=True, help="Why, for those who proposed it.")
@at_a_desk(signed=True)
def reject(sitting: Sitting, number: int, why: str) -> None:
    """Reject BATCH: its files wait for a verdict again."""
    _, stamp = approving.batch(sitting.actor, sitting.desk, number)
    words.tell_batches([approving.reject(sitting.actor, sitting.desk, number, stamp, why)])


@review.command()
@a_batch
@at_a_desk()
def withdraw(sitting: Sitting, number: int) -> None:
    """Take back your own draft or proposal BATCH, which is not approved to the end."""
    words.tell_batches([approving.withdraw(sitting.actor, sitting.desk, number)])


def _page(
    talk: Talk, headings: Sequence[str], shown: Sequence[Shown], row: Callable[[Shown], Sequence[str]],
    told: Callable[[Shown], dict[str, Any]], following: str | None, *, as_json: bool,
) -> None:  # fmt: skip
    if as_json:
        click.echo(json.dumps({"waiting": list(map(told, shown)), "next": following}))
        return
    print_table(headings, list(map(row, shown)))
    if following is not None:
        talk.say(f"There are more: --after {following}")
    if not shown:
        talk.say("Nothing waits here.")


def _typed(talk: Talk, found: Batch, count: int | None) -> int:
    """The number of files as somebody types it, who was told what it is about."""
    talk.say(f"Batch {found.number}: {found.kind} {plural(found.items, 'file')}, {size_in_words(found.bytes)}, of "
             f"{found.service}. {found.reason.words if found.reason else ''}")  # fmt: skip
    return count if count is not None else click.prompt("Type the number of files", type=int, err=True)


def _tell_draft(sitting: Sitting, found: bulk.Draft, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(words.draft_object(found)))
    else:
        words.tell_draft(sitting.talk, found)


def _decided(sitting: Sitting, done: Decided) -> int:
    words.tell_refused(sitting.talk, done.refused)
    words.tell_batches([done.batch])
    if done.batch.stage is not None:
        sitting.talk.say(f"It waits for an approval by somebody else: muniment review approve {done.batch.number}")
    return ITEMS_WITH_PROBLEMS if done.refused else DONE
