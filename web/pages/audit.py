"""The audit trail: narrowed and paged by its address, checked, and exported with its seal."""

from __future__ import annotations

import zipfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from domain.actor import Verb
from domain.audit import Act
from inventory.audit_pages import Looked
from operations.people.audit import export_trail
from operations.viewing.audit import AuditPage, audit_shown
from web.answers import Answer, Fault, Rows, View
from web.asking import Asked
from web.reviewing import address
from web.routes import Room, page

ROOM = Room()
_HEADINGS = ("entry", "at (UTC)", "account", "role", "on behalf of", "door", "act", "about", "facts")
ACTS = tuple(sorted({str(act).partition(".")[0] for act in Act}))


@page(ROOM, "GET", "/audit", verb=Verb.VIEW_AUDIT, data=AuditPage)
def audit(
    asked: Asked, account: str = "", act: str = "", about: str = "", since: str = "",
    until: str = "", before: int | None = None,
) -> Answer:  # fmt: skip
    """What was done, by whom and in which role, the newest first."""
    days = {"since": _day(since), "until": _day(until)}
    faults = tuple(
        Fault(name, "Write a day such as 2026-05-31, or leave it empty.")
        for name, said in (("since", since), ("until", until)) if said and days[name] is None
    )  # fmt: skip
    looked = Looked(account, act, about, **days)
    told = audit_shown(asked.actor, asked.trail, looked, asked.zone, _bounded(before))
    rows = [
        (one.number, one.at.isoformat(), one.account, one.role, one.on_behalf_of, one.door, one.act, one.subject,
         "; ".join(f"{name}={value}" for name, value in one.facts))
        for one in told.entries
    ]  # fmt: skip
    said = {"account": account, "act": act, "about": about, "since": since, "until": until}
    values = {"looked": said, "acts": ACTS, "address": address, "before": before}
    return View(
        "pages/registers/audit.html", "Audit trail", told, Rows(_HEADINGS, rows), values, faults, fragment="list"
    )


@page(ROOM, "POST", "/audit/export", verb=Verb.EXPORT_AUDIT)
def export_audit(asked: Asked) -> Answer:
    """All of the trail as JSON lines with its sealed head, in one archive. Only a trail that is whole is exported."""
    with ExitStack() as taken_away:
        folder = Path(taken_away.enter_context(TemporaryDirectory(prefix="muniment-audit-")))
        archive = folder / "audit.zip"
        files = export_trail(asked.actor, asked.trail, folder)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
            for path in files:
                made.write(path, path.name)
        once_sent = BackgroundTask(taken_away.pop_all().close)
    return FileResponse(archive, filename=f"{files[-1].name.partition('.')[0]}.zip", background=once_sent)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _bounded(number: int | None) -> int | None:
    """A number that a database can be asked for."""
    return None if number is None else max(0, min(number, 2**62))
