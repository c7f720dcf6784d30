"""A block of a made-up inventory again and again, by the database itself: an estate of millions in minutes.

Each block has folders, contents, findings and people of its own; what lies everywhere is that of the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

from sqlalchemy import Connection

from inventory.tables import Base

_AGAIN = {
    "sqlite": {"path": "CAST(path || '/{n}' AS BLOB)", "digest": "again(digest, {n})", "hmac": "again(hmac, {n})"},
    "postgresql": {
        "path": "path || convert_to('/{n}', 'UTF8')", "digest": "sha256(digest || convert_to('{n}', 'UTF8'))",
        "hmac": "substr(sha256(hmac || convert_to('{n}', 'UTF8')), 1, 16)",
    },
}  # fmt: skip
_CONTENT = "CASE WHEN content_id > {everywhere} THEN content_id + {n} ELSE content_id END"
_OF_CONTENTS = ("content_id > {everywhere} AND content_id <= {most}", {"content_id": "content_id + {n}"})
_TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "dir": ("id <= ({most} + {a_folder} - 1) / {a_folder}", {"id": "id + {n} / {a_folder}"}),
    "content": ("id > {everywhere} AND id <= {most}", {"id": "id + {n}", "whole_item_id": "whole_item_id + {n}"}),
    "item": ("id <= {most}", {"id": "id + {n}", "dir_id": "dir_id + {n} / {a_folder}", "content_id": _CONTENT,
                              "file_id": "file_id || '{n}'"}),
    **dict.fromkeys(("finding", "fingerprint", "trait"), _OF_CONTENTS),
    "flag": ("item_id <= {most}", {"item_id": "item_id + {n}"}),
}  # fmt: skip
"""Which rows are of the block, and what is otherwise in another one."""


def multiply(connection: Connection, start: int, most: int, a_folder: int, everywhere: int) -> None:
    """Add the first `most` items of the first block again, numbered behind `start`."""
    dialect = connection.dialect.name
    if dialect == "sqlite":
        connection.connection.driver_connection.create_function("again", 2, _again, deterministic=True)  # type: ignore[union-attr]
    for table, (chosen, own) in _TABLES.items():
        columns = Base.metadata.tables[table].columns.keys()
        told = {**dict(zip(columns, columns, strict=True)), **_AGAIN[dialect], **own}
        statement = (
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(told[name] for name in columns)} "
            f"FROM {table} WHERE {chosen} ORDER BY 1"
        )
        connection.exec_driver_sql(statement.format(n=start, most=most, a_folder=a_folder, everywhere=everywhere))


def _again(before: bytes, number: int) -> bytes:
    return blake2b(before + b"%d" % number, digest_size=len(before)).digest()


@contextmanager
def untriggered(connection: Connection) -> Iterator[None]:
    """No trigger keeps a sum meanwhile: they are added up anew when all is there."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> 'audit'"
    triggers = connection.exec_driver_sql(asked).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        connection.exec_driver_sql(statement)
