"""Says what is wrong in a schedule's file so that its author can mend it: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from domain.errors import ConfigurationError
from retention.tables import ClassTable, RuleTable, ScheduleFile, ScheduleTable, ScopeTable, TriggerTable

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
    "class": ClassTable,
    "rule": RuleTable,
    "scope": ScopeTable,
    "trigger": TriggerTable,
}


def refused(name: str, complaints: Iterable[str]) -> ConfigurationError:
    """Everything that is wrong with the file at once, one complaint a line."""
    return ConfigurationError("\n".join(f"{name}: {complaint}" for complaint in complaints))


def complaints_of(error: ValidationError, document: Mapping[str, Any]) -> list[str]:
    return [_complaint(detail, document) for detail in error.errors(include_url=False)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    known = sorted(known)
    near = get_close_matches(word, known, n=1)
    return f'did you mean "{near[0]}"?' if near else f"known are: {', '.join(known) or 'none'}"


def table_name(table: str, number: int, entry: object) -> str:
    """`[[rule]] "FIN.01-R1"`, or the number of the table, from 1, where it has no id."""
    given = entry.get("id") if isinstance(entry, Mapping) else None
    return f'[[{table}]] "{given}"' if isinstance(given, str) else f"[[{table}]] number {number + 1}"


def _complaint(detail: ErrorDetails, document: Mapping[str, Any]) -> str:
    table, keys = _place(detail["loc"], document)
    where = ", ".join(filter(None, (table, ".".join(keys))))
    return f"{where}: {_sentence(detail)}" if where else _sentence(detail)


def _place(loc: tuple[int | str, ...], document: Mapping[str, Any]) -> tuple[str, list[str]]:
    match loc:
        case (str(table), int(number), *rest):
            return table_name(table, number, document[table][number]), _words(rest)
        case ("schedule", _, *_):
            return "[schedule]", _words(loc[1:])
        case _:
            return "", _words(loc)


def _words(loc: Iterable[int | str]) -> list[str]:
    """Keys only: the numbers in it are places in a list, and the value is in the sentence."""
    return [part for part in loc if isinstance(part, str)]


def _sentence(detail: ErrorDetails) -> str:
    words = _words(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return f"this key is not known here; {did_you_mean(words[-1], _known_beside(words))}"
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"])
    example = _EXAMPLES.get(words[-1] if words else "", "what the documentation of the schedule shows")
    if detail["type"] == "missing":
        return f"this is missing; write {example}"
    return f"{_PLAINLY.get(detail['type']) or _lowered(detail['msg'])}; write {example}"


def _known_beside(words: list[str]) -> list[str]:
    table = next((word for word in reversed(words[:-1]) if word in _TABLES), "")
    return [field.alias or name for name, field in _TABLES[table].model_fields.items()]


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
