"""What `[rot]` of the configuration takes and refuses, and what of a source's times of access is believed."""

from __future__ import annotations

import pytest

from domain.errors import ConfigurationError
from operations.config import load_settings
from operations.configuration.rot_settings import RotSettings
from operations.configuration.timetable_settings import STEPS
from operations.rot.grounds import believed

DAY = 86_400_000_000


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('without = ["nonsense"]', "nothing that is shipped is called 'nonsense'"),
        ('[[rot.trivial]]\nid = "installer"\nbecause = "ours"\nnames = ["*.x"]', "two are called 'installer'"),
        ('[[rot.trivial]]\nid = "all"\nbecause = "all of it"\nnames = ["*"]', "'all' would mean every file"),
        ('case_folders = ["a/b"]', "'a/b' is a path"), ("stale_at = 0", "rot.stale_at"),
    ],
)  # fmt: skip
def test_what_would_do_harm_is_refused_with_the_file_and_the_key(tmp_path, written, said):
    path = tmp_path / "muniment.toml"
    path.write_text(f"[rot]\n{written}\n")
    with pytest.raises(ConfigurationError, match="rot") as refused:
        load_settings(path)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)


def test_a_shipped_pattern_gives_way_to_ones_own_of_its_name():
    own = {"id": "installer", "because": "ours", "names": ["*.x"]}
    patterns = RotSettings(trivial=[own], without=["installer"]).patterns
    assert [pattern.because for pattern in patterns if pattern.id == "installer"] == ["ours"]


def test_looking_for_rot_is_a_step_behind_evaluating():
    assert STEPS.index("evaluate") < STEPS.index("rot") < STEPS.index("report")


def samples(accessed_after_days):
    return [("shares", 0, None if days is None else days * DAY) for days in accessed_after_days]


@pytest.mark.parametrize(
    ("accessed_after_days", "is_believed"),
    [
        (range(2, 122), True), ([2, 3, 4] * 10, False), ([0] * 120, False), ([900] * 120, False),
        ([None] * 60 + list(range(2, 62)), False), ([0] * 50 + list(range(2, 72)), True),
    ],
    ids=["read on many days", "too few", "never kept", "all on one day", "half unknown", "some never opened"],
)  # fmt: skip
def test_last_access_is_believed_where_reading_shows_in_it(accessed_after_days, is_believed):
    assert (believed(samples(accessed_after_days)) == {"shares"}) is is_believed
