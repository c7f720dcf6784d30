"""A report is one value: its words, its figures and what they were made from. Renderers turn it into files."""

from __future__ import annotations

from dataclasses import dataclass

from domain.summary import Provenance
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
    Section,
    Table,
    check_name,
)

__all__ = [
    "Bar", "BarChart", "Cell", "Column", "ColumnKind", "Figure", "Heat", "Report", "Row", "Section", "Table",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """`name` goes into file names; `lead` is the whole report in one plain paragraph.

    No report can be made without its quality box: `pages` are the sections and, last, how good the figures are.
    """

    name: str
    title: str
    lead: str
    sections: tuple[Section, ...]
    provenance: Provenance

    def __post_init__(self) -> None:
        check_name(self.name)
        names = [table.name for table in self.tables]
        if len(set(names)) != len(names):
            raise ValueError(f"two tables of the report {self.name} have one name")

    @property
    def pages(self) -> tuple[Section, ...]:
        return (*self.sections, quality_box(self.provenance))

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be read before any figure: what the figures do not cover. Empty where they cover everything."""
        return caveats(self.provenance)

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for section in self.pages for table in section.tables)

    def file_of(self, table: Table) -> str:
        """The name of the file that holds all rows of this table."""
        return f"{self.name}-{table.name}.csv"
