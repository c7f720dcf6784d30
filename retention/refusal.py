"""Says what is wrong in a schedule's file so that its author can mend it: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from domain.errors import ConfigurationError
from retention.document import Document
from retention.rule_tables import ClockTable, MatchTable, ReviewTable, RuleTable, ScopeTable, StepTable, TriggerTable
from retention.tables import (
    ClassTable,
    DaysTable,
    DefaultsTable,
    EventTable,
    FunctionTable,
    HoldScopeTable,
    HoldTable,
    KeyTable,
    ScheduleFile,
    ScheduleTable,
)  # fmt: skip

_EXAMPLES = {
    "schedule": '[schedule] with id = "example", title, version and effective_from',
    "class": 'each as [[class]] with id = "FIN.01" and a title',
    "rule": 'each as [[rule]] with id = "FIN.01-R1" and what follows from it',
    "id": 'id = "FIN.01"',
    "title": 'title = "Invoices"',
    "version": 'version = "2026.1"',
    "effective_from": "effective_from = 2026-04-01, without quotes and time",
    "paths": 'paths = ["**/Invoices/**"]',
    "exclude": 'exclude = ["**/Templates/**"]',
    "classes": 'classes = ["FIN.01"]',
    "services": 'services = ["Finance"]',
    "sources": 'sources = ["corporate"]',
    "scope": 'scope = { classes = ["FIN.01"] }',
    "trigger": 'trigger = { date = "modified" }',
    "date": 'date = "modified" or date = "first-seen"',
    "event": 'event = "employment_end"',
    "key": 'key = "employee_no"',
    "action": 'action = "keep", "review", "archive" or "dispose"',
    "person": 'person = "dob", "dob+18" or "dod"',
    "end_of": 'end_of = "financial-year"',
    "mark": 'mark = "personal", "special", "criminal" or "children"',
    "basis": 'basis = "statutory", "statutory-guidance", "business", "common-practice" or "unverified"',
    "risk": 'risk = "low", "medium" or "high"',
    "status": 'status = "draft", "approved" or "retired"',
    "purpose": 'purpose = "record" or "rot"',
    "min_count": "min_count = 1",
    "reason": 'reason = "Claim of Mx Example, reference 123"',
    "authorised_by": 'authorised_by = "role:monitoring-officer"',
    "request": 'request = "foi", "sar" or "erasure"',
    "first": 'review = { first = "owner" }',
    "from": 'from = "employment_end"',
    "name": 'name = "case_no"',
    "pattern": "pattern = 'CASE-[0-9]{6}'",
    "authority": 'authority = "Limitation Act 1980"',
    "justification": 'justification = "Claims may be brought for six years"',
}
"""How each key is written, for messages about one that is missing or of the wrong type."""

_PLAINLY = {
    "string_type": "this is not text in quotes",
    "string_too_short": "this is empty",
    "tuple_type": "this is not a list in brackets",
    "date_type": "this is not a date",
    "model_type": "this is not a table",
}
"""Pydantic's types of error whose own messages speak of Python rather than of TOML."""

_TABLES: dict[str, type[BaseModel]] = {
    "": ScheduleFile,
    "schedule": ScheduleTable,
    "defaults": DefaultsTable,
    "function": FunctionTable,
    "class": ClassTable,
    "rule": RuleTable,
    "scope": ScopeTable,
    "match": MatchTable,
    "all": MatchTable,
    "any": MatchTable,
    "not": MatchTable,
    "trigger": TriggerTable,
    "later_of": ClockTable,
    "earlier_of": ClockTable,
    "first_known": ClockTable,
    "steps": StepTable,
    "review": ReviewTable,
    "hold": HoldTable,
    "hold.scope": HoldScopeTable,
    "created": DaysTable,
    "key": KeyTable,
    "event": EventTable,
}

_SAID_BETTER = {
    "entity": 'write kind = "UK_NINO"',
    "words": 'write term = "…" with the id of a configured term: no text is kept that words could be looked for in',
    "keep_for": 'write period = "P6Y"',
}
"""Keys that look right, and what to write for them."""


def refused(complaints: Iterable[str]) -> ConfigurationError:
    """Everything that is wrong at once, one complaint a line."""
    return ConfigurationError("\n".join(complaints))


def complaints_of(error: ValidationError, document: Document) -> list[str]:
    return [_complaint(detail, document) for detail in error.errors(include_url=False)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    known = sorted(known)
    near = get_close_matches(word, known, n=1)
    return f'did you mean "{near[0]}"?' if near else f"known are: {', '.join(known) or 'none'}"


def table_name(table: str, number: int, entry: object) -> str:
    """`[[rule]] "FIN.01-R1"`, or the number of the table, from 1, where it has no id."""
    given = (entry.get("id") or entry.get("name")) if isinstance(entry, Mapping) else None
    return f'[[{table}]] "{given}"' if isinstance(given, str) else f"[[{table}]] number {number + 1}"


def _complaint(detail: ErrorDetails, document: Document) -> str:
    loc = detail["loc"]
    sentence = _sentence(detail)
    match loc:
        case (str(table), int(number), *rest):
            keys = _words(rest)
            called = table_name(table, number, document.tables[table][number])
            return f"{document.place(table, number, keys)}: {_named(called, keys)}: {sentence}"
        case (("schedule" | "function") as table, *rest) if isinstance(document.tables.get(table), Mapping):
            keys = _words(rest)
            return f"{document.place(table, 0, keys)}: {_named(f'[{table}]', keys)}: {sentence}"
        case _:
            words = _words(loc)
            place = document.place(words[0], 0) if words else document.name
            return f"{place}: {'.'.join(words)}: {sentence}" if words else f"{place}: {sentence}"


def _named(table: str, keys: list[str]) -> str:
    return ", ".join(filter(None, (table, ".".join(keys))))


def _words(loc: Iterable[int | str]) -> list[str]:
    """Keys only: the numbers in it are places in a list, and the value is in the sentence."""
    return [part for part in loc if isinstance(part, str)]


def _sentence(detail: ErrorDetails) -> str:
    words = _words(detail["loc"])
    if detail["type"] == "extra_forbidden":
        better = _SAID_BETTER.get(words[-1]) or did_you_mean(words[-1], _known_beside(words))
        return f"this key is not known here; {better}"
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    example = _EXAMPLES.get(words[-1] if words else "", "what the documentation of the schedule shows")
    if detail["type"] == "missing":
        return f"this is missing; write {example}"
    return f"{_PLAINLY.get(detail['type']) or _lowered(detail['msg'])}; write {example}"


def _known_beside(words: list[str]) -> list[str]:
    table = next((word for word in reversed(words[:-1]) if word in _TABLES), "")
    table = "hold.scope" if table == "scope" and words[0] == "hold" else table
    return [field.alias or name for name, field in _TABLES[table].model_fields.items()]


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
