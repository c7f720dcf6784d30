"""Single fields of a schedule's tables, typed at the door: text becomes ids, globs, periods and days, or is refused.

The messages raised here are sentences on what to write instead; `retention.refusal` adds where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

import re2
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints
from pydantic.json_schema import WithJsonSchema

from domain.decision import RESERVED
from domain.finding import KINDS
from domain.rule import Action, ByOutcome, DateSource, Period
from retention.glob import compile_glob
from retention.period import parse_period
from retention.years import DAY_OF_YEAR

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SIZE = re.compile(r"([0-9]{1,12}) ?(B|KB|MB|GB)?", re.IGNORECASE)
_UNITS = {"": 1, "B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3}
_SYNONYMS = {"keep-permanently": "keep", "anonymise": "redact", "merge": "merge-into", "transfer": ""}


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError(f'"{text}" is not an id; write letters, digits, ".", "_" and "-" only, as in "FIN.01"')
    return text


def _not_reserved(text: str) -> str:
    if text in RESERVED:
        raise ValueError(f'"{text}" has a meaning of its own in reasons; write another id')
    return text


def _single_period(value: object) -> Period:
    if not isinstance(value, str):
        raise ValueError('a period is written in quotes, as in "P6Y"')  # noqa: TRY004 - pydantic passes ValueError on
    return parse_period(value)


def _any_period(value: object) -> Period | ByOutcome:
    if not isinstance(value, Mapping):
        return _single_period(value)
    periods = {str(outcome).casefold(): _single_period(period) for outcome, period in value.items()}
    otherwise = periods.pop("otherwise", None)
    if not periods:
        raise ValueError('no outcome is named; write for example { proven = "P6Y", unproven = "P1Y" }')
    return ByOutcome(tuple(periods.items()), otherwise)


def _start(value: object) -> DateSource | date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if value in list(DateSource):
        return DateSource(str(value))
    known = ", ".join(f'"{source}"' for source in DateSource)
    raise ValueError(f"input should be one of {known}, or a day without quotes and time as in 2033-12-31")


def _glob(text: str) -> str:
    compile_glob(text)
    return text


def _not_empty(entries: tuple[str, ...]) -> tuple[str, ...]:
    if not entries:
        raise ValueError("the list is empty, which could mean all or nothing; leave it out, or write what is meant")
    return entries


def _size(value: object) -> int:
    match = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if match is None:
        raise ValueError('write a size as a number of bytes, or as in "10 MB"')
    return int(match[1]) * _UNITS[(match[2] or "").upper()]


def _pattern(text: str) -> str:
    options = re2.Options()
    options.log_errors = False
    try:
        re2.compile(text, options)
    except re2.error as error:
        raise ValueError(
            f'"{text}" is not a regular expression that runs in linear time (RE2); write it without look-around and'
            " back-references, with its brackets closed"
        ) from error
    return text


def _kind(text: str) -> str:
    if text not in KINDS:
        raise ValueError(f'"{text}" is not a kind of finding; write one of {", ".join(KINDS)}')
    return text


def _day_of_year(text: str) -> str:
    if not DAY_OF_YEAR.fullmatch(text):
        raise ValueError(f'"{text}" is not the last day of a year; write month and day as in "03-31"')
    return text


def _action(value: object) -> object:
    if not isinstance(value, str):
        return value
    word = "-".join(value.strip().casefold().replace("_", " ").replace("-", " ").split())
    return _SYNONYMS.get(word) or word


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Id = Annotated[Text, AfterValidator(_id)]
IdInReasons = Annotated[Id, AfterValidator(_not_reserved)]
GlobText = Annotated[str, AfterValidator(_glob)]
Globs = Annotated[tuple[GlobText, ...], AfterValidator(_not_empty)]
Names = Annotated[tuple[Text, ...], AfterValidator(_not_empty)]
_PERIOD_SCHEMA = {"type": "string", "pattern": "^P([0-9]+W|([0-9]+Y)?([0-9]+M)?([0-9]+D)?)$", "examples": ["P6Y"]}
PeriodText = Annotated[Period, PlainValidator(_single_period), WithJsonSchema(_PERIOD_SCHEMA)]
PeriodOrOutcomes = Annotated[
    Period | ByOutcome,
    PlainValidator(_any_period),
    WithJsonSchema({"anyOf": [_PERIOD_SCHEMA, {"type": "object", "additionalProperties": _PERIOD_SCHEMA}]}),
]
DateOrDay = Annotated[
    DateSource | date,
    PlainValidator(_start),
    WithJsonSchema({"anyOf": [{"enum": [str(source) for source in DateSource]}, {"format": "date"}]}),
]
Size = Annotated[
    int,
    PlainValidator(_size),
    WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "examples": ["10 MB"]}]}),
]
Pattern = Annotated[Text, AfterValidator(_pattern)]
Kind = Annotated[Text, AfterValidator(_kind), WithJsonSchema({"enum": list(KINDS)})]
DayOfYear = Annotated[Text, AfterValidator(_day_of_year)]
ActionWord = Annotated[Action, BeforeValidator(_action)]
Day = Annotated[date, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=1)]


class Table(BaseModel):
    """Knows its keys, and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)
