from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scanner.sources.mail_policy import CLOSED, EXCLUDED, QUARANTINED, MailPolicy

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "mail_folders.toml").read_text())


@pytest.mark.parametrize("name", CASES["closed"])
def test_a_folder_that_people_keep_to_themselves_stays_closed(name):
    assert MailPolicy().problem_of([name]) == CLOSED


@pytest.mark.parametrize("name", CASES["open"])
def test_a_name_that_only_looks_like_it_does_not_close_a_folder(name):
    assert MailPolicy().problem_of([name]) is None


@pytest.mark.parametrize("path", [["Muniment quarantine"], ["INBOX", "Muniment quarantine 2027"]])
def test_what_disposal_has_put_away_is_never_listed_wherever_the_mailbox_is_read(path):
    assert (
        MailPolicy().problem_of(path)
        == MailPolicy().problem_in_store(["Top of Outlook data file", *path])
        == QUARANTINED
    )


def test_what_lies_below_a_closed_folder_is_closed_at_any_depth():
    assert MailPolicy().problem_of(["INBOX", "Union", "2019", "Minutes"]) == CLOSED


def test_a_site_adds_words_and_phrases_of_its_own():
    policy = MailPolicy(also=("members surgery", "chaplain"))
    assert policy.problem_of(["MEMBERS_SURGERY 2019"]) == CLOSED
    assert policy.problem_of(["The Chaplain"]) == CLOSED
    assert policy.problem_of(["Chaplaincy"]) is None


def test_a_folder_is_left_out_by_its_path_or_its_use_with_all_below_it():
    policy = MailPolicy(excluded=("Archive/Old", "\\Junk"))
    assert policy.problem_of(["archive", "old", "2001"]) == EXCLUDED
    assert policy.problem_of(["Archive"]) is None
    assert policy.problem_of(["Spam"], ["\\junk"]) == EXCLUDED


def test_the_sentence_of_the_problem_names_the_policy():
    assert "mail-policy" in CLOSED.message


def test_a_name_of_any_length_is_judged_at_once():
    assert MailPolicy().problem_of(["a-" * 1_000_000]) is None
