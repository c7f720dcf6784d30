from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.version_name import State, is_version_folder, version_of

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "version_names.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["names"][0])
def test_what_is_left_of_a_name_is_what_its_versions_share(case):
    found = [version_of(name) for name in case["names"]]
    if "stem_is_not" in case:
        assert case["stem_is_not"] not in {one.stem for one in found}
    else:
        assert [one.stem for one in found] == case.get("stems", [case.get("stem")] * len(found))
    if "family" in case:
        assert {one.family for one in found} == {case["family"]}


@pytest.mark.parametrize(
    ("name", "state", "numbers", "copied"),
    [
        ("Plan final v2 (3).docx", State.FINAL, (2,), True),
        ("Plan final draft.docx", State.DRAFT, (), False),
        ("Plan v1.2 signed final.docx", State.SIGNED, (1, 2), False),
        ("Plan old signed.docx", State.SUPERSEDED, (), False),
        ("Plan - Copy.docx", State.UNSAID, (), True),
    ],
)
def test_a_name_says_how_far_a_version_has_come(name, state, numbers, copied):
    found = version_of(name)
    assert (found.state, found.numbers, found.copied) == (state, numbers, copied)


def test_folders_of_versions_are_told_from_folders_of_work():
    assert all(map(is_version_folder, ["Old", "Drafts", "v2", "Old versions", "Superseded"]))
    assert not any(map(is_version_folder, ["Case 12", "Finance", "2023", "Old Town", ""]))


def test_a_hostile_name_is_read_in_a_moment():
    assert version_of("JS " * 100_000 + ".docx").stem
    assert version_of("(" * 100_000).family == ""
