"""The register of assets as a sheet that goes out, is filled in by people, and comes back: CSV, or a workbook."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import xlsxwriter

from domain.asset import TEXTS, Asset, Frequency, Location
from domain.errors import ConfigurationError
from domain.item import printable, readable
from inventory.assets import folders_shown_as
from inventory.audit import Transaction
from inventory.classes import is_folder
from operations.schedule.classify import cell_text, paths_shown_so
from operations.schedule.schedule_files import content_of, rows_held
from reports.renderers.csv import guarded
from retention.exchange import Row
from retention.refusal import did_you_mean

CONFIRM = "confirm"
TOLD = ("state", "confirmed", "confirmed_by", "confirmed_on", "lacks", "why")
COLUMNS = ("id", "locations", *TEXTS, CONFIRM, *TOLD)
"""`confirm` is where people write yes; what is behind it is told, and is read for nothing."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ARTICLE_6 = re.compile(r"6\(1\)\((?:[a-f]|ea)\)")
_CONDITION = re.compile(r"9\(2\)\([a-j]\)|Sch 1 para (?:[1-9]|[12][0-9]|3[0-7])A?")
_YES, _NO = frozenset({"yes", "y", "x", "true", "1"}), frozenset({"", "no", "n", "false", "0"})
_LONGEST = 4_000
_LONGEST_CELL = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Known:
    """What cells are read by: the inventory, the assets that it has, and the names of its sources and services."""

    connection: Transaction
    assets: Mapping[str, Asset]
    sources: Sequence[str]
    services: Sequence[str]


def asset_of(row: Row, known: Known) -> Asset:
    """What a row says of an asset; a column that is not there leaves what was said before.

    Raises ValueError with the column, what is wrong in it and what to write.
    """
    _refuse_columns(row)
    number = _id(row)
    texts: dict[str, Any] = {name: _text(row, name, known) for name in TEXTS if name in row.cells}
    asset = replace(known.assets.get(number, Asset(number, "", "", ())), **texts)
    if "locations" in row.cells:
        asset = replace(asset, locations=_locations(row, known))
    for name, example in (("title", "Payroll records"), ("service", _one_of(known.services)), ("locations", "")):
        if not getattr(asset, name):
            raise ValueError(f"{name}: an asset needs one; write {example or _SHOWN}")
    return asset


def confirms(row: Row) -> bool:
    """Whether somebody wrote yes. Raises ValueError for what is neither yes nor no."""
    answer = cell_text(row, CONFIRM).casefold()
    if answer not in _YES | _NO:
        raise ValueError(f'{CONFIRM}: "{answer}" is neither yes nor no; write yes, or leave it empty')
    return answer in _YES


def cells_of(asset: Asset, **told: str) -> dict[str, str]:
    """An asset as a row of text, as `asset_of` reads it."""
    return {
        "id": asset.id, "locations": "; ".join(map(shown, asset.locations)),
        **{name: getattr(asset, name) for name in TEXTS}, **told,
    }  # fmt: skip


def shown(location: Location) -> str:
    """SOURCE:FOLDER, a semicolon in its name as an escape, since locations are parted by it."""
    return f"{location.source}:{readable(location.path)}".replace(";", r"\x3b")


def location_of(text: str, known: Known) -> Location:
    """The place that `shown` tells. Raises ValueError for what the inventory does not have."""
    source = max((name for name in known.sources if text.startswith(f"{name}:")), key=len, default=None)
    if source is None:
        raise ValueError(f'locations: "{text}" names no source that was scanned; write {_SHOWN}')
    exact = text[len(source) + 1 :].strip("/")
    folder = exact.strip().strip("/")
    found = _folders(exact, source, known) or _folders(folder, source, known)
    if len(found) != 1:
        raise ValueError(f'locations: that source has no one folder "{folder}"; write {_SHOWN}')
    return Location(source, found.pop())


def rows_in(path: Path) -> tuple[list[Row], str]:
    """The rows of a sheet, and the digest of what was read. A cell may be as long as the places of an asset need:
    longer than csv takes unasked.
    """
    content, before = content_of(path), csv.field_size_limit(_LONGEST_CELL)
    try:
        return rows_held(path, content, "asset"), hashlib.sha256(content).hexdigest()
    finally:
        csv.field_size_limit(before)


def write_sheet(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """As a new file that only its owner can read: a workbook where it is called .xlsx, else CSV."""
    content = _workbook(rows) if path.suffix.casefold() == ".xlsx" else _csv(rows)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be made: {error.strerror}. Name a new file.") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _folders(shown_so: str, source: str, known: Known) -> set[bytes]:
    if not shown_so:
        return {b""}
    found = {path for path in paths_shown_so(shown_so) if is_folder(known.connection, source, path)}
    return found or set(folders_shown_as(known.connection, source, shown_so))


def _refuse_columns(row: Row) -> None:
    for name in row.cells:
        if name not in COLUMNS:
            raise ValueError(f"{name}: this heading is not known; {did_you_mean(name, COLUMNS)}")


def _id(row: Row) -> str:
    number = cell_text(row, "id")
    if not _ID.fullmatch(number):
        raise ValueError("id: an asset is known by letters, digits and . _ -; write one such as A-0001")
    return number


def _text(row: Row, name: str, known: Known) -> str:
    text = printable(" ".join(cell_text(row, name).split()))
    if len(text) > _LONGEST:
        raise ValueError(f"{name}: this is longer than {_LONGEST:,} characters; write less")
    if text and name == "service" and text not in known.services:
        raise ValueError(f'service: no folder is of a service "{text}"; {did_you_mean(text, known.services)}')
    if text and name == "update_frequency" and text not in tuple(Frequency):
        raise ValueError(f'update_frequency: "{text}" is none; write one of {", ".join(Frequency)}')
    if name in _LISTS:
        return _listed(name, text)
    return text


_LISTS = {
    "lawful_basis": (_ARTICLE_6, "points of Article 6 of the UK GDPR, such as 6(1)(e)"),
    "condition": (_CONDITION, "points of Article 9 and paragraphs of Schedule 1 to the Data Protection Act 2018, "
                              "such as 9(2)(g); Sch 1 para 6"),
}  # fmt: skip


def _listed(name: str, text: str) -> str:
    form, example = _LISTS[name]
    points = [point.strip() for point in text.split(";") if point.strip()]
    for point in points:
        if not form.fullmatch(point):
            raise ValueError(f'{name}: "{point}" is not one; write {example}')
    return "; ".join(dict.fromkeys(points))


_SHOWN = "SOURCE:FOLDER as `muniment assets suggest` does, several parted by semicolons"


def _locations(row: Row, known: Known) -> tuple[Location, ...]:
    texts = [text.strip().replace(r"\x3b", ";") for text in cell_text(row, "locations").split(";")]
    found = {location_of(text, known) for text in texts if text}
    return tuple(sorted(found, key=lambda at: (at.source, at.path)))


def _one_of(names: Sequence[str]) -> str:
    return f"one of {', '.join(names)}" if names else "it, once services are named in [services] of the configuration"


def _csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    """With a byte-order mark, without which Excel takes UTF-8 for an older encoding."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows({name: guarded(cell) for name, cell in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(rows: Iterable[Mapping[str, str]]) -> bytes:
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet("assets")
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 1)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(COLUMNS):
                if sheet.write_string(number, place, row.get(column, "")):
                    told = f"{row['id']}: its {column} are too long for a cell of a workbook"
                    raise ConfigurationError(f"{told}. Name a file that ends with .csv.")
    return content.getvalue()
