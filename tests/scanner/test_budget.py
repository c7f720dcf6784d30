from __future__ import annotations

from dataclasses import replace

import pytest

from scanner.budget import GIB, Budget


@pytest.mark.parametrize(("taken", "times"), [(0, 1), (1, 1), (GIB, 1), (GIB + 1, 2), (50 * GIB, 50)])
def test_the_limits_of_a_tree_are_for_each_gibibyte_and_no_other_limit_is(taken, times):
    limits = Budget(all_seconds=10, expanded=3, parts=7)
    assert limits.over(taken) == replace(limits, all_seconds=10 * times, expanded=3 * times, parts=7 * times)


def test_only_a_batch_that_hashes_a_large_store_has_a_longer_clock():
    limits = Budget(seconds=60)
    assert [limits.clock(size) for size in (0, 1000, limits.bytes)] == [60, 60, 60]
    assert limits.clock(20 * GIB) == 60 + 1024
