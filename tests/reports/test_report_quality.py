"""The quality box: no figure without what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from classifiers.detector import detector_version
from domain.examination import Outcome
from domain.rate import Rate
from domain.summary import Coverage, Sampled, Tally
from reports.quality import OUTCOMES, caveats, quality_box
from reports.report import INTERNAL, Column, Report, Section, Table


def test_everything_examined_needs_no_caveat(build):
    assert caveats(build.a_provenance()) == ()


def test_each_gap_has_its_own_sentence(build):
    assert caveats(build.a_provenance(build.WITH_GAPS, scan_complete=False)) == (
        "The scan is not complete: what it has not reached is not in these figures.",
        "40 items (1.4 GB) were not fully examined; what they hold is not in these figures.",
        "17 items wait for text recognition (OCR); text in pictures there is not in these figures.",
    )


def test_a_scan_that_was_stopped_is_incomplete_though_nobody_said_so(build):
    assert caveats(build.a_provenance(scanned=None)) == (
        "The scan is not complete: what it has not reached is not in these figures.",
    )


def test_without_a_language_model_it_says_that_names_are_undercounted(build):
    provenance = replace(build.a_provenance(), detector=f"{detector_version(None)}; {build.a_provenance().detector}")
    assert caveats(provenance) == (
        "No language model was used in all or a part of the scan, so names of people in running text are undercounted; "
        "other kinds are found by rules all the same.",
    )


def test_one_item_is_spoken_of_as_one(build):
    coverage = Coverage({Outcome.UNREADABLE: Tally(1, 1)}, Tally(), awaiting_ocr=1, parts=1, problems={})
    assert caveats(build.a_provenance(coverage)) == (
        "1 item (1 byte) was not fully examined; what it holds is not in these figures.",
        "1 item waits for text recognition (OCR); text in pictures there is not in these figures.",
    )


def test_the_box_counts_every_outcome_and_what_still_waits(build):
    _, coverage, _ = quality_box(build.a_provenance(build.WITH_GAPS), INTERNAL).tables
    assert [row[:2] for row in coverage.rows] == [
        ("Examined", 1_180), ("Examined in part", 6), ("Could not be read", 11), ("Skipped", 3),
        ("Waiting to be examined", 20),
    ]  # fmt: skip
    assert coverage.total == ("Total", 1_220, 10_800_000_000)
    assert coverage.note.startswith("212 attachments and archive members are counted among these items.")


def test_every_outcome_has_words():
    assert set(OUTCOMES) == set(Outcome)


def test_problems_stand_most_frequent_first_with_their_code(build):
    problems = quality_box(build.a_provenance(build.WITH_GAPS), INTERNAL).tables[-1]
    assert [(row[1], row[2]) for row in problems.rows] == [(8, "encrypted"), (6, "limit"), (3, "corrupt"), (3, "link")]


def test_the_box_says_what_the_report_was_made_from(build):
    made_from = dict(quality_box(build.a_provenance(build.WITH_GAPS), INTERNAL).tables[0].rows)
    assert (
        made_from.items()
        >= {
            "Handling": INTERNAL,
            "Organisation": "Westmere Council",
            "Scope": "All shares of Westmere Council",
            "Scan ended": "4 May 2026 at 02:30 UTC",
            "Scan complete": "Yes",
            "Retention schedule": "Westmere schedule 2026.1",
            "Schedule evaluated": "5 May 2026",
            "Detector and model": "Presidio 2.2.366, en_core_web_sm 3.8.0",
            "Waiting for text recognition (OCR)": 17,
            "Attachments and members of archives": 212,
        }.items()
    )


_RIGHT, _FOUND = (f"{words}, as people measured it" for words in ("How often it is right (precision)",
                                                                  "How much it finds (recall)"))  # fmt: skip


def test_what_people_measured_is_told_and_is_out_of_date_once_the_detector_is_another(build):
    at, detector = datetime(2026, 5, 3, tzinfo=UTC), build.a_provenance().detector
    special = Sampled("special", 40, 9, Rate(0.8889, 0.5650, 0.9801), None, at, "Presidio 2.2.366, none")
    personal = Sampled("personal", 120, 60, Rate(0.97, 0.91, 0.99), Rate(0.9, 0.8, 0.95), at, detector)
    told = _made_from(replace(build.a_provenance(), measured=(special, personal)))
    assert told[_RIGHT] == (
        "Personal data: 97.0% (91.0% to 99.0%) by 60 contents that people looked at, drawn on 3 May 2026. "
        "Special category: 88.9% (56.5% to 98.0%) by 9 contents that people looked at, drawn on 3 May 2026. "
        "Out of date: the detector is another one now; draw and label a new sample."
    )
    assert told[_FOUND].endswith("120 contents that people looked at, drawn on 3 May 2026.")


def test_where_nobody_measured_it_says_how_to(build):
    told = _made_from(build.a_provenance())
    assert told[_RIGHT] == told[_FOUND]
    assert told[_RIGHT].startswith("Not measured. To measure it: muniment sample draw")


def _made_from(provenance):
    return dict(quality_box(provenance, INTERNAL).tables[0].rows)


def test_no_report_can_be_made_without_its_box(build):
    report = Report("bare", "Bare", "Nothing.", (), build.a_provenance())
    assert [section.heading for section in report.pages] == ["How good these figures are"]
    assert [table.name for table in report.tables] == ["quality", "coverage", "problems"]


@pytest.mark.parametrize("name", ["../escape", "Items", "a/b", "", "a--b", "a b", "items.csv", "items\n"])
def test_a_name_that_could_not_stand_in_a_file_name_is_refused(build, name):
    with pytest.raises(ValueError, match="small letters, digits and hyphens"):
        Table(name, "", (), ())
    with pytest.raises(ValueError, match="small letters, digits and hyphens"):
        Report(name, "", "", (), build.a_provenance())


def test_two_tables_of_one_name_are_refused(build):
    twice = Section("Twice", tables=(Table("coverage", "A second one", (), ()),))
    with pytest.raises(ValueError, match="one name"):
        Report("double", "", "", (twice,), build.a_provenance())


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="1 cells"):
        Table("ragged", "", (Column("A"),), (("a", "b"),))
