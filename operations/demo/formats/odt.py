"""OpenDocument text, written by odfpy."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from odf import dc, meta
from odf.element import Element
from odf.opendocument import OpenDocumentText
from odf.table import Table as OdfTable
from odf.table import TableCell, TableColumn, TableRow
from odf.text import H, P

from operations.demo.document import Block, Document, Heading, Row, Table
from operations.demo.formats.repack import without_times


def write_odt(document: Document) -> bytes:
    # odfpy declares every namespace that the process has met before; a document must not depend on earlier ones.
    Element.namespaces.clear()
    text = OpenDocumentText()
    text.meta.addElement(dc.Title(text=document.title))
    text.meta.addElement(dc.Creator(text=document.author))
    text.meta.addElement(meta.CreationDate(text=f"{document.dated:%Y-%m-%dT%H:%M:%S}"))
    for block in (Heading(document.title), *document.blocks):
        text.text.addElement(_element(block))
    file = BytesIO()
    text.write(file)
    return without_times(file.getvalue())


def _element(block: Block) -> Any:
    match block:
        case Heading(text):
            return H(outlinelevel=1, text=text)
        case Table(rows):
            return _table(rows)
        case str():
            return P(text=block)


def _table(rows: tuple[Row, ...]) -> Any:
    table = OdfTable()
    table.addElement(TableColumn(numbercolumnsrepeated=len(rows[0])))
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    return table
