"""What changes in the very act is put back as it is, and what is put back replaces nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from disposal_changes import (
    gone,
    gone_and_back_again,
    grown,
    hard_linked,
    of_same_size_and_time,
    parent_turned_into_a_link,
    renamed_over,
    rewritten,
    turned_into_a_folder,
    turned_into_a_link,
    turned_into_a_pipe,
)
from disposal_estate import at_step, write_old
from disposal_trees import a_tree, on_its_way, planned_of, standing, tokens

from domain.disposal import Refusal, RefusedFileError, Step
from operations.disposal.holding import Taken
from operations.disposal.renaming import Returning

IN_THE_ACT = {
    rewritten: Refusal.CHANGED, of_same_size_and_time: Refusal.CONTENT, grown: Refusal.CHANGED,
    turned_into_a_link: Refusal.REPLACED, parent_turned_into_a_link: Refusal.FOLDER_LINK,
    turned_into_a_folder: Refusal.REPLACED, turned_into_a_pipe: Refusal.REPLACED, gone: Refusal.GONE,
    hard_linked: Refusal.HARD_LINKED, renamed_over: Refusal.REPLACED,
}  # fmt: skip
"""After it was looked at and before it is renamed: the moment that no program can close."""

FILE = b"Housing/deep/c.txt"
TOKEN = "1-0123"


@pytest.fixture
def root(tmp_path) -> Path:
    write_old(tmp_path / "share" / os.fsdecode(FILE), b"third")
    return tmp_path / "share"


@pytest.fixture
def outside(tmp_path) -> Path:
    """A folder that is none of the source's, on the same disk."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "theirs.txt").write_bytes(b"theirs")
    return tmp_path / "outside"


def taken(tree, planned) -> Taken:
    try:
        return tree.take(on_its_way(planned, TOKEN))
    except RefusedFileError as refused:
        return Taken(refusal=refused.refusal)


@pytest.mark.parametrize(("change", "why"), IN_THE_ACT.items(), ids=lambda one: getattr(one, "__name__", str(one)))
def test_what_changes_in_the_act_is_put_back_as_it_is(root, outside, change, why):
    planned, after = planned_of(root, FILE), []

    def changes() -> None:
        change(root / os.fsdecode(FILE), outside)
        after.append((standing(root), standing(outside)))

    with a_tree(root, at_step(Step.OPENED, changes)) as tree:
        assert taken(tree, planned) == Taken(refusal=why)
    assert [(standing(root), standing(outside))] == after
    assert tokens(root) == set()


def test_what_is_the_same_to_the_byte_after_all_is_taken(root, outside):
    planned = planned_of(root, FILE)
    back = at_step(Step.OPENED, lambda: gone_and_back_again(root / os.fsdecode(FILE), outside))
    with a_tree(root, back) as tree:
        assert tree.take(on_its_way(planned, TOKEN)).refusal is None
    assert tokens(root) == {TOKEN}


def test_what_is_written_to_while_it_is_hashed_is_put_back(root):
    """By who had it open before it was moved."""
    planned = planned_of(root, FILE)
    with (root / os.fsdecode(FILE)).open("ab") as writer:

        def writes() -> None:
            writer.write(b" late")
            writer.flush()

        with a_tree(root, at_step(Step.RENAMED, writes)) as tree:
            assert taken(tree, planned) == Taken(refusal=Refusal.CHANGED)
    assert (root / os.fsdecode(FILE)).read_bytes() == b"third late"


@pytest.mark.parametrize("how", Returning)
def test_nothing_is_put_back_over_what_stands_there(root, how):
    path = root / os.fsdecode(FILE)
    with a_tree(root, how=how) as tree:
        planned = planned_of(root, FILE)
        assert tree.take(on_its_way(planned, TOKEN)).refusal is None
        path.write_bytes(b"newer")
        with pytest.raises(RefusedFileError) as refused:
            tree.give_back(on_its_way(planned, TOKEN), FILE)
        assert refused.value.refusal is Refusal.TAKEN
        assert (path.read_bytes(), tokens(root)) == (b"newer", {TOKEN})
        assert tree.give_back(on_its_way(planned, TOKEN), b"Housing/deep/other.txt")
    assert (root / "Housing/deep/other.txt").read_bytes() == b"third"
    assert tokens(root) == set()


@pytest.mark.parametrize("how", Returning)
def test_what_was_not_meant_stays_in_quarantine_where_its_place_is_taken(root, how):
    path, planned = root / os.fsdecode(FILE), planned_of(root, FILE)
    watches = {Step.OPENED: lambda: path.write_bytes(b"other"), Step.RENAMED: lambda: path.write_bytes(b"newer")}
    with a_tree(root, lambda step: watches.get(step, lambda: None)(), how) as tree:
        assert taken(tree, planned) == Taken(refusal=Refusal.CHANGED, stranded=True)
    assert (path.read_bytes(), (root / ".muniment-quarantine" / TOKEN).read_bytes()) == (b"newer", b"other")


def test_a_folder_that_was_swapped_in_stays_where_only_files_can_be_put_back(root, outside):
    """Folders have no second names: by linking it cannot be put back, and is not lost."""
    planned = planned_of(root, FILE)
    swap = at_step(Step.OPENED, lambda: turned_into_a_folder(root / os.fsdecode(FILE), outside))
    with a_tree(root, swap, Returning.LINK) as tree:
        assert taken(tree, planned) == Taken(refusal=Refusal.REPLACED, stranded=True)
    assert (root / ".muniment-quarantine" / TOKEN / "inside.txt").read_bytes() == b"new"


