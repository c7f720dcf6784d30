from __future__ import annotations

import sqlite3

import pytest

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.containers.sqlite import SqliteContainer

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
PAGE = b"<html><p>" + b"Dear Zoe " * 9


def a_database(*statements: str, **rows: tuple[object, ...]) -> bytes:
    """Tables by their names, of one column "scan" each."""
    connection = sqlite3.connect(":memory:")
    for table, cells in rows.items():
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, scan)")
        connection.executemany(f"INSERT INTO {table} (scan) VALUES (?)", [(cell,) for cell in cells])
    for statement in statements:
        connection.executescript(statement)
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content


def parts(files, content: bytes) -> list[tuple[str, bytes]]:
    with files.blob_of(content) as blob:
        return [(part.name, part.open().read()) for part in SqliteContainer().parts(blob, 0)]


def test_files_in_cells_are_parts_and_text_keys_and_numbers_are_none(files):
    content = a_database(letters=(PAGE, "text", b"also text " * 9, None, 7, b"\x1f\x02\xff"), people=(PICTURE,))
    assert parts(files, content) == [("letters/scan-1", PAGE), ("people/scan-3", PICTURE)]


def test_a_table_without_row_numbers_is_walked_as_well(files):
    made = "CREATE TABLE letters (id TEXT PRIMARY KEY, scan BLOB) WITHOUT ROWID;"
    content = a_database(made, f"INSERT INTO letters VALUES ('a', x'{PICTURE.hex()}');")
    assert parts(files, content) == [("letters/scan-1", PICTURE)]


def test_a_table_of_as_many_columns_as_there_may_be_is_walked(files):
    columns = ", ".join(f"c{number}" for number in range(2000))
    cells = ", ".join(f"x'{PAGE.hex()}'" for _ in range(2000))
    content = a_database(f"CREATE TABLE wide ({columns}); INSERT INTO wide VALUES ({cells});")
    assert len(parts(files, content)) == 2000


def test_a_file_too_large_to_be_held_is_named(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.sqlite._LARGEST_CELL", 1000)
    with files.blob_of(a_database(letters=(PICTURE + bytes(2000), PICTURE))) as blob:
        large, small = SqliteContainer().parts(blob, 0)
    assert (large.name, large.size, large.problem) == ("letters/scan-1", 2108, Problem(ProblemCode.LIMIT, "blobs"))
    assert small.problem is None


def test_where_far_between_files_the_walk_ends_and_says_so(files, monkeypatch):
    monkeypatch.setattr("scanner.containers.sqlite._MOST", 3)
    text = b"See room 12. " * 9
    assert len(parts(files, a_database(letters=(text, text, PAGE, text, text, PAGE, text)))) == 2
    with pytest.raises(ItemTroubleError) as caught:
        parts(files, a_database(letters=(PAGE, text, text, text, text, PAGE)))
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "blobs")


def test_a_damaged_table_is_said_behind_the_parts_of_the_others(files):
    content = bytearray(a_database(letters=(PICTURE,), rooms=("Attic",)))
    content[content.index(b"Attic") // 4096 * 4096] = 0xFF
    with files.blob_of(bytes(content)) as blob:
        walk = SqliteContainer().parts(blob, 0)
        assert next(walk).open().read() == PICTURE
        with pytest.raises(ItemTroubleError) as caught:
            next(walk)
    assert caught.value.problem.code is ProblemCode.CORRUPT


def test_what_is_no_database_is_damage(files):
    with files.blob_of(b"SQLite format 3\0" + bytes(100)) as blob, pytest.raises(ItemTroubleError):
        list(SqliteContainer().parts(blob, 0))
