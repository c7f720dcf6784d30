"""Work in a process of its own comes back, or is named and leaves nothing behind."""

from __future__ import annotations

import os
import time
from functools import partial

import lone_work
import psutil
import pytest

from domain.errors import ItemTroubleError, ProblemCode
from operations.executors.alone import alone
from operations.executors.watch import workers_of

GIB = 2**30


def test_what_it_makes_comes_back():
    assert alone(partial(bytes, b"made"), 60, GIB) == b"made"


@pytest.mark.parametrize(
    ("work", "seconds", "memory", "code"),
    [
        (partial(time.sleep, 3600), 0.2, GIB, ProblemCode.TIMEOUT),
        (lone_work.begin_to_say, 0.2, GIB, ProblemCode.TIMEOUT),
        (partial(os._exit, 1), 60, GIB, ProblemCode.CRASHED),
        (partial(os.abort), 60, GIB, ProblemCode.CRASHED),
        (partial(bytes, 17 * 2**20), 60, GIB, ProblemCode.CRASHED),
        (lone_work.quote, 60, GIB, ProblemCode.CRASHED),
        (lone_work.hoard, 60, GIB // 4, ProblemCode.MEMORY),
    ],
    ids=["hangs", "says how much and no more", "ends", "is aborted", "makes too much", "raises", "hoards"],
)
def test_what_comes_to_nothing_is_named_and_its_process_is_gone(work, seconds, memory, code, capfd):
    with pytest.raises(ItemTroubleError) as caught:
        alone(work, seconds, memory)
    assert caught.value.problem.code is code
    assert workers_of(psutil.Process()) == []
    assert capfd.readouterr() == ("", "")
