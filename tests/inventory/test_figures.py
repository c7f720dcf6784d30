"""Sums for reports are what one gets by going through all that is held, one by one."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from benchmarks.filled_inventory import fill
from classifiers.risk import PlaceFactors
from domain.access import Breadth
from domain.decision import State
from domain.examination import Outcome
from domain.family import family_of
from domain.figures import Measure, Owned, Period
from domain.finding import KINDS, Category
from domain.risk import in_millionths, risk_in_place
from domain.summary import Tally
from inventory import figures
from inventory.engine import open_inventory, reading, writing
from inventory.held import Narrowing
from inventory.periods import periods, write_period
from inventory.placed import Among
from inventory.queries import Inventory
from inventory.risk_figures import leavers, open_folders, overstays, riskiest, risky, shadows
from inventory.subject import matches
from inventory.tables import FingerprintRow, ItemRow

PLACE = PlaceFactors(everyone=1.3, organisation=1.25, group=1.05, past_due=1.2)
AMONG = Among({
    (breadth, late): in_millionths(PLACE.of(breadth, past_due=late).values())
    for breadth in Breadth
    for late in (False, True)
})  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def filled(request, tmp_path_factory):
    """One made-up estate for all these tests, which leave it as it is."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server").fresh()
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('filled') / 'inventory.db'}"
    database = open_inventory(url, create=True)
    fill(database, 1_500)
    yield database
    database.dispose()


def everything(database):
    return list(Inventory(database).held())


def personal(database):
    """Every item with personal data: itself, its score in its place, and the day that its file was due."""
    inventory = Inventory(database)
    due = {
        (one.record.ref.source, one.record.ref.locator): one.flag.due
        for one in inventory.held(Narrowing(files=True, flagged=True))
    }
    for one in inventory.held(Narrowing(personal=True)):
        late = due.get((one.record.ref.source, one.record.ref.locator))
        place = PLACE.of(one.breadth, past_due=late is not None)
        yield one, risk_in_place(one.record.assessment.risk, {}, place)[0], late


