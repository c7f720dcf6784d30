"""Where an inventory is kept: a file of SQLite, or a database of PostgreSQL and the password that opens it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from domain.errors import MunimentError

PASSWORD_FILE = "password_file"  # noqa: S105  the name of a setting
PASSWORD_VARIABLE = "MUNIMENT_INVENTORY_PASSWORD"  # noqa: S105  likewise
SIGN_IN = (PASSWORD_VARIABLE, "PG", "KRB5")
"""What a process must know of its environment to connect to PostgreSQL: beginnings of names."""

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
_ON_THE_SERVER = {
    "tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3, "tcp_user_timeout": 60_000,
}  # fmt: skip
_PATIENCE = {
    "connect_timeout": "10", "application_name": "muniment",
    "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3", "tcp_user_timeout": "60000",
    "options": " ".join(f"-c {name}={value}" for name, value in _ON_THE_SERVER.items()),
}  # fmt: skip
"""A host that is lost without a word, as in a power cut, is given up within a minute on both sides. By its own settings
a server holds for two hours what such a host has locked: the scan, and the rows that it was writing.
"""


class InventoryError(MunimentError):
    """The inventory cannot be opened, or is of another version or key."""


def with_password_file(url: str, path: Path) -> str:
    """The URL, telling besides where the password lies. The password itself is read when a connection is made."""
    return parsed(url).update_query_dict({PASSWORD_FILE: str(path)}).render_as_string()


def parsed(url: str) -> URL:
    """The parts of a URL as it was written. Raises InventoryError for what is not one, of another kind, or has a
    password in it: a URL is shown and handed about.
    """
    try:
        parts = make_url(url)
    except ArgumentError as error:
        raise InventoryError(
            "inventory.url is not a database URL; write sqlite:////absolute/path.db or postgresql://host/name"
        ) from error
    if _DRIVERS.get(parts.get_backend_name()) is None or parts.drivername not in {*_DRIVERS, *_DRIVERS.values()}:
        raise InventoryError(
            "inventory.url: an inventory is kept in SQLite or PostgreSQL; write sqlite:///inventory.db or "
            "postgresql://host/name"
        )
    if parts.password is not None:
        raise InventoryError("inventory.url: leave the password out, and name its file in inventory.password_file.")
    return parts


def connectable(url: str) -> URL:
    """The URL that a driver connects to, with its password. Raises InventoryError where that cannot be read."""
    parts = parsed(url)
    parts = parts.set(drivername=_DRIVERS[parts.get_backend_name()])
    if parts.get_backend_name() == "sqlite":
        return parts
    file = parts.query.get(PASSWORD_FILE)
    password = _password_in(Path(str(file))) if file else os.environ.get(PASSWORD_VARIABLE)
    parts = parts.difference_update_query([PASSWORD_FILE]).set(password=password)
    return parts.update_query_dict({name: told for name, told in _PATIENCE.items() if name not in parts.query})


def conninfo(parts: URL) -> str:
    """What is connectable as PostgreSQL's own library and its programs take it."""
    from psycopg.conninfo import make_conninfo  # noqa: PLC0415  an inventory in a file does without it

    told = {name: value if isinstance(value, str) else ",".join(value) for name, value in parts.query.items()}
    return make_conninfo("", **told | parts.translate_connect_args(username="user", database="dbname"))


def file_of(url: str) -> str | None:
    """The file of an inventory in SQLite; None for any other."""
    parts = parsed(url)
    return parts.database if parts.get_backend_name() == "sqlite" else None


def is_over_network(url: str) -> bool:
    """Whether it is reached otherwise than by a file or a socket of this machine."""
    parts = parsed(url)
    told = parts.host or parts.query.get("host") or os.environ.get("PGHOST", "")
    hosts = told.split(",") if isinstance(told, str) else told
    return parts.get_backend_name() != "sqlite" and not all(host == "" or host.startswith("/") for host in hosts)


def _password_in(path: Path) -> str:
    """The one line of a file that nobody else may read."""
    try:
        is_open = path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InventoryError(f"inventory.password_file: {path} cannot be read; write the password into it.") from error
    if is_open:
        raise InventoryError(f"inventory.password_file: {path} is open to others. Mend it with: chmod 600 {path}")
    if len(lines) != 1 or not lines[0]:
        raise InventoryError(f"inventory.password_file: {path} must hold the password and nothing else, on one line.")
    return lines[0]
