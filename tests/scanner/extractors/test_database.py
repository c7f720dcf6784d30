from __future__ import annotations

import os
import random
import sqlite3
import struct

import pytest
import workbook_files as made

from domain.content import Content
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.database import DatabaseExtractor

NOT_ALL = Problem(ProblemCode.LIMIT, "rows")


def read(files, content: bytes, limit: int = 1_000_000) -> Content:
    with files.blob_of(content) as blob:
        return DatabaseExtractor().extract(blob, "application/octet-stream", limit)


def a_sqlite(*statements: str) -> bytes:
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.executescript(statement)
    content = connection.serialize()
    connection.close()
    return content


PEOPLE = "CREATE TABLE people (name TEXT, nhs INTEGER, weight REAL, photo BLOB);"
ANN = "INSERT INTO people VALUES ('Ann Example', 9434765919, 61.5, x'00ff');"


def test_each_sqlite_table_has_its_name_its_count_its_columns_and_its_rows(files):
    content = read(
        files, a_sqlite(PEOPLE, ANN, "CREATE TABLE rooms (no INTEGER); INSERT INTO rooms VALUES (7), (NULL)")
    )
    assert content.text == (
        "people: 1 rows\nname\tnhs\tweight\tphoto\nAnn Example\t9434765919\t61.5\nrooms: 2 rows\nno\n7\n"
    )
    assert [place.name for place in content.places] == ["people", "rooms"]
    assert content.tables[0].columns == ("name", "nhs", "weight", "photo")
    assert content.text[content.tables[0].start : content.tables[0].end].startswith("name\tnhs")
    assert (content.problem, content.reader) == (None, "database")


def test_names_of_any_kind_are_only_names(files):
    odd = (
        'CREATE TABLE "a""b; DROP TABLE x" ("c""d" TEXT, "select" TEXT); INSERT INTO "a""b; DROP TABLE x" VALUES (1, 2)'
    )
    assert 'c"d\tselect\n1\t2\n' in read(files, a_sqlite(odd)).text


def test_of_a_large_table_the_first_the_middle_and_the_last_rows_are_read_and_that_is_said(files):
    fill = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        "INSERT INTO people SELECT 'Person ' || i, i, 0, NULL FROM n;"
    )
    content = read(files, a_sqlite(PEOPLE, fill))
    assert content.problem == NOT_ALL
    assert "people: 20000 rows" in content.text
    for number in (1, 10_000, 20_000):
        assert f"Person {number}\t" in content.text
    assert "Person 5000\t" not in content.text
    assert content.text.count("\n") < 10_010


def test_a_database_in_a_spool_file_reads_as_one_in_memory(files, monkeypatch):
    content = a_sqlite(PEOPLE, ANN)
    access = made.an_mdb([("Name", made.TEXT)], [("Ann",)])
    in_memory = [read(files, content).text, read(files, access).text]
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 10)
    assert [read(files, content).text, read(files, access).text] == in_memory


def test_nothing_is_written_beside_a_database_that_has_a_log(files, tmp_path):
    path = tmp_path / "people.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(PEOPLE + ANN)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = sorted(os.listdir(tmp_path))
    content = path.read_bytes()
    assert content[18] == 2
    assert "Ann Example" in read(files, content).text
    assert (sorted(os.listdir(tmp_path)), path.read_bytes()) == (before, content)
    connection.close()


def test_a_hostile_schema_has_nothing_to_run(files):
    content = read(
        files,
        a_sqlite(
            PEOPLE, ANN,
            "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n;",
            "CREATE VIEW large AS SELECT randomblob(2000000000) AS b;",
            "CREATE TABLE computed (a TEXT, b TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL);",
            "INSERT INTO computed (a) VALUES ('Bob Example');",
            "CREATE TRIGGER t AFTER INSERT ON people BEGIN DELETE FROM people; END;",
            "CREATE VIRTUAL TABLE words USING fts5(text); INSERT INTO words VALUES ('Cat Example');",
        ),
    )  # fmt: skip
    assert [place.name for place in content.places if place.name in ("people", "computed", "endless", "large")] == [
        "people", "computed",
    ]  # fmt: skip
    assert "a\nBob Example\n" in content.text
    assert "Cat Example" in content.text
    assert content.problem is None


