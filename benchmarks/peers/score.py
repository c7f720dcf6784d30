"""What a peer marked against what is labelled, as kindly to the peer as can be told.

A value is found where any mark covers half of it or more, whatever the peer calls it. A mark is right where it touches
any labelled value, whatever either is called. A document is flagged where a peer marks anything of somebody; for
peers that know no more than that also where this is more than a way to reach somebody, since organisations have one
too. Of a peer that gives a verdict of its own, that is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.peers.adapters import Mark
from benchmarks.peers.words import CONTACT, is_of_somebody, kind_of
from domain.cover import Cover
from domain.rate import Rate, share
from operations.measuring.gold import Gold


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Of personal documents how many were flagged, and of ordinary ones."""

    found: int = 0
    personal: int = 0
    false: int = 0
    ordinary: int = 0

    def add(self, gold: Gold, flagged: bool) -> Verdicts:
        if gold.personal:
            return Verdicts(self.found + flagged, self.personal + 1, self.false, self.ordinary)
        return Verdicts(self.found, self.personal, self.false + flagged, self.ordinary + 1)

    @property
    def recall(self) -> Rate | None:
        return share(self.found, self.personal)

    @property
    def false_per_1000(self) -> Rate | None:
        rate = share(self.false, self.ordinary)
        return rate and rate.times(1000)


@dataclass(slots=True)
class Score:
    """What one peer came to over a set; `found` and `labelled` are values by kind."""

    found: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    right: int = 0
    marked: int = 0
    any_mark: Verdicts = field(default_factory=Verdicts)
    beyond_contact: Verdicts = field(default_factory=Verdicts)

    def add(self, gold: Gold, marks: Sequence[Mark], verdict: bool | None) -> None:
        of_somebody = [(kind_of(word), (start, end)) for word, start, end in marks if is_of_somebody(kind_of(word))]
        covered = Cover((start, end) for _, start, end in marks)
        there = Cover((entity.start, entity.end) for entity in gold.entities)
        for entity in gold.entities:
            self.labelled[entity.type] += 1
            self.found[entity.type] += covered.holds((entity.start, entity.end))
        self.marked += len(of_somebody)
        self.right += sum(there.touches(span) for _, span in of_somebody)
        kinds = {kind for kind, _ in of_somebody}
        self.any_mark = self.any_mark.add(gold, bool(kinds) if verdict is None else verdict)
        self.beyond_contact = self.beyond_contact.add(gold, bool(kinds - CONTACT) if verdict is None else verdict)

    @property
    def precision(self) -> Rate | None:
        return share(self.right, self.marked)

    @property
    def recall(self) -> Rate | None:
        return share(self.found.total(), self.labelled.total())


def scored(golds: Sequence[Gold], marks: Sequence[Sequence[Mark]], personal: Sequence[bool] | None) -> Score:
    score = Score()
    for number, (gold, marked) in enumerate(zip(golds, marks, strict=True)):
        score.add(gold, marked, personal[number] if personal else None)
    return score
