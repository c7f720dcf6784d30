"""What paths and names say of where ROT lies, and of what must not be taken for it."""

from __future__ import annotations

import pytest

from classifiers.rot_words import RotWords

WORDS = RotWords(applications=["our system*"], cases=["learners"])


@pytest.mark.parametrize(
    ("path", "case"),
    [
        ("Care/Case files/40247/Letters", "care/case files/40247"), ("Case files", "case files"),
        ("Schools/Learners/7", "schools/learners/7"), ("Finance/Case studies", ""),
        ("Old Backups/Care/Case files/40247", ""), ("Care/Case files/40247/old", "care/case files/40247"),
    ],
)  # fmt: skip
def test_a_case_file_is_the_folder_below_one_of_cases_and_no_backup_of_it(path, case):
    assert WORDS.where(path).case == case


def test_folders_of_applications_are_known_and_ones_own_added():
    assert WORDS.where("C/Program Files (x86)/App").application
    assert WORDS.where("Shares/Our System 2/x").application
    assert WORDS.where("Planning/GritTrack 2/Program/temp").application
    assert WORDS.where("Archive/Old systems/CareTrack 3").application
    assert not WORDS.where("Culture/Programme 2019").application
    assert not WORDS.where("Shares/Applications for posts").application


def test_a_folder_says_what_its_files_are():
    assert WORDS.where("Legal/Served/996 Norton Vale").signed
    assert not WORDS.where("Legal/Services").signed
    assert WORDS.where("Schools/Appeals/6449").explains


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lease_SIGNED-2019.pdf", {"signed"}), ("Lease signature page.pdf", set()), ("Plan FINAL.docx", {"final"}),
        ("Copy of plan.docx", {"copied"}), ("copyright.docx", set()), ("Minutes 2019.docx", {"explains"}),
        ("safeguarding strategy meeting v1.docx", {"explains"}), ("plan.docx", set()),
    ],
)  # fmt: skip
def test_a_name_says_by_whole_words_what_it_is(name, said):
    assert WORDS.said(name) == said
