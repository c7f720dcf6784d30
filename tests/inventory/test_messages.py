"""A message is searched once, in whichever mailbox it was met first; and nothing else passes for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from inventories import an_inventory
from scan_driver import a_recorder, held, listings, tools_over

from domain.content import Content
from domain.examination import Batch
from domain.item import ItemRef
from domain.privacy import FingerprintKey
from inventory.messages import message_copies, places_of
from inventory.queries import Inventory
from operations.examine import examine
from scanner.blob import Blob

BODY = b"Dear Jo, NAMED.\r\n--b\r\nContent-Disposition: attachment; filename=list.txt\r\n\r\nlist NAMED\r\n--b--\r\n"


def a_message(to: str, *, number: str = "1", body: bytes = BODY) -> bytes:
    came = f"Delivered-To: {to}\r\nReceived: by {to}; Mon, 4 Mar 2019 09:30:00 +0000\r\n"
    sent = f"From: ivy@council.example\r\nTo: duty@council.example\r\nMessage-ID: <{number}@council.example>\r\n"
    kind = "Subject: Duty\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
    return (came + sent + kind).encode() + body


def an_mbox(*messages: bytes) -> bytes:
    return b"".join(b"From - Mon Mar  4 09:30:00 2019\n" + message + b"\n" for message in messages)


MAILBOXES = {b"ivy/1.eml": a_message("ivy@a.example"), b"jo/1.eml": a_message("jo@b.example")}


@dataclass
class Noting:
    """Reads everything as text, and notes how often."""

    version: str = "noting 1"
    read: list[str] = field(default_factory=list)

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        self.read.append(media_type)
        return Content(blob.bytes.decode("utf-8", "replace")[:limit])


def scanned(database, files, *, reuse: bool = True, pipeline: str = "pipeline 1") -> list[str]:
    """One scan; the media types that were read."""
    reader, inventory = Noting(), Inventory(database)
    tools = replace(
        tools_over(database, files, pipeline=pipeline), fingerprint=FingerprintKey(b"k" * 32).fingerprint,
        extractor_for=lambda kind: None if kind == "application/mbox" else reader,
    )  # fmt: skip
    if reuse:
        tools = replace(tools, known_message=lambda key, kind: inventory.knows_message(key, kind, pipeline))
    recorder = a_recorder(database, pipeline)
    for listing in listings(files):
        for todo in recorder.note(listing):
            after = todo.after
            while True:
                batch: Batch = examine(todo.item, tools, after)
                recorder.record(todo.item, after, batch)
                if (after := batch.rest) is None:
                    break
    recorder.settle()
    return reader.read


def counts(database) -> dict[str, int]:
    with database.connect() as connection:
        joined = "finding JOIN item ON item.content_id = finding.content_id"
        statement = f"SELECT sum(count) FROM {joined} WHERE gone IS NULL"
        fingerprints = "SELECT count(*) FROM fingerprint"
        return {
            "findings": connection.exec_driver_sql(statement).scalar_one(),
            "fingerprints": connection.exec_driver_sql(fingerprints).scalar_one(),
        }


def test_a_copy_that_came_another_way_is_not_searched_again_and_has_all_that_was_found(database):
    assert scanned(database, MAILBOXES) == ["message/rfc822", "text/plain"]
    assert held(database, personal=True) == dict.fromkeys(
        ["ivy/1.eml", "ivy/1.eml > list.txt", "jo/1.eml", "jo/1.eml > list.txt"], "examined"
    )
    assert counts(database) == {"findings": 6, "fingerprints": 3}


def test_each_copy_keeps_its_own_digest_so_that_none_is_taken_for_a_duplicate_file(database):
    scanned(database, MAILBOXES)
    digests = {one.record.ref.path: one.record.digest for one in Inventory(database).held()}
    assert digests["ivy/1.eml"] != digests["jo/1.eml"]
    assert digests["ivy/1.eml > list.txt"] == digests["jo/1.eml > list.txt"]


def test_what_comes_of_it_is_what_reading_every_copy_gives(database, tmp_path):

    other = an_inventory(tmp_path / "other.db")
    scanned(database, MAILBOXES)
    assert len(scanned(other, MAILBOXES, reuse=False)) == 3
    assert held(database) == held(other)
    assert counts(database) == counts(other)
    other.dispose()


@pytest.mark.parametrize(
    "other",
    [a_message("jo@b.example", body=b"Another body, NAMED\r\n--b--\r\n"), a_message("jo@b.example", number="2")],
    ids=["a forged Message-ID", "another Message-ID"],
)
def test_another_message_is_searched(database, other):
    assert scanned(database, {**MAILBOXES, b"jo/1.eml": other}).count("message/rfc822") == 2


def test_messages_of_a_mailbox_file_are_known_from_another_and_the_other_way_round(database):
    files = {b"a.mbox": an_mbox(MAILBOXES[b"ivy/1.eml"]), b"b.eml": MAILBOXES[b"jo/1.eml"], b"c.mbox": an_mbox(
        a_message("x@c.example"), a_message("x@c.example", number="2"))}  # fmt: skip
    assert scanned(database, files) == ["message/rfc822", "text/plain", "message/rfc822"]
    assert len(held(database, personal=True)) == 8


def test_another_pipeline_searches_anew(database):
    scanned(database, MAILBOXES)
    assert scanned(database, MAILBOXES, pipeline="pipeline 2").count("message/rfc822") == 1


def test_the_copies_are_told_together_and_no_message_id_is_kept(database):
    scanned(database, {**MAILBOXES, b"jo/2.eml": a_message("jo@b.example", number="2")})
    (message,) = message_copies(database)
    assert (message.copies, message.bytes) == (2, sum(map(len, MAILBOXES.values())))
    assert places_of(database, message.message) == (ItemRef("memory", b"ivy/1.eml"), ItemRef("memory", b"jo/1.eml"))
    with database.connect() as connection:
        for table in ("content", "item", "finding", "fingerprint"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert "council.example" not in repr(tuple(row))


def test_a_copy_whose_twin_is_gone_before_it_is_written_waits_and_is_searched(database):
    files, pipeline = dict(MAILBOXES), "pipeline 1"
    scanned(database, {b"ivy/1.eml": files[b"ivy/1.eml"]})
    key = FingerprintKey(b"k" * 32)
    tools = replace(tools_over(database, files), fingerprint=key.fingerprint, known_message=lambda *_: True)
    recorder = a_recorder(database, pipeline)
    (todo,) = [one for listing in listings(files) for one in recorder.note(listing)]
    batch = examine(todo.item, tools)
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE content SET whole_item_id = NULL")
    recorder.record(todo.item, None, batch)
    assert held(database)["jo/1.eml"] == "waiting"
