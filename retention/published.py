"""Schedules as councils publish them, as spreadsheets of words, read into drafts for a records manager to finish.

Two layouts are known: the columns of a council's open data (Service, SubClass, File/Record Type, File Content,
Retention Reason, Retention Period, Storage/Disposal), whose periods are sentences, and one with codes (`trigger_code`,
`period_iso`).
A third is a list of functions of a published scheme. What cannot be understood is kept for ever in a draft that says in
its own words what was published; no draft decides anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from domain.errors import ConfigurationError
from retention.document import Document
from retention.exchange import Row

NOT_LAW = (
    "An example, not law and not advice: no rule here may be applied until the council's own Information Governance\n"
    "team has checked, changed and signed it. Periods are restated from what councils publish, and councils differ."
)

_LEEDS = ("service", "file/record type", "retention period")
_CODED = ("id", "function", "series", "trigger_code", "period_iso", "action")
_SCHEME = ("id", "title", "lgcs")
_SLUG = re.compile(r"[^a-z0-9]+")
_KEYS = {"employment_end": "employee_no", "contract_end": "contract_no", "terms_end": "contract_no",
         "expiry": "badge_no", "carer_ends": "carer_no", "asset_disposed": "asset_no", "compliance": "notice_no",
         "term_end": "councillor_no"}  # fmt: skip
_CASE = "case_no"
_SPOKEN = (
    ("birth", {"person": "dob"}),
    ("clos", {"event": "case_closed", "key": _CASE}),
    ("employment", {"event": "employment_end", "key": "employee_no"}),
    ("leav", {"event": "employment_end", "key": "employee_no"}),
    ("contract", {"event": "contract_end", "key": "contract_no"}),
    ("expir", {"event": "expiry", "key": _CASE}),
    ("last contact", {"event": "last_contact", "key": _CASE}),
    ("financial year", {"date": "modified", "end_of": "financial-year"}),
    ("current year", {"date": "modified", "end_of": "financial-year"}),
    ("academic year", {"date": "modified", "end_of": "academic-year"}),
    ("creat", {"date": "created"}),
    ("receipt", {"date": "received"}),
    ("last action", {"date": "modified"}),
    ("modif", {"date": "modified"}),
)  # fmt: skip
"""Words of published triggers, the surer first, and what they are read as."""
_PERIOD = re.compile(r"\b(\d{1,3})\s*(year|yr|month|week|day)s?\b", re.IGNORECASE)
_MAX = re.compile(r"max\((.+), (.+)\)")
_PLUS = re.compile(r"(.+)\+(P[0-9YMWD]+)")


def is_published(columns: Iterable[str]) -> bool:
    """Whether these headings, in lower case, are of a layout that is known here."""
    return _reader(set(columns)) is not None


def published(rows: Sequence[Row], head: Mapping[str, Any]) -> tuple[Document, ...]:
    """A schedule of drafts, one document a function, the first with `head` as its [schedule].

    Raises ConfigurationError naming each line that has too little to make a rule of, and loads nothing then.
    """
    reader = _reader(set(rows[0].cells) if rows else set())
    if reader is None:
        raise ConfigurationError("These columns are of no layout that is known; see the documentation of the schedule.")
    files: dict[str, tuple[list[int], dict[str, Any]]] = {}
    complaints = []
    for row in rows:
        try:
            function, entries = reader(row)
        except ValueError as error:
            complaints.append(f"{row.place}:{row.line}: {error}")
            continue
        lines, tables = files.setdefault(
            _slug(function), ([], {"function": {"id": _slug(function), "title": function}})
        )
        lines.append(row.line)
        for name, entry in entries.items():
            tables.setdefault(name, []).append(entry)
    if complaints:
        raise ConfigurationError("\n".join(complaints))
    place = rows[0].place
    first = Document(place, {"schedule": dict(head)}, b"schedule", lambda *_: None)
    return (first, *(_document(place, slug, lines, tables) for slug, (lines, tables) in files.items()))


def _document(place: str, slug: str, lines: list[int], tables: Mapping[str, Any]) -> Document:
    def line_of(table: str, number: int, keys: Sequence[str]) -> int | None:  # noqa: ARG001  a row has one line
        return lines[number] if table != "function" and number < len(lines) else lines[0]

    return Document(place, dict(tables), slug.encode(), line_of)


def _reader(columns: set[str]) -> Callable[[Row], tuple[str, dict[str, Any]]] | None:
    for needed, reader in ((_CODED, _coded), (_LEEDS, _spoken), (_SCHEME, _function)):
        if columns.issuperset(needed):
            return reader
    return None


def _text(row: Row, column: str) -> str:
    """A cell as words: the no-break spaces that old Macs leave behind are spaces."""
    return " ".join(str(row.cells.get(column) or "").replace("\u00a0", " ").split())


def _needed(row: Row, column: str) -> str:
    if text := _text(row, column):
        return text
    raise ValueError(f"{column}: this is empty; write it, or leave out the row")


def _function(row: Row) -> tuple[str, dict[str, Any]]:
    title = _needed(row, "title")
    return title, {"class": {"id": _needed(row, "id"), "title": title, "lgcs": _needed(row, "lgcs")}}


def _spoken(row: Row) -> tuple[str, dict[str, Any]]:
    service, series = _needed(row, "service"), _needed(row, "file/record type")
    says = _needed(row, "retention period")
    ident = f"{_initials(service)}.{row.line:03}"
    described = _text(row, "file content")
    entry: dict[str, Any] = {"id": ident, "title": series}
    if described:
        entry["description"] = described
    authority = _text(row, "retention reason") or "Not stated"
    rule = {"id": f"{ident}-R1", "title": f"{series}: {says}", "class": ident, **_clock_in_words(says),
            "authority": authority, "says": says, "status": "draft"}  # fmt: skip
    return service, {"class": entry, "rule": rule}


def _clock_in_words(says: str) -> dict[str, Any]:
    """What a sentence says of the period, where it says one number and one start; else for ever, to be finished."""
    periods = _PERIOD.findall(says)
    trigger = next((found for word, found in _SPOKEN if word in says.casefold()), None)
    if len(periods) != 1 or trigger is None:
        return {"action": "keep"}
    number, unit = periods[0]
    return {"trigger": dict(trigger), "period": f"P{int(number)}{unit[0].upper()}", "action": "review"}


def _coded(row: Row) -> tuple[str, dict[str, Any]]:
    ident, series = _needed(row, "id"), _needed(row, "series")
    entry = {"id": ident, "title": series, "description": _text(row, "description") or series}
    rule: dict[str, Any] = {"id": f"{ident}-R1", "title": f"{series}: {_needed(row, 'period')}", "class": ident}
    rule |= _coded_clock(row)
    rule |= {"authority": _text(row, "authority") or "Not stated", "basis": _basis(_text(row, "basis")),
             "justification": f"As published: {_text(row, 'source')}", "says": _text(row, "period")}  # fmt: skip
    return _needed(row, "function"), {"class": entry, "rule": rule}


def _basis(text: str) -> str:
    return text.replace(" ", "-") or "unverified"


def _coded_clock(row: Row) -> dict[str, Any]:
    code, iso = _needed(row, "trigger_code"), _text(row, "period_iso")
    action = _needed(row, "action").casefold()
    if code == "none":
        kept: dict[str, Any] = {"action": "keep"}
        return kept | {"review": {"first": "owner"}} if action.startswith("review") else kept
    clock = _clock(code, iso)
    if "restarted" in _text(row, "period").casefold() and clock.get("trigger", {}).get("event"):
        clock["trigger"]["reopened_by"] = "case_reopened"
    steps = _steps(action, code)
    return {**clock, "steps": steps} if len(steps) > 1 else {**clock, **steps[0]}


def _clock(code: str, iso: str) -> dict[str, Any]:
    if match := _MAX.fullmatch(code):
        return {"later_of": [_span(*_split(part)) for part in match.groups()]}
    if " & " in code:
        return {"later_of": [_span(part, iso) for part in code.split(" & ")]}
    if " | " in code:
        return {"first_known": _known_first(code.split(" | "), iso.split(" | "))}
    return _span(code, iso)


def _known_first(codes: list[str], periods: list[str]) -> list[dict[str, Any]]:
    """A death comes first, for most are not reported; with a period of its own it counts under 18 alone."""
    spans = [_span(code, period) for code, period in zip(codes, periods * (len(codes) // len(periods)), strict=True)]
    if len(periods) > 1:
        spans[-1]["trigger"]["under"] = "P18Y"
    return spans[::-1]


def _split(part: str) -> tuple[str, str]:
    match = _PLUS.fullmatch(part)
    if match is None:
        raise ValueError(f'trigger_code: "{part}" has no period; write it as in "case_closed+P10Y"')
    return match[1], match[2]


def _span(code: str, iso: str) -> dict[str, Any]:
    code, plus = _split(code) if "+" in code else (code, "")
    trigger = _trigger(code.strip())
    if plus:
        trigger = {"person": "dob+18"} if (code, plus) == ("date_of_birth", "P18Y") else {**trigger, "plus": plus}
    return {"trigger": trigger, "period": iso or "P0D"}


def _trigger(code: str) -> dict[str, Any]:  # noqa: PLR0911  one for each kind of code
    name, _, given = code.partition(":")
    match name:
        case "date_of_birth":
            return {"person": "dob"}
        case "date_of_death":
            return {"person": "dod"}
        case "created":
            return {"date": "created"}
        case "last_action":
            return {"date": "modified"}
        case "end_of_financial_year":
            return {"date": "modified", "end_of": "financial-year"}
        case "fixed_date":
            return {"date": date.fromisoformat(given)}
        case "case_closed" | "last_contact":
            return {"event": name, "key": _CASE}
        case "event" if given:
            return {"event": given, "key": _KEYS.get(given, _CASE)}
    raise ValueError(f'trigger_code: "{code}" is not known; write one such as "date_of_birth" or "event:contract_end"')


def _steps(action: str, code: str) -> list[dict[str, Any]]:
    if match := re.match(r"merge into (\S+) then dispose", action):
        return [{"action": "merge-into", "into": match[1].upper()}, {"action": "dispose"}]
    if action.startswith("archive at claim end"):
        archive = {"action": "archive", "trigger": {"event": "case_closed", "key": _CASE}, "period": "P0D"}
        return [archive, {"action": "dispose"}]
    for words, actions in _ACTIONS:
        if action.startswith(words):
            return [{"action": each} for each in actions]
    raise ValueError(f'action: "{action}" is not known; write one such as "dispose" or "review then dispose" ({code})')


_ACTIONS = (
    ("review then dispose", ("review", "dispose")), ("dispose after capture", ("review", "dispose")),
    ("return original", ("return", "dispose")), ("dispose", ("dispose",)), ("keep permanently", ("keep",)),
    ("transfer to archives", ("transfer-to-archives",)), ("transfer to new owner", ("transfer-to-owner",)),
    ("redact", ("redact",)), ("review", ("review",)), ("archive", ("archive",)),
)  # fmt: skip
"""Beginnings of published actions, the longer first, and the steps that they are."""


def _slug(text: str) -> str:
    return _SLUG.sub("-", text.casefold().replace("'", "")).strip("-") or "schedule"


def _initials(service: str) -> str:
    words = [word for word in _slug(service).split("-") if word not in ("and", "of", "the")]
    return "".join(word[0] for word in words).upper()[:4]
