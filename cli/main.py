"""The `muniment` command, and how errors reach the person at the terminal."""

from __future__ import annotations

import logging
import os
import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path

import click
from click.shell_completion import CompletionItem, shell_complete

from cli.completion import ASKED
from cli.crash import tell_no_more_than_where
from cli.exits import DONE, INTERRUPTED, REFUSED, USAGE
from cli.terminal import Talk, talk
from domain.errors import MunimentError
from domain.item import printable
from operations.access import RefusedError

COMMANDS = {
    "demo": ("cli.demo", "The whole walk on an invented council, or on a folder of your own."),
    "init": ("cli.setup", "Make a configuration, an example schedule, the key and the inventory."),
    "doctor": ("cli.setup", "Check that everything a scan needs is there, and say how to mend what is not."),
    "config": ("cli.config", "The settings in force, and where each comes from."),
    "scan": ("cli.scan", "List sources, examine what is new or changed, record it."),
    "examine": ("cli.examine", "Look at files and folders without an inventory."),
    "items": ("cli.items", "List what is in the inventory."),
    "problems": ("cli.items", "List what could not be read, and why."),
    "retention": ("cli.retention", "Apply the retention schedule."),
    "rot": ("cli.rot", "Look for what is redundant, obsolete and trivial; list it, and what is kept out of it."),
    "families": ("cli.families", "Copies, versions and near copies: what could go, and what is proposed to stay."),
    "holds": ("cli.holds", "Legal holds: what stops every rule, shown beforehand by what it freezes."),
    "assets": ("cli.assets", "Information assets: who owns and who approves, and what nobody answers for."),
    "baseline": ("cli.baseline", "The day that later figures are compared with; pilots, to begin with a part."),
    "events": ("cli.events", "What other systems report: closed cases, leavers, births and deaths."),
    "accuracy": ("cli.accuracy", "Measure detection on labelled texts."),
    "sample": ("cli.sample", "Draw a random sample for people to label, and measure detection by their answers."),
    "classifiers": ("cli.classifiers", "List the recognisers in force; try those of your own."),
    "services": ("cli.services", "Propose which service each folder belongs to."),
    "capacity": ("cli.capacity", "Cores, hours, bandwidth and disk for an estate."),
    "review": ("cli.review", "What waits for a verdict: decide on it, propose what is to go, approve or reject."),
    "dispose": ("cli.dispose", "What was approved: quarantined, restored, purged, proved. Off unless switched on."),
    "users": ("cli.users", "Who may do what: accounts, their roles and services, and who stands in for whom."),
    "audit": ("cli.audit", "Verify, list and export the trail of what was done to the inventory, and by whom."),
    "status": ("cli.status", "What is running, how fast, what is left and when it will end."),
    "timetable": ("cli.timetable", "Start what the timetable says, when it says so; list what is next."),
    "worker": ("cli.worker", "One worker host: examines what scans on any host lease out."),
    "serve": ("cli.serve", "The web application: reviewing, approving and reading in a browser."),
    "inventory": ("cli.inventory", "Check the inventory, copy it, back it up, end what is needed no more."),
    "report": ("cli.report", "Write a report: for cabinet, service leads, information governance, auditors."),
    "export": ("cli.export", "Figures for tools of business intelligence, as Parquet files."),
    "completion": ("cli.completion", "Let bash, zsh or fish complete commands, options and their values."),
    "glossary": ("cli.export", "What every field of the inventory means, as Markdown."),
    "reference": ("cli.reference", "Every setting, command, report and address of this version, as Markdown."),
}
"""Command → its module and its line in the help. A module is imported when its command is run: some take seconds."""


class Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's form
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse a command that is not there, naming the one that was probably meant."""
        if args[0] not in COMMANDS and (near := get_close_matches(args[0], COMMANDS, 1)):
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Its commands and options, without importing all modules."""
        named = [CompletionItem(name, help=line) for name, (_, line) in COMMANDS.items() if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--config", type=click.Path(path_type=Path), help="The configuration file. [default: muniment.toml]")
@click.option("-q", "--quiet", is_flag=True, help="Say only what goes wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Say more: each worker lost, each reader that failed.")
@click.version_option(package_name="muniment")
@click.pass_context
def muniment(context: click.Context, config: Path | None, quiet: bool, verbose: bool) -> None:
    """Find out what is held on file shares: personal data, redundant files, and what the retention schedule says.

    Scanning only ever reads. The one part that changes what was scanned is `muniment dispose`, for what people
    approved: it is off unless it is switched on, for each source. Begin with a look at an invented council:

        muniment demo

    or with your own folder:

    \b
        muniment init
        muniment scan /srv/shares
        muniment retention evaluate
        muniment families find
        muniment rot find
        muniment report rot
    """
    logging.getLogger("operations").setLevel(logging.INFO if verbose else logging.ERROR)
    context.obj = Talk(config=config, quiet=quiet)


def main() -> None:
    """Run the command; every foreseen error is one plain message and an exit status, never a traceback. Of one that
    nobody foresaw only the place is told.
    """
    tell_no_more_than_where()
    if asked := os.environ.get(ASKED):
        sys.exit(shell_complete(muniment, {}, "muniment", ASKED, asked))
    sys.exit(_status())


def _status() -> int:
    try:
        with muniment.make_context("muniment", sys.argv[1:]) as context:
            status = muniment.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        return end.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        talk("Interrupted. What was recorded stays; the same command goes on from there.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (click.ClickException, MunimentError, OSError) as error:
        _explain(error)
        return REFUSED if isinstance(error, RefusedError) else USAGE
    return status if isinstance(status, int) else DONE


def _explain(error: click.ClickException | MunimentError | OSError) -> None:
    if isinstance(error, click.ClickException):
        error.show()
    elif isinstance(error, OSError):
        talk(f"Error: {error.strerror}: {printable(str(error.filename or 'the system'))}")
    else:
        talk(f"Error: {error}")
