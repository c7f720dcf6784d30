"""A share with files that are due, an inventory that knows them, and the people who decide on them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from inventories import an_inventory_at

from domain.account import Account
from domain.actor import Actor, Grant, Proof, Role
from domain.asset import Asset, Location, said
from domain.audit import AuditKey
from domain.disposal import Disposal, Fate, Manifest, Refusal, Step
from domain.review import Approval, Batch, BatchState, ReasonCode, SampleCount, Stage, VerdictKind, VerdictState
from inventory import disposals as kept
from inventory import reviews, schedules
from inventory.accounts import add_account
from inventory.assets import write_asset
from inventory.engine import reading, writing
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from inventory.schedules import Approval as ScheduleApproval
from operations.config import Settings, load_settings
from operations.disposal.holding import Watch, unwatched
from operations.disposal.planning import Draft, plan
from operations.dispose import Done, purge, restore, run
from operations.keys import new_secret
from operations.people.approval import APPROVERS
from operations.people.audit import Trail
from retention.schedule import load_schedule
from scanner.source import Source
from scanner.sources.filesystem import FilesystemSource

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OLD = datetime(2015, 6, 1, tzinfo=UTC).timestamp()
SOURCE = "shares"
A, B, C, D = b"Housing/a.txt", b"Housing/b.txt", b"Housing/deep/c.txt", b"Housing/deeper/d.txt"
FILES = {A: b"first", B: b"second", C: b"third", D: b"fourth"}

SCHEDULE = """\
[schedule]
id = "test"
version = "1"
title = "Test schedule"
effective_from = 2020-01-01
min_observed = "P0D"
status = "approved"

[[class]]
id = "HO.01"
title = "Repairs"
paths = ["Housing/**"]

[[rule]]
id = "HO"
class = "HO.01"
trigger = { date = "modified" }
period = "P1Y"
action = "dispose"
authority = "test"
"""
CONFIG = """\
[organisation]
name = "Averham Council"

[inventory]
url = "{url}"

[retention]
schedule = "schedule.toml"

[disposal]
enabled = true
{disposal}

