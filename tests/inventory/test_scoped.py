from __future__ import annotations

from scan_driver import HERE, scan
from sqlalchemy import select

from domain.asset import Asset, Location
from domain.pilot import PilotScope
from inventory.assets import services_in
from inventory.engine import reading
from inventory.scoped import folders_of
from inventory.tables import DirRow

FILES = {b"Year 1/a": b"1", b"Year 1/In/b": b"2", b"Year 10/c": b"3", b"Year 0/d": b"4", b"Year 10/Deep/e": b"5"}


def at(path: bytes) -> Location:
    return Location(HERE.name, path)


def asset(number: str, *paths: bytes) -> Asset:
    return Asset(number, "T", "S", tuple(map(at, paths)))


def found(database, scope: PilotScope, *assets: Asset) -> set[bytes]:
    with reading(database) as connection:
        conditions = folders_of(scope, {one.id: one for one in assets})
        return set(connection.execute(select(DirRow.path).where(*conditions)).scalars()) - {b""}


def test_a_folder_whose_name_begins_as_another_is_not_in_it(database):
    scan(database, FILES)
    assert found(database, PilotScope(locations=(at(b"Year 1"),))) == {b"Year 1", b"Year 1/In"}
    assert found(database, PilotScope(locations=(at(b"Year 10"),))) == {b"Year 10", b"Year 10/Deep"}
    with reading(database) as connection:
        assert services_in(connection, at(b"Year 1")) == {"Year 1"}


def test_a_folder_named_0_beside_one_is_not_in_it(database):
    scan(database, {b"Year/a": b"1", b"Year0/b": b"2"})
    assert found(database, PilotScope(locations=(at(b"Year"),))) == {b"Year"}
    with reading(database) as connection:
        assert services_in(connection, at(b"Year")) == {"Year"}


def test_assets_of_thousands_of_places_are_asked_for(database):
    scan(database, FILES)
    many = [b"Year 1/%d" % number for number in range(1_100)]
    around, inner = asset("A-1", b""), asset("A-2", *many, b"Year 1/In")
    assert found(database, PilotScope(assets=frozenset({"A-2"})), around, inner) == {b"Year 1/In"}
    left = found(database, PilotScope(assets=frozenset({"A-1"})), around, inner)
    assert left == {b"Year 1", b"Year 10", b"Year 0", b"Year 10/Deep"}
