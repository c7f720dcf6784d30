"""Damaged and invented input to the parsers that are ours: an answer or a named refusal, and nothing else.

A few examples with every run; `make fuzz EXAMPLES=20000` tries as many of each, otherwise drawn every time.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from mail_builders import a_compound, a_file_attached, a_storage, a_tnef, text
from scanner_files import blob_of

from domain.access import Access
from domain.errors import ConfigurationError, ItemTroubleError, MunimentError
from domain.item import part_key, part_of, printable
from inventory.address import is_over_network, parsed
from operations.viewing.filters import FILTERS, filtered
from retention.schedule import parse_schedule
from scanner.containers import container_for
from scanner.directories.staff import read_staff
from scanner.extractor import EscalateError
from scanner.extractors import extractor_for
from scanner.sources.smb.security_descriptor import access_of

EXAMPLES = int(os.environ.get("MUNIMENT_FUZZ", "25"))
TODAY = date(2026, 11, 23)
LIMIT = 100_000
SCHEDULE = (Path(__file__).parents[2] / "retention" / "example.toml").read_text("utf-8")[:6000]

pytestmark = pytest.mark.slow

fuzzed = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize="MUNIMENT_FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip

HOW = ("set", "cut", "copy", "grow")
changes = some.lists(
    some.tuples(some.floats(0, 1, exclude_max=True), some.sampled_from(HOW), some.binary(max_size=4)),
    min_size=1, max_size=12,
)  # fmt: skip


def damaged(sound: bytes, wanted: list[tuple[float, str, bytes]]) -> bytes:
    """The content with bytes changed, stretches cut out or doubled, and its end cut off."""
    whole = bytearray(sound)
    for share, how, value in wanted:
        place = int(share * len(whole))
        if how == "set":
            whole[place : place + len(value)] = value
        elif how == "cut":
            del whole[place : place + 1 + 7 * len(value)]
        elif how == "copy":
            whole[place:place] = whole[place : place + 64]
        else:
            whole[place:place] = value * 50
    return bytes(whole)


@cache
def a_mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Grüße"
    message.set_content("Dear Ann,\nfrom Bo\n")
    message.add_attachment(b"x" * 300, maintype="application", subtype="octet-stream", filename="a.bin")
    return message.as_bytes()


@cache
def an_mbox() -> bytes:
    line = b"From ann@example.org Mon Nov 23 09:00:00 2026\n"
    return b"".join(line + a_mail().replace(b"from Bo", b">From Bo") + b"\n" for _ in range(3))


@cache
def a_msg() -> bytes:
    told = {0x0037: text("The subject"), 0x1000: text("Dear Ann, of the body")}
    return a_compound(a_storage(told, attachments=[a_file_attached("a.txt", b"small")]))


@cache
def a_winmail() -> bytes:
    return a_tnef([(0x0008800C, b"body")], [(0x00018010, b"a.txt\0"), (0x0006800F, b"small")])


SOUND: dict[str, Callable[[], bytes]] = {
    "application/vnd.ms-outlook": a_msg, "application/mbox": an_mbox, "message/rfc822": a_mail,
    "application/vnd.ms-tnef": a_winmail,
}  # fmt: skip


@pytest.mark.parametrize("media_type", SOUND)
def test_the_sound_ones_are_read(media_type):
    assert any(len(content) > 4 for content in read(SOUND[media_type](), media_type))


@pytest.mark.parametrize("media_type", SOUND)
@fuzzed
@given(wanted=changes)
def test_damaged_mail_is_read_or_named(media_type, wanted):
    for content in read(damaged(SOUND[media_type](), wanted), media_type):
        assert len(content) <= LIMIT


@pytest.mark.parametrize("media_type", SOUND)
@fuzzed
@given(content=some.binary(max_size=600))
def test_any_bytes_called_mail_are_read_or_named(media_type, content):
    list(read(content, media_type))


def read(content: bytes, media_type: str) -> Iterator[bytes]:
    """The text, and what each part holds; a named trouble ends it."""
    with blob_of(content) as blob:
        extractor, container = extractor_for(media_type), container_for(media_type)
        if extractor is not None:
            with suppress(ItemTroubleError, EscalateError):
                yield extractor.extract(blob, media_type, LIMIT).text.encode("utf-8", "surrogatepass")[:LIMIT]
        if container is not None:
            yield from parts_of(container, blob)


def parts_of(container, blob) -> Iterator[bytes]:
    try:
        for number, part in enumerate(container.parts(blob, 0)):
            assert number < 1000
            assert part.name
            if part.problem is None:
                with part.open() as opened:
                    yield opened.read(LIMIT)
    except ItemTroubleError:
        return


@fuzzed
@given(wanted=changes)
def test_a_damaged_schedule_is_one_or_is_refused_in_words(wanted):
    written, said = damaged(SCHEDULE.encode(), wanted).decode("utf-8", "replace"), "schedule.toml"
    try:
        parse_schedule(written, "schedule.toml")
    except ConfigurationError as error:
        said = str(error)
    assert "schedule.toml" in said


STAFF = "account,name,login,mail,service,left\nS-1-5-21-1-2-3-1001,Ann,ann1,ann@example.org,Planning,2026-01-01\n" * 3


@fuzzed
@given(wanted=changes)
def test_a_damaged_list_of_staff_is_one_or_is_refused_in_words(wanted, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "staff.csv"
    path.write_bytes(damaged(STAFF.encode(), wanted))
    said = "staff.csv"
    try:
        read_staff(path, TODAY).people(["S-1-5-21-1-2-3-1001"])
    except MunimentError as error:
        said = str(error)
    assert "staff.csv" in said


@fuzzed
@given(content=some.binary(max_size=400))
def test_any_descriptor_is_rights_or_nothing(content):
    assert isinstance(access_of(content), Access | None)


words = some.one_of(
    some.text(max_size=40),
    some.integers(-(2**70), 2**70).map(str),
    some.binary(max_size=30).map(lambda raw: base64.urlsafe_b64encode(raw).decode()),
    some.sampled_from(["yes", "none", "-", "0", "9999", "1e9", "\0", "\ud800"]),
)


@fuzzed
@given(asked=some.dictionaries(some.sampled_from([*FILTERS, "sort", "x"]), words, max_size=6))
def test_any_filter_of_an_address_narrows_or_is_refused(asked):
    told = filtered(asked)
    assert {one.name for one in told.chosen}.isdisjoint(one.name for one in told.refused)


names = some.text(min_size=1, max_size=20)


@fuzzed
@given(part=some.lists(names, max_size=5).map(tuple))
def test_the_place_of_a_part_comes_back(part):
    assert part_of(part_key(part)) == part
    assert printable(part_key(part)).isprintable()


@fuzzed
@given(url=some.one_of(some.text(max_size=60), some.text(max_size=30).map("postgresql://{}".format),
                       some.text(max_size=30).map("sqlite:///{}".format)))  # fmt: skip
def test_any_address_of_an_inventory_is_one_or_is_refused_in_words(url):
    said = "inventory.url"
    try:
        is_over_network(parsed(url).render_as_string())
    except MunimentError as error:
        said = str(error)
    assert "inventory.url" in said
