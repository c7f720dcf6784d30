"""What is found, missed and made up is counted by kind, by document, by class and by origin of the name."""

from __future__ import annotations

from dataclasses import dataclass

from domain.content import Content
from domain.errors import ItemTroubleError, ProblemCode
from domain.finding import Finding
from operations.measuring.accuracy import Count, Slip, Topic, add_up, judge, scored_kinds
from operations.measuring.gold import Entity, Gold


@dataclass(frozen=True)
class Says:
    """A classifier that says the same of every text."""

    findings: tuple[Finding, ...] = ()
    version: str = "says 1"

    def find(self, content: Content) -> tuple[Finding, ...]:
        return self.findings


class RunsOut:
    version = "runs out 1"

    def find(self, content: Content) -> tuple[Finding, ...]:
        raise ItemTroubleError(ProblemCode.TIMEOUT, "pattern")


def a_gold(*entities: tuple, text: str = "x" * 100, personal=True, special=(), **labels) -> Gold:
    return Gold(
        id=1, text=text, personal=personal, special=special, **labels,
        entities=tuple(Entity(type=kind, start=start, end=end, origin=(origin or [None])[0])
                       for kind, start, end, *origin in entities),
    )  # fmt: skip


def people(*spans, confidence=0.8) -> Finding:
    return Finding("PERSON", len(spans), confidence, spans=spans)


def judged(gold, *findings):
    return judge(gold, Says(findings), scored_kinds([gold]))


def test_half_of_a_labelled_place_is_found_and_what_touches_none_of_its_kind_is_false():
    gold = a_gold(("PERSON", 0, 10), ("PERSON", 20, 30), ("UK_PHONE", 40, 50))
    result = judged(gold, people((0, 5), (20, 24), (60, 70)), Finding("EMAIL_ADDRESS", 1, 0.9, spans=((40, 50),)))
    assert result.counts[Topic.KIND, "PERSON"] == Count(found=1, missed=1, right=2, false=1)
    assert result.counts[Topic.KIND, "UK_PHONE"] == Count(missed=1)
    assert result.counts[Topic.KIND, "EMAIL_ADDRESS"] == Count(false=1)
    assert Slip(True, "PERSON", (20, 30)) in result.slips
    assert Slip(False, "PERSON", (60, 70)) in result.slips
    assert Slip(False, "EMAIL_ADDRESS", (40, 50)) in result.slips


def test_names_are_counted_by_their_origin_where_it_is_labelled():
    gold = a_gold(("PERSON", 0, 4, "polish"), ("PERSON", 10, 14, "welsh"), ("PERSON", 20, 24))
    result = add_up([judged(gold, people((0, 4), (20, 24)))])
    assert {name: (count.found, count.missed) for name, count in result.of(Topic.ORIGIN).items()} == {
        "polish": (1, 0), "welsh": (0, 1),
    }  # fmt: skip


def test_of_documents_false_flags_are_counted_for_a_thousand_that_are_not_personal():
    personal, other = a_gold(), a_gold(personal=False)
    flagged = people((0, 4))
    result = add_up([judged(personal, flagged), judged(personal), judged(other, flagged), *[judged(other)] * 3])
    verdict = result.total(Topic.FAMILY)
    assert (verdict.found, verdict.missed, verdict.false, verdict.silent) == (1, 1, 1, 3)
    assert verdict.false_per_1000.value == 250
    assert verdict.recall.value == 0.5
    assert verdict.recall.low < 0.5 < verdict.recall.high


def test_classes_count_where_they_are_labelled():
    health = Finding("SPECIAL_HEALTH", 1, 0.8, spans=((50, 55),))
    labelled = a_gold(special=("RELIGION",), children=False, criminal=True)
    result = judged(labelled, people((0, 4)), health)
    assert result.counts[Topic.CLASS, "RELIGION"] == Count(missed=1)
    assert result.counts[Topic.CLASS, "HEALTH"] == Count(false=1)
    assert result.counts[Topic.CLASS, "criminal"] == Count(missed=1)
    assert result.counts[Topic.CLASS, "children"] == Count(silent=1)
    open_ = judged(a_gold(special=None, personal=None), people((0, 4)), health)
    assert not [key for key in open_.counts if key[0] in (Topic.CLASS, Topic.FAMILY)]


def test_places_of_a_special_category_count_only_where_they_are_labelled():
    health = Finding("SPECIAL_HEALTH", 1, 0.8, spans=((50, 55),))
    assert (Topic.KIND, "SPECIAL_HEALTH") not in judged(a_gold(), people((0, 4)), health).counts
    labelled = a_gold(("SPECIAL_HEALTH", 50, 55))
    assert judged(labelled, people((0, 4)), health).counts[Topic.KIND, "SPECIAL_HEALTH"] == Count(found=1, right=1)


def test_of_a_text_whose_rows_were_sampled_only_numbers_of_values_are_compared():
    text = "Ivy Marsh\tIVY MARSH\tJo Bloom".ljust(100)
    gold = a_gold(("PERSON", 0, 9), ("PERSON", 10, 19), ("PERSON", 20, 28), text=text)
    result = judged(gold, Finding("PERSON", 3, 0.8, spans=((0, 9),), sampled=True))
    assert result.sampled == {"PERSON": (3, 2)}
    assert not [key for key in result.counts if key[0] is Topic.KIND]
    assert add_up([result]).sampled == {"PERSON": [(3, 2)]}


def test_a_text_that_could_not_be_searched_is_in_no_figure_and_is_told():
    result = add_up([judge(a_gold(("PERSON", 0, 4)), RunsOut(), frozenset({"PERSON"}))])
    assert (result.documents, result.problems) == (1, {ProblemCode.TIMEOUT: 1})
    assert not result.counts


def test_totals_are_of_all_or_of_those_named():
    counts = [judged(a_gold(("PERSON", 0, 4), ("UK_PHONE", 10, 20)), people((0, 4)))] * 2
    result = add_up(counts)
    assert result.total(Topic.KIND) == Count(found=2, missed=2, right=2)
    assert result.total(Topic.KIND, ["UK_PHONE"]) == Count(missed=2)
