"""Files of data opened by LibreOffice: every name is text, and nothing that a name says is worked out."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from domain.item import printable
from reports.renderers import write
from reports.renderers.csv import guarded

_TABLE, _TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("table", "text"))
_DATA = ("xlsx", "ods", "csv")

pytestmark = [pytest.mark.servers, pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")]


@pytest.fixture(scope="module")
def opened(build, tmp_path_factory) -> dict[str, ET.Element]:
    """File → what LibreOffice made of it, as flat OpenDocument. It is started twice, for workbooks and for tables."""
    room = tmp_path_factory.mktemp("office")
    (room / "formula.csv").write_text('"Name"\n"=1+1"\n')
    files = [room / "formula.csv", *_renamed(build.a_listing(*build.FORMULAS), room)]
    command = ["soffice", f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--convert-to", "fods"]
    # Without a dialogue it is told that commas separate, quotes enclose and the encoding is UTF-8 (44, 34, 76).
    tables = [file for file in files if file.suffix == ".csv"]
    books = [file for file in files if file.suffix != ".csv"]
    for some, options in ((books, []), (tables, ["--infilter=CSV:44,34,76"])):
        subprocess.run([*command, *options, "--outdir", room, *some], check=True, timeout=120, capture_output=True)
    return {file.name: ET.parse(room / f"{file.stem}.fods").getroot() for file in files}


def _renamed(report, room: Path) -> list[Path]:
    """LibreOffice names its copies by the stem, so that each file needs one of its own."""
    paths = [path for fmt in _DATA for path in write(report, fmt, room / "made")]
    return [path.rename(room / f"{path.suffix[1:]}-{path.name}") for path in paths]


def _formulas(root: ET.Element) -> list[str]:
    return [formula for cell in root.iter(f"{_TABLE}table-cell") if (formula := cell.get(f"{_TABLE}formula"))]


def _names(root: ET.Element, sheet: str) -> list[str]:
    """The first column of a sheet below its header."""
    table = next(table for table in root.iter(f"{_TABLE}table") if table.get(f"{_TABLE}name") == sheet)
    cells = [row.find(f"{_TABLE}table-cell") for row in table.iter(f"{_TABLE}table-row")]
    return [_words(cell) for cell in cells[1:] if cell.find(f"{_TEXT}p") is not None]


def _words(cell: ET.Element) -> str:
    """Spaces that stand together are an element."""
    paragraph = cell.find(f"{_TEXT}p")
    spaces = [" " * int(part.get(f"{_TEXT}c", "1")) + (part.tail or "") for part in paragraph.iter(f"{_TEXT}s")]
    return (paragraph.text or "") + "".join(spaces)


def test_a_formula_would_be_seen(opened):
    assert _formulas(opened["formula.csv"])


def test_no_cell_of_any_file_is_a_formula(opened):
    assert len(opened) > len(_DATA)
    assert [file for file, root in opened.items() if _formulas(root)] == ["formula.csv"]


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_every_name_of_a_workbook_is_the_text_that_it_was(build, opened, fmt):
    names = _names(opened[f"{fmt}-listing.{fmt}"], "names")
    assert names == [printable(name) for name in build.FORMULAS]


def test_every_name_of_a_csv_file_is_text(build, opened):
    names = _names(opened["csv-listing-names.csv"], "csv-listing-names")
    assert names == [guarded(name) for name in build.FORMULAS]
