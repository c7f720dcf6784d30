"""Values for tests, with only what the test is about to be said."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime

from domain.item import Item, ItemRef
from domain.rule import Schedule
from retention.schedule import parse_schedule

THEN = datetime(2019, 5, 4, 12, 30, tzinfo=UTC)
SCHEDULE_HEAD = """\
[schedule]
id = "s"
version = "1"
effective_from = 2026-04-01
min_observed = "P0D"

"""


def an_item(locator: bytes = b"a.txt", size: int = 3, source: str = "memory", version: bytes = b"v1") -> Item:
    return Item(ItemRef(source, locator), size=size, modified=THEN, version=version)


def a_schedule(tables: str) -> Schedule:
    """A schedule of these tables, by which an item may be due on the day it is first seen."""
    return parse_schedule(SCHEDULE_HEAD + tables, "s.toml")


def a_class(name: str, title: str, *paths: str, **told: object) -> str:
    """A record class as a schedule has it; further words as they are written, such as risk or words."""
    lines = [f'id = "{name}"', f'title = "{title}"', *([f"paths = {json.dumps(paths)}"] if paths else [])]
    return "\n".join(["[[class]]", *lines, *(f"{key} = {json.dumps(value)}" for key, value in told.items())]) + "\n\n"


def a_rule(name: str, of: str, period: str, authority: str = "test") -> str:
    """A rule by which what is of a class goes, so long after it was last changed."""
    return f"""\
[[rule]]
id = "{name}"
class = "{of}"
trigger = {{ date = "modified" }}
period = "{period}"
action = "dispose"
authority = "{authority}"

"""


def a_zip(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def an_mbox(count: int, body: str = "Nothing of note.") -> bytes:
    return b"".join(
        b"From sender@example.org Mon Jan  1 10:00:00 2018\n"
        + f"From: sender@example.org\nSubject: Note {number}\n\n{body} {number}\n\n".encode()
        for number in range(count)
    )
