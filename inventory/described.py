"""What the tables are, for the glossary: their docstrings, their fields, and what these refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Float, Integer, LargeBinary, Text

from inventory.tables import Base, MediaType, Moment

_KINDS = {
    Moment: "moment, in microseconds since 1970, UTC", MediaType: "media type", BigInteger: "whole number",
    Integer: "whole number", Boolean: "yes or no", Date: "day", Float: "number", LargeBinary: "bytes", Text: "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableField:
    """`refers_to` is TABLE.FIELD, or empty."""

    name: str
    kind: str
    key: bool
    refers_to: str


@dataclass(frozen=True, slots=True)
class DescribedTable:
    name: str
    meaning: str
    fields: tuple[TableField, ...]


def described() -> Iterator[DescribedTable]:
    """All tables, by name."""
    meanings = {mapper.class_.__tablename__: mapper.class_.__doc__ or "" for mapper in Base.registry.mappers}
    for name, table in sorted(Base.metadata.tables.items()):
        yield DescribedTable(name, cleandoc(meanings[name]), tuple(map(_field, table.columns)))


def _field(column: Column[Any]) -> TableField:
    kind = next(words for of, words in _KINDS.items() if isinstance(column.type, of))
    refers = ", ".join(key.target_fullname for key in column.foreign_keys)
    return TableField(column.name, kind, column.primary_key, refers)
