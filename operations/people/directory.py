"""Asks the organisation's directory who stands behind the accounts that a scan has met, and writes it down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from domain.errors import MunimentError
from inventory.engine import Database
from inventory.people import judge_breadth, unresolved, write_people
from operations.configuration.directory_settings import DirectorySettings, LdapDirectorySettings, StaffSettings
from scanner.directories.local import LocalAccounts
from scanner.directories.staff import read_staff
from scanner.directory import Directory

_AT_ONCE = 200


def know_people(settings: DirectorySettings, database: Database, today: date) -> tuple[str, ...]:
    """Write down what the directory says of accounts, and judge by it who can read what; return what went wrong.

    What it said before stays where it cannot be asked.
    """
    troubles: list[str] = []
    try:
        with directory_of(settings, today, troubles) as directory:
            for accounts in _batches(unresolved(database, today - timedelta(settings.refresh_days))):
                write_people(database, directory.people(accounts).values(), today)
    except MunimentError as error:
        troubles.append(str(error))
    judge_breadth(database)
    return tuple(troubles)


def reach_directory(settings: DirectorySettings, today: date) -> str:
    """One line on a directory that answers. Raises MunimentError for one that does not, or is not wholly in order."""
    troubles: list[str] = []
    with directory_of(settings, today, troubles) as directory:
        directory.people(["muniment"])
    if troubles:
        raise MunimentError("\n".join(troubles))
    return "none but the accounts of this machine" if settings.kind == "none" else f"answers ({settings.kind})"


@contextmanager
def directory_of(settings: DirectorySettings, today: date, troubles: list[str]) -> Iterator[Directory]:
    """The directory as configured, before it those of this machine; what is left out of it is put into `troubles`."""
    directory = LocalAccounts(_beyond(settings, today, troubles))
    try:
        yield directory
    finally:
        directory.close()


def _beyond(settings: DirectorySettings, today: date, troubles: list[str]) -> Directory | None:
    match settings:
        case StaffSettings():
            staff = read_staff(settings.file, today)
            troubles += staff.faults
            return staff
        case LdapDirectorySettings():
            return _ldap(settings)
    return None


def _ldap(settings: LdapDirectorySettings) -> Directory:
    from scanner.directories.ldap import LdapDirectory  # noqa: PLC0415  its library is only loaded where it is used
    from scanner.directories.ldap_settings import LdapSettings  # noqa: PLC0415

    ca_file = None if settings.ca_file is None else str(settings.ca_file)
    return LdapDirectory(LdapSettings(
        settings.server, settings.base, settings.username, settings.password(), settings.port, settings.tls,
        settings.service_attribute, ca_file, settings.seconds,
    ))  # fmt: skip


def _batches(accounts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(accounts), _AT_ONCE):
        yield accounts[start : start + _AT_ONCE]
