"""Walking containers in batches: every part once, nested ones too, however the walk is cut up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_zip, an_item, an_mbox
from fakes import MakeTools

from domain.errors import Problem, ProblemCode
from domain.examination import ENDED, Batch, Cursor, Outcome
from operations.examine import examine
from scanner.budget import Budget

BY_ONE = Budget(batch_parts=1)
INNERMOST = a_zip({"deep 1.txt": b"deep NAMED", "deep 2.txt": b"deeper"})
MIDDLE = a_zip({"before.txt": b"one", "inner.zip": INNERMOST, "after.txt": b"two NAMED"})
OUTER = a_zip({"first.txt": b"first", "middle.zip": MIDDLE, "post.mbox": an_mbox(3), "last.txt": b"last"})
EVERY_PART = [
    (),
    ("first.txt",),
    ("middle.zip",),
    ("middle.zip", "before.txt"),
    ("middle.zip", "inner.zip"),
    ("middle.zip", "inner.zip", "deep 1.txt"),
    ("middle.zip", "inner.zip", "deep 2.txt"),
    ("middle.zip", "after.txt"),
    ("post.mbox",),
    ("post.mbox", "message-at-0.eml"),
    ("post.mbox", "message-at-111.eml"),
    ("post.mbox", "message-at-222.eml"),
    ("last.txt",),
]


def tools_over(content: bytes, budget: Budget = BY_ONE):
    return MakeTools({b"outer.zip": content}, budget)()


def walked(tools, after: Cursor | None = None) -> list[Batch]:
    batches = [examine(an_item(b"outer.zip"), tools, after)]
    while (rest := batches[-1].rest) is not None:
        batches.append(examine(an_item(b"outer.zip"), tools, rest))
    return batches


def parts_of(batches: list[Batch]) -> list[tuple[str, ...]]:
    return [one.item.ref.part for batch in batches for one in batch.examinations]


def problems_of(batches: list[Batch]) -> dict[tuple[str, ...], Problem]:
    found = [one for batch in batches for one in batch.examinations]
    return {one.item.ref.part: one.problem for one in found if one.problem is not None}


def test_every_part_is_met_once_and_in_order_one_at_a_time_as_all_at_once():
    assert parts_of(walked(tools_over(OUTER))) == EVERY_PART
    assert parts_of(walked(tools_over(OUTER, Budget()))) == EVERY_PART
    assert len(walked(tools_over(OUTER, Budget()))) == 1


def test_a_walk_begun_anew_at_any_cursor_gives_just_the_rest():
    batches = walked(tools_over(OUTER))
    for number, batch in enumerate(batches[:-1], 1):
        rest = walked(tools_over(OUTER, Budget()), batch.rest)
        assert parts_of(rest) == parts_of(batches[number:])


def test_a_way_to_the_next_part_that_takes_longer_than_a_batch_may_still_gets_there():
    hurried = Budget(batch_seconds=1e-9)
    assert parts_of(walked(tools_over(OUTER, hurried))) == EVERY_PART


def test_what_was_found_does_not_hang_on_how_the_walk_was_cut_up():
    def found(batches):
        return {
            one.item.ref.part: (one.outcome, one.digest, one.assessment.personal)
            for batch in batches
            for one in batch.examinations
        }

    assert found(walked(tools_over(OUTER))) == found(walked(tools_over(OUTER, Budget())))


def test_what_was_unpacked_and_met_is_counted_once_though_it_is_unpacked_again():
    by_one, at_once = walked(tools_over(OUTER)), Budget(parts=len(EVERY_PART) - 1)
    assert not problems_of(walked(tools_over(OUTER, at_once)))
    assert by_one[-2].rest.parts <= len(EVERY_PART) - 1
    unpacked = sum(one.item.size for batch in by_one for one in batch.examinations if one.item.ref.part)
    assert by_one[-2].rest.expanded <= unpacked


def test_a_container_whose_parts_are_still_to_come_is_not_whole():
    open_ones = {
        one.item.ref.part for batch in walked(tools_over(OUTER)) for one in batch.examinations if not one.whole
    }
    messages = {part for part in EVERY_PART if "post.mbox" in part[:-1]}
    assert open_ones == {(), ("middle.zip",), ("middle.zip", "inner.zip"), ("post.mbox",), *messages}
    assert all(one.whole for batch in walked(tools_over(OUTER, Budget())) for one in batch.examinations)


def test_a_spoiled_part_is_named_unread_and_its_sisters_are_examined():
    batches = walked(tools_over(OUTER))
    crashed = Problem(ProblemCode.CRASHED)
    for number in range(1, len(batches)):
        if not parts_of(batches[number:]):
            continue  # only the end of the walk is left
        rest = walked(tools_over(OUTER), replace(batches[number - 1].rest, spoiled=crashed))
        blamed = parts_of(batches[number:])[0]
        assert problems_of(rest) == {blamed: crashed}
        below = [part for part in parts_of(batches) if part[: len(blamed)] == blamed and part != blamed]
        expected = [part for part in parts_of(batches[number:]) if part not in below]
        assert parts_of(rest) == expected


def test_a_nested_container_that_cannot_be_walked_is_given_up_and_the_walk_goes_on_behind_it():
    before = next(batch.rest for batch in walked(tools_over(OUTER)) if batch.rest and len(batch.rest.at) == 2)
    hang = Problem(ProblemCode.TIMEOUT, "seconds")
    rest = walked(tools_over(OUTER), replace(before, at=(before.at[0], ENDED), spoiled=hang))
    assert problems_of(rest) == {("middle.zip",): hang}
    assert rest[0].examinations[0].outcome is Outcome.PARTIAL
    assert parts_of(rest)[1] == ("post.mbox",)


def test_the_clock_of_the_whole_tree_ends_the_walk_and_keeps_what_was_read():
    batches = walked(tools_over(OUTER, Budget(batch_parts=1, all_seconds=1e-9)))
    assert problems_of(batches) == {(): Problem(ProblemCode.LIMIT, "all-seconds")}
    assert batches[0].examinations[0].outcome is Outcome.EXAMINED


def test_a_damaged_nested_archive_costs_only_what_lies_behind_the_damage():
    broken = a_zip({"a.txt": b"kept", "bad.zip": b"PK\x03\x04 no more", "z.txt": b"kept too"})
    batches = walked(tools_over(broken))
    assert ("z.txt",) in parts_of(batches)
    assert set(problems_of(batches)) == {("bad.zip",)}


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_nesting_past_the_limit_is_named_at_the_container_that_passes_it(depth):
    batches = walked(tools_over(OUTER, Budget(depth=depth)))
    too_deep = Problem(ProblemCode.TOO_DEEP, "depth")
    assert all(len(part) <= depth for part in parts_of(batches))
    expected = {("middle.zip", "inner.zip")} if depth == 2 else {("middle.zip",), ("post.mbox",)}
    assert problems_of(batches) == ({} if depth == 3 else dict.fromkeys(expected, too_deep))


def test_notes_beside_fifty_nested_archives_are_read_to_the_limit():
    nested = a_zip({"note 50.txt": b"the innermost"})
    for level in range(49, 0, -1):
        nested = a_zip({"deeper.zip": nested, f"note {level}.txt": b"a note NAMED"})
    batches = walked(tools_over(nested, Budget()))
    notes = [part for part in parts_of(batches) if part and part[-1].startswith("note")]
    assert len(notes) == Budget().depth
    assert list(problems_of(batches).values()) == [Problem(ProblemCode.TOO_DEEP, "depth")]
