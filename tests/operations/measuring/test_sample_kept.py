"""What a labelled sample came to stands in the inventory and its trail; a foreign draw does not."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from scan_driver import scan

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.audit import latest
from inventory.sampled import sampled
from operations.access import RefusedError
from operations.measuring.sample import sheet, take_sample
from operations.measuring.sample_answers import score
from operations.measuring.sample_kept import keep_score

NOW = datetime(2026, 5, 3, 9, tzinfo=UTC)
OWNER = Actor("owner", (Grant(Role.OWNER),), Proof.PASSWORD)


@pytest.fixture
def drawn(trail):
    scan(trail.database, {f"Care/case {n}.txt".encode(): f"NAMED {n}".encode() for n in range(20)})
    return take_sample(OWNER, trail, 20, 1)


def answered(drawn, right: int) -> bytes:
    """The first so many are of people; the rest are not, though the detector said so."""
    heading, *rows = csv.reader(io.StringIO(sheet(drawn).removeprefix("\ufeff")))
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(heading)
    lines.writerows([*row[:3], "yes" if number < right else "no", "no", "no", "no"] for number, row in enumerate(rows))
    return text.getvalue().encode()


def test_the_measured_precision_is_kept_with_its_interval_and_written_in_the_trail(trail, drawn):
    kept = keep_score(OWNER, trail, drawn, score(drawn, answered(drawn, 18)), NOW)
    (personal, *_) = kept
    assert set(sampled(trail.database)) == set(kept)
    assert (personal.question, personal.flagged, personal.labelled) == ("personal", 20, 20)
    assert personal.precision.value == 0.9
    assert (round(personal.precision.low, 3), round(personal.precision.high, 3)) == (0.699, 0.972)
    (entry,) = latest(trail.database, 1)
    assert (entry.act, entry.subject) == (str(Act.SAMPLE_SCORED), drawn.subject)
    assert "personal" in json.loads(entry.facts)["questions"]


def test_an_old_draw_that_is_scored_late_leaves_the_figures_of_a_newer_one(trail, drawn):
    scan(trail.database, {b"Care/new.txt": b"NAMED"})
    newer = take_sample(OWNER, trail, 20, 1)
    keep_score(OWNER, trail, newer, score(newer, answered(newer, 1)), NOW)
    kept = sampled(trail.database)
    keep_score(OWNER, trail, drawn, score(drawn, answered(drawn, 10)), datetime(2126, 1, 1, tzinfo=UTC))
    assert sampled(trail.database) == kept


def test_a_draw_that_is_scored_again_takes_its_own_place(trail, drawn):
    for right in (10, 18):
        kept = keep_score(OWNER, trail, drawn, score(drawn, answered(drawn, right)), NOW)
    assert set(sampled(trail.database)) == set(kept)


def test_a_draw_that_was_altered_or_is_of_another_inventory_is_refused(trail, drawn):
    altered = drawn.model_copy(update={"detector": "a better one"})
    with pytest.raises(ConfigurationError, match="--apart"):
        keep_score(OWNER, trail, altered, score(altered, answered(drawn, 18)), NOW)
    assert sampled(trail.database) == ()


def test_who_may_not_draw_may_not_score(trail, drawn):
    auditor = Actor("jo", (Grant(Role.AUDITOR),), Proof.PASSWORD)
    with pytest.raises(RefusedError):
        keep_score(auditor, trail, drawn, score(drawn, answered(drawn, 18)), NOW)
