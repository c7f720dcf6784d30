"""What a slot of the timetable runs without a hand: a scan, and then the steps that follow it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.actor import Actor
from domain.errors import ConfigurationError, MunimentError
from operations.config import Settings
from operations.configuration.timetable_settings import STEPS as NAMES
from operations.families.find import find_families
from operations.people.audit import open_trail, told, verify_trail
from operations.people.head_export import send_head
from operations.reporting.packs import make_pack
from operations.reporting.report import make_report, whole_reports, write_report
from operations.review.desk import desk_of
from operations.review.queue import refill
from operations.review.reminding import remind
from operations.rot.find import find_configured_rot
from operations.scanning.progress import Watcher
from operations.scanning.scan import scan_sources, with_ocr
from operations.schedule.drafts import foresee_draft
from operations.schedule.evaluate import evaluate, term_keys
from operations.schedule.events import event_register
from operations.schedule.nagging import late_holds
from operations.timetable.summarise import summarise
from reports.wording import plural
from retention.schedule import load_schedule

_FORMATS = ("html", "csv")


@dataclass(frozen=True, slots=True)
class Work:
    """A scan of these sources (none: all), and the steps behind it; without a `mode` the steps alone."""

    mode: str | None
    sources: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


def run_chain(actor: Actor, settings: Settings, work: Work, watcher: Watcher) -> str:
    """Run the whole chain and say in a sentence what came of it. Raises MunimentError where a step cannot be done, and
    whatever the watcher raises, which is told often how far it is.
    """
    said = [] if work.mode is None else [_scan(actor, settings, work.mode, work.sources, watcher)]
    for step in work.then:
        name, _, subject = step.partition(" ")
        said.append(STEPS[name](actor, settings, subject.strip()))
    return " ".join(said)


def _scan(actor: Actor, settings: Settings, mode: str, names: tuple[str, ...], watcher: Watcher) -> str:
    known = {source.name: source for source in settings.sources}
    if unknown := [name for name in names if name not in known]:
        raise ConfigurationError(f"There is no source {unknown[0]!r}. There are: {', '.join(known) or 'none'}")
    chosen = tuple(known[name] for name in names) or settings.sources
    progress = scan_sources(
        actor, with_ocr(settings) if mode == "ocr" else settings, chosen, watcher,
        examine_content=mode != "metadata",
    )  # fmt: skip
    return f"Listed {progress.listed:,}, examined {progress.done:,}."


def _evaluate(actor: Actor, settings: Settings, _subject: str) -> str:
    if settings.retention.schedule is None:
        return "No retention schedule is configured."
    with open_trail(settings) as trail:
        today = datetime.now(UTC).date()
        schedule, events = load_schedule(settings.retention.schedule), event_register(settings, trail.database)
        changed = evaluate(actor, trail, schedule, today, term_keys(settings), events).changed
        late = len(late_holds(trail.database, today))
    return f"Evaluated, {changed:,} flags changed.{f' {late} holds are late for their review.' if late else ''}"


def _families(actor: Actor, settings: Settings, _subject: str) -> str:
    with open_trail(settings) as trail:
        changed = sum(one.changed for one in find_families(actor, trail).values())
    return f"Looked for copies and versions, {plural(changed, 'row')} changed."


def _rot(actor: Actor, settings: Settings, _subject: str) -> str:
    with open_trail(settings) as trail:
        today = datetime.now(UTC).date()
        changed = find_configured_rot(actor, trail, settings, today).changed
        if settings.review.rot:
            refill(actor, desk_of(settings, trail, today))
    return f"Looked for redundant, obsolete and trivial items, {plural(changed, 'row')} changed."


def _summarise(actor: Actor, settings: Settings, _subject: str) -> str:
    with open_trail(settings) as trail:
        summarise(actor, trail, settings, datetime.now(UTC).date())
    return "Kept the figures of the day."


def _report(_actor: Actor, settings: Settings, subject: str) -> str:
    with open_trail(settings) as trail:
        for name in (subject,) if subject else whole_reports():
            made = make_report(name, trail.database, settings)
            try:
                write_report(made, _FORMATS, settings.reports.folder)
            except OSError as error:
                raise MunimentError(f"Reports cannot be written to reports.folder: {error.strerror}.") from error
    return f"Reported{f' {subject}' if subject else ''}."


def _pack(actor: Actor, settings: Settings, subject: str) -> str:
    with open_trail(settings) as trail:
        made = make_pack(actor, settings, trail.database, subject, datetime.now(UTC))
    return (
        f"Made the pack {subject}: {plural(len(made.files), 'file')}; {made.told} told, "
        f"{plural(made.removed, 'old one')} removed."
    )


def _head(actor: Actor, settings: Settings, _subject: str) -> str:
    with open_trail(settings) as trail:
        sent = send_head(actor, trail, settings, datetime.now(UTC))
    return f"Sent out the head of the audit trail, entry {sent.head.number:,}."


def _remind(actor: Actor, settings: Settings, _subject: str) -> str:
    with open_trail(settings) as trail:
        done = remind(actor, desk_of(settings, trail, datetime.now(UTC).date()), settings)
    if done.suspended:
        return "Reminders are suspended, so nobody was told."
    unnamed = f" Nobody is named in [review] for {', '.join(done.unnamed)}." if done.unnamed else ""
    return f"Sent {plural(done.mails, 'reminder')} of reviews.{unnamed}"


def _simulate(actor: Actor, settings: Settings, _subject: str) -> str:
    with open_trail(settings) as trail:
        found = foresee_draft(actor, trail, settings, datetime.now(UTC).date())
    return f"Counted what version {found.version} would change: {plural(found.foreseen.changed, 'item')}."


def _verify(actor: Actor, settings: Settings, _subject: str) -> str:
    with open_trail(settings) as trail:
        verdict = verify_trail(actor, trail)
    if verdict.fault is not None:
        raise MunimentError(told(verdict))
    return told(verdict)


STEPS: Mapping[str, Callable[[Actor, Settings, str], str]] = dict(
    zip(
        NAMES, (_evaluate, _families, _rot, _summarise, _report, _pack, _head, _remind, _simulate, _verify), strict=True
    )
)
"""What may follow a scan. A further step is a line here and its name in `timetable_settings`."""
