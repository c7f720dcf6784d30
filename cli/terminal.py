"""How Muniment talks: data to standard output, talk and progress to standard error, no bar without a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from domain.actor import Actor, Verb
    from operations.config import Settings
    from operations.people.audit import Trail
    from operations.scanning import scan


@dataclass(frozen=True, slots=True)
class Talk:
    """What the user said before the command's name."""

    config: Path | None
    quiet: bool

    def settings(self) -> Settings:
        from operations.config import find_config, load_settings  # noqa: PLC0415  the help needs no configuration

        return load_settings(find_config(self.config))

    def settings_if_any(self) -> Settings:
        """The configuration where there is one, else the defaults: for what needs no inventory."""
        from operations.config import FILE_NAME, default_settings  # noqa: PLC0415

        there = self.config or os.environ.get("MUNIMENT_CONFIG") or Path(FILE_NAME).is_file()
        return self.settings() if there else default_settings()

    @contextmanager
    def acting(self, settings: Settings) -> Iterator[tuple[Actor, Trail]]:
        """The one at the terminal, and the inventory with its audit trail. Raises RefusedError where nobody knows
        them.
        """
        from operations.people.audit import open_trail  # noqa: PLC0415  the help needs no inventory
        from operations.people.sign_in import actor_at_terminal  # noqa: PLC0415

        with open_trail(settings) as trail:
            yield actor_at_terminal(settings, trail.database), trail

    def asked(self, settings: Settings, verb: Verb, service: str | None = None) -> Actor:
        """The one at the terminal, who may do this: with the inventory, or what it holds of one service.

        Raises RefusedError.
        """
        from domain.actor import About  # noqa: PLC0415  the help needs none of them
        from operations.access import ask  # noqa: PLC0415
        from operations.people.sign_in import actor_here  # noqa: PLC0415

        actor = actor_here(settings)
        ask(actor, verb, About() if service is None else About(frozenset({service})))
        return actor

    def say(self, sentence: str) -> None:
        if not self.quiet:
            talk(sentence)


pass_talk = click.make_pass_decorator(Talk)


def talk(sentence: str) -> None:
    click.echo(sentence, err=True)


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> None:
    """A plain table on standard output; as wide as its content where that is no terminal."""
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else 10_000, markup=False, highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    if terminal:
        console.print(table)
        return
    with console.capture() as drawn:
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in drawn.get().splitlines()))


def size_in_words(size: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


@contextmanager
def progress_bar(talk: Talk) -> Iterator[scan.Watcher]:
    """A watcher that draws a bar on standard error while there is a terminal, and does nothing elsewhere."""
    console = Console(stderr=True)
    if talk.quiet or not console.is_terminal:
        yield lambda progress: None  # noqa: ARG005
        return
    columns: list[ProgressColumn] = [
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(10), MofNCompleteColumn(), _Rates(),
        TextColumn("{task.fields[problems]} problems"), TimeRemainingColumn(),
    ]  # fmt: skip
    with Progress(*columns, console=console, transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("Listing", total=None, problems=0, bytes=0)

        def draw(progress: scan.Progress) -> None:
            bar.update(
                task, completed=progress.done, bytes=progress.bytes,
                # Until all is listed nobody knows how much there is.
                total=progress.expected if progress.all_listed else None,
                description=_doing(progress),
                problems=sum(progress.problems.values()),
            )  # fmt: skip

        yield draw


def _doing(progress: scan.Progress) -> str:
    if progress.paused_until is not None:
        return f"Quiet hours, until {progress.paused_until:%H:%M}"
    if progress.worth is not None and progress.all_listed:
        return f"Examining what waited: {progress.worth}"
    return "Examining" if progress.all_listed else "Listing, examining"


class _Rates(ProgressColumn):
    """Items and bytes a second since the start."""

    def render(self, task: Task) -> Text:
        elapsed = max(task.elapsed or 0.0, 0.001)
        rate = size_in_words(task.fields["bytes"] / elapsed)
        return Text(f"{task.completed / elapsed:.1f} items/s {rate}/s", no_wrap=True)
