"""`[[timetable]]`: when what is scanned, and what follows."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from operations.configuration.section import Section

STEPS = ("evaluate", "families", "rot", "summarise", "report", "pack", "head", "remind", "simulate", "verify")
"""What may follow a scan, by its first word: `families` looks for copies and versions, `rot` for what is redundant,
obsolete and trivial, `summarise` keeps the figures of the day for the trend, `report` makes all reports, `report rot`
that one, `pack NAME` that pack, `head` sends out the signed head of the audit trail,
`remind` tells reviewers and heads of services what waits for them, `simulate` counts what the draft of a schedule would
change, `verify` checks the audit trail from its first entry to its last.
"""

_EVERY = re.compile(r"(\d{1,3})\s*(m|h|d)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_NUMBERED_DAY = re.compile(r"[0-7]")


def _step(written: str) -> str:
    if written.partition(" ")[0] not in STEPS:
        raise ValueError(f"there is no step {written!r}; there are: {', '.join(STEPS)}, and 'report NAME'")
    return written


class TimetableSettings(Section):
    """One entry: at the times of `cron` (by the organisation's clocks), or `every` so long, `source` is scanned, all of
    them where none is named; then come the steps of `then`. A source's quiet hours hold for these scans too.

    `mode`: metadata alone, content, or content and then the text in pictures. What is missed is run late, within
    `grace`.
    """

    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    cron: str | None = None
    every: str | None = None
    source: tuple[str, ...] = ()
    mode: Literal["metadata", "content", "ocr"] = "content"
    grace: str = "6h"
    then: tuple[Annotated[str, AfterValidator(_step)], ...] = Field(default=("evaluate", "rot"))

    @model_validator(mode="after")
    def _is_understood(self) -> Self:
        if (self.cron is None) is (self.every is None):
            raise ValueError("write either cron = '0 20 * * mon-fri' or every = '6h'")
        if self.every is not None:
            duration(self.every)
        if self.cron is not None:
            _check_cron(self.cron)
        duration(self.grace)
        return self


def duration(written: str) -> timedelta:
    """'30m', '6h' or '2d'. Raises ValueError for anything else."""
    found = _EVERY.fullmatch(written.strip())
    if found is None or int(found[1]) == 0:
        raise ValueError(f"{written!r} is not understood; write a duration as '30m', '6h' or '2d'")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _check_cron(written: str) -> None:
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415  only where there is a timetable

    fields = written.split()
    if len(fields) == 5 and _NUMBERED_DAY.search(fields[4]):
        # The library counts them from Monday, and cron from Sunday.
        raise ValueError(f"{written!r}: write weekdays as names, such as mon-fri")
    try:
        CronTrigger.from_crontab(written)
    except ValueError as error:
        raise ValueError(f"{written!r} is not understood as cron: minute hour day month weekday") from error
