"""ODS (OpenDocument 1.3), what UK public bodies are to use for what is edited, written row by row.

The libraries for it hold a document whole, some thousand bytes a cell, where a list may have a million rows; of the
format a list needs little: a package of XML, cells that say their kind, and styles that say how a kind is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reports.renderers.flat import Writer
from reports.renderers.sheets import Sheet, sheets
from reports.report import Cell, ColumnKind, Report

_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{short}="{_OASIS}:{long}:1.0"'
    for short, long in {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle", "meta": "meta",
        "config": "config", "fo": "xsl-fo-compatible", "manifest": "manifest",
    }.items()
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WIDTHS = {ColumnKind.PATH: "wide", ColumnKind.TEXT: "middle", ColumnKind.DATE: "middle"}
_SPACES = re.compile(r"^ | {2,}| $")
_STYLES = Path(__file__).with_name("ods_styles.xml")


def files(report: Report) -> dict[str, Writer]:
    return {f"{report.name}.ods": partial(_write, report)}


def _write(report: Report, file: BinaryIO) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        # First and as it is, so that the file's first bytes tell what it is (OpenDocument 1.3, part 2, 3.3).
        package.writestr(ZipInfo("mimetype"), _TYPE, ZIP_STORED)
        names = _content(package, report)
        for name, text in (("meta.xml", _meta(report)), ("settings.xml", _settings(names))):
            package.writestr(ZipInfo(name), _HEAD + text, ZIP_DEFLATED)
        package.writestr(ZipInfo("META-INF/manifest.xml"), _HEAD + _manifest(), ZIP_DEFLATED)


def _content(package: ZipFile, report: Report) -> list[str]:
    """Write the sheets and give their names."""
    entry, names = ZipInfo("content.xml"), []
    entry.compress_type = ZIP_DEFLATED
    with package.open(entry, "w", force_zip64=True) as body:
        body.write(f'{_HEAD}<office:document-content {_NAMES} office:version="1.3">\n'.encode())
        body.write(_STYLES.read_bytes())
        body.write(b"<office:body><office:spreadsheet>\n")
        for sheet in sheets(report):
            names.append(sheet.name)
            body.writelines(piece.encode() for piece in _table(sheet))
        body.write(b"</office:spreadsheet></office:body></office:document-content>\n")
    return names


def _table(sheet: Sheet) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(sheet.name)}>"
    for column in sheet.columns:
        yield f'<table:table-column table:style-name="{_WIDTHS.get(column.kind, "narrow")}"/>'
    headings = (_text(column.heading, "heading") for column in sheet.columns)
    yield f"<table:table-header-rows><table:table-row>{''.join(headings)}</table:table-row></table:table-header-rows>\n"
    kinds = [column.kind for column in sheet.columns]
    for row in sheet.rows:
        yield f"<table:table-row>{''.join(map(_cell, row, kinds))}</table:table-row>\n"
    yield "</table:table>\n"


def _cell(cell: Cell, kind: ColumnKind) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return _text(cell, "")
    if isinstance(cell, datetime):
        return _value("date", "date-value", f"{cell.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", "time")
    if isinstance(cell, date):
        return _value("date", "date-value", cell.isoformat(), "day")
    if kind is ColumnKind.SHARE:
        return _value("percentage", "value", str(cell), "share")
    return _value("float", "value", str(cell), "count")


def _value(kind: str, attribute: str, value: str, style: str) -> str:
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}" table:style-name="{style}"/>'


def _text(text: str, style: str) -> str:
    """A text cell. Spaces that stand together would be read as one (OpenDocument 1.3, part 3, 6.1.2)."""
    words = _SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(text))
    named = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell office:value-type="string"{named}><text:p>{words}</text:p></table:table-cell>'


def _meta(report: Report) -> str:
    return (
        f'<office:document-meta {_NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
        f"<dc:title>{escape(report.title)}</dc:title><dc:description>{escape(report.watermark)}</dc:description>"
        "<dc:language>en-GB</dc:language></office:meta></office:document-meta>"
    )


def _settings(names: list[str]) -> str:
    """The header of each sheet stays in view."""
    numbers = {"VerticalSplitMode": ("short", 2), "VerticalSplitPosition": ("int", 1), "ActiveSplitRange": ("short", 2),
               "PositionTop": ("int", 0), "PositionBottom": ("int", 1)}  # fmt: skip
    items = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{number}</config:config-item>'
        for name, (kind, number) in numbers.items()
    )
    entries = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>{items}</config:config-item-map-entry>"
        for name in names
    )
    return (
        f'<office:document-settings {_NAMES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item-map-named config:name="Tables">'
        f"{entries}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _manifest() -> str:
    parts = {"/": _TYPE, "content.xml": "text/xml", "meta.xml": "text/xml", "settings.xml": "text/xml"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in parts.items()
    )
    return f'<manifest:manifest {_NAMES} manifest:version="1.3">{entries}</manifest:manifest>'
