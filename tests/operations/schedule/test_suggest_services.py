from __future__ import annotations

import pytest

from operations.schedule.suggest_services import Suggestion, suggest_services
from retention.glob import compile_glob

OWNERS = [
    (b"Lettings", "Housing", 40), (b"Lettings/2019", "Housing", 20), (b"Lettings/2019", "Finance", 15),
    (b"Lettings", "", 100), (b"Old stuff", "", 7), (b"Parks", "Parks", 3), (b"", "Finance", 9),
    (b"Even", "Planning", 5), (b"Even", "Housing", 5),
]  # fmt: skip


def test_a_folder_is_most_probably_of_the_service_that_most_of_its_owners_work_in():
    assert suggest_services(OWNERS, lambda folder: folder == b"Parks") == (
        Suggestion("Even", "Housing", 5, 10, 10),
        Suggestion("Lettings", "Housing", 60, 75, 175),
        Suggestion("Old stuff", None, 0, 0, 7),
    )


@pytest.mark.parametrize("name", ["Plain", "a[b]c", "100% *new*?", "Ünï", "back\\slash", "caf\u0065\u0301"])
def test_the_pattern_takes_in_what_lies_in_the_folder(name):
    glob = compile_glob(Suggestion(name, "Parks", 1, 1, 1).pattern)
    assert glob.matches(f"{name}/deep/file")
    assert glob.matches(f"{name}/file")
    assert not glob.matches(f"{name}x/file")
