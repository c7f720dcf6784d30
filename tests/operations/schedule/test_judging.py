"""Deciding once on what is alike comes to what is decided on each file by itself, whatever the schedule asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from estates import REGISTER, TERMS, TODAY, fill, holds, schedules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.asked import Asked
from domain.decision import Decision
from domain.hold import Hold
from domain.item import readable
from domain.record import Record
from domain.record_class import ClassClaim, ClassRegister, Ground
from domain.rule import DateSource, Schedule
from inventory.considered import considered
from inventory.considered_records import record_of
from inventory.duplicated import copies_of
from inventory.engine import Database, open_inventory
from inventory.queries import Inventory, Narrowing
from operations.schedule.judging import Grounds, Judge, judged, with_terms
from retention.decide import Decider
from retention.glob import compile_glob
from retention.likeness import duplicated

EVERYTHING = Asked(*[True] * 6, kinds=frozenset(["UK_NINO", "PERSON"]), dates=frozenset(DateSource), copies=True)
ITEMS = 400
SAID = ClassRegister(
    {7 * number: ClassClaim("A", Ground.PERSON, "somebody decided so") for number in range(1, ITEMS, 17)},
    {("shares", b"Finance"): ClassClaim("B", Ground.FOLDER, "its folder was mapped", (8.0, 8.0))},
)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def database(request, tmp_path_factory) -> Database:
    """Filled once: nothing here writes."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server").fresh()
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('judging')}/inventory.db"
    opened = open_inventory(url, create=True)
    fill(opened, ITEMS)
    yield opened
    opened.dispose()


class Records(dict[int, Record]):
    """By number. What fails is shown by its schedule, not by all of these."""

    contents: Mapping[int, int | None]

    def __repr__(self) -> str:
        return f"<{len(self)} records>"


@pytest.fixture(scope="module")
def records(database) -> Records:
    """Every file with all that can be asked of it."""
    with considered(database, EVERYTHING) as estate:
        files = list(estate.files())
        found = Records((one.number, record_of(one, estate.folders[one.folder])) for one in files)
        found.contents = {one.number: one.content for one in files}
        return found


def _copies(records: Records, globs: Sequence[str], number: int) -> tuple[str, ...] | None:
    """Looked for file by file."""
    size, content = records[number].size, records.contents[number]
    if size == 0 or not globs:
        return ()
    others = {each: readable(record.ref.locator) for each, record in records.items() if record.size and each != number}
    found: list[str] = []
    for meant in (compile_glob(glob).matches for glob in globs):
        there = [each for each, path in others.items() if meant(path)]
        same = [others[each] for each in there if content is not None and records.contents[each] == content]
        unread = any(records.contents[each] is None and records[each].size == size for each in there)
        if not same and (unread or content is None):
            return None
        found += same
    return tuple(found)


def _alike(database: Database, schedule: Schedule, grounds: Grounds) -> tuple[dict[int, Decision], int]:
    judge = Judge(schedule, grounds)
    with considered(database, judge.asked) as estate:
        found = judged(estate, [judge], lambda _, verdicts: judge.decision(verdicts[0]))
        return {one.number: decision for one, decision in found}, judge.decided


@unhurried
@given(
    schedule=schedules, held=st.lists(holds, max_size=2).map(tuple), said=st.sampled_from([ClassRegister({}, {}), SAID])
)
def test_files_that_are_alike_share_the_decision_that_each_would_have(
    database: Database, records: Records, schedule: Schedule, held: tuple[Hold, ...], said: ClassRegister
) -> None:
    globs = duplicated(schedule.rules)
    copies = copies_of(database, {glob: compile_glob(glob).matches for glob in globs})
    found, decided = _alike(database, schedule, Grounds(TODAY, TERMS, REGISTER, held, said, copies=copies))

    assert decided <= len(found)
    assert found.keys() == records.keys()
    decider = Decider(schedule, REGISTER, held)
    for number, record in records.items():
        claimed = replace(record, claims=said.claims_on(number, record.ref), copies=_copies(records, globs, number))
        assert found[number] == decider.decide(with_terms(claimed, TERMS), TODAY)


def test_what_is_read_for_evaluation_is_what_lists_show(database, records):
    """In days; the content's kinds and people, and what kind of item it is, are read for evaluation alone."""
    compared = [
        "ref", "service", "size", "first_seen", "media_type", "outcome", "pending", "owner", "dates", "hints", "terms",
    ]  # fmt: skip
    shown = {held.number: held.record for held in Inventory(database).held(Narrowing(files=True))}

    assert shown.keys() == records.keys()
    for number, record in records.items():
        for name in compared:
            assert getattr(record, name) == getattr(shown[number], name), name
        for name in ("modified", "created", "accessed"):
            assert _day(getattr(record, name)) == _day(getattr(shown[number], name))
        assert bool(record.assessment) == bool(shown[number].assessment)


def _day(moment: datetime | None) -> object:
    return moment and moment.astimezone(UTC).date()
