"""Roles lent in pages: to whom, for how long, and what cannot be lent."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from reviewed_estate import reviewed_trail, settings_with_schedule
from reviewed_forms import TODAY, errors
from web_clients import posted


@pytest.fixture
def settings(tmp_path):
    return settings_with_schedule(tmp_path)


@pytest.fixture
def trail(settings):
    yield from reviewed_trail(settings)


@pytest.fixture
def rosa(signed_in):
    """A reviewer of Planning, where ten items wait; two of Highways do."""
    return signed_in("rosa.lind")


def lent(**days: date) -> dict[str, object]:
    return {f"{name}-{part}": getattr(day, part) for name, day in days.items() for part in ("day", "month", "year")}


def test_a_role_is_lent_by_name_and_for_a_time_and_ended(rosa, trail, signed_in):
    piet = signed_in("piet.moor")
    days = lent(begins=TODAY, ends=TODAY + timedelta(days=7))
    assert piet.get("/review/groups?service=Planning").status_code == 404
    answer = posted(rosa, "/delegations", taker="piet.moor", role="reviewer", **days)
    assert answer.status_code == 303, errors(answer)
    assert piet.get("/review/groups?service=Planning").status_code == 200
    assert rosa.get("/delegations.json").json()["lent"][0]["taker"] == "piet.moor"
    assert "Planning" not in str(signed_in("hugo.vale").get("/delegations.json").json()["lent"])
    posted(rosa, "/delegations/end", taker="piet.moor", role="reviewer")
    assert piet.get("/review/groups?service=Planning").status_code == 404


@pytest.mark.parametrize(
    ("fields", "told"),
    [({}, "Choose who stands in. Choose the role that is lent. Enter the first day, such as 1 5 2027. Enter the last "
      "day, such as 14 5 2027."),
     ({"taker": "rosa.lind", "role": "reviewer"}, "cannot stand in for itself"),
     ({"taker": "piet.moor", "role": "siro"}, "does not have the role siro"),
     ({"taker": "ada.frost", "role": "reviewer"}, "Choose who stands in."),
     ({"taker": "piet.moor", "role": "reviewer", "giver": "vera.holt"}, "arrange who stands in for somebody else"),
     ({"taker": "piet.moor", "role": "reviewer", "weeks": 60}, "92 days at most"),
     ({"taker": "piet.moor", "role": "reviewer", "weeks": -1}, "would end before it begins")],
)  # fmt: skip
def test_what_cannot_be_lent_is_told(rosa, fields, told):
    days = lent(begins=TODAY, ends=TODAY + timedelta(weeks=fields.pop("weeks", 1))) if fields else {}
    answer = posted(rosa, "/delegations", **fields, **days)
    assert answer.status_code == 422
    assert told in errors(answer)
    assert rosa.get("/delegations.json").json()["lent"] == []


def test_cover_is_arranged_for_somebody_who_is_away(signed_in):
    ivan = signed_in("ivan.gale")
    days = lent(begins=TODAY, ends=TODAY + timedelta(days=7))
    answer = posted(ivan, "/delegations", giver="rosa.lind", taker="piet.moor", role="reviewer", **days)
    assert answer.status_code == 303, errors(answer)
    assert signed_in("piet.moor").get("/review/groups?service=Planning").status_code == 200
