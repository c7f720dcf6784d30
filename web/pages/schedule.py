"""The retention schedule: its rules in words, a draft beside it, what that changes, and its approval by two roles."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.responses import Response

from domain.actor import Verb
from domain.errors import ConfigurationError
from operations.access import RefusedError
from operations.access_words import TITLES
from operations.schedule.drafts import (
    Looked,
    approve_draft,
    draft_of,
    draft_text,
    drop_draft,
    looked_at,
    send_draft,
)
from operations.viewing.schedule import ScheduleShown, VersionShown, differences, schedule_shown, versions_shown
from retention.diff import Difference
from retention.words import listed
from web import registers
from web.answers import Answer, Done, Fault, Rows, View
from web.asking import Asked
from web.errors import NotFoundError, in_plain_words
from web.routes import Room, page

ROOM = Room()
_HEADINGS = ("rule", "title", "function", "classes", "kept", "action", "authority", "basis", "status")


@dataclass(frozen=True, slots=True)
class ScheduleBoard:
    """The configured schedule, None where there is none, and the versions that were applied."""

    schedule: ScheduleShown | None
    versions: tuple[VersionShown, ...]


@dataclass(frozen=True, slots=True)
class DraftBoard:
    """A version that is to be approved; `sent`: it was sent in here, and is not the configured file. `looked` is what
    it changes, as it was counted today.
    """

    schedule: ScheduleShown | None
    sent: bool
    differences: tuple[Difference, ...]
    looked: Looked | None


@page(ROOM, "GET", "/schedule", verb=Verb.VIEW_FIGURES, data=ScheduleBoard)
def schedule(asked: Asked) -> Answer:
    """The rules by function, each with its period in words and its authority, and the versions that were applied."""
    found = registers.schedule_in_force(asked)
    shown = schedule_shown(asked.database, found, asked.today) if found else None
    rows = [
        (one.id, one.title, each.name, "; ".join(one.classes), one.keeps, one.action, one.authority, one.basis,
         one.status)
        for each in (shown.functions if shown else ()) for one in each.rules
    ]  # fmt: skip
    told = ScheduleBoard(shown, versions_shown(asked.database))
    return View("pages/registers/schedule.html", "Retention schedule", told, Rows(_HEADINGS, rows))


@page(ROOM, "GET", "/schedule/draft", verb=Verb.DRAFT_SCHEDULE, data=DraftBoard)
def schedule_draft(asked: Asked) -> Answer:
    """A version that is to be approved: what it says otherwise, its defects, and what it would change."""
    return _draft(asked)


@page(ROOM, "GET", "/schedule/draft/file", verb=Verb.DRAFT_SCHEDULE)
def draft_file(asked: Asked) -> Answer:
    """The draft as it was sent in, to be put where the configured schedule lies."""
    if not (text := draft_text(asked.database)):
        raise NotFoundError
    headers = {"Content-Disposition": 'attachment; filename="schedule.toml"'}
    return Response(text.encode(), 200, headers, "application/toml")


@page(
    ROOM, "POST", "/schedule/draft", verb=Verb.DRAFT_SCHEDULE, data=Done, form={"file": "A schedule as one TOML file."}
)
def send_schedule(asked: Asked) -> Answer:
    """Send in a schedule to be looked at, in the place of the draft before."""
    try:
        with registers.sent_file(asked) as path:
            send_draft(asked.actor, asked.trail, _text(path.read_bytes()))
    except ConfigurationError as error:
        return _draft(asked, registers.lines_of(error, "file"))
    return Done("/schedule/draft", "The draft is kept. Have it counted what it would change, then approve it.")


@page(ROOM, "POST", "/schedule/draft/drop", verb=Verb.DRAFT_SCHEDULE, data=Done)
def drop_schedule(asked: Asked) -> Answer:
    """Take the draft back."""
    drop_draft(asked.actor, asked.trail)
    return Done("/schedule/draft", "The draft is taken back.")


@page(
    ROOM, "POST", "/schedule/draft/approval", verb=Verb.APPROVE_SCHEDULE, data=Done,
    form={"digest": "The digest of the version that was seen.", "count": "How many items change by it, typed."},
)  # fmt: skip
def approve_schedule(asked: Asked) -> Answer:
    """Approve the draft, having seen what it changes."""
    said = asked.form.one("count").replace(",", "")
    if not (said.isascii() and said.isdecimal() and len(said) < 12):
        return _draft(asked, (Fault("count", "Type how many items change, in digits."),))
    try:
        still = approve_draft(
            asked.actor, asked.trail, asked.settings, asked.form.one("digest"), int(said), asked.today
        )  # fmt: skip
    except (RefusedError, ConfigurationError) as error:
        return replace(_draft(asked, (Fault("count", in_plain_words(error)),)), status=409)
    waits = (
        f"Still to approve it: {listed([TITLES[one] for one in still])}." if still else "Every role has approved it."
    )
    return Done("/schedule/draft", f"You have approved this version. {waits}")


def _draft(asked: Asked, faults: tuple[Fault, ...] = ()) -> View:
    found, sent = draft_of(asked.database, asked.settings), bool(draft_text(asked.database))
    told = DraftBoard(None, sent, (), None)
    if found is not None:
        told = DraftBoard(
            schedule_shown(asked.database, found, asked.today), sent,
            differences(registers.schedule_in_force(asked), found), looked_at(asked.database, found, asked.today),
        )  # fmt: skip
    typed = registers.typed(asked, {fault.field: fault.sentence for fault in faults})
    return View("pages/registers/draft.html", "A version to be approved", told, None, {"typed": typed}, faults)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ConfigurationError("The file is not UTF-8 text. Save it so, and send it again.") from error
