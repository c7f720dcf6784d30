"""The sections of the configuration: what each setting means, what it may be, and what it is when nobody says so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import (
    Field,
    PositiveFloat,
    PositiveInt,
    StringConstraints,
    field_validator,
)

from operations.configuration.section import Section
from operations.scanning.worth import RISKY
from scanner.budget import MIB, Budget


class Organisation(Section):
    """`timezone` is whose clocks quiet hours go by."""

    name: str = "Our organisation"
    timezone: str = "Europe/London"

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"there is no time zone {name!r}; write it as 'Europe/London'")
        return name


class InventorySettings(Section):
    """Where the findings go, and the keys of their fingerprints and of the audit trail, which must lie elsewhere.

    `password_file` holds the password of a PostgreSQL role; what goes about the program is where it lies.
    `finding_months` and `scan_log_days` are how long `muniment inventory expire` leaves what no scan sees any more.
    """

    url: str = "sqlite:///inventory.db"
    password_file: Path | None = None
    key_file: Path = Path("muniment.key")
    audit_key_file: Path = Path("muniment-audit.key")
    finding_months: int = Field(default=13, ge=1, le=1200)
    scan_log_days: int = Field(default=90, ge=1, le=36_500)


class Limits(Section):
    """How much one item may cost. `workers` 0 means one for each core."""

    workers: int = Field(default=0, ge=0)
    seconds: PositiveFloat = 60.0
    all_seconds: PositiveFloat = 3600.0
    memory_mb: int = Field(default=2048, ge=512)
    file_mb: PositiveInt = 1024
    store_mb: PositiveInt = 102_400
    expanded_mb: PositiveInt = 4096
    parts: PositiveInt = 100_000
    depth: PositiveInt = 10
    ratio: PositiveInt = 200
    text_chars: PositiveInt = 100_000_000

    def budget(self) -> Budget:
        return Budget(
            seconds=self.seconds, all_seconds=self.all_seconds, memory=self.memory_mb * MIB, bytes=self.file_mb * MIB,
            store=self.store_mb * MIB, expanded=self.expanded_mb * MIB, parts=self.parts, depth=self.depth,
            ratio=self.ratio, text=self.text_chars,
        )  # fmt: skip


class ScanSettings(Section):
    """`proof` is the share of unchanged files that are read again, to prove that what looks unchanged is.

    Of what waits since an earlier scan, that is read first which was changed in `recent_days`; then folders that many
    can read or with `risky` words in their names.
    """

    proof: float = Field(default=0.001, ge=0, le=1)
    recent_days: PositiveInt = 90
    risky: tuple[str, ...] = RISKY


class ExecutorSettings(Section):
    """Who examines: this machine's processes (`local`), or hosts that run `muniment worker` (`cluster`).

    Of the latter: how many items are leased together, how many leases may wait, how many a host takes ahead, and after
    how many seconds of silence a host's leases are given to another.
    """

    kind: Literal["local", "cluster"] = "local"
    lease: int = Field(default=200, ge=1, le=500)
    waiting_leases: int = Field(default=64, ge=1, le=10_000)
    at_once: int = Field(default=4, ge=1, le=64)
    silent_seconds: float = Field(default=60.0, ge=1.0, le=3600.0)


class MetricsSettings(Section):
    """Where Prometheus may ask a worker or the timetable for figures; port 0: nowhere."""

    port: int = Field(default=0, ge=0, le=65_535)
    address: str = "127.0.0.1"


class LogSettings(Section):
    """`json_lines`: worker and timetable log as lines of JSON."""

    json_lines: bool = False


class ServiceSettings(Section):
    """A service of the organisation and the folders that are its own, as path patterns below a source's root."""

    name: str
    paths: tuple[str, ...]


class OcrSettings(Section):
    """Whether a scan goes on to read the text in pictures, and in the pages of documents that are but pictures."""

    pictures: bool = False
    documents: bool = False
    languages: tuple[str, ...] = Field(default=("eng",), min_length=1)


class TikaSettings(Section):
    """The address of an Apache Tika server, such as http://127.0.0.1:9998; without it Tika runs as native code."""

    server: str | None = None


class TermSettings(Section):
    """Words and phrases to be counted in every content, under a short name."""

    id: str
    phrases: tuple[str, ...]


_Prefix = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,5}$")]


class Detection(Section):
    """`model` is the language model that finds names: its name, none, or auto for the best that is installed.

    `reference_prefixes` are what this council's references begin with: behind one, a number needs no context.
    """

    model: str = "auto"
    reference_prefixes: tuple[_Prefix, ...] = Field(default=(), max_length=40)


class RetentionSettings(Section):
    schedule: Path | None = None


class SavingsSettings(Section):
    """What a terabyte kept for a year costs, by the organisation's own factors; without them no figure is said.

    `backup_copies` is how many further copies of each byte its backups hold.
    """

    pounds_per_tb_year: PositiveFloat | None = None
    kg_co2e_per_tb_year: PositiveFloat | None = None
    backup_copies: float | None = Field(default=None, ge=0, le=100)


class ReportSettings(Section):
    """`case_systems` are the folders (below a source's root) that are a case system's own: the Caldicott view leaves
    them out. `people_weights` is what a year of a person's data past its day counts, by sensitivity, worst first.
    """

    folder: Path = Path("reports")
    case_systems: tuple[str, ...] = ()
    people_weights: tuple[PositiveFloat, PositiveFloat, PositiveFloat] = (5.0, 4.0, 2.0)
