"""The views for business-intelligence tools, and what each of their fields means. Nothing in them can be changed.

They are made by migrations; what stands here is what is promised of them, which a test compares with the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from inventory.engine import Database, reading

_AT_ONCE = 50_000
BANDS = "-1: nobody has looked into it; 0: no personal data; 1 to 5: by risk, twenty to a band"


@dataclass(frozen=True, slots=True)
class Field:
    """`kind` is str, int, float, bool or date; every field but a key may be empty, which says that it is not known."""

    name: str
    kind: type[str | int | float | bool | date]
    meaning: str


@dataclass(frozen=True, slots=True)
class View:
    """`names`: it has paths and names of people, for those alone whose role lets them see these."""

    name: str
    meaning: str
    fields: tuple[Field, ...]
    names: bool = False


_ITEM = Field("item", int, "The item's number in the inventory.")
_CONTENT = Field("content", int, "The number of what the item holds: copies have the same.")
_SERVICE = Field("service", str, "The service that the folder belongs to; empty for none.")
_IS_PART = Field("is_part", bool, "Whether it lies inside another item: an attachment, a member of an archive.")
_FAMILY = Field("family", str, "Spreadsheets, e-mail, word documents, pictures, PDF or other.")
_RISK_BAND = Field("risk_band", int, f"The band of the risk. {BANDS}.")
_OUTCOME = Field("outcome", str, "What came of examining it: examined, partial, unreadable, skipped or waiting.")
_PROBLEM = Field("problem", str, "Why it was not examined whole, as a code.")
_BYTES = Field("bytes", int, "Their size.")

VIEWS = (
    View(
        "bi_items",
        "Everything that is held now, one row for each file, message and part, without its name.",
        (
            _ITEM, _SERVICE,
            Field("kind", str, "What it is: a file, a part of one, or what is no file, such as a link."),
            _IS_PART, _FAMILY,
            Field("media_type", str, "Its media type, as its content shows it."),
            Field("bytes", int, "Its size. That of a part is also in the size of what it lies in."),
            Field("created", date, "The day on which it was made, as its source says."),
            Field("modified", date, "The day on which it was last changed, as its source says."),
            Field("accessed", date, "The day on which it was last read, as its source says; often not kept up."),
            Field("first_seen", date, "The day on which a scan first listed it."),
            _OUTCOME, _PROBLEM,
            Field("misnamed", bool, "Whether its extension and its content disagree."),
            _CONTENT,
            Field("personal", bool, "Whether it holds personal data; empty where that was not read to the end."),
            Field("children", bool, "Whether it is about children; empty likewise."),
            Field("criminal", bool, "Whether it may hold criminal offence data; empty likewise."),
            Field("risk", int, "The risk of its content, 0 to 100, without who can read it."),
            _RISK_BAND,
            Field("breadth", str, "Who can read it: everyone, organisation, group, named or unknown."),
            Field("owner_left", bool, "Whether its owner has left, as far as a directory says."),
        ),
    ),
    View(
        "bi_findings",
        "What was found in a content, one row for each kind; no value, and nothing that a value could be made from.",
        (
            _CONTENT,
            Field("kind", str, "The kind of personal data."),
            Field("found", int, "How many different values; of people, how many persons."),
            Field("confidence", float, "How sure the detector is, 0 to 1."),
            Field("band", str, "The same in a word: high, medium or low."),
            Field("sampled", bool, "Whether the number was reckoned from some rows of a long table."),
        ),
    ),
    View(
        "bi_flags",
        "What the retention schedule says of items that are due, soon due, under observation or not computable.",
        (
            _ITEM,
            Field("state", str, "Due, soon due, under observation, not computable, on hold."),
            Field("action", str, "What the schedule says should become of it."),
            Field("due", date, "The day on which that is due."),
            Field("rule", str, "The rule that says so."),
            Field("schedule", str, "The retention schedule."),
            Field("version", str, "Its version."),
        ),
    ),
    View(
        "bi_services",
        "What each service holds, and how much of it some rule of the schedule applies to.",
        (
            _SERVICE,
            Field("items", int, "Items that lie in no other."), _BYTES,
            Field("parts", int, "Attachments and members of archives."),
            Field("items_under_rule", int, "Items that some rule applied to when the schedule was last evaluated."),
            Field("bytes_under_rule", int, "Their size."),
        ),
    ),
    View(
        "bi_coverage",
        "How much was examined and what came of it, added up by service, family, outcome and problem.",
        (
            _SERVICE, _IS_PART, _FAMILY, _RISK_BAND, _OUTCOME, _PROBLEM,
            Field("items", int, "How many."), _BYTES,
        ),
    ),
    View(
        "bi_paths",
        "Where each item lies and whose it is: for those alone whose role lets them see paths.",
        (
            _ITEM,
            Field("source", str, "The name of its source."),
            Field("folder", str, "Its folder below the source's root."),
            Field("name", str, "Its name."),
            Field("part", str, "Where it lies inside that file, each name quoted and ended by a stroke."),
            Field("owner", str, "The account that owns it."),
        ),
        names=True,
    ),
)  # fmt: skip


def rows_of(database: Database, view: View) -> Iterator[Sequence[Any]]:
    """All rows of a view as of one moment, a part of them at a time, in the order of its fields and of their kinds."""
    # SQLite would refuse to hand over a name that is no UTF-8 as text.
    raw = view.names and database.dialect.name == "sqlite"
    columns = ", ".join(
        f"CAST({field.name} AS BLOB)" if raw and field.kind is str else field.name for field in view.fields
    )
    kinds = [field.kind for field in view.fields]
    with reading(database) as connection:
        streamed = connection.execution_options(stream_results=True, max_row_buffer=_AT_ONCE)
        found = streamed.exec_driver_sql(f"SELECT {columns} FROM {view.name}")  # noqa: S608  names of ours
        for some in found.partitions(_AT_ONCE):
            yield [tuple(map(_as, row, kinds)) for row in some]


def _as(value: Any, kind: type[Any]) -> Any:
    """SQLite says days as text and truth as 0 and 1."""
    if value is None or isinstance(value, kind):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return date.fromisoformat(value) if kind is date else kind(value)
