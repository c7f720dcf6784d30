"""What was asked of the timetable, and what became of it: nothing that takes long runs where pages are made."""

from __future__ import annotations

from domain.actor import Verb
from domain.errors import ConfigurationError
from operations.timetable.requesting import RequestList, ask_for, may_request, requests_shown, subjects_of
from web import registers
from web.answers import Answer, Done, Rows, View
from web.asking import Asked
from web.errors import in_plain_words
from web.routes import Room, page

ROOM = Room()
_HEADINGS = ("request", "work", "of", "asked", "by", "state", "said")


@page(ROOM, "GET", "/requests", verb=Verb.VIEW_FIGURES, data=RequestList)
def requests(asked: Asked) -> Answer:
    """What was asked for of late, the newest first."""
    return _shown(asked, {})


@page(
    ROOM, "POST", "/requests", verb=Verb.VIEW_FIGURES, data=Done,
    form={"work": "evaluate, simulate, metadata, scan, ocr, report or verify.",
          "subject": "The source or the report; all of them where it is left out."},
)  # fmt: skip
def request_work(asked: Asked) -> Answer:
    """Ask for work, which the timetable does as soon as it can."""
    work, _, of = asked.form.one("work").partition(" ")
    try:
        ask_for(asked.actor, asked.trail, asked.settings, work, asked.form.one("subject") or of, asked.now)
    except ConfigurationError as error:
        return _shown(asked, {"work": in_plain_words(error)})
    return Done("/requests", "It is asked for. The timetable begins with it as soon as it can.")


def _shown(asked: Asked, faults: dict[str, str]) -> View:
    told = requests_shown(asked.actor, asked.trail)
    rows = [(one.number, one.work, one.subject, one.asked.isoformat(), one.asked_by, one.state, one.said)
            for one in told.requests]  # fmt: skip
    offered = [
        (f"{name} {of}".strip(), f"{work.title}{f' ({of})' if of else ' (all)' if work.of else ''}")
        for name, work in may_request(asked.actor).items() for of in ("", *subjects_of(work.of, asked.settings))
    ]  # fmt: skip
    values = {"typed": registers.typed(asked, faults), "offered": offered}
    return View("pages/registers/requests.html", "Requests", told, Rows(_HEADINGS, rows), values,
                registers.told(faults))  # fmt: skip
