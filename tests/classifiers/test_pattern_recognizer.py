"""What every recogniser by pattern promises."""

from __future__ import annotations

import pytest

from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.registry import RULES
from domain.errors import ItemTroubleError, ProblemCode
from domain.finding import KINDS

DECLARED = [recognizer for recognizer in RULES if issubclass(recognizer, DeclaredPattern)]


class Endless(DeclaredPattern):
    """Tries every way to divide a run of letters before it gives up."""

    kind = "PERSON"
    pattern = r"(?:(?:a|aa|b)+)+(?<!a)c"
    score_alone = 0.5
    score_with_context = 0.5


def test_a_pattern_that_runs_out_of_time_is_a_problem_and_no_clean_text():
    with pytest.raises(ItemTroubleError) as caught:
        Endless().analyze("a" * 60 + "c", [])
    assert caught.value.problem.code is ProblemCode.TIMEOUT
    assert "aa" not in str(caught.value)


@pytest.mark.parametrize("recognizer", DECLARED, ids=lambda recognizer: recognizer.__name__)
def test_each_declares_a_known_kind_and_is_surer_with_context(recognizer):
    assert recognizer.kind in KINDS
    assert (recognizer.score_alone or 0) <= recognizer.score_with_context <= 0.95
    assert recognizer.score_alone is not None or recognizer.phrases


@pytest.mark.parametrize("recognizer", DECLARED, ids=lambda recognizer: recognizer.__name__)
def test_hostile_runs_take_no_recognizer_over_its_time(recognizer):
    for text in ("A" * 50_000, "1" * 50_000, "1 " * 25_000, "a@" * 25_000, "Aa " * 17_000, "AB12" * 12_500,
                 ":" * 50_000, "1-" * 25_000, "Name: " * 8_000, "a." * 25_000, "Dear " * 9_000):  # fmt: skip
        recognizer().analyze(text, [])
