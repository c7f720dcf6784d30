"""Labelled texts are read as they are, or refused by line and reason without a word of theirs."""

from __future__ import annotations

import json

import pytest

from domain.errors import ConfigurationError
from operations.measuring.gold import load_gold

IVY = {
    "id": "letter-1", "text": "Dear Ivy", "personal": True, "special": ["HEALTH"], "template": "letter",
    "entities": [{"type": "PERSON", "start": 5, "end": 8, "origin": "english"}],
}  # fmt: skip
BAD = {
    "not JSON": (b"{Ivy", "line 2: Invalid JSON"),
    "no text": (json.dumps({**IVY, "text": None}).encode(), "line 2: text: "),
    "a field is missing": (b'{"id": 1, "text": "", "entities": []}', "line 2: personal: Field required"),
    "an unknown kind": (
        json.dumps({**IVY, "id": 2, "entities": [{"type": "IVY", "start": 0, "end": 1}]}).encode(),
        "line 2: entities.0.type: is none of PERSON",
    ),
    "behind the end": (
        json.dumps({**IVY, "id": 2, "entities": [{"type": "PERSON", "start": 5, "end": 9}]}).encode(),
        "line 2: entities.0 does not lie within the text, which has 8 characters",
    ),
    "empty": (
        json.dumps({**IVY, "id": 2, "entities": [{"type": "PERSON", "start": 5, "end": 5}]}).encode(),
        "line 2: entities.0 does not lie",
    ),
    "an unknown class": (json.dumps({**IVY, "id": 2, "special": ["IVY"]}).encode(), "line 2: special.0: is none of"),
    "a word for a yes": (json.dumps({**IVY, "id": 2, "personal": "Ivy"}).encode(), "line 2: personal: "),
    "the same id": (json.dumps(IVY).encode(), "line 2: id: another line has the same"),
    "half a character": (b'{"id": 2, "text": "\\ud800"}', "line 2: Invalid JSON"),
    "nested without end": (b"[" * 100_000, "line 2: Invalid JSON"),
    "not UTF-8": (b'{"id": "\xff"}', "line 2: Invalid JSON"),
}


def a_file(tmp_path, *lines: bytes):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\n".join(lines))
    return path


def test_a_labelled_text_is_read_with_what_is_not_labelled_left_open(tmp_path):
    (gold,) = load_gold(a_file(tmp_path, b"\xef\xbb\xbf" + json.dumps(IVY).encode(), b"", b"  "))
    assert gold.text == "Dear Ivy"
    assert (gold.personal, gold.special, gold.children, gold.criminal) == (True, ("HEALTH",), None, None)
    assert (gold.entities[0].type, gold.entities[0].origin) == ("PERSON", "english")
    assert "Ivy" not in repr(gold)


@pytest.mark.parametrize("case", BAD)
def test_a_bad_line_is_named_with_its_reason_and_not_quoted(tmp_path, case):
    line, reason = BAD[case]
    with pytest.raises(ConfigurationError) as refused:
        load_gold(a_file(tmp_path, json.dumps(IVY).encode(), line))
    assert reason in str(refused.value)
    assert "Dear" not in str(refused.value)
    assert "Ivy" not in str(refused.value)


def test_every_bad_line_is_named_up_to_twenty(tmp_path):
    with pytest.raises(ConfigurationError, match=r"line 20: .*\n\.\.\. and 5 more lines"):
        load_gold(a_file(tmp_path, *[b"{"] * 25))


def test_a_file_without_a_text_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="holds no labelled text"):
        load_gold(a_file(tmp_path, b""))
