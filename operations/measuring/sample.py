"""Draws contents at random for people to label, blindly: what the detector said is written where they do not look.

The draw is written down beside the sheet, rather than made again from its seed when the answers come back: by then the
estate has been scanned again, contents have come and gone, and the detector may say something else.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from domain.examination import Outcome
from domain.item import printable, readable
from inventory.engine import Database
from inventory.queries import Inventory
from inventory.sampling import Drawn, Stratum, Told, draw, sizes, without_text
from operations.access import ask
from operations.people.audit import Trail
from reports.renderers.csv import guarded

QUESTIONS = ("personal", "special", "children", "criminal")
COLUMNS: Mapping[str, str] = {
    "number": "number", "file": "file", "part": "part (what to open inside the file)",
    "personal": "personal? (yes / no / cannot tell)", "special": "special category? (yes / no)",
    "children": "children? (yes / no)", "criminal": "criminal offence? (yes / no)", "notes": "notes",
}  # fmt: skip
"""The sheet's columns and their headings, of which the first word is enough to be known by."""

_SHARES = {Stratum.FLAGGED: 0.4, Stratum.TRACES: 0.2, Stratum.NOTHING: 0.4}
"""How much of a sample goes to which: as much to precision as to what is missed where nothing was found."""

_DIGEST_BYTES = 32
_UNREAD = (Outcome.SKIPPED, Outcome.UNREADABLE, Outcome.PARTIAL)


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(_Written):
    """A drawn content: its line in the sheet, its id in the inventory, and what the detector said of it."""

    number: int
    file: str = Field(repr=False)
    part: str = Field(repr=False)
    digest: str
    media_type: str
    stratum: Stratum
    personal: bool
    special: bool
    children: bool
    criminal: bool


class Population(_Written):
    """How many contents there are of which the detector said the same."""

    stratum: Stratum
    personal: bool
    special: bool
    children: bool
    criminal: bool
    size: int


class LeftOut(_Written):
    """What could not be drawn, because it was not read, or not wholly: items, and contents without a text."""

    waiting: int
    skipped: int
    unreadable: int
    partial: int
    awaiting_ocr: int
    without_text: int


class Draw(_Written):
    """A draw as it is written down. It holds the answers to what the labellers are asked: keep it from them."""

    muniment_sample: Literal[1] = 1
    seed: int
    detector: str
    scanned: datetime | None
    populations: tuple[Population, ...]
    left_out: LeftOut
    rows: tuple[Row, ...]

    @property
    def contents(self) -> int:
        return sum(population.size for population in self.populations)

    @property
    def subject(self) -> str:
        """What the audit trail knows it by; one that was altered since is another."""
        return f"sample:{hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:32]}"


def take_sample(actor: Actor, trail: Trail, size: int, seed: int) -> Draw:
    """Draw for people to label, which the audit trail tells of: the sheet names files."""
    authority = ask(actor, Verb.SAMPLE)
    made = draw_sample(trail.database, size, seed)
    trail.note(authority, Act.SAMPLE_DRAWN, made.subject, rows=len(made.rows), contents=made.contents, seed=seed)
    return made


def draw_sample(database: Database, size: int, seed: int) -> Draw:
    """Draw from the inventory: the same draw for the same seed, as long as the inventory is the same.

    Raises ConfigurationError where there is nothing to draw.
    """
    told = sizes(database)
    if not told:
        raise ConfigurationError("No content with text has been examined whole yet. Scan first: muniment scan")
    rng = Random(seed)  # noqa: S311  reproducible, and no secret
    drawn = [
        content
        for stratum, count in _allotted(told, size).items()
        for content in draw(database, rng.randbytes(_DIGEST_BYTES), count, stratum)
    ]
    rng.shuffle(drawn)
    inventory = Inventory(database)
    scan = inventory.last_scan()
    return Draw(
        seed=seed, detector=scan.detector, scanned=scan.ended, left_out=_left_out(database, inventory),
        populations=tuple(Population(**_flags(one), size=count) for one, count in told.items()),
        rows=tuple(_row(number, content) for number, content in enumerate(drawn, start=1)),
    )  # fmt: skip


def sheet(made: Draw) -> str:
    """The sheet for the labellers as CSV that spreadsheets open safely: where to look, and what to answer."""
    text = io.StringIO(newline="")
    # All is quoted: a spreadsheet set to semicolons would otherwise cut a path in two behind its guard.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    empty = [""] * (len(COLUMNS) - 3)
    writer.writerows((row.number, guarded(row.file), guarded(row.part), *empty) for row in made.rows)
    return "\ufeff" + text.getvalue()


def draw_file(sheet_file: Path) -> Path:
    """Where the draw of a sheet is written down: beside it."""
    return sheet_file.with_suffix(".draw.json")


def load_draw(path: Path) -> Draw:
    """Raises ConfigurationError where there is no draw, or it is damaged."""
    try:
        return Draw.model_validate_json(path.read_bytes())
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"There is no {printable(path.name)} beside the sheet, as it was drawn. Name it: --draw FILE"
        ) from error
    except ValidationError as error:
        raise ConfigurationError(f"{printable(path.name)} is damaged, or not the draw of a sample.") from error


def _allotted(told: Mapping[Told, int], size: int) -> Mapping[Stratum, int]:
    """How many to draw of each stratum; what a small one has not got goes to the larger ones."""
    there: Counter[Stratum] = Counter()
    for one, count in told.items():
        there[one.stratum] += count
    allotted: dict[Stratum, int] = {}
    weight = sum(_SHARES[stratum] for stratum in there)
    for stratum in sorted(there, key=lambda stratum: there[stratum] / _SHARES[stratum]):
        wanted = round((size - sum(allotted.values())) * _SHARES[stratum] / weight)
        allotted[stratum] = min(there[stratum], wanted)
        weight -= _SHARES[stratum]
    return allotted


def _flags(told: Told) -> dict[str, Any]:
    return {"stratum": told.stratum, **{question: getattr(told, question) for question in QUESTIONS}}


def _row(number: int, content: Drawn) -> Row:
    # A file that was scanned by its own name is the root of its source.
    locator = content.file.ref.locator
    path = content.root if os.path.isfile(content.root) else os.path.join(content.root, locator)
    return Row(
        number=number, file=readable(path), part=" > ".join(map(printable, content.part)),
        digest=content.digest.hex(), media_type=content.media_type, **_flags(content.told),
    )  # fmt: skip


def _left_out(database: Database, inventory: Inventory) -> LeftOut:
    coverage = inventory.coverage()
    unread = {str(outcome): coverage.outcomes[outcome].items for outcome in _UNREAD}
    return LeftOut(
        **unread, waiting=coverage.waiting.items, awaiting_ocr=coverage.awaiting_ocr,
        without_text=without_text(database),
    )  # fmt: skip
