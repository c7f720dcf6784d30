"""Formats that are text: txt, csv, html and rtf."""

from __future__ import annotations

import csv
from html import escape
from io import StringIO

from operations.demo.document import Block, Document, Heading, Table, Workbook


def write_txt(document: Document) -> bytes:
    """UTF-8 with the line ends of Windows, as notes on a council's share have them."""
    lines = [document.title, "=" * len(document.title), ""]
    for block in document.blocks:
        lines += [*_lines(block), ""]
    return "\r\n".join(lines).encode()


def write_csv(workbook: Workbook) -> bytes:
    file = StringIO(newline="")
    csv.writer(file).writerows(workbook.sheets[0].rows)
    return file.getvalue().encode()


def write_html(document: Document) -> bytes:
    body = "\n".join(map(_html, document.blocks))
    title = escape(document.title)
    return (
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    ).encode()


def write_rtf(document: Document) -> bytes:
    lines = [line for block in (Heading(document.title), *document.blocks) for line in _lines(block)]
    body = "\n".join(f"{_rtf(line)}\\par" for line in lines)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\f0\\fs22\n{body}\n}}".encode("ascii")


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(text):
            return [text]
        case Table(rows):
            return ["\t".join(map(str, row)) for row in rows]
        case str():
            return block.split("\n")


def _html(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Table(rows):
            cells = ("".join(f"<td>{escape(str(value))}</td>" for value in row) for row in rows)
            return "<table>\n" + "\n".join(f"<tr>{line}</tr>" for line in cells) + "\n</table>"
        case str():
            return f"<p>{escape(block)}</p>"


def _rtf(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}").replace("\t", "\\tab ")
    return "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in escaped)
