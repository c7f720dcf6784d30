"""People's word on classes: of folders, by a CSV file that goes out and comes back, and of single items."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from domain.actor import About, Actor, Verb
from domain.asked import Asked
from domain.audit import Act
from domain.decision import Decision
from domain.errors import ConfigurationError
from domain.event import EventRegister
from domain.item import readable
from domain.record import Record
from domain.record_class import ClassClaim, Ground
from domain.rule import Schedule
from inventory import classes as kept
from inventory.considered import considered
from inventory.engine import Database, reading
from inventory.queries import Held, Inventory
from operations.access import ask
from operations.people.audit import Trail
from operations.schedule.judging import Grounds, Judge, grounds_in
from operations.schedule.schedule_files import read_rows
from operations.schedule.suggest_classes import Suggestion, suggest_classes
from reports.renderers.csv import guarded
from retention.decide import Decider
from retention.exchange import Row
from retention.refusal import did_you_mean, refused

COLUMNS = ("source", "folder", "class", "approve", "own", "known", "files", "why")
_YES, _NO = frozenset({"yes", "y", "x", "true", "1"}), frozenset({"", "no", "n", "false", "0"})
_ESCAPED = re.compile(rb"\\x([0-9a-f]{2})")

Wish = tuple[str, bytes, str | None]
"""Source, folder, and the class of all that lies in it; None takes back what was said."""


def suggestions(actor: Actor, database: Database, schedule: Schedule) -> tuple[Suggestion, ...]:
    """Folder → class, for what no person and no mapped folder has settled. Writes nothing."""
    ask(actor, Verb.VIEW_LIST)
    judge = Judge(schedule, Grounds(date.max, classes=kept.register(database)))
    with considered(database, Asked(names=True, hints=True, self_told=True)) as estate:
        return suggest_classes((judge.record(one, estate.folders[one.folder]) for one in estate.files()), schedule)


def mapped_folders(actor: Actor, database: Database) -> dict[tuple[str, bytes], str]:
    ask(actor, Verb.VIEW_LIST)
    with reading(database) as connection:
        return kept.mapped(connection)


def write_suggestions(path: Path, found: Iterable[Suggestion]) -> None:
    """As a new CSV file that only its owner can read, in which "yes" under `approve` is what is left to be written."""
    try:
        file = os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8-sig", newline=""
        )
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be made: {error.strerror}. Name a new file.") from error
    with file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for one in found:
            texts = (one.source, readable(one.folder), one.record_class, "", one.own, one.known, one.files, one.why)
            writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in texts])


def approve_mappings(actor: Actor, trail: Trail, path: Path, schedule: Schedule, today: date) -> tuple[int, int]:
    """Map the folders of a CSV file that say "yes" under `approve`; return how many, and how many were taken back.

    A folder that says yes without a class is one whose mapping is taken back. Raises ConfigurationError naming each
    line that cannot be; nothing is mapped then.
    """
    authority = ask(actor, Verb.MAP_CLASSES)
    rows, digest = read_rows(path), hashlib.sha256(path.read_bytes()).hexdigest()
    wishes = _wishes(trail.database, rows, schedule)
    with trail.changing(authority) as change:
        known = kept.mapped(change.transaction)
        changed = [wish for wish in wishes if known.get(wish[:2]) != wish[2]]
        for source, folder, record_class in changed:
            kept.map_folder(change.transaction, source, folder, record_class, actor.account, today)
        mapped = sum(wish[2] is not None for wish in changed)
        change.note(Act.FOLDERS_MAPPED, mapped=mapped, taken_back=len(changed) - mapped, file=digest)
    return mapped, len(changed) - mapped


def classify(
    actor: Actor, trail: Trail, held: Held, record_class: str | None, why: str, schedule: Schedule,
    events: EventRegister, today: date,
) -> None:  # fmt: skip
    """Write down of what class an item is, or with None take back what somebody decided.

    A class by which it could go sooner is for those who may map classes, not for everybody of its service.
    """
    about = About(frozenset({held.record.service}))
    authority = ask(actor, Verb.CLASSIFY, about)
    if not why.strip():
        raise ConfigurationError("A decision needs a reason. Say what the item is, in a few words.")
    _refuse_unknown(record_class, schedule)
    before = _as_judged(trail.database, held, schedule, events, today)
    if _sooner(Decider(schedule, events), before, record_class, today):
        authority = ask(actor, Verb.MAP_CLASSES, about)
    with trail.changing(authority) as change:
        if record_class is None:
            kept.undecide_class(change.transaction, held.number)
        else:
            said = why.strip().rstrip(".")
            kept.decide_class(change.transaction, held.number, record_class, said, actor.account, today)
        settled = next((claim.record_class for claim in before.claims if claim.ground is Ground.PERSON), None)
        change.note(Act.ITEM_CLASSIFIED, f"item:{held.number}", record_class=record_class, before=settled)


def goes_sooner(
    database: Database, items: Sequence[int], record_class: str, schedule: Schedule, events: EventRegister, today: date
) -> bool:
    """Whether any of these items could go sooner by that class: then it is for those who may map classes to say so.

    Raises ConfigurationError for a class that the schedule does not have.
    """
    _refuse_unknown(record_class, schedule)
    judge, decider = Judge(schedule, grounds_in(database, schedule, today, (), events)), Decider(schedule, events)
    with considered(database, judge.asked) as estate:
        records = (judge.record(one, estate.folders[one.folder]) for one in estate.numbered(items))
        return any(_sooner(decider, record, record_class, today) for record in records)


def item_at(database: Database, path: Path, source: str | None) -> Held:
    """The one item at a path. Raises ConfigurationError where there is none, or several sources have one."""
    found = [one for one in Inventory(database).at(os.fsencode(path)) if source in (None, one.record.ref.source)]
    if not found:
        raise ConfigurationError(
            "There is no item at that path in the inventory. Name it below its source's root, as `muniment items` does."
        )
    if len(found) > 1:
        sources = ", ".join(sorted(one.record.ref.source for one in found))
        raise ConfigurationError(f"Several sources have an item at that path: {sources}. Name one with --source.")
    return found[0]


def paths_shown_so(text: str) -> Iterator[bytes]:
    r"""The bytes that are shown so: as they stand, and where they are not text, with each \xNN put back."""
    yield text.encode()
    raw = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text.encode())
    if readable(raw) == text:
        yield raw


def cell_text(row: Row, column: str) -> str:
    """What stands under a heading, without the ' that keeps a spreadsheet from reckoning with it."""
    text = str(row.cells.get(column) or "").strip()
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def _wishes(database: Database, rows: list[Row], schedule: Schedule) -> list[Wish]:
    wishes: dict[tuple[str, bytes], Wish] = {}
    complaints = []
    for row in rows:
        try:
            wish = _wish(database, row, schedule)
        except (ValueError, ConfigurationError) as error:
            complaints.append(f"{row.place}:{row.line}: {error}")
            continue
        if wish is not None and wishes.setdefault(wish[:2], wish) != wish:
            complaints.append(f"{row.place}:{row.line}: folder: another line says another class of it; leave one out")
    if complaints:
        raise refused(complaints)
    return list(wishes.values())


