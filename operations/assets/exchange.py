"""The register of assets out to a sheet and in again: all of a sheet or none of it, and twice is as once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from domain.actor import About, Actor, Authority, Verb
from domain.asset import PUBLISHED, TEXTS, Asset, Location, Registered, said
from domain.audit import Act
from domain.errors import MunimentError
from inventory.asset_figures import registered
from inventory.assets import assets, free_locations, service_names, services_of, source_names, write_asset
from inventory.audit import Transaction
from inventory.engine import Database, reading
from inventory.periods import pilots
from operations.access import ask
from operations.assets.sheet import Known, asset_of, cells_of, confirms, rows_in, shown, write_sheet
from operations.people.audit import Trail
from retention.exchange import Row
from retention.refusal import refused

ANY = About(frozenset())
"""What is asked before anything is told: whether the actor may do it anywhere at all."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a sheet: assets that are new, were changed, were confirmed, or stay as they were; and
    the `pilots` that are measured in one that is made of other places now.
    """

    added: int
    changed: int
    confirmed: int
    same: int
    pilots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Plan:
    before: Mapping[str, Asset]
    after: Sequence[Asset]
    services: frozenset[str] = frozenset()

    @property
    def written(self) -> Iterator[tuple[Asset | None, Asset]]:
        """What is no more as it was."""
        pairs = ((self.before.get(asset.id), asset) for asset in self.after)
        return (pair for pair in pairs if pair[0] != pair[1])

    @property
    def confirmed(self) -> tuple[Asset, ...]:
        """Those that somebody vouches for by this sheet."""
        return tuple(after for before, after in self.written if _is_vouched(before, after))


def export_assets(actor: Actor, database: Database, path: Path, service: str | None = None) -> int:
    """Write the register, or the assets of a service, into a new sheet; return how many assets that is."""
    ask(actor, Verb.VIEW_LIST, About() if service is None else About(frozenset({service})))
    found = tuple(one for one in registered(database) if service in (None, one.asset.service))
    write_sheet(path, map(sheet_row, found))
    return len(found)


def import_assets(actor: Actor, trail: Trail, path: Path, today: date) -> Imported:
    """Put the assets of a sheet into the register; those that it does not name stay as they are.

    Raises ConfigurationError naming file, line, column and what to write of all that is wrong; nothing is written then.
    """
    rows, digest = rows_in(path)
    return enter_rows(actor, trail, rows, today, digest)


def enter_rows(
    actor: Actor, trail: Trail, rows: Sequence[Row], today: date, digest: str = "",
    seen: Mapping[str, str] | None = None,
) -> Imported:  # fmt: skip
    """As `import_assets`, of rows. `seen` are stamps of assets as they were shown: raises ChangedError where one is
    another by now.
    """
    ask(actor, Verb.EDIT_ASSET, ANY)
    with reading(trail.database) as connection:
        authority = _asked(actor, _planned(connection, rows, actor.account, today))
    with trail.changing(authority) as change:
        plan = _planned(change.transaction, rows, actor.account, today)
        _asked(actor, plan)  # what it concerns may have changed in between
        if any(stamp_of(plan.before.get(number)) != stamp for number, stamp in (seen or {}).items()):
            raise ChangedError("Somebody has changed this asset since it was shown.")
        written = tuple(plan.written)
        free_locations(change.transaction, [after.id for _, after in written])
        for before, after in written:
            write_asset(change.transaction, after)
            if changed := _changed(before, after):
                change.note(Act.ASSET_CHANGED, subject_of(after), fields=", ".join(sorted(changed)))
        for asset in plan.confirmed:
            change.note(Act.ASSET_CONFIRMED, subject_of(asset), fields=len(asset.confirmed))
        added = sum(before is None for before, _ in written)
        changed_ones = sum(bool(before and _changed(before, after)) for before, after in written)
        came = Imported(
            added, changed_ones, len(plan.confirmed), len(plan.after) - len(written),
            _moved(change.transaction, written),
        )  # fmt: skip
        change.note(Act.ASSETS_IMPORTED, added=came.added, changed=came.changed, confirmed=came.confirmed, file=digest)
    return came


class ChangedError(MunimentError):
    """What was to be changed is not any more as it was seen."""


def stamp_of(asset: Asset | None) -> str:
    """Says that an asset was seen just as it is; of one that there is not, nothing."""
    if asset is None:
        return ""
    told = [*cells_of(asset).items(), *sorted(asset.confirmed), asset.confirmed_on, asset.released]
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def subject_of(asset: Asset) -> str:
    """An asset as the audit trail names it."""
    return f"asset:{asset.id}"


def sheet_row(one: Registered) -> dict[str, str]:
    """An asset as a line of the sheet that goes out."""
    asset = one.asset
    return cells_of(
        asset,
        state=one.state,
        confirmed=", ".join(sorted(asset.confirmed)),
        confirmed_by=asset.confirmed_by,
        confirmed_on=str(asset.confirmed_on or ""),
        lacks="; ".join(lack.words for lack in one.lacks),
    )


def _asked(actor: Actor, plan: _Plan) -> Authority:
    """The authority to edit, or, where anything is vouched for, to confirm, which needs both."""
    about = About(plan.services)
    edits = ask(actor, Verb.EDIT_ASSET, about)
    return ask(actor, Verb.CONFIRM_ASSET, about) if plan.confirmed else edits


def _planned(connection: Transaction, rows: Sequence[Row], account: str, today: date) -> _Plan:
    before = assets(connection)
    known = Known(connection, before, source_names(connection), service_names(connection))
    after: dict[str, Asset] = {}
    lines: dict[str, str] = {}
    complaints: list[str] = []
    for row in rows:
        line = f"{row.place}:{row.line}"
        try:
            asset = asset_of(row, known)
            vouched = _vouched(asset, before.get(asset.id), account if confirms(row) else "", today)
        except ValueError as error:
            complaints.append(f"{line}: {error}")
            continue
        if lines.setdefault(asset.id, line) != line:
            complaints.append(f'{line}: id: another line speaks of "{asset.id}"; leave one out')
        after[asset.id] = vouched
    if complaints := complaints or list(_claimed_twice({**before, **after}, lines)):
        raise refused(complaints)
    plan = _Plan(before, tuple(after.values()))
    return replace(plan, services=frozenset().union(*(_services(connection, *pair) for pair in plan.written)))


def _vouched(asset: Asset, before: Asset | None, account: str, today: date) -> Asset:
    """With what stays confirmed, or all of it where an account says so now."""
    still = _still(before, asset)
    if account and (not still >= said(asset) or asset.confirmed_on != today):
        return replace(asset, confirmed=said(asset), confirmed_by=account, confirmed_on=today)
    return replace(asset, confirmed=still)


def _still(before: Asset | None, after: Asset) -> frozenset[str]:
    """The fields that stay confirmed: those that are as they were. Of a field that was emptied nothing is left to be
    confirmed, so the title stands for it.
    """
    changed = _changed(before, after)
    emptied = changed - said(after)
    return (before.confirmed if before else frozenset()) - changed - ({"title"} if emptied & PUBLISHED else set())


def _is_vouched(before: Asset | None, after: Asset) -> bool:
    still = _still(before, after)
    return after.confirmed > still or after.confirmed_on != (before and before.confirmed_on)


def _changed(before: Asset | None, after: Asset) -> frozenset[str]:
    fields = (*TEXTS, "locations")
    return frozenset(name for name in fields if before is None or getattr(before, name) != getattr(after, name))


def _moved(connection: Transaction, written: Sequence[tuple[Asset | None, Asset]]) -> tuple[str, ...]:
    """The pilots whose scope is another by this, so that their baselines are of other folders."""
    elsewhere = {after.id for before, after in written if before and before.locations != after.locations}
    return tuple(pilot.name for pilot in pilots(connection) if not elsewhere.isdisjoint(pilot.scope.assets))


def _claimed_twice(every: Mapping[str, Asset], lines: Mapping[str, str]) -> Iterator[str]:
    """Places that two assets would have: which is meant, nobody could say."""
    owners: dict[Location, str] = {}
    for asset in sorted(every.values(), key=lambda asset: asset.id in lines):
        for at in asset.locations:
            if (other := owners.setdefault(at, asset.id)) != asset.id:
                yield f'{lines[asset.id]}: locations: "{shown(at)}" is of {other} already; leave it out of one of them'


def _services(connection: Transaction, before: Asset | None, after: Asset) -> frozenset[str]:
    """Whom a change concerns: those whom the asset concerned, and those whom it will."""
    return services_of(connection, after) | (services_of(connection, before) if before else frozenset())
