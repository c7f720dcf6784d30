"""A report is one value: its words, its figures and what they were made from. Renderers turn it into files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.summary import Provenance
from reports.published import published, published_words
from reports.quality import caveats, quality_box
from reports.section import (
    Bar,
    BarChart,
    Cell,
    Column,
    ColumnKind,
    Figure,
    Heat,
    Row,
    RowSource,
    Section,
    Table,
    check_name,
)

__all__ = [
    "Bar", "BarChart", "Cell", "Column", "ColumnKind", "Figure", "Heat", "Report", "Row", "RowSource", "Section",
    "Table",
]  # fmt: skip


_ALL = "All that was scanned (the names of sources are left out)"
_OF_PILOT = "A pilot (its name is left out); what this box says of coverage is of all that is held"
INTERNAL = "Contains personal data by place: do not publish."
PUBLISHABLE = (
    "Publishable: paths and names are left out, numbers below 5 are not given, nor those that would give them away, "
    "and other numbers are rounded to 5."
)


@dataclass(frozen=True, slots=True)
class Report:
    """`name` goes into file names; `lead` is the whole report in one plain paragraph. What is made to fit on so many
    printed `sheets` has its quality box in short; 0 takes as many as there are. `linked` is the same as JSON-LD, which
    names people. One that is `of_pilot` says so when it is published, and not the name.

    No report can be made without its quality box: `pages` are the sections and, last, how good the figures are.
    """

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    provenance: Provenance
    publishable: bool = False
    sheets: int = 0
    linked: Mapping[str, Any] | None = None
    of_pilot: bool = False

    def __post_init__(self) -> None:
        check_name(self.name)
        names = [table.name for table in self.tables]
        if len(set(names)) != len(names):
            raise ValueError(f"two tables of the report {self.name} have one name")

    @property
    def pages(self) -> tuple[Section, ...]:
        box = quality_box(self.provenance, self.watermark, in_short=bool(self.sheets))
        return (*self.sections, published(box) if self.publishable else box)

    @property
    def watermark(self) -> str:
        """Who may see it, said in every format."""
        return PUBLISHABLE if self.publishable else INTERNAL

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be read before any figure: what the figures do not cover. Empty where they cover everything."""
        said = caveats(self.provenance)
        return tuple(map(published_words, said)) if self.publishable else said

    def for_publication(self) -> Report:
        """The same without what could name or single out anybody, under a name of its own."""
        if self.publishable:
            return self
        scope = _OF_PILOT if self.of_pilot else self.provenance.scope if self.provenance.of_service else _ALL
        sections, lead = tuple(map(published, self.sections)), published_words(self.lead)
        return replace(
            self, name=f"{self.name}-publishable", sections=sections, lead=lead, publishable=True, linked=None,
            provenance=replace(self.provenance, scope=scope),
        )  # fmt: skip

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.pages for table in section.tables)

    def file_of(self, table: Table) -> str:
        """The name of the file that holds all rows of this table."""
        return f"{self.name}-{table.name}.csv"
