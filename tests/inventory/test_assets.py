from __future__ import annotations

from datetime import UTC, date, datetime

from fakes import MakeTools, OrderedExtractor
from scan_driver import FILES, HERE, a_recorder, held, listings, scan
from sqlalchemy import BigInteger, insert, type_coerce, update

from domain.account import Account
from domain.actor import Role
from domain.asset import Asset, Location, Standing
from domain.content import Content
from domain.person import PrincipalKind
from inventory.accounts import add_account
from inventory.asset_figures import registered
from inventory.assets import assets, drop_asset, parties, write_asset
from inventory.engine import writing
from inventory.tables import ItemRow, PrincipalRow
from operations.examine import examine
from scanner.budget import Budget

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, tzinfo=UTC)
SOURCE = HERE.name


def an_asset(number: str = "A-0001", *paths: bytes, **said) -> Asset:
    return Asset(
        number, said.pop("title", "Invoices"), "Finance", tuple(Location(SOURCE, path) for path in paths), **said
    )


def know(database, **people: Account) -> None:
    with writing(database) as connection:
        for account in people.values():
            add_account(connection, account, NOW)


def test_an_asset_is_read_as_it_was_written(database):
    scan(database, FILES)
    whole = an_asset("A-0001", b"", b"Finance", owner="amy", confirmed=frozenset({"owner"}), confirmed_by="bob",
                     confirmed_on=TODAY, released=TODAY, update_frequency="yearly")  # fmt: skip
    with writing(database) as connection:
        write_asset(connection, an_asset("A-0001", b"Finance", title="Old"))
        write_asset(connection, whole)
        assert assets(connection) == {"A-0001": whole}
        drop_asset(connection, "A-0001")
        assert assets(connection) == {}


def test_people_are_known_as_accounts_and_by_the_directory(database):
    with writing(database) as connection:
        add_account(connection, Account("amy", "Amy Marsh", frozenset({Role.APPROVER})), NOW)
        add_account(connection, Account("old", "Olga Dent", frozenset({Role.APPROVER}), disabled=True), NOW)
        add_account(connection, Account("root", "", frozenset({Role.ADMINISTRATOR})), NOW)
        for account, name, kind, left in (
            ("S-1-5-21-1-1", "Bob Finch", "user", False), ("S-1-5-21-1-2", "Cara Holt", "user", True),
            ("S-1-5-21-1-3", "Amy Marsh", "user", False), ("S-1-5-21-1-4", "All staff", "group", False),
        ):  # fmt: skip
            values = {"account": account, "name": name, "kind": PrincipalKind(kind), "left": left, "resolved": TODAY}
            connection.execute(insert(PrincipalRow).values(values))
        connection.execute(insert(PrincipalRow).values(account="S-1-5-21-1-5", name="Dan Reed", kind="user"))
        names = ("amy", "OLD", "root", "bob finch", "Cara Holt", "All staff", "Dan Reed", "nobody")
        of = parties(connection, names)
    standings = ["present", "gone", "gone", "present", "gone", "unknown", "unknown", "unknown"]
    assert [of(name).standing for name in names] == standings
    assert not of("amy").known_as.isdisjoint({"amy marsh"})
    assert of("").known_as == frozenset()
    assert of("nobody").standing is Standing.UNKNOWN


def test_what_lies_in_an_asset_is_added_up_and_the_deepest_counts(database):
    scan(database, FILES)
    with writing(database) as connection:
        write_asset(connection, an_asset("A-1", b""))
        write_asset(connection, an_asset("A-2", b"Finance"))
    of = {one.asset.id: one.holding for one in registered(database)}
    paths = [path for path in held(database) if " > " not in path]
    assert of["A-2"].files.items == sum(path.startswith("Finance/") for path in paths)
    assert of["A-1"].files.items + of["A-2"].files.items == len(paths)
    with writing(database) as connection:
        drop_asset(connection, "A-2")
    (one,) = registered(database)
    assert one.holding == of["A-1"] + of["A-2"]


class _AwaitsOcr(OrderedExtractor):
    """A reader that leaves the text in a picture for later."""

    def extract(self, blob, media_type, limit):
        return Content("Words", pending=("ocr",) if b"picture" in blob.bytes else ())


def test_what_waits_for_ocr_is_not_read_to_the_end(database):
    files = {b"Finance/a.txt": b"picture", b"Finance/b.txt": b"words"}
    recorder = a_recorder(database)
    tools = MakeTools(files, Budget(), _AwaitsOcr)()
    for listing in listings(files):
        for todo in recorder.note(listing):
            recorder.record(todo.item, None, examine(todo.item, tools))
    with writing(database) as connection:
        write_asset(connection, an_asset("A-1", b""))
    (one,) = registered(database)
    assert (one.holding.files.items, one.holding.unread) == (2, 1)


def test_an_account_of_somebody_whom_the_directory_knows_only_as_one_who_left_is_gone(database):
    with writing(database) as connection:
        for name, person in (("amy", "Amy Marsh"), ("ben", "Ben Lee")):
            add_account(connection, Account(name, person, frozenset({Role.APPROVER})), NOW)
        for account, name, left in (("S-1", "Amy Marsh", True), ("S-2", "Ben Lee", True), ("S-3", "Ben Lee", False)):
            values = {"account": account, "name": name, "kind": PrincipalKind.USER, "left": left, "resolved": TODAY}
            connection.execute(insert(PrincipalRow).values(values))
        of = parties(connection, ("amy", "Amy Marsh", "ben"))
    assert [of(name).standing for name in ("amy", "Amy Marsh", "ben")] == ["gone", "gone", "present"]


def test_days_that_no_file_can_be_of_hide_no_others(database):
    scan(database, {b"Finance/%d" % number: b"x" for number in range(4)})
    micro = 86_400_000_000
    moments = (0, 14_000 * micro, 20_000 * micro, 9_000_000_000_000_000_000)
    with writing(database) as connection:
        write_asset(connection, an_asset("A-1", b""))
        for number, moment in enumerate(moments):
            values = (
                update(ItemRow).where(ItemRow.name == b"%d" % number).values(modified=type_coerce(moment, BigInteger))
            )
            connection.execute(values)
    (one,) = registered(database)
    assert (one.holding.oldest, one.holding.newest) == (date(2008, 5, 1), date(2024, 10, 4))
