from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.disposal import Approver, Authorisation, Planned, Refusal, canonical, manifest_body
from domain.item import ItemRef

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
PLANNED = Planned(
    1, 10, ItemRef("shares", "Housing/Zoë Marsh.doc".encode()), "tag", "seal", "Housing", 5, NOW, b"v", "1:2",
    b"d" * 32, "HO", "HO.01", date(2020, 1, 1), "schedule",
)  # fmt: skip
BASIS = Authorisation(
    7, "Housing", "dispose", "", "period-over", "ruth", "", NOW, (Approver("alex", "", "first", NOW),), False,
    "digest", "1",
)  # fmt: skip


def test_what_is_signed_says_who_decided_what_and_not_where_anything_lies():
    body = manifest_body(3, "iggy", NOW, BASIS, (PLANNED,))
    assert b"Marsh" not in body
    assert b"Housing/" not in body
    told = json.loads(body)
    assert (told["number"], told["items"], told["bytes"], told["proposer"]) == (3, 1, 5, "ruth")
    assert told["approvers"] == [{"account": "alex", "on_behalf_of": "", "stage": "first", "at": NOW.isoformat()}]
    assert told["files"] == [PLANNED.told()]


@pytest.mark.parametrize("change", [{"size": 6}, {"digest": b"e" * 32}, {"place": "other"}, {"rule": None}])
def test_another_file_makes_another_manifest(change):
    other = replace(PLANNED, **change)
    assert manifest_body(3, "iggy", NOW, BASIS, (other,)) != manifest_body(3, "iggy", NOW, BASIS, (PLANNED,))


def test_a_value_is_written_in_one_way_only():
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == b'{"a":"\\u00e9","b":1}'
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


def test_each_refusal_has_its_sentence_and_no_changed_file_is_tried_again():
    assert all(refusal.sentence for refusal in Refusal)
    assert not any(
        refusal.passing for refusal in (Refusal.CHANGED, Refusal.REPLACED, Refusal.CONTENT, Refusal.HELD, Refusal.GONE)
    )
