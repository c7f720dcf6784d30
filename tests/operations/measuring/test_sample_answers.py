"""A sheet comes back from any spreadsheet; what is not a plain answer to a drawn row is named and refused."""

from __future__ import annotations

import csv
import io

import pytest

from domain.errors import ConfigurationError
from inventory.sampling import Stratum
from operations.measuring.sample import COLUMNS, Draw, LeftOut, Population, Row
from operations.measuring.sample_answers import score

QUESTIONS = ("personal", "special", "children", "criminal")
NOTHING = dict.fromkeys(QUESTIONS, False)
FLAGGED = {**NOTHING, "personal": True}
HEALTH = {**FLAGGED, "special": True}


def a_row(number: int, stratum: Stratum, told: dict[str, bool]) -> Row:
    return Row(number=number, file=f"/srv/Siân/note {number}.txt", part="", digest="00", media_type="text/plain",
               stratum=stratum, **told)  # fmt: skip


DRAWN = Draw(
    seed=1, detector="detector 1", scanned=None,
    populations=(
        Population(stratum=Stratum.FLAGGED, **FLAGGED, size=30), Population(stratum=Stratum.FLAGGED, **HEALTH, size=10),
        Population(stratum=Stratum.NOTHING, **NOTHING, size=160),
    ),
    left_out=LeftOut(waiting=0, skipped=0, unreadable=0, partial=0, awaiting_ocr=0, without_text=0),
    rows=(
        a_row(1, Stratum.FLAGGED, FLAGGED), a_row(2, Stratum.FLAGGED, HEALTH), a_row(3, Stratum.FLAGGED, FLAGGED),
        a_row(4, Stratum.FLAGGED, FLAGGED), a_row(5, Stratum.NOTHING, NOTHING), a_row(6, Stratum.NOTHING, NOTHING),
    ),
)  # fmt: skip
ANSWERS = {
    1: ["yes", "no", "no", "no"], 2: ["Y", "1", "FALSE", "0"], 3: ["No"], 4: ["CANNOT TELL"], 5: ["0"], 6: ["n"],
}  # fmt: skip


def a_sheet(answers=ANSWERS, delimiter=",", encoding="utf-8-sig", **changed) -> bytes:
    """The sheet as it comes back; `changed` holds rows in place of those drawn, by r and number."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(COLUMNS.values())
    for number, told in answers.items():
        cells = [str(number), f"/srv/Siân/note {number}.txt", "", *told]
        writer.writerow([*cells, *[""] * (len(COLUMNS) - len(cells))])
    return text.getvalue().encode(encoding, "replace")


def test_answers_become_precision_and_recall_by_the_weight_of_their_strata():
    personal = score(DRAWN, a_sheet())["personal"]
    assert (personal.answered, personal.unsure, personal.unanswered) == (5, 1, 0)
    assert personal.estimate.precision.value == pytest.approx(2 / 3)
    assert personal.estimate.holding.value == pytest.approx(40 * 2 / 3)
    assert personal.estimate.recall.value == 1.0
    assert personal.estimate.recall.low < 1.0


def test_a_miss_weighs_as_much_as_it_stands_for():
    answers = ANSWERS | {5: ["yes", "no", "no", "no"]}
    personal = score(DRAWN, a_sheet(answers))["personal"].estimate
    assert personal.recall.value == pytest.approx((40 * 2 / 3) / (40 * 2 / 3 + 80))


def test_classes_are_measured_apart_and_what_is_of_nobody_is_of_no_class():
    measured = score(DRAWN, a_sheet())
    special = measured["special"]
    assert (special.answered, special.unsure, special.unanswered) == (5, 1, 0)
    assert special.estimate.precision.value == 1.0
    assert special.estimate.holding.value == pytest.approx(10)


def test_a_class_that_was_not_answered_throughout_is_not_scored():
    measured = score(DRAWN, a_sheet(ANSWERS | {1: ["yes", "no", "no"]}))
    assert (measured["criminal"].estimate.holding, measured["criminal"].unanswered) == (None, 1)
    assert measured["personal"].estimate.recall is not None


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "ascii"])
def test_a_sheet_may_come_back_in_any_form_that_a_spreadsheet_saves(delimiter, encoding):
    assert score(DRAWN, a_sheet(delimiter=delimiter, encoding=encoding)) == score(DRAWN, a_sheet())


def test_rows_may_be_sorted_otherwise_and_lines_be_empty():
    turned = dict(reversed(ANSWERS.items()))
    assert score(DRAWN, a_sheet(turned) + b"\r\n,,,,,,,\r\n") == score(DRAWN, a_sheet())


REFUSED = {
    "a row is missing": (a_sheet({n: a for n, a in ANSWERS.items() if n != 4}), "Rows that are missing: 4"),
    "no answer": (a_sheet(ANSWERS | {3: [""], 5: [""]}), "personal is not answered with yes, no or cannot tell: 3, 5"),
    "no plain answer": (a_sheet(ANSWERS | {1: ["Mrs Thornbury"]}), "personal is not answered with .*: 1"),
    "no plain answer to a class": (a_sheet(ANSWERS | {1: ["yes", "maybe"]}), "special is not answered with .*: 1"),
    "a class of nobody": (a_sheet(ANSWERS | {3: ["no", "yes"]}), "special is yes though personal is no: 3"),
    "a row that was not drawn": (a_sheet(ANSWERS | {99: ["no"]}), "Lines whose number was not drawn: 8"),
    "a row twice": (a_sheet() + a_sheet({6: ["n"]}).split(b"\r\n")[1] + b"\r\n", "more than once: 6"),
    "another draw": (a_sheet().replace(b"note 6", b"letter 6"), "another file than was drawn .*: 6"),
    "a workbook": (b"PK\x03\x04", "Save it from the spreadsheet as CSV"),
    "empty": (b"", "empty or damaged"),
    "no heading": (a_sheet().replace(b"children? ", b"kids? "), "no column 'children"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_scored_is_named_and_quotes_no_cell(case):
    sheet, said = REFUSED[case]
    with pytest.raises(ConfigurationError, match=said) as refused:
        score(DRAWN, sheet)
    assert "Thornbury" not in str(refused.value)
