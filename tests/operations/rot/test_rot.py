"""What is found to be redundant, obsolete and trivial in an inventory, and what never is."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from scan_driver import scan
from sqlalchemy import insert, select, update

from domain.actor import Actor, Grant, Proof, Role
from domain.copies import CopyKind
from domain.errors import ConfigurationError
from domain.hold import Hold, HoldKind, HoldScope
from domain.rot import Guard, RotItem, RotReason
from domain.rule import Action
from inventory.engine import writing
from inventory.holds import add_hold
from inventory.rot_listing import RotWanted, rot_found, rot_items, rot_page, rot_sums
from inventory.tables import (
    ContentRow,
    DirRow,
    FamilyRow,
    FlagRow,
    ItemRow,
    MemberRow,
    PrincipalRow,
    ScheduleRow,
)
from operations.access import RefusedError
from operations.configuration.rot_settings import RotSettings
from operations.people.audit import Trail
from operations.rot.find import RotFound, find_rot

TODAY = date(2026, 11, 1)
OWNER = Actor("amy", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
TEXT = b"The gritting route of 2019 goes by Marnford and Wendle."


def find(trail: Trail, **settings) -> RotFound:
    return find_rot(OWNER, trail, RotSettings(**({"untouched_years": 50} | settings)), TODAY)


def found(trail: Trail, **settings) -> dict[str, RotItem]:
    """What is put forward, by path."""
    find(trail, **settings)
    return {item.path: item for item in rot_items(trail.database, RotWanted())}


def reasons(trail: Trail, **settings) -> dict[str, RotReason]:
    return {path: item.reason for path, item in found(trail, **settings).items()}


def kept_out(trail: Trail) -> dict[str, Guard | None]:
    return {item.path: item.guard for item in rot_items(trail.database, RotWanted(guarded=True))}


def number_of(connection, path: str) -> int:
    folder, _, name = path.encode().rpartition(b"/")
    chosen = select(ItemRow.id).join(DirRow, DirRow.id == ItemRow.dir_id)
    return connection.execute(
        chosen.where(DirRow.path == folder, ItemRow.name == name, ItemRow.part == "")
    ).scalar_one()


def change(trail: Trail, path: str, **values) -> None:
    with writing(trail.database) as connection:
        connection.execute(update(ItemRow).where(ItemRow.id == number_of(connection, path)).values(values))


def flag(trail: Trail, path: str, action: Action = Action.DISPOSE, state: str = "due") -> None:
    with writing(trail.database) as connection:
        known = connection.execute(select(ScheduleRow.id)).scalar_one_or_none()
        schedule = {"digest": "d", "name": "s", "version": "1", "title": "S", "evaluated": TODAY}
        if known is None:
            known = connection.execute(insert(ScheduleRow).values(schedule).returning(ScheduleRow.id)).scalar_one()
        values = {"schedule_id": known, "state": state, "action": str(action), "sentence": "Kept for 6 years."}
        connection.execute(insert(FlagRow).values(item_id=number_of(connection, path), **values))


def family(trail: Trail, keeps: str | None, *go: str, kind: CopyKind = CopyKind.VERSIONS) -> None:
    with writing(trail.database) as connection:
        record = keeps and number_of(connection, keeps)
        values = {"kind": kind, "key": go[0].encode(), "record_id": record, "items": 2, "goes": 1, "facts": "[]"}
        number = connection.execute(insert(FamilyRow).values(values).returning(FamilyRow.id)).scalar_one()
        for path in go:
            member = {"family_id": number, "item_id": number_of(connection, path), "role": "copy", "goes": 1}
            connection.execute(insert(MemberRow).values(member))


def files(*paths: str, content: bytes = TEXT) -> dict[bytes, bytes]:
    return {path.encode(): content for path in paths}


def different(*paths: str) -> dict[bytes, bytes]:
    return {path.encode(): TEXT + path.encode() for path in paths}


def test_of_copies_one_stays_and_the_others_are_redundant(trail):
    scan(trail.database, files("Finance/a.txt", "Finance/Old Backups/a.txt") | different("c.txt"))
    (item,) = found(trail).values()
    assert (item.path, item.reason, item.size) == ("Finance/Old Backups/a.txt", RotReason.COPY, len(TEXT))
    assert item.detail == (
        "Same content as Finance/a.txt, which is proposed to stay: not in a backup, an archive or a mailbox."
    )


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ("~$report.tmp", "report.txt"), ("Finance/Old Backups/report.txt", "Finance/report.txt"),
        ("Copy of report.txt", "report.txt"), ("report.txt", "report final.txt"),
        ("a/report.txt", "Cases/9/report.txt"),
    ],
)  # fmt: skip
def test_the_copy_that_stays_is_the_one_with_most_merits_and_never_the_oldest(trail, worse, better):
    scan(trail.database, files(worse, better))
    change(trail, worse, modified=datetime(1999, 1, 1, tzinfo=UTC))
    assert set(reasons(trail)) == {worse}


def test_between_copies_with_equal_merits_a_person_must_choose(trail):
    scan(trail.database, files("a/x.txt", "b/x.txt"))
    (item,) = found(trail).values()
    assert item.detail.endswith("so a person must choose which stays.")


def test_a_copy_whose_owner_has_left_gives_way(trail):
    scan(trail.database, files("a/x.txt", "b/x.txt"))
    with writing(trail.database) as connection:
        for name, left in (("left", True), ("here", False)):
            connection.execute(insert(PrincipalRow).values(account=name, left=left))
        owners = dict(connection.execute(select(PrincipalRow.account, PrincipalRow.id)).all())
    change(trail, "a/x.txt", owner_id=owners["left"])
    change(trail, "b/x.txt", owner_id=owners["here"])
    assert set(reasons(trail)) == {"a/x.txt"}


def test_the_same_bytes_under_another_media_type_are_copies_too(trail):
    scan(trail.database, files("a.txt", "old/a.csv"))
    with trail.database.connect() as connection:
        assert len(connection.execute(select(ContentRow.id)).all()) == 2
    assert reasons(trail) == {"old/a.csv": RotReason.COPY}


@pytest.mark.parametrize(
    ("action", "path", "reason"),
    [
        (Action.DISPOSE, "x.txt", RotReason.PAST_DUE), (Action.REVIEW, "x.txt", RotReason.REVIEW),
        (Action.REVIEW, "Thumbs.db", RotReason.TECHNICAL), (Action.DISPOSE, "Thumbs.db", RotReason.PAST_DUE),
    ],
)  # fmt: skip
def test_what_is_to_be_reviewed_is_told_apart_from_what_may_go(trail, action, path, reason):
    scan(trail.database, files(path))
    flag(trail, path, action)
    assert reasons(trail) == {path: reason}


def test_what_is_to_be_archived_is_no_rot(trail):
    scan(trail.database, files("x.txt"))
    flag(trail, "x.txt", Action.ARCHIVE)
    assert reasons(trail) == {}


def test_one_primary_reason_in_order_and_the_others_beside_it(trail):
    scan(trail.database, files("keep.txt", "x.tmp"))
    flag(trail, "x.tmp")
    (item,) = found(trail).values()
    assert (item.reason, item.also) == (RotReason.PAST_DUE, (RotReason.COPY, RotReason.TECHNICAL))


def test_empty_files_are_trivial_and_no_copies_of_each_other(trail):
    scan(trail.database, files("a.txt", "b.txt", content=b""))
    assert reasons(trail) == {"a.txt": RotReason.TECHNICAL, "b.txt": RotReason.TECHNICAL}


def test_an_earlier_version_gives_way_to_what_its_family_keeps(trail):
    scan(trail.database, different("plan v1.txt", "plan final.txt"))
    family(trail, "plan final.txt", "plan v1.txt")
    assert {path: (item.reason, item.detail) for path, item in found(trail).items()} == {
        "plan v1.txt": (
            RotReason.VERSION, "plan final.txt says the same or says it later, and is proposed to stay."
        )
    }  # fmt: skip


def test_nothing_goes_of_a_family_of_which_a_person_must_choose_or_whose_record_is_past_due(trail):
    scan(trail.database, different("a v1.txt", "a v2.txt", "b v1.txt", "b v2.txt"))
    family(trail, None, "a v1.txt", "a v2.txt")
    family(trail, "b v2.txt", "b v1.txt")
    flag(trail, "b v2.txt")
    assert reasons(trail) == {"b v2.txt": RotReason.PAST_DUE}


def test_hard_links_are_one_file_whose_bytes_only_its_last_name_frees(trail):
    scan(trail.database, files("a.tmp", "b.tmp", content=b"12345") | files("c.tmp", "d.txt", content=b"1234567"))
    for path, file in {"a.tmp": "1:1", "b.tmp": "1:1", "c.tmp": "1:2", "d.txt": "1:2"}.items():
        change(trail, path, file_id=file)
    assert {path: item.size for path, item in found(trail).items()} == {"a.tmp": 0, "b.tmp": 5, "c.tmp": 0}
    assert find(trail).changed == 0


def test_an_unchanged_night_writes_no_row_and_a_changed_one_what_changed(trail):
    scan(trail.database, files("a.txt", "old/a.txt", "old/b.txt") | files("x.tmp", content=b"1"))
    assert find(trail).changed == 3
    assert find(trail).changed == 0
    scan(trail.database, files("a.txt", "old/a.txt", "old/b.txt"), version=b"v1")
    assert find(trail).changed == 1
    assert set(reasons(trail)) == {"old/a.txt", "old/b.txt"}
    assert rot_found(trail.database) == TODAY


def test_stale_items_say_by_which_signs_and_count_nowhere_as_what_could_go(trail):
    scan(trail.database, different("notes.wpd", "new.txt", "classed.txt"))
    for path in ("notes.wpd", "classed.txt"):
        change(trail, path, modified=datetime(2012, 6, 1, tzinfo=UTC))
    flag(trail, "classed.txt", Action.KEEP, "uncomputable")
    (item,) = found(trail, untouched_years=12).values()
    assert (item.path, item.reason, item.reason.disposable) == ("notes.wpd", RotReason.STALE, False)
    assert item.detail == ("Last changed in 2012, no program in use opens its format; nothing says that it is due.")
    assert reasons(trail, untouched_years=12, stale_at=1.2) == {}


def test_last_access_counts_only_where_the_source_proves_to_keep_it(trail):
    paths = [f"f{number:03}.txt" for number in range(120)]
    scan(trail.database, different(*paths))
    long_ago, lately = datetime(2010, 1, 1, tzinfo=UTC), datetime(2011, 1, 1, tzinfo=UTC)
    for number, path in enumerate(paths):
        change(trail, path, modified=long_ago, accessed=lately.replace(day=1 + number % 28))
    believed = found(trail, untouched_years=12)["f000.txt"].detail
    for path in paths:
        change(trail, path, accessed=long_ago)
    assert "last opened in 2011" in believed
    assert "last opened" not in found(trail, untouched_years=12)["f000.txt"].detail


def test_a_folder_with_the_parts_of_a_program_is_the_programs_own(trail):
    programs = (
        "Ledger/ledger.DLL",
        "Ledger/ledger.exe.config",
        "Downloads/setup.dll",
        "Downloads/setup.jar",
        "IT/left.dll",
    )
    scan(
        trail.database,
        different(*programs) | files(*(f"{folder}/Thumbs.db" for folder in ("Ledger", "Downloads", "IT", "x"))),
    )
    found_here = reasons(trail)
    assert {path for path, reason in found_here.items() if reason is RotReason.TECHNICAL} == {
        "Downloads/Thumbs.db", "IT/Thumbs.db", "x/Thumbs.db",
    }  # fmt: skip
    assert kept_out(trail)["Ledger/Thumbs.db"] is Guard.APPLICATION


def test_guards_keep_copies_out_and_are_said(trail):
    copies = files("Program Files/App/a.txt", "Case files/41/x.txt", "old/Lease signed.txt", "old/Minutes.txt", "k.txt")
    scan(trail.database, copies | files("y.txt", "old/y.txt", content=b"y" * 20))
    flag(trail, "y.txt", Action.KEEP, "uncomputable")
    flag(trail, "old/y.txt", Action.KEEP, "uncomputable")
    assert reasons(trail) == {"old/Minutes.txt": RotReason.COPY, "k.txt": RotReason.COPY}  # copies are no drafts
    stays = next(path for path in ("Program Files/App/a.txt", "Case files/41/x.txt") if path not in kept_out(trail))
    expected = {
        "Program Files/App/a.txt": Guard.APPLICATION, "Case files/41/x.txt": Guard.CASE_FILE,
        "old/Lease signed.txt": Guard.SIGNED, "old/y.txt": Guard.UNCOMPUTABLE,
    }  # fmt: skip
    assert kept_out(trail) == {path: guard for path, guard in expected.items() if path != stays}


def test_drafts_that_explain_a_decision_are_kept_out(trail):
    scan(trail.database, different("Minutes draft.txt", "Minutes final.txt", "menu v1.txt", "menu v2.txt"))
    family(trail, "Minutes final.txt", "Minutes draft.txt")
    family(trail, "menu v2.txt", "menu v1.txt")
    assert reasons(trail) == {"menu v1.txt": RotReason.VERSION}
    assert kept_out(trail) == {"Minutes draft.txt": Guard.EXPLAINS}


def test_what_is_on_hold_is_kept_out_even_where_it_is_past_due(trail):
    scan(trail.database, files("Planning/a.tmp", "Planning/b.txt") | different("Finance/c.txt"))
    flag(trail, "Planning/b.txt")
    flag(trail, "Finance/c.txt")
    with writing(trail.database) as connection:
        scope = HoldScope(paths=("Planning/**",))
        add_hold(connection, Hold("H", HoldKind.LITIGATION, "A claim", "role:siro", scope, placed=TODAY))
    assert reasons(trail) == {"Finance/c.txt": RotReason.PAST_DUE}
    assert set(kept_out(trail).values()) == {Guard.HELD}


MAIL = b"From: a@example.org\nTo: b@example.org\nSubject: Automatic reply\n\nI am away until Monday. %s\n"


def test_passing_mail_goes_unless_it_may_be_about_a_client(trail):
    scan(trail.database, {
        b"Automatic reply_ rota.eml": MAIL % b"one", b"Automatic reply_ child.eml": MAIL % b"two",
        b"Automatic reply_ unread.eml": MAIL % b"three",
    })  # fmt: skip
    with writing(trail.database) as connection:
        child = number_of(connection, "Automatic reply_ child.eml")
        content = select(ItemRow.content_id).where(ItemRow.id == child).scalar_subquery()
        connection.execute(update(ContentRow).where(ContentRow.id == content).values(children=True))
    change(trail, "Automatic reply_ unread.eml", content_id=None)
    assert reasons(trail) == {"Automatic reply_ rota.eml": RotReason.PERSONAL}
    assert set(kept_out(trail).values()) == {Guard.CLIENT}


def test_ones_own_patterns_count_before_the_shipped_which_can_be_left_out(trail):
    own = {"id": "test-page", "because": "test page of a scanner", "names": ["test_page*.txt"]}
    scan(trail.database, different("test_page 1.txt", "setup.msi"))
    assert found(trail, trivial=[own], without=["installer"])["test_page 1.txt"].detail == "Test page of a scanner."
    assert set(reasons(trail, trivial=[own], without=["installer"])) == {"test_page 1.txt"}


def test_pages_give_every_item_once_and_sums_agree(trail):
    copies = files(*(f"old/{number}.txt" for number in range(7)), "a.txt")
    scan(trail.database, copies | files("x.tmp", "y.tmp", content=b"1"))
    find(trail)
    seen, mark = list[int](), None
    while True:
        page = rot_page(trail.database, RotWanted(), mark, 2)
        seen += [item.number for item in page.items]
        mark = page.following
        if mark is None:
            break
    assert len(seen) == len(set(seen)) == sum(each.tally.items for each in rot_sums(trail.database)) == 9
    only = rot_page(trail.database, RotWanted((RotReason.COPY,), service="old"), None, 50)
    assert len(only.items) == 7
    assert rot_page(trail.database, RotWanted(service="nobody"), None, 50).items == ()


def test_whoever_may_not_evaluate_may_not_look(trail):
    auditor = Actor("eve", (Grant(Role.AUDITOR),), Proof.OPERATING_SYSTEM)
    with pytest.raises(RefusedError):
        find_rot(auditor, trail, RotSettings(), TODAY)


@pytest.mark.parametrize(
    "mark", ["x", "copy..1", "copy..1.x", f"copy..{2**63}.1", f"copy..1.-{2**63 + 1}", "stray..1.1"]
)
def test_a_mark_of_no_such_list_is_refused(trail, mark):
    with pytest.raises(ConfigurationError, match="no mark of this list"):
        rot_page(trail.database, RotWanted(), mark, 2)
