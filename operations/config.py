"""The configuration, typed at the door: what it does not know it refuses, with the file and the key."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    Field,
    PositiveFloat,
    PositiveInt,
    StringConstraints,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from classifiers.risk import Weights
from classifiers.user_defined import MOST_RECOGNISERS, Definition
from domain.errors import ConfigurationError
from inventory.address import with_password_file
from operations.directory_settings import DirectorySettings, NoDirectorySettings
from operations.section import Section
from operations.source_settings import MailSettings, SourceSettings, at_home
from operations.timetable_settings import TimetableSettings
from operations.worth import RISKY
from scanner.budget import MIB, Budget

FILE_NAME = "muniment.toml"


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
    """What a terabyte kept for a year costs, by the organisation's own factors; without them no figure is said."""

    pounds_per_tb_year: PositiveFloat | None = None
    kg_co2e_per_tb_year: PositiveFloat | None = None


class ReportSettings(Section):
    folder: Path = Path("reports")


class _RecogniserFile(Section):
    recogniser: tuple[Definition, ...] = Field(min_length=1, max_length=MOST_RECOGNISERS)


class Settings(BaseSettings):
    """The whole configuration. MUNIMENT_SECTION__KEY in the environment overrides the file."""

    model_config = SettingsConfigDict(env_prefix="MUNIMENT_", env_nested_delimiter="__", extra="forbid", frozen=True)

    organisation: Organisation = Organisation()
    inventory: InventorySettings = InventorySettings()
    scan: ScanSettings = ScanSettings()
    executor: ExecutorSettings = ExecutorSettings()
    metrics: MetricsSettings = MetricsSettings()
    log: LogSettings = LogSettings()
    limits: Limits = Limits()
    detection: Detection = Detection()
    risk: Weights = Weights()
    ocr: OcrSettings = OcrSettings()
    mail: MailSettings = MailSettings()
    directory: DirectorySettings = NoDirectorySettings()
    tika: TikaSettings = TikaSettings()
    retention: RetentionSettings = RetentionSettings()
    reports: ReportSettings = ReportSettings()
    savings: SavingsSettings = SavingsSettings()
    # By the names of their tables and not by an alias: that would be read from the environment without its prefix.
    source: tuple[SourceSettings, ...] = ()
    service: tuple[ServiceSettings, ...] = ()
    term: tuple[TermSettings, ...] = ()
    recogniser: tuple[Definition, ...] = Field(default=(), max_length=MOST_RECOGNISERS)
    timetable: tuple[TimetableSettings, ...] = ()

    @property
    def sources(self) -> tuple[SourceSettings, ...]:
        return self.source

    @property
    def services(self) -> tuple[ServiceSettings, ...]:
        return self.service

    @property
    def terms(self) -> tuple[TermSettings, ...]:
        return self.term

    @property
    def recognisers(self) -> tuple[Definition, ...]:
        return self.recogniser

    def over(self, sources: Iterable[SourceSettings]) -> Self:
        """The same settings with these sources in the place of the configured ones."""
        return self.model_copy(update={"source": tuple(sources)})

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings


def find_config(named: Path | None) -> Path:
    """The configuration file: the one named, MUNIMENT_CONFIG, or the one in the working folder.

    Raises ConfigurationError where there is none.
    """
    path = named or Path(os.environ.get("MUNIMENT_CONFIG", FILE_NAME))
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder; name the file in it: {path / FILE_NAME}")
    if not path.is_file():
        raise ConfigurationError(f"There is no configuration at {path}. Make one with: muniment init")
    return path


def load_settings(path: Path) -> Settings:
    """Read a configuration file; relative paths in it are relative to its folder.

    Raises ConfigurationError that names the file and the key.
    """
    return rooted(_settings(_values(path), str(path)), path.parent.resolve())


def default_settings() -> Settings:
    """The settings where there is no configuration file: the defaults, and what the environment says."""
    return _settings({}, "the environment")


def load_recognisers(path: Path) -> tuple[Definition, ...]:
    """The recognisers of a file that holds nothing but `[[recogniser]]`, to be tried before they are configured.

    Raises ConfigurationError that names the file and the key.
    """
    try:
        recognisers = _RecogniserFile(**_values(path)).recogniser
    except ValidationError as error:
        raise ConfigurationError(_told(str(path), error)) from error
    _refuse_twice(str(path), "recogniser", (recogniser.id for recogniser in recognisers))
    return recognisers


def _values(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: this is not TOML: {error}") from error
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from error


def _settings(values: dict[str, Any], origin: str) -> Settings:
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise ConfigurationError(_told(origin, error)) from error
    except SettingsError as error:
        raise ConfigurationError(f"the environment: {error}; write it as JSON, or by its single keys") from error
    _refuse_twice(origin, "source", (source.name for source in settings.sources))
    _refuse_twice(origin, "recogniser", (recogniser.id for recogniser in settings.recognisers))
    _refuse_twice(origin, "timetable", (entry.name for entry in settings.timetable))
    return settings


def _refuse_twice(origin: str, table: str, names: Iterable[str]) -> None:
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise ConfigurationError(f"{origin}: {table}: two are called {twice[0]!r}; give each a name of its own")


def rooted(settings: Settings, folder: Path) -> Settings:
    """The same settings with every relative path made absolute below `folder`."""
    inventory = settings.inventory.model_copy(update={
        "url": _rooted_url(settings.inventory, folder), "key_file": folder / settings.inventory.key_file,
        "audit_key_file": folder / settings.inventory.audit_key_file,
    })  # fmt: skip
    schedule = settings.retention.schedule
    return settings.model_copy(update={
        "inventory": inventory,
        "retention": RetentionSettings(schedule=schedule and folder / schedule),
        "reports": ReportSettings(folder=folder / settings.reports.folder),
        "directory": settings.directory.rooted(folder),
        "source": tuple(source.rooted(folder) for source in settings.sources),
    })  # fmt: skip


def _rooted_url(inventory: InventorySettings, folder: Path) -> str:
    url, relative = inventory.url, "sqlite:///"
    if inventory.password_file is not None:
        return with_password_file(url, folder / at_home(inventory.password_file))
    if url.startswith(relative) and not url.startswith(relative + "/"):
        if "?" in str(folder):
            raise ConfigurationError("inventory.url: the folder has a '?' in its name, which a URL cannot; rename it")
        return f"{relative}{folder / url[len(relative) :]}"
    return url


def _told(origin: str, error: ValidationError) -> str:
    lines = [f"{origin}: {_key(fault['loc'])}: {_fault(fault)}" for fault in error.errors()]
    return "\n".join(lines)


def _key(location: tuple[int | str, ...]) -> str:
    if location[0] == "source":  # behind its number comes the kind that it was read as, which is no key
        location = (*location[:2], *location[3:])
    if location[0] == "directory":
        location = (*location[:1], *location[2:])
    named = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(named).lstrip(".")


def _fault(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "extra_forbidden":
        return "there is no such setting; see config.example.toml for all of them"
    return str(fault["msg"]).removeprefix("Value error, ")
