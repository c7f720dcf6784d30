"""The retention schedule as its authors write it, a TOML file, turned into the domain's values or refused."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from domain.errors import ConfigurationError
from domain.rule import RecordClass, Rule, Schedule, Scope, Trigger
from retention.glob import compile_glob
from retention.refusal import complaints_of, did_you_mean, refused
from retention.tables import ClassTable, RuleTable, ScheduleFile, ScopeTable, TriggerTable


def load_schedule(path: Path) -> Schedule:
    """The schedule in a TOML file; `digest` is the SHA-256 of the file's bytes, as sha256sum prints it.

    Raises ConfigurationError naming the file, the table, the key and what to write instead, for all that is wrong.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: the schedule cannot be read ({error.strerror}); check its path") from error
    return _parsed(content, str(path))


def parse_schedule(text: str, name: str) -> Schedule:
    """As `load_schedule`, of text; `name` stands for the file in messages, and `digest` is that of its UTF-8."""
    return _parsed(text.encode(), name)


def _parsed(content: bytes, name: str) -> Schedule:
    document = _document(content, name)
    try:
        file = ScheduleFile.model_validate(document)
    except ValidationError as error:
        raise refused(name, complaints_of(error, document)) from error
    if complaints := list(_contradictions(file)):
        raise refused(name, complaints)
    return _schedule(file, hashlib.sha256(content).hexdigest())


def _document(content: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))  # Windows' Notepad puts a byte order mark before UTF-8
    except UnicodeDecodeError as error:
        raise refused(name, ["it is not UTF-8 text; save it with the encoding UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise refused(name, [f"it is not TOML: {error}; mend the line named, or quote the text in it"]) from error


def _contradictions(file: ScheduleFile) -> Iterator[str]:
    yield from _repeated("class", (entry.id for entry in file.classes))
    yield from _repeated("rule", (rule.id for rule in file.rules))
    known = [entry.id for entry in file.classes]
    for rule in file.rules:
        for glob in rule.scope.classes or ():
            if not any(map(compile_glob(glob).matches, known)):
                yield f'[[rule]] "{rule.id}", scope.classes: no class has the id "{glob}"; {did_you_mean(glob, known)}'


def _repeated(table: str, ids: Iterable[str]) -> Iterator[str]:
    """Ids that differ only by case are the same to a reader, and to a glob."""
    for folded, times in Counter(map(str.casefold, ids)).items():
        if times > 1:
            yield f'[[{table}]] "{folded}", id: {times} have this id; write another, an id is never used twice'


def _schedule(file: ScheduleFile, digest: str) -> Schedule:
    head = file.schedule
    return Schedule(
        id=head.id,
        version=head.version,
        title=head.title,
        effective_from=head.effective_from,
        min_observed=head.min_observed,
        classes=tuple(map(_class, file.classes)),
        rules=tuple(map(_rule, file.rules)),
        digest=digest,
    )


def _class(table: ClassTable) -> RecordClass:
    return RecordClass(table.id, table.title, table.paths or ())


def _rule(table: RuleTable) -> Rule:
    return Rule(
        id=table.id,
        title=table.title,
        scope=_scope(table.scope),
        action=table.action,
        trigger=_trigger(table.trigger or TriggerTable.model_construct()),
        period=table.period,
        authority=table.authority,
        justification=table.justification,
    )


def _scope(table: ScopeTable) -> Scope:
    return Scope(
        classes=table.classes or (),
        paths=table.paths or (),
        exclude=table.exclude or (),
        services=table.services or (),
        sources=table.sources or (),
    )


def _trigger(table: TriggerTable) -> Trigger:
    return Trigger(date=table.date, event=table.event, key=table.key)
