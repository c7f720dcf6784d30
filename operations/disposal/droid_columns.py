"""What is in a package as the CSV that DROID, the National Archives' tool, exports of a folder: archives read that.

The columns are those of its export with one row a file (CsvItemWriter of DROID 6), all of them quoted; of several
formats that a file may be FORMAT_COUNT says how many, and the first is named. A path is told as if the package's folder
were the root of a disk. Names are not escaped for spreadsheets: a name that is altered is another name than the
manifest's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import quote

from domain.packing import Format, Packed

COLUMNS = (
    "ID", "PARENT_ID", "URI", "FILE_PATH", "NAME", "METHOD", "STATUS", "SIZE", "TYPE", "EXT", "LAST_MODIFIED",
    "EXTENSION_MISMATCH", "SHA256_HASH", "FORMAT_COUNT", "PUID", "MIME_TYPE", "FORMAT_NAME", "FORMAT_VERSION",
)  # fmt: skip


def write_droid(packed: Iterable[Packed], file: TextIO) -> None:
    """Write a row for every folder and file, each folder before what lies in it."""
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    numbers: dict[str, int] = {}
    for one in packed:
        for folder in _new_folders(one.path, numbers):
            numbers[folder] = len(numbers) + 1
            writer.writerow(_folder(folder, numbers))
        numbers[one.path] = len(numbers) + 1
        writer.writerow(_file(one, numbers))


def _new_folders(path: str, known: dict[str, int]) -> Iterator[str]:
    names = path.split("/")[:-1]
    return (folder for depth in range(1, len(names) + 1) if (folder := "/".join(names[:depth])) not in known)


def _folder(path: str, numbers: dict[str, int]) -> tuple[str, ...]:
    return (*_place(path, numbers), "", "Done", "", "Folder", "", "", "false", "", "", "", "", "", "")


def _file(one: Packed, numbers: dict[str, int]) -> tuple[str, ...]:
    packing, name, known = one.packing, one.path.rpartition("/")[2], one.format or _UNKNOWN
    extension = name.rpartition(".")[2] if "." in name else ""
    return (
        *_place(one.path, numbers), known.method, "Done", str(one.size), "File", extension, _moment(packing.modified),
        str(packing.misnamed or known.mismatched).lower(), one.sha256.hex(), str(known.count), known.puid,
        known.media_type or packing.media_type, known.name, known.version,
    )  # fmt: skip


_UNKNOWN = Format("", count=0)


def _place(path: str, numbers: dict[str, int]) -> tuple[str, str, str, str, str]:
    folder, _, name = path.rpartition("/")
    return str(numbers[path]), str(numbers.get(folder, "")), f"file:/{quote(path)}", path, name


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