def test_a_table_that_takes_too_long_is_left_and_named(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.sqlite._MOST_STEPS", 0)
    monkeypatch.setattr("scanner.formats.sqlite._STEP", 50)
    rows = ", ".join(f"('Person {number}', {number}, 0, NULL)" for number in range(5_000))
    assert read(files, a_sqlite(PEOPLE, f"INSERT INTO people VALUES {rows}")).problem == NOT_ALL


def test_an_endless_cell_is_cut_and_that_is_said(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.sqlite._LONGEST_CELL", 100)
    content = read(files, a_sqlite(PEOPLE, f"INSERT INTO people VALUES ('{'x' * 5000}', 1, 1, 1)"))
    assert content.problem == Problem(ProblemCode.LIMIT, "text")
    assert len(content.text) < 300


def test_text_that_is_not_utf8_and_other_encodings_are_read(files):
    assert (
        "Zo\ufffd" in read(files, a_sqlite(PEOPLE, "INSERT INTO people (name) VALUES (CAST(x'5a6fff' AS TEXT));")).text
    )
    wide = a_sqlite("PRAGMA encoding = 'UTF-16le';", PEOPLE, "INSERT INTO people (name) VALUES ('Zoë');")
    assert "Zoë" in read(files, wide).text


def test_a_database_too_large_for_memory_is_named(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.sqlite._LARGEST", 1000)
    with pytest.raises(ItemTroubleError) as caught:
        read(files, a_sqlite(PEOPLE))
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "database")


def test_a_database_without_tables_is_read_and_empty(files):
    content = read(files, a_sqlite("PRAGMA user_version = 1; VACUUM"))
    assert (content.text, content.problem) == ("", None)


def test_a_long_text_comes_in_stretches_with_the_columns_again(files):
    rows = ", ".join(f"('Person {number}', {number}, 0, NULL)" for number in range(500))
    content = a_sqlite(PEOPLE, f"INSERT INTO people VALUES {rows}")
    with files.blob_of(content) as blob:
        first = DatabaseExtractor().extract(blob, "application/vnd.sqlite3", 2_000)
        stretches = [first, *first.rest]
    assert len(stretches) > 3
    assert all(len(stretch.text) <= 2_000 and "name\tnhs" in stretch.text for stretch in stretches)
    assert stretches[-1].text.endswith("Person 499\t499\t0\n")


def test_a_dbase_table_gives_its_rows_and_those_that_were_deleted(files):
    columns = [("NAME", "C", 20), ("BORN", "D", 8), ("STAFF", "L", 1), ("PAY", "N", 10), ("NOTES", "M", 10)]
    rows = [(b"Ann Example", b"19800102", b"T", b"   1234.50", b"         1"), (b"Bob Example", b"", b"F", b"", b"")]
    content = read(files, made.a_dbf(columns, rows, deleted=[1]))
    assert content.text.startswith(
        "table: 2 rows\nNAME\tBORN\tSTAFF\tPAY\tNOTES\nAnn Example\t1980-01-02\tTRUE\t1234.50\n"
    )
    assert content.place_at(content.text.index("Bob")) == "deleted rows"
    assert content.problem == Problem(ProblemCode.LIMIT, "memos")


def test_a_dbase_table_whose_memos_are_all_blank_lacks_nothing(files):
    columns = [("NAME", "C", 20), ("NOTES", "M", 10), ("MORE", "M", 4), ("LOGO", "B", 10)]
    assert read(files, made.a_dbf(columns, [(b"Ann", b"", bytes(4), b"0000000000")])).problem is None
    assert read(files, made.a_dbf(columns, [(b"Ann", b"", b"\0\0\1\0", b"")])).problem == LIMIT_MEMOS
    assert read(files, made.a_dbf(columns, [(b"Ann", b"", bytes(4), b"         7")])).problem == LIMIT_MEMOS


LIMIT_MEMOS = Problem(ProblemCode.LIMIT, "memos")
LIMIT_BLOBS = Problem(ProblemCode.LIMIT, "blobs")
A_PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
NEITHER = bytes(number for number in range(256) if not 32 <= number < 127)


def a_sqlite_with(*blobs: bytes) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE letters (id INTEGER, letter BLOB)")
    connection.executemany("INSERT INTO letters VALUES (?, ?)", enumerate(blobs))
    connection.commit()
    content = connection.serialize()
    connection.close()
    return content


def test_text_in_a_blob_is_read_with_its_row_in_whatever_encoding(files):
    letter = "Dear Zoë Example, your appointment is on Tuesday.\nYours, Ann"
    blobs = (letter.encode(), letter.encode("utf-16"), letter.encode("cp1252"), b'{"name": "Zoe Example"}')
    content = read(files, a_sqlite_with(*blobs))
    assert content.text.count("Dear Zoë Example, your appointment is on Tuesday. Yours, Ann\n") == 3
    assert '3\t{"name": "Zoe Example"}\n' in content.text
    assert content.problem is None


def test_a_blob_that_is_neither_text_nor_a_file_gives_its_words_and_is_said(files):
    content = read(files, a_sqlite_with(NEITHER + b"Zoe Example" + NEITHER))
    assert "0\tZoe Example\n" in content.text
    assert content.problem == LIMIT_BLOBS


def test_files_keys_and_geometries_in_blobs_leave_nothing_unsaid(files):
    geometry = b"GP\0\1" + NEITHER
    key = b"\x0a\x0bZoe Example\x12" + NEITHER[:16]
    content = read(files, a_sqlite_with(A_PICTURE, b"", bytes(500), NEITHER[:64], A_PICTURE[:64], geometry, key))
    assert content.problem is None
    assert content.text == "letters: 7 rows\nid\tletter\n0\n1\n2\n3\n4\n5\n6\tZoe Example\n"


def test_the_index_of_words_is_no_blob_that_was_not_read(files):
    indexed = "INSERT INTO words VALUES ('" + " ".join(f"word{number}" for number in range(100)) + "');"
    content = read(files, a_sqlite("CREATE VIRTUAL TABLE words USING fts5(text);", indexed))
    assert "word99" in content.text
    assert content.problem is None


def test_more_tables_than_are_read_are_said(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.sqlite._MOST_TABLES", 2)
    tables = [f"CREATE TABLE t{number} (a TEXT); INSERT INTO t{number} VALUES ('x');" for number in range(3)]
    assert read(files, a_sqlite(*tables[:2])).problem is None
    assert read(files, a_sqlite(*tables)).problem == Problem(ProblemCode.LIMIT, "tables")


def an_inline(content: bytes) -> bytes:
    return struct.pack("<III", 0x80000000 | len(content), 0, 0) + content


def test_text_in_an_object_or_in_bytes_of_access_is_read_and_what_is_not_is_said(files):
    columns = [("Name", made.TEXT), ("Scan", made.OBJECT), ("Key", made.BINARY)]
    content = read(files, made.an_mdb(columns, [("Ann", an_inline(b"Dear Zoe Example"), b"See room 12")]))
    assert "Ann\tDear Zoe Example\tSee room 12\n" in content.text
    assert content.problem is None
    for lost in (A_PICTURE, NEITHER):
        content = read(files, made.an_mdb(columns, [("Ann", an_inline(lost), b""), ("Bob", None, b"")]))
        assert "Ann\nBob\n" in content.text
        assert content.problem == LIMIT_BLOBS


def test_of_an_access_table_no_more_objects_are_read_than_there_is_room_for(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.access._ROOM_FOR_OBJECTS", 20)
    rows = [(an_inline(b"Dear Zoe Example"),)] * 2
    content = read(files, made.an_mdb([("Scan", made.OBJECT)], rows))
    assert content.text.count("Dear Zoe Example") == 1
    assert content.problem == LIMIT_BLOBS


def test_an_access_database_gives_its_tables(files):
    columns = [("Name", made.TEXT), ("Number", made.NUMBER), ("Staff", made.TRUTH)]
    rows = [(f"Person {number}", number, True) for number in range(120)]
    content = read(files, made.an_mdb(columns, [*rows, ("Zoë Example", None, False)]))
    assert content.text.startswith("People: 121 rows\nName\tNumber\tStaff\n")
    assert (
        content.text.endswith("Person 119\t119\tTRUE\nZoë Example\t\tFALSE\n")
        or "Zoë Example\t\tFALSE\n" in content.text
    )
    assert content.text.count("\n") == 123
    assert content.tables[0].columns == ("Name", "Number", "Staff")


def test_of_a_large_access_table_some_pages_are_read_and_that_is_said(files, monkeypatch):
    monkeypatch.setattr("scanner.extractors.database._PAGES", 3)
    rows = [(f"Person {number}",) for number in range(100)]
    content = read(files, made.an_mdb([("Name", made.TEXT)], rows, per_page=10))
    assert content.problem == NOT_ALL
    assert ("Person 0\n" in content.text, "Person 99\n" in content.text, "Person 20\n" in content.text) == (
        True,
        True,
        False,
    )


def test_memos_are_read_and_one_that_runs_in_a_circle_is_damage(files):
    columns = [("Name", made.TEXT), ("Notes", made.MEMO)]
    inline = struct.pack("<III", 0x80000000 | 10, 0, 0) + "Off ill".encode("utf-16-le")[:10]
    content = read(files, made.an_mdb(columns, [("Ann", inline), ("Bob", inline)]))
    assert "Ann\tOff i\nBob\tOff i\n" in content.text
    circle = made.page_of(0, [struct.pack("<I", 6 << 8) + b"round "])
    with pytest.raises(EscalateError) as caught:
        read(files, made.an_mdb(columns, [("Ann", made.memo_at(6, 0)), ("Bob", inline)], extra=[circle]))
    assert caught.value.reason == "damaged"
    assert caught.value.content is not None
    assert "Bob\tOff i\n" in caught.value.content.text


def test_an_encoded_access_database_is_named_as_encrypted(files):
    with pytest.raises(ItemTroubleError) as caught:
        read(files, made.an_mdb([("Name", made.TEXT)], [("Ann",)], key=b"\1\2\3\4"))
    assert caught.value.problem.code is ProblemCode.ENCRYPTED


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no database",
        b"SQLite format 3\0" + bytes(100),
        b"\0\1\0\0Standard Jet DB\0" + bytes(100),
        b"\0\1\0\0Standard ACE DB\0" + bytes(5000),
        b"\x03" + bytes(40),
    ],
)
def test_what_is_no_database_escalates(files, content):
    with pytest.raises((EscalateError, ItemTroubleError)) as caught:
        read(files, content)
    assert isinstance(caught.value, EscalateError) or caught.value.problem.code is ProblemCode.ENCRYPTED


def test_a_damaged_table_leaves_the_others(files):
    content = bytearray(a_sqlite(PEOPLE, ANN, "CREATE TABLE rooms (no TEXT); INSERT INTO rooms VALUES ('Attic')"))
    page = content.index(b"Attic") // 4096
    content[page * 4096] = 0xFF
    with pytest.raises(EscalateError) as caught:
        read(files, bytes(content))
    assert caught.value.content is not None
    assert "Ann Example" in caught.value.content.text
    assert caught.value.content.problem == Problem(ProblemCode.CORRUPT)


def _samples() -> dict[str, bytes]:
    columns = [("Name", made.TEXT), ("Number", made.NUMBER), ("Notes", made.MEMO)]
    old_columns, old_row = [("NAME", "C", 20), ("BORN", "D", 8), ("PAY", "Y", 8)], (b"Ann", b"19800102", b"\1" * 8)
    return {
        "sqlite": a_sqlite(PEOPLE, ANN * 30, "CREATE INDEX i ON people (name)"),
        "access": made.an_mdb(columns, [("Ann", 1, None), ("Bob", 2, made.memo_at(6, 0))] * 9, extra=[bytes(4096)]),
        "dbase": made.a_dbf(old_columns, [old_row] * 9),
    }


@pytest.mark.parametrize("kind", ["sqlite", "access", "dbase"])
def test_damage_of_any_kind_is_named(files, kind):
    whole = _samples()[kind]
    chance = random.Random(kind)
    for _ in range(150):
        damaged = bytearray(whole)
        # Most of a page is empty: what is written is hit more often.
        written = [at for at in range(len(damaged)) if damaged[at]]
        for _ in range(chance.randint(1, 8)):
            damaged[chance.choice(written)] ^= 1 << chance.randrange(8)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        try:
            content = read(files, bytes(damaged))
        except (EscalateError, ItemTroubleError):
            continue
        assert isinstance(content.text, str)


def test_what_the_library_logs_is_not_seen(files, caplog, capfd):
    damaged = bytearray(_samples()["access"])
    damaged[5 * 4096 + 20 : 5 * 4096 + 40] = b"\xff" * 20
    with pytest.raises(EscalateError):
        read(files, bytes(damaged))
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")
