from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.item import ItemRef
from scanner.sources.imap.messages import item_of, name_of, numbers_of

REF = ItemRef("mail", b"alice/INBOX/7-1.eml")
HEADER = b"Message-ID:\r\n <1@council.example>\r\nDate: Fri, 01 Mar 2019 09:00:00 +0100\r\n\r\n"
ARRIVED = b" 1-Mar-2019 08:00:01 +0000"


def an_item(size: bytes = b"40", arrived: bytes = ARRIVED, header: bytes = HEADER):
    facts = {b"UID": b"1", b"RFC822.SIZE": size, b"INTERNALDATE": arrived, b"BODY[HEADER.FIELDS]": header}
    return item_of(REF, facts, "alice")


def test_times_are_told_in_utc():
    item = an_item(arrived=b"17-Jul-1996 02:44:25 -0700")
    assert item.modified == datetime(1996, 7, 17, 9, 44, 25, tzinfo=UTC)
    assert item.created == datetime(2019, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", [b"", b"yesterday", b"Fri, 99 Mar 2019 09:00:00", b"31 Dec 9999 23:59:59 -2359", b"\xff" * 999]
)
def test_a_date_that_is_none_is_none(date):
    assert an_item(header=b"Date: " + date + b"\r\n").created is None


@pytest.mark.parametrize(
    "arrived", [b"", b"31-Feb-2019 00:00:00 +0000", b"01-Xyz-2019 00:00:00 +0000", b"01-Jan-0001 00:00:00 +2300"]
)
def test_an_arrival_that_is_none_is_none(arrived):
    assert an_item(arrived=arrived).modified is None


def test_the_id_and_the_version_hold_in_any_folder_and_under_any_number():
    elsewhere = item_of(ItemRef("mail", b"bob/Filed/8-9.eml"), {
        b"RFC822.SIZE": b"40", b"INTERNALDATE": ARRIVED, b"BODY[HEADER.FIELDS]": HEADER.replace(b"\r\n <", b" <"),
    }, "bob")  # fmt: skip
    assert (elsewhere.file_id, elsewhere.version) == (an_item().file_id, an_item().version)


@pytest.mark.parametrize("other", [{"size": b"41"}, {"header": HEADER.replace(b"<1@", b"<2@")}])
def test_another_message_has_another_id_and_version(other):
    assert an_item(**other).file_id != an_item().file_id
    assert an_item(**other).version != an_item().version


def test_a_message_without_an_id_has_no_file_id_but_a_version():
    item = an_item(header=b"")
    assert (item.file_id, len(item.version)) == (None, 8)


def test_a_name_tells_its_numbers():
    assert numbers_of(name_of(1795353002, 4)) == (1795353002, 4)
    for other in (b"", b"1-2", b"1-2.eml.eml", b"-1-2.eml", b"1-" + b"2" * 5000 + b".eml"):
        assert numbers_of(other) is None