[[source]]
name = "shares"
root = "{root}"
dispose = true
allow_purge = true
"""


def an_actor(name: str, role: Role, *services: str) -> Actor:
    return Actor(name, (Grant(role, frozenset(services)),), Proof.PASSWORD)


RUTH, ALEX = an_actor("ruth", Role.REVIEWER, "Housing"), an_actor("alex", Role.APPROVER, "Housing")
MORGAN, IGGY = an_actor("morgan", Role.RECORDS_MANAGER), an_actor("iggy", Role.IG_OFFICER)
PEOPLE = (RUTH, ALEX, MORGAN, IGGY)


@dataclass
class Estate:
    """`now` is what the clock shows."""

    root: Path
    settings: Settings
    trail: Trail
    now: datetime = NOW
    found: dict[bytes, int] = field(default_factory=dict)

    def clock(self) -> datetime:
        return self.now

    def path(self, name: bytes) -> Path:
        return self.root / os.fsdecode(name)

    def approved(
        self, names: Sequence[bytes], kind: VerdictKind = VerdictKind.DISPOSE, *, second: bool = False,
        approvals: Sequence[tuple[Stage, Actor]] = ((Stage.FIRST, ALEX),), state: BatchState = BatchState.APPROVED,
        reason: ReasonCode = ReasonCode.PERIOD_OVER, rule: str = "HO",
    ) -> int:  # fmt: skip
        """A batch of verdicts on files, as people would have given and approved it; its number."""
        batch = Batch(
            0, "Housing", kind, reason, "", RUTH.account, "", NOW, state, len(names), 0, second, (), SampleCount()
        )  # fmt: skip
        with writing(self.trail.database) as transaction:
            number = reviews.add_batch(transaction, batch)
            reviews.add_verdicts(transaction, [self._verdict(number, name, kind, rule) for name in names])
            for stage, actor in approvals:
                reviews.add_approval(transaction, number, Approval(stage, actor.account, "", NOW, approved=True))
        return number

    def planned(self, names: Sequence[bytes], **how) -> Manifest:
        manifest, _ = self.plan(self.approved(names, **how))
        assert manifest is not None
        return manifest

    def plan(self, batch: int, actor: Actor = IGGY) -> tuple[Manifest | None, Draft]:
        return plan(actor, self.trail, self.settings, batch, self.clock)

    def run(
        self, manifest: Manifest, typed: int | None = None, actor: Actor = IGGY, watch: Watch = unwatched
    ) -> Done:  # fmt: skip
        count = len(self.at(manifest, Fate.PLANNED)) if typed is None else typed
        return run(actor, self.trail, self.settings, manifest.number, count, self.clock, watch)

    def restore(self, *files: Disposal, actor: Actor = MORGAN, to: bytes | None = None, watch=unwatched) -> Done:
        return restore(actor, self.trail, self.settings, [one.number for one in files], self.clock, to, watch)

    def purge(
        self, manifest: Manifest, typed: int | None = None, actor: Actor = IGGY, watch: Watch = unwatched,
        packages: Path | None = None,
    ) -> Done:  # fmt: skip
        with reading(self.trail.database) as connection:
            due = len(list(kept.due_for_purge(connection, self.now.date(), manifest.number)))
        count = due if typed is None else typed
        return purge(actor, self.trail, self.settings, manifest.number, count, self.clock, watch, packages)

    def at(self, manifest: Manifest, *fates: Fate) -> list[Disposal]:
        with reading(self.trail.database) as connection:
            return list(kept.disposals(connection, manifest.number, fates or None))

    def fates(self, manifest: Manifest) -> dict[bytes, tuple[Fate, Refusal | None]]:
        return {one.planned.ref.locator: (one.fate, one.refusal) for one in self.at(manifest)}

    def steps(self, one: Disposal) -> list[Step]:
        with reading(self.trail.database) as connection:
            return [step for step, *_ in kept.steps_of(connection, one.number)]

    def verdict_states(self, batch: int) -> dict[int, VerdictState]:
        with reading(self.trail.database) as connection:
            return {one.item: one.state for one in reviews.items_of(connection, batch, None)}

    def later(self, days: int = 60) -> None:
        self.now += timedelta(days=days)

    @property
    def quarantine(self) -> Path:
        return self.root / self.settings.disposal.quarantine

    def in_quarantine(self) -> set[str]:
        if not self.quarantine.exists():
            return set()
        return {path.name for path in self.quarantine.iterdir()} - {"muniment-quarantine.txt"}

    def list(self) -> None:
        """Have the inventory know what lies in the share now."""
        self.note(FilesystemSource(SOURCE, os.fsencode(self.root)), os.fsencode(self.root))

    def note(self, source: Source, place: bytes) -> None:
        """Have the inventory know what a source lists now."""
        recorder = Recorder(
            self.trail.database, Place(SOURCE, place), Pipeline("pipeline 1", "limits 1"), date(2026, 3, 2), _service_of
        )
        recorder.begin(self.now, "detector 1", "key 1")
        for listing in source.list():
            for _ in recorder.note(listing):
                pass
        recorder.settle()
        recorder.finish(self.now, complete=True)
        held = Inventory(self.trail.database).held()
        self.found |= {one.record.ref.locator: one.number for one in held}

    def _verdict(self, batch: int, name: bytes, kind: VerdictKind, rule: str) -> dict[str, object]:
        item = self.found[name]
        with reading(self.trail.database) as connection:
            row = connection.exec_driver_sql(f"SELECT dir_id, version, size FROM item WHERE id = {item}").one()
        return {
            "batch_id": batch, "item_id": item, "dir_id": row[0], "kind": str(kind), "until": None, "target": "",
            "version": bytes(row[1]), "digest": None, "rule": rule, "schedule": "", "size": row[2], "stamp": "",
            "state": str(VerdictState.CURRENT),
        }  # fmt: skip


def _service_of(folder: bytes) -> str:
    return os.fsdecode(folder).split("/")[0] or "Top"


def an_estate(
    folder: Path, url: str = "", files: Mapping[bytes, bytes] = FILES, disposal: str = "", root: Path | None = None
) -> Estate:
    """With accounts, an approved schedule, and an asset over all of it that people answer for."""
    root = root or folder / "share"
    for name, content in files.items():
        write_old(root / os.fsdecode(name), content)
    url = url or f"sqlite:///{folder / 'inventory.db'}"
    (folder / "schedule.toml").write_text(SCHEDULE)
    (folder / "muniment.toml").write_text(CONFIG.format(url=url, root=root, disposal=disposal))
    settings = load_settings(folder / "muniment.toml")
    new_secret(settings.inventory.key_file)
    secret = new_secret(settings.inventory.audit_key_file)
    estate = Estate(root, settings, Trail(an_inventory_at(url), AuditKey(secret)))
    estate.list()
    populate(estate, folder)
    return estate


def write_old(path: Path, content: bytes) -> None:
    """A file that was last changed years ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (OLD, OLD))


def populate(estate: Estate, folder: Path) -> None:
    schedule = load_schedule(folder / "schedule.toml")
    then = datetime(2026, 1, 1, tzinfo=UTC)
    asset = Asset("A-1", "All", "Housing", owner="morgan", approver="alex", locations=(Location(SOURCE, b""),))
    with writing(estate.trail.database) as connection:
        for actor in PEOPLE:
            grant = actor.grants[0]
            account = Account(actor.account, "", frozenset({grant.role}), grant.services, has_password=True)
            add_account(connection, account, then)
        for role in APPROVERS:
            schedules.approve(connection, schedule.digest, ScheduleApproval(role, str(role), "", then))
        vouched = replace(asset, confirmed=said(asset), confirmed_by="morgan", confirmed_on=date(2026, 1, 1))
        write_asset(connection, vouched)


def content(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every regular file below a folder that is not in quarantine, by its path."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and ".muniment-quarantine" not in path.parts:
            yield str(path.relative_to(root)), path.read_bytes()


def at_step(step: Step, act: Callable[[], object]) -> Watch:
    """Do something once, as soon as a step is taken."""
    waiting = [act]

    def watch(taken: Step) -> None:
        if taken is step and waiting:
            waiting.pop()()

    return watch
