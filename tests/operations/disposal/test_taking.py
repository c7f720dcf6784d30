"""What changed between decision and disposal is left alone and goes back to review, and its neighbour goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from disposal_changes import CHANGES, renamed_over, rewritten
from disposal_estate import IGGY, NOW, A, B, C, at_step, content
from disposal_trees import standing
from sqlalchemy import update

from domain.disposal import Fate, Refusal, Step
from domain.hold import Hold, HoldKind, HoldScope
from domain.review import VerdictState
from inventory.engine import writing
from inventory.tables import DisposalRow
from operations.schedule.holds import add_hold

WHY = (
    Refusal.CHANGED, Refusal.CHANGED, Refusal.CHANGED, Refusal.LINK, Refusal.FOLDER_LINK, Refusal.NOT_A_FILE,
    Refusal.NOT_A_FILE, Refusal.GONE, Refusal.CHANGED, Refusal.HARD_LINKED, Refusal.REPLACED,
)  # fmt: skip


@pytest.fixture
def outside(tmp_path) -> Path:
    """A folder that is none of the source's, on the same disk."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "theirs.txt").write_bytes(b"theirs")
    return tmp_path / "outside"


def test_eleven_kinds_of_change_are_each_refused_with_its_reason_and_the_neighbours_go(make_estate, outside):
    changed = [f"Housing/{change.__name__}/f.txt".encode() for change in CHANGES]
    neighbours = [f"Housing/beside {change.__name__}/f.txt".encode() for change in CHANGES]
    estate = make_estate(files=dict.fromkeys([*changed, *neighbours], b"as it was"))
    manifest = estate.planned([*changed, *neighbours])
    for change, name in zip(CHANGES, changed, strict=True):
        change(estate.path(name), outside)
    share, theirs = standing(estate.root), standing(outside)

    estate.run(manifest)

    gone = {os.fsdecode(name) for name in neighbours}
    assert estate.fates(manifest) == {
        **{name: (Fate.REFUSED, why) for name, why in zip(changed, WHY, strict=True)},
        **dict.fromkeys(neighbours, (Fate.QUARANTINED, None)),
    }
    assert standing(outside) == theirs
    assert standing(estate.root) == [one for one in share if one[0] not in gone]
    assert len(estate.in_quarantine()) == len(neighbours)


def test_the_approval_of_what_was_refused_is_void_and_of_its_neighbour_is_not(estate):
    manifest = estate.planned([A, B])
    rewritten(estate.path(A), estate.root)
    estate.run(manifest)
    states = estate.verdict_states(manifest.batch)
    assert states == {estate.found[A]: VerdictState.VOID, estate.found[B]: VerdictState.CURRENT}


def test_a_hold_added_before_the_run_wins(estate):
    manifest = estate.planned([A, B])
    add_hold(IGGY, estate.trail, a_hold("Housing/a.*"), NOW.date())
    estate.run(manifest)
    assert estate.fates(manifest) == {A: (Fate.REFUSED, Refusal.HELD), B: (Fate.QUARANTINED, None)}


def test_a_hold_added_between_two_files_of_a_run_wins(estate):
    manifest = estate.planned([A, B])
    placing = at_step(Step.RECORDED, lambda: add_hold(IGGY, estate.trail, a_hold("Housing/*"), NOW.date()))
    estate.run(manifest, watch=placing)
    assert [fate for fate, _ in estate.fates(manifest).values()] == [Fate.QUARANTINED, Fate.REFUSED]


def a_hold(glob: str) -> Hold:
    scope = HoldScope(paths=(glob,))
    return Hold("CLAIM-7", HoldKind.LITIGATION, "a claim", "counsel", scope, placed=NOW.date())


def test_what_was_swapped_in_and_cannot_be_put_back_stays_in_quarantine_until_it_is_restored(estate, outside):
    manifest = estate.planned([C])
    path = estate.path(C)

    def swap() -> None:
        renamed_over(path, outside)

    def take_the_place() -> None:
        path.write_bytes(b"newest")

    watches = {Step.OPENED: swap, Step.RENAMED: take_the_place}
    estate.run(manifest, watch=lambda step: watches.get(step, lambda: None)())
    assert estate.fates(manifest)[C] == (Fate.STRANDED, Refusal.REPLACED)
    assert path.read_bytes() == b"newest"
    (one,) = estate.at(manifest)
    assert estate.restore(one).refusals == {Refusal.TAKEN: 1}
    assert estate.restore(one, to=b"Housing/c (restored).txt").fates == {Fate.RESTORED: 1}
    assert dict(content(estate.root))["Housing/c (restored).txt"] == b"third"
    assert path.read_bytes() == b"newest"


def test_a_row_that_was_altered_to_another_place_is_refused(estate):
    manifest = estate.planned([C])
    with writing(estate.trail.database) as connection:
        connection.execute(update(DisposalRow).values(locator=A))
    estate.run(manifest)
    assert [refusal for _, refusal in estate.fates(manifest).values()] == [Refusal.ALTERED]
