"""The formats of a report, and writing one to a folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from domain.errors import ConfigurationError
from reports.renderers import csv, html, json, ods, pdf, xlsx
from reports.renderers.flat import Writer
from reports.report import Report

Renderer = Callable[[Report], Mapping[str, Writer]]
"""From a report to its files: name → what writes it. They are written in this order."""

RENDERERS: dict[str, Renderer] = {
    "html": html.files,
    "xlsx": xlsx.files,
    "ods": ods.files,
    "csv": csv.files,
    "json": json.files,
    "pdf": pdf.files,
}


def with_reading_copy(formats: Iterable[str]) -> tuple[str, ...]:
    """The formats, each once; a PDF never goes alone, since the page that it is a copy of is easier to read aloud."""
    chosen = tuple(dict.fromkeys(formats))
    return ("html", *chosen) if "pdf" in chosen and "html" not in chosen else chosen


def write(report: Report, fmt: str, folder: Path) -> tuple[Path, ...]:
    """Write the report in one format and give the files' paths; each file appears whole or not at all.

    Only their owner can read the files, because paths in them name people. Raises ConfigurationError for a format
    that does not exist, and OSError where the folder cannot be written to.
    """
    if fmt not in RENDERERS:
        raise ConfigurationError(f"There is no such report format. Choose one of: {', '.join(sorted(RENDERERS))}.")
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(put(folder / name, writer) for name, writer in RENDERERS[fmt](report).items())


def put(path: Path, writer: Writer) -> Path:
    """Write one file, whole or not at all, that only its owner can read."""
    # mkstemp makes the file readable for its owner alone (0600), and os.replace keeps that.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(descriptor)
    try:
        with open(temporary, "wb") as file:
            writer(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    return path