def _wish(database: Database, row: Row, schedule: Schedule) -> Wish | None:
    answer = cell_text(row, "approve").casefold()
    if answer in _NO:
        return None
    if answer not in _YES:
        raise ValueError(f'approve: "{answer}" is neither yes nor no; write yes, or leave it empty')
    source, folder, record_class = (cell_text(row, column) for column in COLUMNS[:3])
    _refuse_unknown(record_class or None, schedule)
    with reading(database) as connection:
        paths = [path for path in paths_shown_so(folder) if kept.is_folder(connection, source, path)]
    if not paths or not folder:
        raise ValueError("folder: the inventory has no such folder of that source; write it as `retention map` does")
    return source, paths[0], record_class or None


def _refuse_unknown(record_class: str | None, schedule: Schedule) -> None:
    known = [each.id for each in schedule.classes]
    if record_class is not None and record_class not in known:
        raise ConfigurationError(f'class: the schedule has none of the id "{record_class}"; '
                                 f"{did_you_mean(record_class, known)}")  # fmt: skip


def _as_judged(database: Database, held: Held, schedule: Schedule, events: EventRegister, today: date) -> Record:
    """With all that an evaluation would see of it, but what was tested for configured terms."""
    judge = Judge(schedule, grounds_in(database, schedule, today, (), events))
    with considered(database, judge.asked) as estate:
        there = (one for one in estate.at(held.record.ref.locator) if one.number == held.number)
        return next((judge.record(one, estate.folders[one.folder]) for one in there), held.record)


def _sooner(decider: Decider, before: Record, record_class: str | None, today: date) -> bool:
    return _due(decider.decide(_decided(before, record_class), today)) < _due(decider.decide(before, today))


def _decided(record: Record, record_class: str | None) -> Record:
    others = tuple(claim for claim in record.claims if claim.ground is not Ground.PERSON)
    decided = () if record_class is None else (ClassClaim(record_class, Ground.PERSON, "a person decides so"),)
    return replace(record, claims=(*others, *decided))


def _due(decision: Decision) -> date:
    """What is kept for ever, or cannot be computed, is later than any day."""
    return decision.due or date.max
