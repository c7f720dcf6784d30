"""What dashboards add up is what the items come to, by family, risk, flag and year, whatever was done."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from importlib import import_module
from random import Random

import pytest
from sqlalchemy import update

from domain import family
from domain.decision import State
from domain.estate import RiskBand
from domain.family import Family, family_of
from inventory.engine import writing
from inventory.estate import by_band, by_family, by_outcome, by_state, by_year
from inventory.held import Narrowing
from inventory.queries import Inventory
from inventory.schema import downgrade, migrate
from inventory.sums import fold, mend_sums, sums_differ
from inventory.tables import LONG_TYPES, SHORT_TYPES, DirRow

_SERVICES, _FOLDERS, _CONTENTS = 3, 6, 12
_NAMES = (b"a.docx", b".pdf", b"..b.pdf", b"c.tar.GZ", b"no extension", b"d.XLS", b"xls", b"e.", b"mail.eml", b"f..jpg",
          b"caf\xe9.Odt", b"\xff\xfe.png", b"g.doc x", b"h\n.csv")  # fmt: skip
_TYPES = (None, None, "~docx", "~xls", "~msg", "~pptx", "image/png", "message/rfc822", "application/pdf", "text/csv",
          "text/html", "application/vnd.ms-visio.drawing", "application/rtf")  # fmt: skip
_YEARS = (None, -1, 0, 1_577_836_799_999_999, 1_577_836_800_000_000, 4_102_444_800_000_000, 2**62)
_STATES = ("due", "kept", "uncomputable")


@pytest.fixture
def filled(database):
    with writing(database) as connection:
        run = connection.exec_driver_sql
        run("INSERT INTO source (id, name, root) VALUES (1, 'shares', '/')")
        run("INSERT INTO schedule (id, digest, name, version, title, evaluated) "
            "VALUES (1, 'd', 'n', '1', 't', '2026-11-01')")  # fmt: skip
        for number in range(1, _SERVICES + 1):
            run(f"INSERT INTO service (id, name) VALUES ({number}, 'Service {number}')")
        for number in range(1, _FOLDERS + 1):
            run(f"INSERT INTO dir (id, source_id, service_id, path, scan_id) "
                f"VALUES ({number}, 1, {number % _SERVICES + 1}, '{number}', 1)")  # fmt: skip
        for number in range(1, _CONTENTS + 1):
            run(f"INSERT INTO content (id, digest, media_type, pipeline, outcome, pending, text_chars, seconds, "
                f"personal, special, children, criminal, risk, risk_parts) VALUES ({number}, '{number}', 'text/csv', "
                f"'p', 'examined', '', 0, 0, {_true(number % 3)}, '', false, false, {number * 8}, '{{}}')")  # fmt: skip
    return database


def _true(value: object) -> str:
    return "true" if value else "false"


class _Changes:
    """Any change that any writer makes to what is summed."""

    def __init__(self, database, seed):
        self.database, self.random = database, Random(seed)
        self.mark = "?" if database.dialect.name == "sqlite" else "%s"

    def some(self):
        changes = [self.add, self.add, self.change, self.examine, self.flag, self.flag, self.unflag, self.judge,
                   self.miss, self.remove, self.reassign, self.fold]  # fmt: skip
        with writing(self.database) as connection:
            for _ in range(self.random.randrange(1, 5)):
                self.random.choice(changes)(connection)

    def run(self, connection, statement, *values):
        if self.mark == "%s":
            statement = statement.replace("%", "%%").replace("?", "%s")
        connection.exec_driver_sql(statement, values or None)

    def where(self):
        return self.random.choice([f"dir_id = {self.random.randrange(1, _FOLDERS + 1)}",
                                   f"id % 3 = {self.random.randrange(3)}"])  # fmt: skip

    def add(self, connection):
        chosen = self.random.choice
        for number in range(self.random.randrange(1, 6)):
            part = chosen(["", "", f"attachment {number}"])
            self.run(
                connection, "INSERT INTO item (dir_id, name, part, kind, size, modified, version, first_seen, "
                "media_type, content_id, pipeline, outcome, misnamed) VALUES "
                "(?, ?, ?, ?, ?, ?, ?, '2026-11-01', ?, ?, '', ?, false) ON CONFLICT (dir_id, name, part) "
                "DO UPDATE SET size = excluded.size, outcome = excluded.outcome, media_type = excluded.media_type, "
                "content_id = excluded.content_id, modified = excluded.modified, kind = excluded.kind",
                self.random.randrange(1, _FOLDERS + 1), chosen(_NAMES), part,
                "part" if part else chosen(["file", "file", "file", "link"]), self.random.randrange(1000),
                chosen(_YEARS), b"v", chosen(_TYPES), chosen([None, self.random.randrange(1, _CONTENTS + 1)]),
                chosen([None, "examined", "partial", "unreadable"]),
            )  # fmt: skip

    def change(self, connection):
        moved = self.random.choice(["size = size + 7", "modified = 0", "modified = NULL", "media_type = 'image/gif'"])
        self.run(connection, f"UPDATE item SET {moved} WHERE {self.where()}")

    def examine(self, connection):
        content = self.random.randrange(1, _CONTENTS + 1)
        self.run(connection, f"UPDATE item SET outcome = 'examined', content_id = {content} WHERE {self.where()}")

    def flag(self, connection):
        state = self.random.choice(_STATES)
        self.run(connection, f"INSERT INTO flag (item_id, schedule_id, state, action, sentence) "
                 f"SELECT id, 1, '{state}', 'dispose', '' FROM item WHERE {self.where()} AND part = '' "
                 "ON CONFLICT (item_id) DO UPDATE SET state = excluded.state")  # fmt: skip

    def unflag(self, connection):
        self.run(connection, f"DELETE FROM flag WHERE item_id % 4 = {self.random.randrange(4)}")

    def judge(self, connection):
        risk, personal = self.random.randrange(101), _true(self.random.randrange(2))
        self.run(connection, f"UPDATE content SET risk = {risk}, personal = {personal} "
                 f"WHERE id % 4 = {self.random.randrange(4)}")  # fmt: skip

    def miss(self, connection):
        gone = self.random.choice(["NULL", "1"])
        self.run(connection, f"UPDATE item SET gone = {gone} WHERE {self.where()}")

    def remove(self, connection):
        self.run(connection, f"DELETE FROM item WHERE {self.where()}")

    def reassign(self, connection):
        folder, service = self.random.randrange(1, _FOLDERS + 1), self.random.randrange(1, _SERVICES + 1)
        self.run(connection, f"UPDATE dir SET service_id = {service} WHERE id = {folder}")

    def fold(self, connection):
        fold(connection)


@pytest.mark.parametrize("seed", range(2))
def test_after_any_changes_the_sums_are_those_of_a_full_count(filled, seed):
    changes = _Changes(filled, seed)
    for turn in range(40):
        changes.some()
        assert sums_differ(filled) == 0, turn
    assert told(filled) == counted(filled)
    mend_sums(filled)
    assert told(filled) == counted(filled)


def told(database):
    found = Counter()
    for name, ask in {"family": by_family, "band": by_band, "state": by_state, "year": by_year}.items():
        for portion in ask(database):
            key = portion.service, name, portion.of
            found[*key, "files"], found[*key, "bytes"] = portion.files.items, portion.files.bytes
            found[*key, "parts"] = portion.parts
    return +found


_ALL = """
SELECT s.name AS service, i.name, i.part, i.media_type, i.size, i.modified, i.outcome, c.id AS content, c.personal,
c.risk, f.state FROM item i JOIN dir d ON d.id = i.dir_id JOIN service s ON s.id = d.service_id
LEFT JOIN content c ON c.id = i.content_id LEFT JOIN flag f ON f.item_id = i.id
WHERE i.gone IS NULL AND i.kind IN ('file', 'part')
"""


def counted(database):
    """By the words of the domain, and not of the database."""
    found = Counter()
    with writing(database) as connection:
        for row in connection.exec_driver_sql(_ALL):
            long = LONG_TYPES.get(row.media_type, row.media_type)
            kind = Family.OTHER if long is None and row.part else family_of(long, bytes(row.name))
            of = {"family": kind, "band": _band(row), "year": _year(row.modified)}
            for name, value in (of | ({"state": State(row.state)} if row.state else {})).items():
                found[row.service, name, value, "parts" if row.part else "files"] += 1
                found[row.service, name, value, "bytes"] += 0 if row.part else row.size
    return +found


def _band(row):
    if row.content is None or row.outcome not in ("examined", "partial"):
        return RiskBand.NOT_LOOKED_INTO
    return RiskBand(1 + min(row.risk // 20, 4)) if row.personal else RiskBand.NOTHING_PERSONAL


def _year(modified):
    known = modified is not None and 0 <= modified < 4_102_444_800_000_000
    return datetime.fromtimestamp(modified // 1_000_000, UTC).year if known else None


def test_the_database_knows_every_type_and_extension_as_the_domain_does(filled):
    """Where this fails because `domain/family.py` knows more, a migration has to make the sums anew by that."""
    types = {one for parts in family._MEDIA_TYPES.values() for part in parts for one in (part, part + "x")}
    names = [f"x.{word}".encode() for words in family._EXTENSIONS.values() for word in words]
    rows = [(b"%d" % place, SHORT_TYPES.get(one, one)) for place, one in enumerate(sorted(types | set(SHORT_TYPES)))]
    mark = "?" if filled.dialect.name == "sqlite" else "%s"
    with writing(filled) as connection:
        for name, media_type in [*rows, *((name, None) for name in names)]:
            connection.exec_driver_sql(
                "INSERT INTO item (dir_id, name, part, kind, size, version, first_seen, media_type, pipeline, misnamed)"
                f" VALUES (1, {mark}, '', 'file', 1, {mark}, '2026-11-01', {mark}, '', false)",
                (name, b"v", media_type),
            )
    assert told(filled) == counted(filled)


def test_the_sums_are_made_of_what_is_there_when_the_tables_are_brought_up_and_down(filled):
    changes = _Changes(filled, 9)
    for _ in range(12):
        changes.some()
    before = told(filled)
    downgrade(filled, import_module("inventory.migrations.versions.0018_facets").down_revision)
    with writing(filled) as connection:
        connection.exec_driver_sql("UPDATE item SET size = size + 1")
    migrate(filled)
    assert sums_differ(filled) == 0
    assert told(filled) == counted(filled) != before


def test_a_list_is_of_as_many_items_as_the_number_that_leads_to_it(filled):
    changes = _Changes(filled, 5)
    for _ in range(15):
        changes.some()
    inventory = Inventory(filled)
    with writing(filled) as connection:  # paths are bytes, and no time is beyond the calendar: no writer makes others
        connection.exec_driver_sql("UPDATE item SET modified = NULL WHERE modified > 4102444800000000")
        for number in range(1, _FOLDERS + 1):
            connection.execute(update(DirRow).where(DirRow.id == number).values(path=b"%d" % number))

    def listed(**narrowed):
        return sum(1 for _ in inventory.held(Narrowing(**narrowed)))

    for one in by_family(filled):
        assert listed(service=one.service, family=one.of, files=True) == one.files.items
    for one in by_year(filled):
        assert listed(service=one.service, year=one.of or 0, files=True) == one.files.items
    for one in by_outcome(filled):
        narrowed = {"outcome": one.of} if one.of else {"waiting": True}
        assert listed(service=one.service, **narrowed) >= one.files.items + one.parts > 0
    high = [one for one in by_band(filled) if one.of in (RiskBand.FROM_60, RiskBand.FROM_80)]
    assert listed(high=True) == sum(one.files.items + one.parts for one in high) > 0
