"""The retention schedule as its authors write it, TOML files, turned into the domain's values or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import ValidationError

from domain.rule import Schedule
from retention.consistency import contradictions
from retention.document import Document, document, read_documents
from retention.refusal import complaints_of, refused
from retention.tables import ScheduleFile
from retention.values import schedule_of


def load_schedule(path: Path) -> Schedule:
    """The schedule in a TOML file, or in those of a folder, of which one says [schedule].

    `digest` is the SHA-256 of the file's bytes, as sha256sum prints it; of a folder, that of what sha256sum prints of
    its files. Raises ConfigurationError naming the file, the line, the table, the key and what to write instead, for
    all that is wrong.
    """
    return schedule_in(read_documents(path))


def parse_schedule(text: str, name: str) -> Schedule:
    """As `load_schedule`, of text; `name` stands for the file in messages, and `digest` is that of its UTF-8."""
    return schedule_in((document(text.encode(), name),))


def schedule_in(documents: Sequence[Document]) -> Schedule:
    """One schedule of all the documents, or none: nothing is half-loaded."""
    files = [_checked(each) for each in documents]
    complaints = [*_headless(documents), *(complaint for _, complaints in files for complaint in complaints)]
    if complaints:
        raise refused(complaints)
    parts = [(each, file) for each, (file, _) in zip(documents, files, strict=True) if file is not None]
    complaints = list(contradictions(parts))
    if complaints:
        raise refused(complaints)
    return schedule_of([file for _, file in parts], _digest(documents))


def _headless(documents: Sequence[Document]) -> list[str]:
    if any("schedule" in each.tables for each in documents):
        return []
    said = 'this is missing; write [schedule] with id = "example", title, version and effective_from'
    return [f"{documents[0].name}: schedule: {said}"]


def _checked(each: Document) -> tuple[ScheduleFile | None, list[str]]:
    try:
        return ScheduleFile.model_validate(each.tables), []
    except ValidationError as error:
        return None, complaints_of(error, each)


def _digest(documents: Iterable[Document]) -> str:
    sums = [(hashlib.sha256(each.content).hexdigest(), each.name) for each in documents]
    if len(sums) == 1:
        return sums[0][0]
    printed = "".join(f"{digest}  {Path(name).name}\n" for digest, name in sums)
    return hashlib.sha256(printed.encode()).hexdigest()
