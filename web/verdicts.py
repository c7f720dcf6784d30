"""The form by which something is decided: what it offers, and what was typed into it read as a ruling or as faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.errors import MunimentError
from domain.review import ReasonCode, VerdictKind
from operations.review.ruling import Ruling
from operations.viewing.considering import KINDS
from web.errors import Fault, in_plain_words
from web.forms import Form

LEAVE = "leave"
"""What is chosen from the beginning where several are decided on: nothing."""

FIELDS = {
    "kind": f"What is decided: {', '.join(VerdictKind)}; or {LEAVE}.",
    "reason": "A code of a reason that serves it.",
    "until": "The day on which it is looked at again, such as 2027-05-31; of what is kept or extended.",
    "target": "The class that it is given; to whom it is handed over; or service:NAME or account:NAME it is sent to.",
    "note": "A note for those who look at it later. No names of people.",
    "again": "1 sends it back although it came from there.",
}
"""What a program sends. The form of people names reason, day and target by the kind too, such as reason-keep."""

_MOST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be decided: the reasons that serve it, and what it can go to."""

    kind: VerdictKind
    label: str
    reasons: tuple[ReasonCode, ...]
    targets: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, to be shown again as it was; `faults` by the name of the field."""

    values: Mapping[str, str]
    faults: Mapping[str, str]

    def of(self, name: str) -> str:
        return self.values.get(name, "")

    def fault(self, name: str) -> str:
        return self.faults.get(name, "")


UNTOUCHED = Typed({}, {})


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that came back: the ruling, None where it has faults or leaves all as it is."""

    ruling: Ruling | None
    typed: Typed
    leaves: bool = False

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(Fault(name, sentence) for name, sentence in self.typed.faults.items())


def choices(barred: Mapping[VerdictKind, str], targets: Mapping[VerdictKind, Mapping[str, str]]) -> tuple[Choice, ...]:
    """What can be decided, in its order; without what is barred, or cannot go to anything."""
    return tuple(
        Choice(kind, label, tuple(code for code in ReasonCode if kind in code.serves), targets.get(kind, {}))
        for kind, label in KINDS.items()
        if kind not in barred and targets.get(kind, {"": ""})
    )


def sent(form: Form) -> Sent:
    """What came back, every fault of it told at once."""
    values = {name: form.one(name) for name in form.fields}
    said = form.one("kind")
    if said == LEAVE:
        return Sent(None, Typed(values, {}), leaves=True)
    if said not in set(VerdictKind):
        return Sent(None, Typed(values, {"kind": "Choose what is to become of it."}))
    kind = VerdictKind(said)
    faults = dict(_faults(form, kind))
    if faults:
        return Sent(None, Typed(values, faults))
    ruling = Ruling(
        kind, ReasonCode(_said(form, "reason", kind)), form.one("note"), _day(form, kind) if kind.needs_day else None,
        _said(form, "target", kind) if kind in _TARGETS else "", form.one("again") == "1",
    )  # fmt: skip
    return Sent(ruling, Typed(values, {}))


def refused(typed: Typed, error: MunimentError) -> Typed:
    """The form again, with what an operation says of it beside the field that its sentence begins with."""
    told = in_plain_words(error)
    name, colon, sentence = told.partition(": ")
    kind = typed.of("kind")
    fields = {"until": f"until-{kind}-day", "class": f"target-{kind}", "target": f"target-{kind}",
              "reason": f"reason-{kind}"}  # fmt: skip
    if colon and name in fields:
        return Typed(typed.values, {fields[name]: sentence[:1].upper() + sentence[1:]})
    return Typed(typed.values, {"kind": told})


_TARGETS = {
    VerdictKind.RECLASSIFY: "Choose the class that it is of.",
    VerdictKind.TRANSFER: "Say to whom it is handed over.",
    VerdictKind.REFER: "Choose to whom it goes.",
}


def _faults(form: Form, kind: VerdictKind) -> Iterator[tuple[str, str]]:
    reason = _said(form, "reason", kind)
    if reason not in {str(code) for code in ReasonCode if kind in code.serves}:
        yield f"reason-{kind}", "Choose a reason."
    if kind.needs_day and _day(form, kind) is None:
        yield f"until-{kind}-day", "Enter the day on which it is looked at again, such as 31 5 2027."
    if kind in _TARGETS and not _said(form, "target", kind):
        yield f"target-{kind}", _TARGETS[kind]
    if len(form.one("note")) > _MOST_NOTE:
        yield "note", f"Write a note of {_MOST_NOTE:,} characters at most."


def _said(form: Form, name: str, kind: VerdictKind) -> str:
    return form.one(f"{name}-{kind}") or form.one(name)


def typed_day(form: Form, name: str, otherwise: str = "") -> date | None:
    """A day as people type it in three fields, or as a program sends it in one; None where it is none."""
    parts = [form.one(f"{name}-{part}") for part in ("year", "month", "day")]
    try:
        if any(parts):
            return date(*(int(part) for part in parts))
        return date.fromisoformat(form.one(name) or form.one(otherwise))
    except (ValueError, OverflowError):
        return None


def _day(form: Form, kind: VerdictKind) -> date | None:
    return typed_day(form, f"until-{kind}", "until")
