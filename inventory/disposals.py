"""Manifests and the journal of disposal as they are stored. Who may do what is for operations to ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, event, func, insert, select, update

from domain.disposal import UNDER_WAY, Disposal, Fate, Manifest, Planned, Refusal, Step, Stop
from domain.item import ItemRef
from inventory.dialects import in_parts, total
from inventory.engine import Database, connect
from inventory.recording import AnyRow
from inventory.tables import DisposalRow, DisposalStepRow, DisposalStopRow, ManifestRow, PackageRow

_PAGE = 1_000


@contextmanager
def durable(database: Database) -> Iterator[Database]:
    """The same inventory, in which what was committed outlives a power cut: an intent is on the disk before the act.

    Elsewhere SQLite may lose the last transactions then, though never half of one.
    """
    engine = connect(database.url.render_as_string(hide_password=False))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _synchronous)
    else:
        event.listen(engine, "begin", _committed_on_disk)
    try:
        yield engine
    finally:
        engine.dispose()


def _synchronous(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=FULL")


def _committed_on_disk(connection: Connection) -> None:
    connection.exec_driver_sql("SET LOCAL synchronous_commit = on")


def next_manifest(transaction: Connection) -> int:
    """The number that follows the last; taken by nobody else, since `batch` is written in the same transaction."""
    return (transaction.execute(select(func.max(ManifestRow.number))).scalar_one() or 0) + 1


def add_manifest(transaction: Connection, manifest: Manifest, planned: Iterable[Planned]) -> None:
    """Write down what is to go. Of a batch there is one manifest, which the database sees to."""
    values = {name: getattr(manifest, name) for name in ManifestRow.__table__.columns.keys()}  # noqa: SIM118  columns
    transaction.execute(insert(ManifestRow).values(values))
    rows = [_row(manifest.number, one) for one in planned]
    for some in in_parts(rows):
        transaction.execute(insert(DisposalRow), list(some))


def manifests(connection: Connection, services: Collection[str] | None = None) -> tuple[Manifest, ...]:
    """All of them, or those of some services, the newest first."""
    asked = select(ManifestRow.__table__).order_by(ManifestRow.number.desc())
    if services is not None:
        asked = asked.where(ManifestRow.service.in_(sorted(services)))
    return tuple(Manifest(*row) for row in connection.execute(asked))


def manifest_numbered(connection: Connection, number: int) -> Manifest | None:
    row = connection.execute(select(ManifestRow.__table__).where(ManifestRow.number == number)).one_or_none()
    return None if row is None else Manifest(*row)


def disposals(
    connection: Connection,
    manifest: int | None = None,
    fates: Collection[Fate] | None = None,
    *,
    refused: bool = False,
) -> Iterator[Disposal]:
    """The files of a manifest, or of all, in some states, in the order of their numbers; or those only that something
    was `refused` of. Each page is read as it is then.
    """
    asked, after = _DISPOSALS.order_by(DisposalRow.id).limit(_PAGE), 0
    if manifest is not None:
        asked = asked.where(DisposalRow.manifest == manifest)
    if fates is not None:
        asked = asked.where(DisposalRow.fate.in_([str(fate) for fate in fates]))
    if refused:
        asked = asked.where(DisposalRow.refusal.is_not(None))
    while page := connection.execute(asked.where(DisposalRow.id > after)).all():
        yield from map(_disposal, page)
        after = page[-1].id


def disposal_numbered(connection: Connection, number: int) -> Disposal | None:
    row = connection.execute(_DISPOSALS.where(DisposalRow.id == number)).one_or_none()
    return None if row is None else _disposal(row)


def under_way(connection: Connection) -> tuple[Disposal, ...]:
    """What was begun and not ended: being done just now, or broken off."""
    asked = _DISPOSALS.where(DisposalRow.fate.in_([str(fate) for fate in UNDER_WAY]))
    return tuple(map(_disposal, connection.execute(asked.order_by(DisposalRow.id))))


def counts(connection: Connection, manifest: int) -> dict[Fate, tuple[int, int]]:
    """Files and bytes of a manifest, by what became of them."""
    asked = select(DisposalRow.fate, func.count(), total(DisposalRow.size)).group_by(DisposalRow.fate)
    rows = connection.execute(asked.where(DisposalRow.manifest == manifest))
    return {Fate(fate): (files, size) for fate, files, size in rows}


def change(transaction: Connection, disposal: Disposal, fate: Fate, **facts: Any) -> bool:
    """Have a file be at another point, if nobody has changed that meanwhile; whether it was so. `facts` are columns."""
    stood = (DisposalRow.id == disposal.number, DisposalRow.fate == disposal.fate, DisposalRow.token == disposal.token)
    values = {name: str(value) if isinstance(value, Refusal) else value for name, value in facts.items()}
    changed = transaction.execute(update(DisposalRow).where(*stood).values(fate=str(fate), **values))
    return changed.rowcount == 1


def note_step(
    transaction: Connection, disposal: int, step: Step, at: datetime, account: str, refusal: Refusal | None = None
) -> None:
    """Add a line to the journal."""
    values = {"disposal_id": disposal, "step": str(step), "at": at, "account": account}
    transaction.execute(insert(DisposalStepRow).values(values | {"refusal": refusal and str(refusal)}))


def steps_of(connection: Connection, disposal: int) -> tuple[tuple[Step, datetime, str, Refusal | None], ...]:
    """What the journal tells of a file: each step, when, by whom, and why it was refused."""
    columns = (DisposalStepRow.step, DisposalStepRow.at, DisposalStepRow.account, DisposalStepRow.refusal)
    rows = connection.execute(
        select(*columns).where(DisposalStepRow.disposal_id == disposal).order_by(DisposalStepRow.id)
    )
    return tuple((Step(step), at, account, Refusal(why) if why else None) for step, at, account, why in rows)


def last_moment(connection: Connection) -> datetime | None:
    """The latest that the journal knows of."""
    return connection.execute(select(func.max(DisposalStepRow.at))).scalar_one()


def due_for_run(connection: Connection, manifest: int, most: int | None = None) -> Iterator[Disposal]:
    """What of a manifest waits to be taken: first what was not tried yet, then what was tried the longest ago, so that
    what is refused each time keeps nothing else waiting.
    """
    return _in_turn(connection, manifest, Fate.PLANNED, most)


def due_for_purge(connection: Connection, today: date, manifest: int, most: int | None = None) -> Iterator[Disposal]:
    """What of a manifest has been in quarantine for as long as it has to be, in the same order."""
    return _in_turn(connection, manifest, Fate.QUARANTINED, most, DisposalRow.purge_after <= today)


def _in_turn(
    connection: Connection, manifest: int, fate: Fate, most: int | None, *which: ColumnElement[bool]
) -> Iterator[Disposal]:
    """The journal is only added to, so the last line of a file tells when it was tried."""
    last = select(func.max(DisposalStepRow.id)).where(DisposalStepRow.disposal_id == DisposalRow.id).scalar_subquery()
    asked = _DISPOSALS.where(DisposalRow.manifest == manifest, DisposalRow.fate == str(fate), *which)
    asked = asked.order_by(func.coalesce(last, 0), DisposalRow.id).limit(most)
    return map(_disposal, connection.execute(asked))


def spoken_for(connection: Connection, items: Collection[int]) -> frozenset[int]:
    """Of these items those that a manifest has and that were neither refused nor restored: no copy to rely on."""
    found = set[int]()
    for some in in_parts(sorted(items)):
        asked = select(DisposalRow.item).where(DisposalRow.item.in_(some), DisposalRow.fate.not_in(_BACK))
        found |= set(connection.execute(asked).scalars())
    return frozenset(found)


_BACK = (str(Fate.REFUSED), str(Fate.RESTORED))


def note_package(transaction: Connection, disposal: int, package: str, sha256: bytes, verified: datetime) -> None:
    """That a file's copy in a package, which stands at that path, was read again and is the same."""
    values = {"disposal_id": disposal, "package": package, "sha256": sha256, "verified": verified}
    transaction.execute(insert(PackageRow).values(values))


