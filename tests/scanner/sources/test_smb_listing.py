from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from scanner.sources.smb.facts import Facts
from scanner.sources.smb.listing import BrokenListingError, entries_of
from scanner.sources.smb.messages import Answer
from scanner.sources.smb.status import NtStatusError


def an_entry(name: str, step: int | None = 0, attributes: int = 0x20, tag: int = 0, number: int = 7) -> bytes:
    """FILE_ID_FULL_DIR_INFORMATION; with `step` None as long as it is, made up to eight bytes."""
    raw = name.encode("utf-16-le", "surrogatepass")
    body = struct.pack("<L6QLLLLQ", 0, 11, 12, 13, 14, 15, 16, attributes, len(raw), tag, 0, number) + raw
    body += b"\0" * (-(4 + len(body)) % 8 if step is None else 0)
    return struct.pack("<L", 4 + len(body) if step is None else step) + body


def test_entries_carry_all_that_the_server_says():
    buffer = (
        an_entry(".", None) + an_entry("..", None) + an_entry("Plan é 😀.docx", None) + an_entry("b", number=2**64 - 1)
    )
    first, second = entries_of(buffer)
    assert first.name.decode() == "Plan é 😀.docx"
    assert first.facts == Facts(11, 12, 13, 14, 15, 16, 0x20, 0, 7)
    assert (second.name, second.facts.file_id) == (b"b", 0)


def test_the_field_for_extended_attributes_is_the_tag_of_a_reparse_point_alone():
    (link,) = entries_of(an_entry("link", attributes=0x410, tag=0x8000000A))
    (file,) = entries_of(an_entry("file", attributes=0x20, tag=44))
    assert (link.facts.is_dfs_link, file.facts.tag) == (True, 0)


def test_half_a_surrogate_pair_is_kept_and_can_be_asked_for_again():
    (entry,) = entries_of(an_entry("odd\ud800"))
    assert entry.name.decode("utf-8", "surrogatepass") == "odd\ud800"


@pytest.mark.parametrize(
    "broken",
    [b"", b"\0" * 50, an_entry("x/y"), an_entry("..\\up"), an_entry("nul\0"), an_entry(""), an_entry("name")[:-2]],
)
def test_what_is_no_listing_is_told_and_what_came_before_it_is_kept(broken):
    entries = entries_of(an_entry("good", None) + broken)
    assert next(entries).name == b"good"
    with pytest.raises(BrokenListingError):
        list(entries)


@pytest.mark.parametrize("step", [1, 79, 2**32 - 1])
def test_a_step_into_the_entry_itself_or_out_of_the_buffer_leads_nowhere(step):
    with pytest.raises(BrokenListingError):
        list(entries_of(an_entry("name", step)))


@given(some.binary(max_size=400), some.integers(0, 255))
def test_any_bytes_give_few_entries_and_end(raw, step):
    found = []
    with suppress(BrokenListingError):
        found.extend(entries_of(struct.pack("<L", step) + raw))
    assert len(found) <= (len(raw) + 4) // 80


@pytest.mark.parametrize(
    "body", [b"", b"\0" * 7, struct.pack("<HHL", 9, 72, 100), struct.pack("<HHL", 9, 10, 4) + b"x" * 8]
)
def test_an_answer_that_points_outside_itself_is_refused(body):
    with pytest.raises(NtStatusError):
        _ = Answer(0, body).output


@given(some.binary(max_size=120))
def test_any_answer_is_understood_or_refused(body):
    for part in ("output", "read", "controlled", "opened", "facts", "file_id", "volume", "tag"):
        with suppress(NtStatusError):
            getattr(Answer(0, body), part)