def test_the_sums_of_risk_are_those_of_the_items(filled):
    bands, themes, late, wide = Counter(), Counter(), 0, Counter()
    kinds = Inventory(filled).kinds()
    for one, score, due in personal(filled):
        bands[one.record.service, min(score // 20, 4)] += 1
        late += due is not None
        wide[one.breadth, one.owner is not None and one.owner.left] += 1
        held = kinds.get((one.record.digest, one.record.media_type), {})
        for theme in {KINDS[kind] for kind in held} - {Category.OTHER}:
            themes[one.record.service, theme] += 1
    found = risky(filled, AMONG)
    summed = Counter()
    for each in found:
        for place, items in enumerate(each.bands):
            summed[each.service, place] += items
    assert +summed == +bands
    assert sum(each.late for each in found) == late > 0
    of_themes, of_wide = Counter(), Counter()
    for each in found:
        of_wide[each.breadth, each.left] += each.items
        for theme in each.themes:
            of_themes[each.service, theme] += each.items
    assert of_themes == themes
    assert of_wide == wide


def test_those_that_score_highest_come_first_each_with_what_it_holds_and_its_day(filled):
    scores = {one.number: (score, due) for one, score, due in personal(filled)}
    found = riskiest(filled, AMONG, 50)
    listed = [scores[late.held.number][0] for late in found]
    assert listed == sorted((score for score, _ in scores.values()), reverse=True)[:50]
    assert [late.due for late in found] == [scores[late.held.number][1] for late in found]
    kinds = Inventory(filled).kinds()
    assert all(late.kinds == kinds.get((late.held.record.digest, late.held.record.media_type), {}) for late in found)


def test_only_what_is_meant_is_counted(filled):
    of_one = risky(filled, Among(AMONG.factors, "Service 2"))
    assert {each.service for each in of_one} == {"Service 2"}
    of_nhs = sum(each.items for each in risky(filled, Among(AMONG.factors, kinds=frozenset({"UK_NHS"}))))
    held = Inventory(filled).kinds()
    assert of_nhs == sum(
        "UK_NHS" in held.get((one.record.digest, one.record.media_type), {}) for one, _, _ in personal(filled)
    )
    outside = risky(filled, Among(AMONG.factors, outside=(b"Service 1",)))
    locators = [one.record.ref.locator for one, _, _ in personal(filled)]
    below = sum(locator.startswith(b"Service 1/") for locator in locators)
    assert 0 < below < sum(locator.startswith(b"Service 1") for locator in locators)  # Service 10 is another folder
    assert sum(each.items for each in outside) == sum(1 for _ in personal(filled)) - below


def test_folders_that_many_can_read_are_counted_and_the_worst_are_listed(filled):
    wide = Counter(
        one.record.ref.folder for one, _, _ in personal(filled)
        if one.breadth in (Breadth.EVERYONE, Breadth.ORGANISATION)
    )  # fmt: skip
    count, listed = open_folders(filled, AMONG, 2)
    assert count == len(wide) > 2
    assert [each.personal for each in listed] == [wide[each.path.encode()] for each in listed]
    assert [each.breadth for each in listed] == sorted(each.breadth for each in listed)


def test_owners_are_told_by_what_is_known_of_them(filled):
    left = Counter(
        one.record.service for one in Inventory(filled).held(Narrowing(files=True)) if one.owner and one.owner.left
    )
    found = Counter()
    for each in figures.owned(filled):
        found[each.service] += each.tally.items if each.owner is Owned.LEFT else 0
    assert +found == left
    count, listed = leavers(filled, AMONG, 3)
    assert count >= len(listed) == 3
    assert listed[0].files.items >= listed[1].files.items
    assert sum(each.files.items for each in leavers(filled, AMONG, 9_999)[1]) == left.total()


def test_people_in_what_is_late_are_counted_once_a_content(filled):
    telling = {"PERSON", "EMAIL_ADDRESS", "UK_PHONE", "DATE_OF_BIRTH", "UK_NINO", "UK_NHS", "UK_PASSPORT"}
    kinds, earliest = Inventory(filled).kinds(), {}
    for one, _, due in personal(filled):
        if due is not None:
            key = (one.record.service, one.record.digest, one.record.media_type)
            earliest[key] = min(due, earliest.get(key, due))
    people = defaultdict(int)
    for (service, digest, media_type), due in earliest.items():
        counts = [count for kind, count in kinds.get((digest, media_type), {}).items() if kind in telling]
        people[service, due] += max(counts, default=1)
    found = Counter()
    for each in overstays(filled, AMONG):
        found[each.service, each.due] += each.people
    assert found == people


def test_a_table_with_few_people_is_no_shadow_system(filled):
    since = datetime(2020, 1, 1, tzinfo=UTC)
    assert shadows(filled, AMONG, since, 5) == ((), ())
    with writing(filled) as connection:
        connection.exec_driver_sql("UPDATE finding SET count = count + 40 WHERE kind = 'PERSON'")
    services, listed = shadows(filled, AMONG, since, 5)
    with writing(filled) as connection:
        connection.exec_driver_sql("UPDATE finding SET count = count - 40 WHERE kind = 'PERSON'")
    assert len(listed) == 5
    assert all(each.people > 40 and each.path.endswith((".xlsx", ".xls", ".csv")) for each in listed)
    assert sum(each.files.items for each in services) >= len(listed)
    assert all(each.lately <= each.files.items for each in services)


def test_what_came_of_reading_adds_up_to_the_coverage(filled):
    coverage, reads = Inventory(filled).coverage(), figures.reads(filled)
    assert sum(read.tally.items for read in reads) == coverage.total.items
    for outcome in Outcome:
        assert sum(read.tally.items for read in reads if read.outcome is outcome) == coverage.outcomes[outcome].items
    one = figures.coverage_of(filled, "Service 1")
    assert one.total.items == sum(each.record.service == "Service 1" for each in everything(filled))
    whole = sum(figures.coverage_of(filled, name).awaiting_ocr for name in {each.service for each in
                                                                           Inventory(filled).services()})  # fmt: skip
    assert whole == coverage.awaiting_ocr > 0


def test_families_and_years_are_those_of_the_files(filled):
    families, years = Counter(), Counter()
    for one in everything(filled):
        record = one.record
        if not record.ref.part:
            families[record.service, family_of(record.media_type, record.ref.name)] += 1
            days = [moment for moment in (record.created, record.modified) if moment]
            years[min(days).year if days else None] += 1
    assert {(each.service, each.family): each.files.items for each in figures.families(filled)
            if each.files.items} == families  # fmt: skip
    assert {each.year: each.files.items for each in figures.years(filled)} == years


def test_what_is_late_is_told_by_how_long(filled):
    late, today = Counter(), date(2027, 6, 1)
    for one in Inventory(filled).held(Narrowing(files=True)):
        if one.flag and one.flag.state is State.DUE:
            late[(today - one.flag.due).days >= 366] += 1
    found = [each for each in figures.flagged(filled, today) if each.state == State.DUE]
    assert sum(each.tally.items for each in found if each.late == 0) == late[False] > 0
    assert sum(each.tally.items for each in found if each.late) == late[True] > 0


def test_a_day_is_kept_once_and_the_first_is_the_baseline(database):
    def kept(day: int, items: int) -> None:
        with writing(database) as connection:
            write_period(connection, Period(date(2026, 5, day), {("Planning", Measure.HELD): Tally(items, 7 * items)}))

    for day, items in ((1, 10), (2, 20), (3, 30), (3, 31)):
        kept(day, items)
    assert [period.day.day for period in periods(database)] == [1, 2, 3]
    assert [period.day.day for period in periods(database, 1)] == [1, 3]
    assert periods(database)[-1].total(Measure.HELD) == Tally(31, 217)
    assert periods(database)[-1].total(Measure.PAST_DUE) is None


def test_a_search_meets_every_content_with_the_fingerprint_and_counts_its_copies(filled):
    with reading(filled) as connection:
        content, hmac = connection.execute(
            select(FingerprintRow.content_id, FingerprintRow.hmac).where(FingerprintRow.content_id <= 200).limit(1)
        ).one()
        copies = connection.execute(select(func.count()).where(
            ItemRow.content_id == content, ItemRow.gone.is_(None), ItemRow.outcome == "examined"
        )).scalar_one()  # fmt: skip
    found, (one,), unsure = matches(filled, {bytes(hmac): (3, True), bytes(16): (4, False)}, {}, 10)
    assert (found, one.likely, one.loose, one.copies, unsure) == (1, (3,), (), copies, 0)
    assert matches(filled, {bytes(hmac): (1, True)}, {}, 0)[0] == 1
