"""Parquet files: every row of the views, counted, with paths for those alone who may see them."""

from __future__ import annotations

import stat

import pytest
from scan_driver import FILES, scan

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from inventory.audit import latest
from inventory.engine import reading
from inventory.views import VIEWS
from operations.access import RefusedError
from operations.reporting.export import export_parquet

parquet = pytest.importorskip("pyarrow.parquet")


def _actor(role: Role) -> Actor:
    return Actor("someone", (Grant(role),), Proof.PASSWORD, "terminal")


def _count(database, view: str) -> int:
    with reading(database) as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {view}").scalar_one()


def test_the_files_have_as_many_rows_as_the_database(trail, tmp_path):
    scan(trail.database, FILES)
    written = export_parquet(_actor(Role.OWNER), trail, tmp_path / "out", paths=True)
    assert {path.stem for path in written} == {view.name for view in VIEWS}
    for path, rows in written.items():
        assert rows == _count(trail.database, path.stem) == parquet.read_metadata(path).num_rows
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert written[tmp_path / "out" / "bi_items.parquet"] > 0


def test_the_fields_carry_their_meaning(trail, tmp_path):
    export_parquet(_actor(Role.OWNER), trail, tmp_path, paths=False)
    for view in VIEWS[:-1]:
        schema = parquet.read_schema(tmp_path / f"{view.name}.parquet")
        assert schema.names == [field.name for field in view.fields]
        assert [schema.field(field.name).metadata[b"meaning"].decode() for field in view.fields] == [
            field.meaning for field in view.fields
        ]


def test_paths_go_to_nobody_who_does_not_ask_or_may_not_see_lists(trail, tmp_path):
    scan(trail.database, {b"Finance/canary.txt": b"NAMED"})
    export_parquet(_actor(Role.OWNER), trail, tmp_path / "plain", paths=False)
    assert not [
        path for path in (tmp_path / "plain").iterdir() if "canary" in str(parquet.read_table(path).to_pydict())
    ]
    with pytest.raises(RefusedError):
        export_parquet(_actor(Role.ADMINISTRATOR), trail, tmp_path / "refused", paths=True)
    assert not (tmp_path / "refused").exists()


def test_a_reviewer_of_one_service_exports_nothing_of_all(trail, tmp_path):
    with pytest.raises(RefusedError):
        export_parquet(_actor(Role.REVIEWER), trail, tmp_path / "out", paths=False)


def test_it_is_written_in_the_trail_with_what_was_taken(trail, tmp_path):
    export_parquet(_actor(Role.OWNER), trail, tmp_path, paths=True)
    (entry,) = latest(trail.database, 1)
    assert entry.act == Act.FIGURES_EXPORTED
    assert '"paths":true' in entry.facts
