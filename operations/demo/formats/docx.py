"""Word documents, written by python-docx."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx

from operations.demo.document import Block, Document, Heading, Row, Table
from operations.demo.formats.repack import without_times


def write_docx(document: Document) -> bytes:
    word = docx.Document()
    facts = word.core_properties
    facts.title, facts.author, facts.last_modified_by = document.title, document.author, document.author
    facts.created = facts.modified = document.dated.replace(tzinfo=None)
    facts.comments = ""
    word.add_heading(document.title, 0)
    for block in document.blocks:
        _add(word, block)
    file = BytesIO()
    word.save(file)
    return without_times(file.getvalue())


def _add(word: Any, block: Block) -> None:
    match block:
        case Heading(text):
            word.add_heading(text, 2)
        case Table(rows):
            _add_table(word, rows)
        case str():
            word.add_paragraph(block)


def _add_table(word: Any, rows: tuple[Row, ...]) -> None:
    table = word.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    # `table.cell` and `row.cells` walk the whole grid each time, which is slow for long tables.
    for cell, value in zip(table._cells, (value for row in rows for value in row), strict=True):  # noqa: SLF001
        cell.text = str(value)
