"""What the pages of registers share: forms told again with their faults, files that were sent, the schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.errors import ConfigurationError
from domain.rule import Schedule
from retention.schedule import load_schedule
from web.asking import Asked
from web.errors import Fault
from web.verdicts import Typed

_SUFFIXES = (".csv", ".xlsx", ".xlsm", ".xls", ".ods", ".toml")
_NAME = "file"


def typed(asked: Asked, faults: Mapping[str, str]) -> Typed:
    """What was typed, to be shown again as it was."""
    return Typed({name: asked.form.one(name) for name in asked.form.fields}, faults)


def told(faults: Mapping[str, str]) -> tuple[Fault, ...]:
    return tuple(Fault(name, sentence) for name, sentence in faults.items())


def lines_of(error: ConfigurationError, field: str) -> tuple[Fault, ...]:
    """Each line of what is wrong with a file that was sent."""
    return tuple(Fault(field, line) for line in str(error).splitlines())


def schedule_in_force(asked: Asked) -> Schedule | None:
    """The configured schedule, as its file is now."""
    path = asked.settings.retention.schedule
    return load_schedule(path) if path is not None else None


@contextmanager
def sent_file(asked: Asked) -> Iterator[Path]:
    """The file of a form, for as long as it is read; complaints name it as `file`, not by where it lies here.

    Raises ConfigurationError where none was chosen, or one of a kind that nobody reads.
    """
    sent = asked.form.files.get(_NAME)
    suffix = Path(sent.name).suffix.casefold() if sent else ""
    if sent is None or not sent.name:
        raise ConfigurationError("Choose a file.")
    if suffix not in _SUFFIXES:
        raise ConfigurationError(f"Choose a file whose name ends with one of {', '.join(_SUFFIXES)}.")
    with TemporaryDirectory(prefix="muniment-sent-") as folder:
        path = Path(folder) / f"{_NAME}{suffix}"
        path.write_bytes(sent.content)
        try:
            yield path
        except ConfigurationError as error:
            raise ConfigurationError(str(error).replace(f"{folder}/", "")) from error