def package_of(connection: Connection, disposal: int) -> tuple[str, bytes] | None:
    """The path of the package that a file is in, and the file's SHA-256 there; None of one that is in none."""
    asked = select(PackageRow.package, PackageRow.sha256).where(PackageRow.disposal_id == disposal)
    row = connection.execute(asked).one_or_none()
    return None if row is None else (row.package, row.sha256)


def add_stop(transaction: Connection, service: str, account: str, at: datetime, why: str) -> None:
    values = {"service": service, "account": account, "at": at, "why": why, "lifted": None, "lifted_by": ""}
    transaction.execute(insert(DisposalStopRow).values(values))


def lift_stop(transaction: Connection, number: int, account: str, at: datetime) -> None:
    lifted = update(DisposalStopRow).where(DisposalStopRow.id == number)
    transaction.execute(lifted.values(lifted=at, lifted_by=account))


def stops(connection: Connection) -> tuple[Stop, ...]:
    """Those in force."""
    asked = select(*_STOP).where(DisposalStopRow.lifted.is_(None)).order_by(DisposalStopRow.id)
    return tuple(Stop(*row) for row in connection.execute(asked))


_STOP = (DisposalStopRow.id, DisposalStopRow.service, DisposalStopRow.account, DisposalStopRow.at, DisposalStopRow.why)
_DISPOSALS: Select[Any] = select(DisposalRow.__table__)
_OF_THE_PLANNED = (
    "item", "verdict", "tag", "service", "size", "modified", "version", "file_id", "digest", "rule", "record_class",
    "due", "ground",
)  # fmt: skip


def _row(manifest: int, one: Planned) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _OF_THE_PLANNED} | {
        "manifest": manifest, "source": one.ref.source, "locator": one.ref.locator, "seal": one.place,
        "fate": str(Fate.PLANNED), "refusal": None, "token": "", "kept": b"", "quarantined": None,
        "purge_after": None, "given_to": None, "ended": None,
    }  # fmt: skip


def _disposal(row: AnyRow) -> Disposal:
    planned = Planned(
        ref=ItemRef(row.source, row.locator), place=row.seal, **{name: getattr(row, name) for name in _OF_THE_PLANNED}
    )
    return Disposal(
        row.id, row.manifest, planned, Fate(row.fate), Refusal(row.refusal) if row.refusal else None, row.token,
        row.kept, row.quarantined, row.purge_after, row.given_to, row.ended,
    )  # fmt: skip
