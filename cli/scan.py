"""`muniment scan`: list sources, examine what is new or changed, record it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.exits import DONE, ITEMS_WITH_PROBLEMS
from cli.terminal import Talk, pass_talk, progress_bar, size_in_words
from domain.actor import Verb
from domain.errors import ConfigurationError
from domain.summary import Coverage
from inventory.engine import open_inventory
from inventory.queries import Inventory
from operations.config import Settings
from operations.configuration.source_settings import SourceSettings
from operations.scanning.scan import Progress, ad_hoc_sources, scan_sources, with_ocr
from reports.wording import plural


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH ...]")
@click.option("--source", "names", multiple=True, metavar="NAME", help="Only this source of the configuration.")
@click.option(
    "--metadata-only", is_flag=True, help="List without opening anything; what is new waits, to be read by its value."
)
@click.option("--ocr", is_flag=True, help="Then read the text in pictures and scanned pages, whatever [ocr] says.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@pass_talk
def scan(
    talk: Talk, paths: tuple[Path, ...], names: tuple[str, ...], metadata_only: bool, ocr: bool, as_json: bool
) -> int:
    """List every source, examine what is new or changed, and record it in the inventory.

    What is new or has changed is examined as it is listed. What an earlier scan left waiting, --metadata-only say,
    comes when all is listed, the most valuable first: changed lately; in folders that many can read, or with risky
    words in their names ([scan] risky); large files of one size, one of each; the rest.

    A scan that was stopped, however it was stopped, goes on where it was when it is started again. With PATH, that
    folder or file is scanned instead of the configured sources. Ends with 3 where some items have problems; see them
    with: muniment problems
    """
    settings = talk.settings()
    sources = _chosen(settings, paths, names)
    if ocr:
        settings = with_ocr(settings)
    actor = talk.asked(settings, Verb.SCAN)
    with progress_bar(talk) as watcher:
        progress = scan_sources(actor, settings, sources, watcher, examine_content=not metadata_only)
    database = open_inventory(settings.inventory.url, create=False)
    coverage = Inventory(database).coverage()
    database.dispose()
    click.echo(json.dumps(_figures(progress, coverage)) if as_json else "\n".join(told(progress, coverage)))
    return ITEMS_WITH_PROBLEMS if coverage.problems else DONE


def _chosen(settings: Settings, paths: tuple[Path, ...], names: tuple[str, ...]) -> tuple[SourceSettings, ...]:
    if paths and names:
        raise click.UsageError("Name paths or sources, not both.")
    if paths:
        return ad_hoc_sources(settings, paths)
    known = {source.name: source for source in settings.sources}
    for name in names:
        if name not in known:
            raise ConfigurationError(f"There is no source {name!r}. There are: {', '.join(known) or 'none'}")
    chosen = tuple(known[name] for name in names) or settings.sources
    if not chosen:
        raise ConfigurationError("No source is configured. Add a [[source]], or name a path: muniment scan PATH")
    return chosen


def told(progress: Progress, coverage: Coverage) -> list[str]:
    """The figures of a scan in a few lines, with what they leave out."""
    total, unread = coverage.total, coverage.not_fully_examined
    lines = [
        f"Listed {plural(progress.listed, 'item')}; examined {progress.done:,} that were new or changed"
        + (f", and {progress.parts:,} parts inside them." if progress.parts else "."),
        f"The inventory holds {plural(total.items, 'item')} ({size_in_words(total.bytes)}): "
        f"{total.items - coverage.parts:,} in folders, and {coverage.parts:,} parts inside them.",
    ]
    if progress.moved:
        lines.append(f"{plural(progress.moved, 'file')} only moved or renamed: what is known of them is kept.")
    lines += _proofs(progress)
    if progress.recognised:
        lines.append(f"Read the text in {progress.recognised:,} pictures and scanned documents.")
    if coverage.waiting.items:
        lines.append(f"{coverage.waiting.items:,} wait to be examined.")
    if coverage.awaiting_ocr:
        lines.append(
            f"{coverage.awaiting_ocr:,} of them have pictures whose text is not read yet (muniment scan --ocr)."
        )
    if unread.items:
        size = size_in_words(unread.bytes)
        lines.append(f"{unread.items:,} ({size}) were not fully examined (muniment problems lists them):")
        lines += [f"  {count:>7,}  {code}" for code, count in coverage.problems.items()]
    return lines


def _proofs(progress: Progress) -> list[str]:
    """What came of reading unchanged files again."""
    read = progress.proved + progress.disproved
    if not progress.disproved:
        return [f"{read:,} unchanged files, drawn at random, were read again: all are as they were."] if read else []
    return [
        f"{progress.disproved:,} of {read:,} unchanged files that were read again have another content, though nothing "
        "else about them had changed: something sets times back. They were examined anew; to read more of them again, "
        "raise scan.proof."
    ]


def _figures(progress: Progress, coverage: Coverage) -> dict[str, object]:
    return {
        "listed": progress.listed, "examined": progress.done, "parts": progress.parts, "bytes": progress.bytes,
        "moved": progress.moved, "proved": progress.proved, "disproved": progress.disproved,
        "inventory": {
            "items": coverage.total.items, "bytes": coverage.total.bytes, "parts": coverage.parts,
            "outcomes": {outcome: tally.items for outcome, tally in coverage.outcomes.items()},
            "waiting": coverage.waiting.items, "awaiting_ocr": coverage.awaiting_ocr,
            "problems": dict(coverage.problems),
        },
    }  # fmt: skip
