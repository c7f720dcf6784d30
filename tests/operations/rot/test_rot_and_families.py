"""Families and ROT come to one decision, whatever lies in an estate: made-up estates, and what must hold in all."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from builders import a_zip
from scan_driver import scan
from sqlalchemy import insert, select, update

from benchmarks.copied_tree import a_text, edited
from domain.actor import Actor, Grant, Proof
from domain.actor import Role as Post
from domain.copies import CopyKind, Role
from domain.hold import Hold, HoldKind, HoldScope
from domain.rot import RotReason
from inventory.engine import reading, writing
from inventory.holds import add_hold
from inventory.tables import DirRow, FamilyRow, FlagRow, ItemRow, MemberRow, RotRow, ScheduleRow
from operations.configuration.rot_settings import RotSettings
from operations.families.find import find_families
from operations.people.audit import Trail
from operations.rot.find import find_rot

TODAY = date(2026, 11, 1)
OWNER = Actor("amy", (Grant(Post.OWNER),), Proof.OPERATING_SYSTEM)
REDUNDANT = (RotReason.COPY, RotReason.VERSION)
MAY_GO = [reason for reason in RotReason if reason.disposable]
PLACES = (
    "Finance", "Finance/Old Backups", "Finance/Old", "Care/Case files/1", "Care/Case files/2", "Program Files/App",
    "Claims/9", "Planning/Minutes", "Planning", "Archive 2017", "$RECYCLE.BIN", "Temp",
)  # fmt: skip
NAMES = (
    "{}.docx", "{} v1.docx", "{} v2.docx", "{} final.docx", "{} draft.docx", "Copy of {}.docx", "{} signed.docx",
    "{} minutes draft.docx", "{}.tmp", "~${}.docx",
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """An item as ROT and families leave it; `goes` says that it is put forward as what could go."""

    number: int
    path: str
    content: int | None
    size: int
    file: str | None
    reason: RotReason | None
    also: tuple[RotReason, ...]
    guard: str | None
    bytes: int
    keeps: int | None
    state: str | None

    @property
    def goes(self) -> bool:
        return self.reason in MAY_GO and self.guard == ""

    @property
    def is_redundant(self) -> bool:
        return self.goes and self.reason in REDUNDANT


def an_estate(chance: random.Random) -> dict[bytes, bytes]:
    """Documents each at several places, as copies and as versions; archives beside what they hold; messages."""
    files: dict[bytes, bytes] = {}
    for number in range(9):
        base = a_text(chance, 60)
        for place, name in zip(chance.sample(PLACES, 5), chance.choices(NAMES, k=5), strict=True):
            text = base if chance.random() < 0.5 else edited(chance, base, 0.05)
            files[f"{place}/{name.format(f'plan {number}')}".encode()] = text.encode()
    for place in chance.sample(PLACES, 3):
        inside = {f"{place} {number}.txt" if chance.random() < 0.5 else f"{number}.txt": f"held {number}" * 9
                  for number in range(2)}  # fmt: skip
        inside = {name.replace("/", " "): text for name, text in inside.items()}
        files[f"{place}/kept.zip".encode()] = a_zip(inside)
        files |= {f"{place}/kept/{name}".encode(): text.encode() for name, text in inside.items()}
    for number in range(3):
        for place in chance.sample(PLACES, 3):
            files[f"{place}/mail {number}.eml".encode()] = a_message(number, by=place)
    return files


def a_message(number: int, by: str) -> bytes:
    """The same message wherever it came by."""
    return (
        f"Received: by {by.replace(' ', '-')}\nFrom: a@example.org\nTo: b@example.org\nMessage-ID: <{number}@a>\n"
        f"Date: Mon, 05 Mar 2018 09:00:00 +0000\nSubject: Automatic reply {number}\n\nThe roads are open.\n"
    ).encode()


def flagged(trail, chance: random.Random) -> None:
    """Some are past due, to be reviewed or cannot be computed; some are one file; days are as they come."""
    with writing(trail.database) as connection:
        values = {"digest": "d", "name": "s", "version": "1", "title": "S", "evaluated": TODAY}
        schedule = connection.execute(insert(ScheduleRow).values(values).returning(ScheduleRow.id)).scalar_one()
        whole = select(ItemRow.id).where(ItemRow.part == "", ItemRow.kind == "file").order_by(ItemRow.id)
        for number in connection.execute(whole).scalars().all():
            day = datetime(chance.randrange(1999, 2026), 1, 1, tzinfo=UTC)
            connection.execute(update(ItemRow).where(ItemRow.id == number).values(modified=day))
            state = chance.choice(("due dispose", "due review", "uncomputable keep", *[""] * 7))
            if state:
                name, action = state.split()
                flag = {"item_id": number, "schedule_id": schedule, "state": name, "action": action}
                connection.execute(insert(FlagRow).values(sentence="Kept for 6 years.", **flag))
        scope = HoldScope(paths=("Planning/**",))
        add_hold(connection, Hold("H", HoldKind.LITIGATION, "A claim", "role:siro", scope, placed=TODAY))


def linked(trail) -> None:
    """The first two names of the same bytes become one file."""
    with writing(trail.database) as connection:
        rows = connection.execute(select(ItemRow.content_id, ItemRow.id).where(ItemRow.part == "")).all()
        groups = defaultdict(list)
        for content, number in rows:
            groups[content].append(number)
        several = [numbers[:2] for content, numbers in groups.items() if content and len(numbers) > 2]
        for place, numbers in enumerate(several[:3]):
            connection.execute(update(ItemRow).where(ItemRow.id.in_(numbers)).values(file_id=f"1:{place}"))


def found_in(trail) -> dict[int, Found]:
    chosen = (
        select(ItemRow.id, DirRow.path, ItemRow.name, ItemRow.content_id, ItemRow.size, ItemRow.file_id, RotRow.reason,
               RotRow.also, RotRow.guard, RotRow.bytes, RotRow.keeps_id, FlagRow.state)
        .join(DirRow, DirRow.id == ItemRow.dir_id).outerjoin(RotRow, RotRow.item_id == ItemRow.id)
        .outerjoin(FlagRow, FlagRow.item_id == ItemRow.id).where(ItemRow.part == "", ItemRow.kind == "file")
    )  # fmt: skip
    with reading(trail.database) as connection:
        rows = connection.execute(chosen).all()
    return {
        row.id: Found(
            row.id, (row.path + b"/" + row.name).decode(), row.content_id, row.size, row.file_id,
            row.reason and RotReason(row.reason), tuple(map(RotReason, filter(None, (row.also or "").split(",")))),
            row.guard, row.bytes or 0, row.keeps_id, row.state,
        )
        for row in rows
    }  # fmt: skip


def records(trail) -> set[int]:
    """What families propose to stay; what was unpacked beside an archive may be a copy of something else."""
    asked = select(FamilyRow.record_id).where(FamilyRow.kind != CopyKind.ARCHIVE, FamilyRow.kind != CopyKind.ATTACHMENT)
    with reading(trail.database) as connection:
        return {number for number in connection.execute(asked).scalars() if number}


@pytest.fixture(params=range(3))
def judged(request, trail) -> tuple[Trail, Mapping[int, Found]]:
    chance = random.Random(request.param)
    scan(trail.database, an_estate(chance))
    flagged(trail, chance)
    linked(trail)
    find_families(OWNER, trail)
    find_rot(OWNER, trail, RotSettings(), TODAY)
    return trail, found_in(trail)


def test_in_made_up_estates_nothing_that_stays_goes_and_nothing_guarded_is_put_forward(judged):
    trail, items = judged
    redundant = [item for item in items.values() if item.is_redundant]
    assert {item.reason for item in redundant} == set(REDUNDANT)
    assert not {item.number for item in redundant} & records(trail)
    assert [item.path for item in redundant if item.keeps is None or items[item.keeps].goes] == []
    assert [item.path for item in items.values() if item.goes and is_guarded(item, items)] == []
    assert [item.path for item in items.values() if item.reason and not is_first(item)] == []
    for group in of_one_content(items):
        if any(item.reason is RotReason.COPY and item.goes for item in group):
            assert not all(item.goes for item in group)
    assert sum(item.bytes for item in items.values() if item.goes) == freed(items)
    assert find_rot(OWNER, trail, RotSettings(), TODAY).changed == 0


def is_guarded(item: Found, items: Mapping[int, Found]) -> bool:
    """As governance has it, told by the paths of the estate alone."""
    if item.path.startswith("Planning"):
        return True
    if item.reason is RotReason.PAST_DUE:
        return False
    if item.path.startswith("Program Files") or (item.state == "uncomputable" and item.reason in REDUNDANT):
        return True
    if item.reason not in REDUNDANT:
        return False
    case = next((case for case in ("Care/Case files/1/", "Care/Case files/2/", "Claims/9/") if case in item.path), "")
    left = bool(case) and not items[item.keeps or 0].path.startswith(case)
    return left or "signed" in item.path or ("minutes" in item.path and RotReason.VERSION in (item.reason, *item.also))


def is_first(item: Found) -> bool:
    order = list(RotReason)
    return item.reason is not None and all(order.index(item.reason) < order.index(also) for also in item.also)


def of_one_content(items: Mapping[int, Found]) -> Iterator[list[Found]]:
    groups = defaultdict(list)
    for item in items.values():
        groups[item.content].append(item)
    return (group for content, group in groups.items() if content and len(group) > 1)


def freed(items: Mapping[int, Found]) -> int:
    """Every file once, and only where all its names go."""
    names = defaultdict(list)
    for item in items.values():
        names[item.file or item.number].append(item)
    return sum(group[0].size for group in names.values() if all(item.goes for item in group))


def redundant_paths(trail) -> dict[str, str]:
    items = found_in(trail)
    return {item.path: items[item.keeps].path for item in items.values() if item.is_redundant and item.keeps}


def looked_for(trail, files: Mapping[bytes, bytes]) -> dict[str, str]:
    scan(trail.database, files)
    find_families(OWNER, trail)
    find_rot(OWNER, trail, RotSettings(), TODAY)
    return redundant_paths(trail)


def test_one_message_that_came_by_several_ways_is_kept_once(trail):
    files = {b"Post/Inbox/m.eml": a_message(1, "here"), b"Post/Deleted Items/m.eml": a_message(1, "there")}
    assert looked_for(trail, files) == {"Post/Deleted Items/m.eml": "Post/Inbox/m.eml"}


def test_an_archive_gives_way_to_what_was_unpacked_beside_it(trail):
    inside = {"x.txt": "the one" * 9, "y.txt": "the other" * 9}
    files = {b"Finance/c.zip": a_zip(inside)}
    files |= {f"Finance/c/{name}".encode(): text.encode() for name, text in inside.items()}
    assert looked_for(trail, files) == {"Finance/c.zip": "Finance/c/x.txt"}


def test_an_archive_stays_where_what_was_unpacked_gives_way_to_other_copies(trail):
    files = {b"Temp/c.zip": a_zip({"x.txt": "the one" * 9}), b"Temp/c/x.txt": b"the one" * 9,
             b"Finance/x.txt": b"the one" * 9}  # fmt: skip
    assert looked_for(trail, files) == {"Temp/c/x.txt": "Finance/x.txt"}


def test_an_archive_stays_where_any_file_that_was_unpacked_is_past_due(trail):
    inside = {"x.txt": "the one" * 9, "y.txt": "the other" * 9}
    files = {b"Finance/c.zip": a_zip(inside)}
    scan(trail.database, files | {f"Finance/c/{name}".encode(): text.encode() for name, text in inside.items()})
    find_families(OWNER, trail)
    find_rot(OWNER, trail, RotSettings(), TODAY)
    assert redundant_paths(trail) == {"Finance/c.zip": "Finance/c/x.txt"}
    with writing(trail.database) as connection:
        values = {"digest": "d", "name": "s", "version": "1", "title": "S", "evaluated": TODAY}
        schedule = connection.execute(insert(ScheduleRow).values(values).returning(ScheduleRow.id)).scalar_one()
        last = connection.execute(select(ItemRow.id).where(ItemRow.name == b"y.txt", ItemRow.part == "")).scalar_one()
        flag = {"item_id": last, "schedule_id": schedule, "state": "due", "action": "dispose"}
        connection.execute(insert(FlagRow).values(sentence="Kept for 6 years.", **flag))
    find_rot(OWNER, trail, RotSettings(), TODAY)
    assert redundant_paths(trail) == {}


def test_an_attachment_that_lies_on_a_share_too_frees_nothing(trail):
    mail = (
        b"From: a@example.org\nSubject: Plan\nMIME-Version: 1.0\nContent-Type: application/octet-stream\n"
        b'Content-Disposition: attachment; filename="plan.txt"\n\nthe plan itself'
    )
    assert looked_for(trail, {b"Mail/m.eml": mail, b"Finance/plan.txt": b"the plan itself"}) == {}


WORDS = " ".join(f"word{number}" for number in range(200))


def test_no_version_gives_way_to_one_that_is_trivial_or_gone(trail):
    files = {b"$RECYCLE.BIN/plan final.txt": WORDS.encode(), b"Finance/plan draft.txt": (WORDS + " x").encode()}
    assert looked_for(trail, files) == {}
    two = {b"A/plan final.txt": WORDS.encode(), b"A/plan draft.txt": (WORDS + " x").encode()}
    assert looked_for(trail, two) == {"A/plan draft.txt": "A/plan final.txt"}
    scan(trail.database, {b"A/plan draft.txt": two[b"A/plan draft.txt"]})
    find_rot(OWNER, trail, RotSettings(), TODAY)
    assert redundant_paths(trail) == {}


def test_a_copy_that_a_family_proposes_stays_though_rot_would_choose_another(trail):
    files = {b"Claims/9/a.txt": WORDS.encode(), b"Housing/a.txt": WORDS.encode(), b"Temp/a.txt": WORDS.encode()}
    scan(trail.database, files)
    find_families(OWNER, trail)
    with writing(trail.database) as connection:
        number = connection.execute(select(ItemRow.id).join(DirRow).where(DirRow.path == b"Housing")).scalar_one()
        connection.execute(update(FamilyRow).where(FamilyRow.kind == CopyKind.COPY).values(record_id=number))
        connection.execute(update(MemberRow).values(role=Role.COPY))
        connection.execute(update(MemberRow).where(MemberRow.item_id == number).values(role=Role.RECORD))
    find_rot(OWNER, trail, RotSettings(), TODAY)
    assert redundant_paths(trail) == {"Temp/a.txt": "Housing/a.txt"}


def test_what_one_family_keeps_in_its_format_gives_way_in_none(trail):
    near = {number: WORDS.replace(f"word{number} ", "changed ") for number in (100, 101, 102)}
    files = {"A/plan final.txt": WORDS, "A/plan.log": near[100], "B/zones signed.log": near[101], "B/x.txt": near[102]}
    found = looked_for(trail, {path.encode(): text.encode() for path, text in files.items()})
    assert found == {"B/x.txt": "B/zones signed.log"}
