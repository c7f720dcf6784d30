"""Makes a new workspace: a configuration that explains itself, an example schedule, the key and the inventory."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from domain.actor import Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.audit import latest
from inventory.engine import Database, open_inventory
from operations.access import ask
from operations.config import FILE_NAME, ServiceSettings, Settings, rooted, settings_of
from operations.keys import load_key, make_key
from operations.people.audit import Trail, kept_audit_key
from operations.people.sign_in import actor_at_terminal


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a new workspace is for; `root` None leaves the example's path to be filled in. With the reference of an
    `assessment` mail is read.
    """

    organisation: str | None = None
    source: str = "shares"
    root: Path | None = None
    services: Sequence[ServiceSettings] = ()
    assessment: str = ""


def initialise(folder: Path, workspace: Workspace) -> Path:
    """Write muniment.toml, schedule.toml, the keys and an empty inventory; return the path of the first.

    Raises ConfigurationError where there is a configuration already: nothing is ever overwritten.
    """
    config = folder / FILE_NAME
    if config.exists():
        raise ConfigurationError(f"{config} is there already. Edit it, or name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    schedule = folder / "schedule.toml"
    if not schedule.exists():
        schedule.write_text(files("retention").joinpath("example.toml").read_text("utf-8"), "utf-8")
    text = _configured(workspace)
    settings = rooted(settings_of(tomllib.loads(text), "the environment"), folder.resolve())
    database = open_inventory(settings.inventory.url, create=True)
    _begin(settings, database)
    database.dispose()
    # Last, since where it stands everything does: a half-made workspace is finished by the same command.
    config.write_text(text, "utf-8")
    return config


def begin_inventory(settings: Settings) -> None:
    """Make the keys and the inventory that a configuration names. Raises ConfigurationError where it has begun: where
    its trail has an entry. What was ended before that is finished by the same command.
    """
    database = open_inventory(settings.inventory.url, create=True)
    try:
        if latest(database, 1):
            raise ConfigurationError("That inventory has begun already. See: muniment doctor")
        _begin(settings, database)
    finally:
        database.dispose()


def _begin(settings: Settings, database: Database) -> None:
    """Let the trail begin with the inventory itself, and with whom it is from."""
    if not settings.inventory.key_file.exists():
        make_key(settings.inventory.key_file)
    # Before the trail has its key: who is refused here leaves nothing begun.
    authority = ask(actor_at_terminal(settings, database), Verb.CONFIGURE)
    trail = Trail(database, kept_audit_key(settings, database))
    trail.note(authority, Act.INVENTORY_MADE, key=load_key(settings.inventory.key_file).id)


def _configured(workspace: Workspace) -> str:
    text = files("operations").joinpath("config.example.toml").read_text("utf-8")
    if workspace.organisation:
        text = text.replace('"Our organisation"', _quoted(workspace.organisation))
    if workspace.root:
        text = text.replace('name = "shares"', f"name = {_quoted(workspace.source)}")
        text = text.replace('"/srv/shares"', _quoted(str(workspace.root)))
    if workspace.assessment:
        text = text.replace("# content = false ", "content = true ")
        text = text.replace('# dpia_reference = "DPIA-2026-014"', f"dpia_reference = {_quoted(workspace.assessment)}")
    return text + "".join(map(service_table, workspace.services))


def service_table(service: ServiceSettings) -> str:
    """A service as the configuration writes it."""
    return f"\n[[service]]\nname = {_quoted(service.name)}\npaths = [{', '.join(map(_quoted, service.paths))}]\n"


def _quoted(text: str) -> str:
    """A TOML basic string. Raises ConfigurationError for text that is not Unicode, which TOML cannot hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ConfigurationError("The configuration holds UTF-8 only; name the path by a link that is.") from error
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
