"""The configuration, typed at the door: what it does not know it refuses, with the file and the key."""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from pydantic import (
    Field,
    ValidationError,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from classifiers.risk import Weights
from classifiers.user_defined import MOST_RECOGNISERS, Definition
from domain.errors import ConfigurationError
from inventory.address import with_password_file
from operations.configuration.audit_settings import AuditSettings
from operations.configuration.directory_settings import DirectorySettings, NoDirectorySettings
from operations.configuration.disposal_settings import DisposalSettings
from operations.configuration.pack_settings import PackSettings, SmtpSettings
from operations.configuration.preview_settings import PreviewSettings
from operations.configuration.review_settings import ReviewSettings
from operations.configuration.rot_settings import RotSettings
from operations.configuration.section import Section
from operations.configuration.sections import (
    Detection,
    ExecutorSettings,
    InventorySettings,
    Limits,
    LogSettings,
    MetricsSettings,
    OcrSettings,
    Organisation,
    ReportSettings,
    RetentionSettings,
    SavingsSettings,
    ScanSettings,
    ServiceSettings,
    TermSettings,
    TikaSettings,
)
from operations.configuration.source_settings import MailSettings, SourceSettings, at_home
from operations.configuration.timetable_settings import TimetableSettings
from operations.configuration.web_settings import WebSettings

__all__ = [
    "FILE_NAME",
    "Detection",
    "ExecutorSettings",
    "InventorySettings",
    "Limits",
    "LogSettings",
    "MetricsSettings",
    "OcrSettings",
    "Organisation",
    "ReportSettings",
    "RetentionSettings",
    "SavingsSettings",
    "ScanSettings",
    "ServiceSettings",
    "Settings",
    "TermSettings",
    "TikaSettings",
    "default_settings",
    "find_config",
    "load_recognisers",
    "load_settings",
    "rooted",
    "settings_of",
    "tables_in",
]

FILE_NAME = "muniment.toml"


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
    rot: RotSettings = RotSettings()
    audit: AuditSettings = AuditSettings()
    disposal: DisposalSettings = DisposalSettings()
    review: ReviewSettings = ReviewSettings()
    preview: PreviewSettings = PreviewSettings()
    web: WebSettings = WebSettings()
    # By the names of their tables and not by an alias: that would be read from the environment without its prefix.
    source: tuple[SourceSettings, ...] = ()
    service: tuple[ServiceSettings, ...] = ()
    term: tuple[TermSettings, ...] = ()
    recogniser: tuple[Definition, ...] = Field(default=(), max_length=MOST_RECOGNISERS)
    timetable: tuple[TimetableSettings, ...] = ()
    pack: tuple[PackSettings, ...] = ()
    smtp: SmtpSettings | None = None

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
    return rooted(settings_of(tables_in(path), str(path)), path.parent.resolve())


def default_settings() -> Settings:
    """The settings where there is no configuration file: the defaults, and what the environment says."""
    return settings_of({}, "the environment")


def load_recognisers(path: Path) -> tuple[Definition, ...]:
    """The recognisers of a file that holds nothing but `[[recogniser]]`, to be tried before they are configured.

    Raises ConfigurationError that names the file and the key.
    """
    try:
        recognisers = _RecogniserFile(**tables_in(path)).recogniser
    except ValidationError as error:
        raise ConfigurationError(_told(str(path), error)) from error
    _refuse_twice(str(path), "recogniser", (recogniser.id for recogniser in recognisers))
    return recognisers


def tables_in(path: Path) -> dict[str, Any]:
    """What a configuration file says, before it is understood. Raises ConfigurationError."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: this is not TOML: {error}") from error
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from error


def settings_of(values: dict[str, Any], origin: str) -> Settings:
    """The settings of these tables, over which the environment goes. Raises ConfigurationError that names `origin`."""
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise ConfigurationError(_told(origin, error)) from error
    except SettingsError as error:
        raise ConfigurationError(f"the environment: {error}; write it as JSON, or by its single keys") from error
    _refuse_twice(origin, "source", (source.name for source in settings.sources))
    _refuse_twice(origin, "recogniser", (recogniser.id for recogniser in settings.recognisers))
    _refuse_unknown_shares(origin, settings)
    _refuse_twice(origin, "timetable", (entry.name for entry in settings.timetable))
    _refuse_twice(origin, "pack", (pack.name for pack in settings.pack))
    return settings


def _refuse_twice(origin: str, table: str, names: Iterable[str]) -> None:
    if twice := [name for name, count in Counter(names).items() if count > 1]:
        raise ConfigurationError(f"{origin}: {table}: two are called {twice[0]!r}; give each a name of its own")


def _refuse_unknown_shares(origin: str, settings: Settings) -> None:
    named = {"shares": ("smb", settings.preview.shares), "drives": ("graph", settings.preview.drives)}
    for setting, (kind, names) in named.items():
        known = {source.name for source in settings.sources if source.kind == kind}
        if unknown := [name for name in names if name not in known]:
            raise ConfigurationError(f"{origin}: preview.{setting}: there is no source {unknown[0]!r} of kind {kind}")


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
        "reports": settings.reports.model_copy(update={"folder": folder / settings.reports.folder}),
        "directory": settings.directory.rooted(folder),
        "audit": settings.audit.rooted(folder),
        "web": settings.web.rooted(folder),
        "source": tuple(source.rooted(folder) for source in settings.sources),
        "pack": tuple(pack.rooted(folder) for pack in settings.pack),
        "smtp": settings.smtp and settings.smtp.rooted(folder),
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
