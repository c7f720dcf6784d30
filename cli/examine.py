"""`muniment examine`: look at files without an inventory."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cli.exits import DONE, ITEMS_WITH_PROBLEMS
from cli.terminal import Talk, pass_talk
from domain.examination import Batch, Cursor, Examination, Outcome
from domain.finding import Finding
from domain.item import Item, ItemRef, printable
from domain.privacy import FingerprintKey
from operations.config import Settings
from operations.examine import failed, unlisted_folder
from operations.executor import Task
from operations.scanning.sources import source_of
from operations.wiring import ToolkitMaker, ad_hoc_source, executor_of
from reports.wording import plural

_UNREAD = (Outcome.UNREADABLE, Outcome.SKIPPED)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH ...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line for each item and each part inside it.")
@click.option("--spans", is_flag=True, help="With --json: the places of findings as offsets into the extracted text.")
@click.option("--serial", is_flag=True, help="In this process, one after the other, with no limits: for debugging.")
@pass_talk
def examine(talk: Talk, paths: tuple[Path, ...], as_json: bool, spans: bool, serial: bool) -> int:
    """Examine files and folders and print what was found, without an inventory.

    Ends with 3 where some items could not be read or only partly; each is named with its problem.
    """
    settings = _settings(talk, paths)
    roots = {source.name: path for source, path in zip(settings.sources, paths, strict=True)}
    printer = _Printer(_lines(roots, spans) if as_json else _sentences)
    maker = ToolkitMaker(settings, FingerprintKey(secrets.token_bytes(32)), reuse=False, withholds=False)
    executor_of(settings, maker, serial=serial).run(_work(settings, printer), printer.record)
    printer.close()
    talk.say(f"{plural(printer.items, 'item')} examined, {printer.problems:,} with problems.")
    return ITEMS_WITH_PROBLEMS if printer.problems else DONE


def _settings(talk: Talk, paths: Iterable[Path]) -> Settings:
    """The configuration where there is one (its limits and model hold), with the given paths as its sources."""
    return talk.settings_if_any().over(ad_hoc_source(str(number), path) for number, path in enumerate(paths))


def _work(settings: Settings, printer: _Printer) -> Iterator[Task]:
    for source in settings.sources:
        opened = source_of(source)
        for listing in opened.list():
            folder = unlisted_folder(opened, listing)
            for item in (*listing.items, *((folder,) if folder else ())):
                if item.problem is None:
                    yield Task(item)
                else:
                    printer.record(item, None, Batch((failed(item, item.problem),)))


class _Printer:
    """Prints each examination as it comes; one that is not whole yet when nothing inside it can change it any more."""

    def __init__(self, line_of: Callable[[Examination], str]) -> None:
        self._line_of = line_of
        self._open: dict[ItemRef, dict[tuple[str, ...], Examination]] = {}
        self.items = self.problems = 0

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:  # noqa: ARG002  the port's form
        open_parts = self._open.setdefault(item.ref, {})
        for met in batch.examinations:
            known = open_parts.pop(met.item.ref.part, None)
            examination = replace(known, outcome=met.outcome, problem=met.problem) if known and met.begun else met
            if met.whole and met.item.ref.part:
                self._print(examination)
            else:
                open_parts[met.item.ref.part] = examination
        if batch.rest is None:
            self._end(item.ref)

    def close(self) -> None:
        for ref in tuple(self._open):
            self._end(ref)

    def _end(self, ref: ItemRef) -> None:
        for _, examination in sorted(self._open.pop(ref).items(), reverse=True):
            self._print(examination)

    def _print(self, examination: Examination) -> None:
        self.items += 1
        self.problems += examination.problem is not None
        click.echo(self._line_of(examination))


def _lines(roots: dict[str, Path], spans: bool) -> Callable[[Examination], str]:
    several = len(roots) > 1

    def line(examination: Examination) -> str:
        root = printable(str(roots[examination.item.ref.source])) if several else None
        return json.dumps(as_object(examination, root, spans), ensure_ascii=True)

    return line


def as_object(examination: Examination, root: str | None, spans: bool) -> dict[str, Any]:
    """The line of the command-line contract. What was not read is null, never clean."""
    item, verdict = examination.item, examination.assessment
    unread, partial = examination.outcome in _UNREAD, examination.outcome is Outcome.PARTIAL

    def sure(value: Any) -> Any:
        return None if unread or (partial and not value) else value

    problem = examination.problem
    return {
        "path": ItemRef("", item.ref.locator).path,
        "path_b64": base64.b64encode(item.ref.locator).decode(),
        "root": root,
        "part": [printable(name) for name in item.ref.part],
        "outcome": examination.outcome,
        "pending": list(examination.pending),
        "problem": problem and {"code": problem.code, "limit": problem.limit, "message": problem.message},
        "media_type": examination.media_type,
        "size": item.size,
        "modified": item.modified.isoformat() if item.modified else None,
        "blake3": examination.digest.hex() if examination.digest else None,
        "seconds": round(examination.seconds, 6),
        "text_chars": examination.text_chars,
        "findings": [_finding(finding, spans) for finding in examination.findings],
        "personal": sure(verdict.personal),
        "special": sure(list(verdict.special)),
        "children": sure(verdict.children),
        "criminal": sure(verdict.criminal),
        "risk": sure(verdict.risk),
        "risk_parts": sure(dict(verdict.risk_parts)),
    }


def _finding(finding: Finding, spans: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": finding.kind, "category": finding.category, "count": finding.count,
        "confidence": round(finding.confidence, 3), "band": finding.band, "places": list(finding.places),
    }  # fmt: skip
    told |= {"sampled": True} if finding.sampled else {}
    return {**told, "spans": [list(span) for span in finding.spans]} if spans else told


def _sentences(examination: Examination) -> str:
    if examination.problem is not None:
        told = f"{examination.outcome}: {examination.problem.message}"
    elif examination.assessment.personal:
        kinds = ", ".join(f"{finding.kind} x {finding.count}" for finding in examination.findings)
        told = f"personal data, risk {examination.assessment.risk}: {kinds}"
    else:
        told = "no personal data found" + ("; waits for text recognition (OCR)" if examination.pending else "")
    return f"{examination.item.ref.path}: {told}"
