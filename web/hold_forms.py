"""The form by which a hold is placed, read as a schedule would describe that hold."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from domain.hold import HoldKind
from operations.keys import load_key
from operations.schedule.holds import fingerprints_of, templates
from operations.viewing.holds import CONDITIONS, KINDS, REQUESTS
from web.asking import Asked
from web.verdicts import typed_day

FIELDS = {
    "id": "What it is called: letters, digits, dots and dashes.",
    "kind": f"One of {', '.join(KINDS)}; or, of a request, {', '.join(REQUESTS)}.",
    "reason": "Why, in a sentence that everybody may read who reads flags. No names of people.",
    "authorised_by": "Who ordered it, such as role:solicitor.",
    "review_by": "When somebody looks whether it is still needed, such as 2027-05-31; a request needs none.",
    **{name: f"{words}, one a line." for name, words in CONDITIONS.items()},
    "people": "Names or identifiers, one a line. Only their seals are kept.",
    "sealed": "Seals of people, as an answer gave them.", "begins": "Records of that day or later.",
    "ends": "Records of that day or earlier.", "seen": "What an answer told as seen: by this the hold is placed.",
}  # fmt: skip
_NEEDED = {
    "id": "Say what the hold is called, such as CLAIM-7.", "reason": "Say why, in a sentence without names of people.",
    "authorised_by": "Say who ordered it, such as role:solicitor.",
}  # fmt: skip
_SEAL = re.compile(r"[0-9a-f]{16,128}")


def entry_of(asked: Asked) -> dict[str, Any]:
    """The hold as [[hold]] of a schedule has it."""
    form, scope = asked.form, _scope(asked)
    kind = form.one("kind")
    entry: dict[str, Any] = {name: form.one(name) for name in _NEEDED}
    entry |= {"kind": "request", "request": kind} if kind in REQUESTS else {"kind": kind}
    if review_by := typed_day(form, "review_by"):
        entry["review_by"] = review_by
    return {**entry, "status": "active", "scope": scope}


def faults_of(asked: Asked, entry: Mapping[str, Any]) -> dict[str, str]:
    """What is missing, by the field in which it is to be written."""
    faults = {name: sentence for name, sentence in _NEEDED.items() if not entry[name]}
    if entry["kind"] not in set(HoldKind):
        faults["kind"] = "Choose what kind of hold it is."
    if "review_by" not in entry and "request" not in entry:
        faults["review_by-day"] = "Enter the day on which somebody looks at it again, such as 31 5 2027."
    for name in ("begins", "ends"):
        if any(asked.form.one(f"{name}{part}") for part in ("", "-day", "-month", "-year")) and not typed_day(
            asked.form, name
        ):
            faults[f"{name}-day"] = "Enter a day, such as 31 5 2027, or leave it empty."
    if not entry["scope"]:
        faults["paths"] = "Say what it freezes: at least one condition, such as a path."
    return faults


def stamp_of(entry: Mapping[str, Any]) -> str:
    """Says that just this hold was looked at."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True, default=str).encode()).hexdigest()[:20]


def filled_by(template: str) -> dict[str, str]:
    """The fields of the form as a template fills them; none for one that there is not."""
    entry = templates().get(template, {})
    words = {name: "\n".join(entry.get("scope", {}).get(name, ())) for name in CONDITIONS} if entry else {}
    return {name: str(entry[name]) for name in ("kind", "reason") if name in entry} | words


def _scope(asked: Asked) -> dict[str, Any]:
    scope: dict[str, Any] = {name: found for name in CONDITIONS if (found := list(_lines(asked.form.one(name))))}
    days = {name: typed_day(asked.form, field) for name, field in (("from", "begins"), ("to", "ends"))}
    if given := {name: day for name, day in days.items() if day}:
        scope["created"] = given
    seals = {seal for seal in asked.form.one("sealed").split() if _SEAL.fullmatch(seal)}
    if people := tuple(_lines(asked.form.one("people"))):
        seals |= set(fingerprints_of(people, load_key(asked.settings.inventory.key_file)))
    return scope | ({"people": sorted(seals)} if seals else {})


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.splitlines()))