@pytest.mark.parametrize("name", [b"../outside/theirs.txt", b"Housing/../../outside/new.txt", b"..", b"", b"a\0b"])
def test_no_way_leads_out_of_the_root(root, outside, name):
    before = standing(outside)
    with a_tree(root) as tree:
        planned = planned_of(root, FILE)
        assert tree.take(on_its_way(planned, TOKEN)).refusal is None
        with pytest.raises(RefusedFileError):
            tree.give_back(on_its_way(planned, TOKEN), name)
    assert (standing(outside), tokens(root)) == (before, {TOKEN})


def test_bytes_times_mode_and_access_come_back(root):
    path = root / os.fsdecode(FILE)
    path.chmod(0o640)
    os.setxattr(path, "user.author", b"R. Marsh")
    acl = bytes.fromhex("0200000001000600ffffffff020004003930000004000400ffffffff10000400ffffffff20000000ffffffff")
    os.setxattr(path, "system.posix_acl_access", acl)
    planned, before = planned_of(root, FILE), path.stat()
    with a_tree(root) as tree:
        assert tree.take(on_its_way(planned, TOKEN)).refusal is None
        assert tree.give_back(on_its_way(planned, TOKEN), FILE)
    after = path.stat()
    for name in ("st_ino", "st_size", "st_mtime_ns", "st_atime_ns", "st_mode", "st_uid", "st_gid", "st_nlink"):
        assert getattr(after, name) == getattr(before, name), name
    assert os.getxattr(path, "user.author") == b"R. Marsh"
    assert os.getxattr(path, "system.posix_acl_access") == acl
    assert path.read_bytes() == b"third"


def test_what_was_changed_in_quarantine_is_given_back_and_said_to_be_otherwise(root):
    with a_tree(root) as tree:
        planned = planned_of(root, FILE)
        tree.take(on_its_way(planned, TOKEN))
        (root / ".muniment-quarantine" / TOKEN).write_bytes(b"meddled with")
        assert not tree.give_back(on_its_way(planned, TOKEN), FILE)


def test_what_was_changed_in_quarantine_is_not_purged(root):
    with a_tree(root) as tree:
        planned = planned_of(root, FILE)
        kept = tree.take(on_its_way(planned, TOKEN)).kept
        (root / ".muniment-quarantine" / TOKEN).write_bytes(b"meddled with")
        with pytest.raises(RefusedFileError) as refused:
            tree.purge(on_its_way(planned, TOKEN, kept), lambda: None)
    assert refused.value.refusal is Refusal.CHANGED
    assert tokens(root) == {TOKEN}


def test_what_is_changed_while_it_is_decided_on_is_not_purged(root):
    """It was hashed, and then looked at once more after the intent was on the disk."""
    with a_tree(root) as tree:
        planned = planned_of(root, FILE)
        kept = tree.take(on_its_way(planned, TOKEN)).kept
        lying = root / ".muniment-quarantine" / TOKEN
        with pytest.raises(RefusedFileError) as refused:
            tree.purge(on_its_way(planned, TOKEN, kept), lambda: lying.write_bytes(b"meddled with"))
    assert refused.value.refusal is Refusal.CHANGED
    assert lying.read_bytes() == b"meddled with"


class PowerCutError(BaseException):
    """What no code of ours catches."""


def test_what_was_put_back_by_link_and_not_unlinked_any_more_is_in_its_place_alone(root, monkeypatch):
    path, planned = root / os.fsdecode(FILE), planned_of(root, FILE)

    def cut(*_told, **_more) -> None:
        raise PowerCutError

    with a_tree(root, at_step(Step.RENAMED, lambda: tampered(root)), how=Returning.LINK) as tree:
        monkeypatch.setattr(os, "unlink", cut)
        with pytest.raises(PowerCutError):
            tree.take(on_its_way(planned, TOKEN))
        monkeypatch.undo()
        assert (path.stat().st_nlink, tokens(root)) == (2, {TOKEN})
        assert tree.finish(on_its_way(planned, TOKEN)) is None
    assert (path.stat().st_nlink, path.read_bytes(), tokens(root)) == (1, b"meddled with", set())


def tampered(root: Path) -> None:
    (root / ".muniment-quarantine" / TOKEN).write_bytes(b"meddled with")


def test_what_was_taken_from_a_folder_that_is_a_link_by_now_is_gone_on_with(root, outside):
    planned = planned_of(root, FILE)
    with a_tree(root, at_step(Step.RENAMED, cut_off)) as tree, pytest.raises(PowerCutError):
        tree.take(on_its_way(planned, TOKEN))
    parent_turned_into_a_link(root / os.fsdecode(FILE), outside)
    with a_tree(root) as tree:
        taken = tree.finish(on_its_way(planned, TOKEN))
    assert (taken.refusal, tokens(root)) == (None, {TOKEN})


def cut_off() -> None:
    raise PowerCutError


def test_what_is_purged_is_gone_after_its_intent_was_told(root):
    told = []
    with a_tree(root, told.append) as tree:
        planned = planned_of(root, FILE)
        kept = tree.take(on_its_way(planned, TOKEN)).kept
        tree.purge(on_its_way(planned, TOKEN, kept), lambda: told.append(tokens(root)))
    assert told == [Step.OPENED, Step.RENAMED, Step.HASHED, {TOKEN}, Step.UNLINKED]
    assert tokens(root) == set()
