"""PDF, written by ReportLab in its invariant mode: no clock, the same identifier for the same content."""

from __future__ import annotations

from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid

from operations.demo.document import Block, Document, Heading, Table

_STYLES = getSampleStyleSheet()
_LINES = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey), ("FONTSIZE", (0, 0), (-1, -1), 8)]


def write_pdf(document: Document) -> bytes:
    """With a password, 128-bit RC4: the kind that old office scanners and printers made."""
    file = BytesIO()
    lock = StandardEncryption(document.password, strength=128) if document.password else None
    page = SimpleDocTemplate(
        file, pagesize=A4, title=document.title, author=document.author, invariant=1, encrypt=lock, initialFontSize=10
    )
    story = [Paragraph(escape(document.title), _STYLES["Title"])]
    for block in document.blocks:
        story += [_flowable(block), Spacer(1, 8)]
    page.build(story)
    return file.getvalue()


def _flowable(block: Block) -> Any:
    match block:
        case Heading(text):
            return Paragraph(escape(text), _STYLES["Heading2"])
        case Table(rows):
            return Grid([[str(value) for value in row] for row in rows], style=_LINES, repeatRows=1)
        case str():
            return Paragraph(escape(block).replace("\n", "<br/>"), _STYLES["BodyText"])
