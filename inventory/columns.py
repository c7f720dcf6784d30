"""What columns hold that no database has a type for, and what every table is made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, Float, Integer, LargeBinary, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

BigId = BigInteger().with_variant(Integer(), "sqlite")


class Moment(TypeDecorator[datetime]):
    """A time in UTC as whole microseconds since 1970: the same on every database, and comparable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:  # noqa: ARG002
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return None if value is None else _EPOCH + timedelta(microseconds=value)


_OOXML, _ODF = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
SHORT_TYPES: Mapping[str, str] = {
    f"{_OOXML}wordprocessingml.document": "~docx", f"{_OOXML}wordprocessingml.template": "~dotx",
    f"{_OOXML}spreadsheetml.sheet": "~xlsx", f"{_OOXML}spreadsheetml.template": "~xltx",
    f"{_OOXML}presentationml.presentation": "~pptx", f"{_OOXML}presentationml.slideshow": "~ppsx",
    "application/vnd.ms-word.document.macroenabled.12": "~docm", "application/vnd.ms-excel": "~xls",
    "application/vnd.ms-excel.sheet.macroenabled.12": "~xlsm", "application/vnd.ms-powerpoint": "~ppt",
    "application/vnd.ms-outlook": "~msg", "application/msword": "~doc",
    f"{_ODF}text": "~odt", f"{_ODF}spreadsheet": "~ods", f"{_ODF}presentation": "~odp",
}  # fmt: skip
"""Of the longest names that are met most often, what is kept in their place: they would be a tenth of an inventory."""
LONG_TYPES: Mapping[str, str] = {short: long for long, short in SHORT_TYPES.items()}


class MediaType(TypeDecorator[str]):
    """A media type; a name that is long and common is kept as a short one."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        return None if value is None else SHORT_TYPES.get(value, value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:  # noqa: ARG002
        return None if value is None else LONG_TYPES.get(value, value)


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012  the form SQLAlchemy asks for
        bool: Boolean, bytes: LargeBinary, date: Date, datetime: Moment, float: Float, str: Text,
    }  # fmt: skip


def is_ours(_thing: object, name: str | None, *_rest: object) -> bool:
    """Whether Alembic is to look at something; the distributed engine keeps tables of its own beside ours."""
    return not (name or "").startswith("procrastinate")
