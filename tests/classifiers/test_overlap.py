"""Which of two results for one place stays."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from classifiers.overlap import Hit, settle

HITS = st.builds(
    lambda start, length, kind, score: Hit(start, start + length, kind, score),
    st.integers(0, 200),
    st.integers(1, 30),
    st.sampled_from(["UK_NHS", "UK_PHONE", "PERSON"]),
    st.sampled_from([0.3, 0.6, 0.95]),
)  # fmt: skip


def test_the_surer_wins_and_then_the_longer():
    sure, longer, short = Hit(5, 10, "UK_NHS", 0.95), Hit(0, 20, "UK_PHONE", 0.6), Hit(30, 35, "UK_PHONE", 0.6)
    assert settle([longer, sure]) == [sure]
    assert settle([short, Hit(28, 35, "PERSON", 0.6)]) == [Hit(28, 35, "PERSON", 0.6)]


def test_neighbours_that_touch_both_stay():
    hits = [Hit(0, 5, "PERSON", 0.6), Hit(5, 9, "UK_PHONE", 0.3)]
    assert settle(hits) == hits


@given(st.lists(HITS, max_size=40))
def test_what_stays_does_not_overlap_and_what_goes_was_in_the_way_of_something_as_sure(hits):
    kept = settle(hits)
    assert all(one.end <= other.start for one, other in pairwise(kept))
    for hit in set(hits) - set(kept):
        assert any(other.start < hit.end and hit.start < other.end and other.score >= hit.score for other in kept)
