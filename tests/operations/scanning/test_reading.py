"""Whose fault it is that a content came out as it did: the reader's, or the detector's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from builders import an_item
from fakes import MakeTools

from domain.content import Content
from domain.errors import ProblemCode
from domain.examination import Outcome
from operations.examine import examine


@dataclass(frozen=True)
class FaultyClassifier:
    version = "faulty"

    def find(self, content):
        for stretch in (content, *content.rest):
            if "fault" in stretch.text:
                raise KeyError("a fault of ours")
        return ()


@dataclass(frozen=True)
class BreaksInTheMiddle:
    version = "breaks"

    def extract(self, blob, media_type, limit):
        del blob, media_type, limit

        def rest():
            yield Content(" more", start=5)
            raise ValueError("what no reader foresaw")

        return Content("begun", rest=rest())


def _examined(content, **with_tools):
    tools = replace(MakeTools({b"a.txt": content})(), **with_tools)
    (only,) = examine(an_item(b"a.txt"), tools).examinations
    return only


def test_a_fault_of_the_detector_is_no_damage_of_the_content():
    met = _examined(b"a fault", classifier=FaultyClassifier())
    assert (met.outcome, met.problem.code) == (Outcome.UNREADABLE, ProblemCode.CRASHED)


def test_a_reader_that_breaks_in_the_middle_of_a_text_has_met_damage():
    met = _examined(b"text", extractor_for=lambda kind: BreaksInTheMiddle(), classifier=FaultyClassifier())
    assert (met.outcome, met.problem.code) == (Outcome.UNREADABLE, ProblemCode.CORRUPT)


def test_a_document_has_hints_of_what_kind_of_record_it_is():
    met = _examined(b"INVOICE\n\nInvoice number 1234\nInvoice date 1/2/2020\nPayment terms: 30 days\nTotal due\n")
    assert [hint.record_class for hint in met.traits.hints][:1] == ["invoice"]
    assert "1234" not in met.traits.hints[0].reason
