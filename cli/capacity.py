"""`muniment capacity`: cores, hours, bandwidth and disk for an estate."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict

import click

from cli.terminal import Talk, pass_talk, print_table, size_in_words
from domain.actor import Verb
from domain.family import Family
from inventory.costs import ground_of
from inventory.engine import open_inventory
from operations.hosts.capacity import Assumptions, Capacity, Estate, Pass, forecast, held, keeping_cost

_TB = 10**12
_TOO_FEW = "too few: the mean of all"


class FamilyCount(click.ParamType[tuple[Family, int]]):
    name = "FAMILY=COUNT"

    def convert(
        self, value: str | tuple[Family, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Family, int]:
        if isinstance(value, tuple):
            return value
        name, _, count = value.partition("=")
        family = next((one for one in Family if one.casefold() == name.strip().casefold()), None)
        number = count.strip().replace(",", "").replace("_", "")
        if family is None or not number.isdecimal():
            self.fail(f"{value!r}: write a family and a number, as in spreadsheets=11000000 ({_FAMILIES})", param, ctx)
        return family, int(number)


_FAMILIES = "families: " + ", ".join(Family)


@click.command()
@click.option(
    "--files", type=FamilyCount(), multiple=True,
    help=f"Files of a family in the estate that is asked about, as in e-mail=30000000 ({_FAMILIES}). "
    "[default: what the inventory holds]",
)  # fmt: skip
@click.option(
    "--terabytes", type=click.FloatRange(min=0, min_open=True),
    help="Bytes of that estate, in TB; without --files, of one with the inventory's mix of files.",
)  # fmt: skip
@click.option("--cores", type=click.IntRange(min=1), help="Cores at hand.  [default: this machine's]")
@click.option("--hours", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="For the first pass.")
@click.option("--night-hours", type=click.FloatRange(min=0.1), default=6.0, show_default=True, help="For a night.")
@click.option(
    "--changed", type=click.FloatRange(0, 100), default=1.0, show_default=True, help="Per cent of files new in a night."
)
@click.option(
    "--busy", type=click.FloatRange(1, 100), default=70.0, show_default=True, help="Per cent of a core that is used."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_talk
def capacity(
    talk: Talk, files: tuple[tuple[Family, int], ...], terabytes: float | None, cores: int | None, hours: float,
    night_hours: float, changed: float, busy: float, as_json: bool,
) -> None:  # fmt: skip
    """Say what an estate would take: cores, hours, the file servers' bandwidth and the database's size.

    It goes by what the scans in the inventory took on this machine, family by family, so scan a part of the estate
    first. Every assumption is printed. The text in pictures (OCR) is apart: its cost is not in these figures.

    \b
        muniment capacity
        muniment capacity --files spreadsheets=11000000 --files e-mail=30000000 --terabytes 90 --cores 16
    """
    settings = talk.settings()
    talk.asked(settings, Verb.VIEW_FIGURES)
    database = open_inventory(settings.inventory.url, create=False)
    ground = ground_of(database)
    database.dispose()
    here = held(ground)
    estate = _estate(here, files, terabytes)
    assumed = Assumptions(cores or os.cpu_count() or 1, hours, night_hours, changed / 100, busy / 100, keeping_cost())
    told = forecast(ground, estate, assumed)
    if as_json:
        click.echo(json.dumps({"estate": asdict(estate), "assumptions": asdict(assumed), **asdict(told)}))
        return
    _print_families(told)
    click.echo("")
    click.echo("\n".join(_lines(told, assumed, ground.distinct, estate)))


def _estate(here: Estate, files: tuple[tuple[Family, int], ...], terabytes: float | None) -> Estate:
    """The estate that is asked about: as many bytes a file as the inventory's have, where nothing else was said."""
    counts = dict(files)
    if len(counts) < len(files):
        raise click.UsageError("A family is named twice in --files: give each its whole number of files.")
    held_files, size = sum(here.files.values()), None if terabytes is None else int(terabytes * _TB)
    if counts:
        return Estate(counts, sum(counts.values()) * here.bytes // max(1, held_files) if size is None else size)
    if size is None:
        return here
    times = size / max(1, here.bytes)
    return Estate({family: round(count * times) for family, count in here.files.items()}, size)


def _print_families(told: Capacity) -> None:
    rows = [
        (family, f"{cost.files:,}", f"{cost.each:.3f}", f"{cost.measured:,}", "" if cost.is_trusted else _TOO_FEW)
        for family, cost in told.families.items()
    ]
    print_table(("family", "files", "core-s a file", "measured on", ""), rows, right=frozenset({1, 2, 3}))


def _lines(told: Capacity, assumed: Assumptions, distinct: float, estate: Estate) -> Iterator[str]:
    yield _pass(f"First pass over {size_in_words(estate.bytes)}", told.first, assumed, assumed.hours)
    yield _pass(f"A night's {100 * assumed.changed:g} %", told.night, assumed, assumed.night_hours)
    size = "of a size that an inventory as small as this cannot tell"
    if told.database_bytes is not None:
        size = f"about {size_in_words(told.database_bytes)}"
    yield f"The database: {told.rows:,.0f} rows of items and parts, {size}."
    yield ""
    yield "Assumed:"
    yield f"  {100 * distinct:.0f} % of the work is left when copies are examined once, as in the inventory."
    yield f"  {100 * assumed.busy:.0f} % of each core's time is spent on the work; the rest waits for disk and network."
    keeping = assumed.keeping
    yield (
        f"  {1000 * keeping.recording:.2f} core-ms to write down an item, {1000 * keeping.listing:.3f} to list an"
        " unchanged one (measured just now, SQLite)."
    )
    yield "  Every byte is read once. Reading the text in pictures (OCR) comes on top."


def _pass(name: str, one: Pass, assumed: Assumptions, hours: float) -> str:
    cores = "core" if assumed.cores == 1 else "cores"
    return (
        f"{name}: {_long(one.core_seconds, 'core-')}: {_long(3600 * one.hours)} on {assumed.cores} {cores}; in"
        f" {hours:g} h it takes {one.cores:,.1f} cores and {size_in_words(one.bandwidth)}/s from the file servers."
    )


def _long(seconds: float, of: str = "") -> str:
    """A time in hours; what is less than one in seconds."""
    return f"{seconds / 3600:,.1f} {of}{'hours' if of else 'h'}" if seconds >= 3600 else f"{seconds:,.1f} {of}s"
