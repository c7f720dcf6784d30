"""What every container promises, whatever it walks."""

from __future__ import annotations

import zipfile
from contextlib import contextmanager
from email.message import EmailMessage
from io import BytesIO

import pytest

from scanner.blob import read_once
from scanner.containers import CONTAINERS
from scanner.containers.archive import ZipContainer
from scanner.containers.mail import MailContainer
from scanner.containers.mbox import MboxContainer

CONTENTS = [f"Number {number}: the quick brown fox\n".encode() * (number + 1) for number in range(7)]


def an_archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(CONTENTS):
            archive.writestr(f"folder/{number}.txt", content)
    return out.getvalue()


def a_message() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Seven files"
    message.set_content("See the attached.")
    for number, content in enumerate(CONTENTS):
        message.add_attachment(content, "application", "octet-stream", filename=f"{number}.bin")
    return message.as_bytes()


def a_mailbox() -> bytes:
    start = b"From ann@example.org Mon Jan  1 10:00:00 2024\n"
    return b"".join(start + b"Subject: one\n\n" + content + b"\n" for content in CONTENTS)


KINDS = {
    "zip": (ZipContainer(), an_archive()),
    "mail": (MailContainer(), a_message()),
    "mbox": (MboxContainer(), a_mailbox()),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


@contextmanager
def a_blob(content: bytes):
    with read_once(BytesIO(content), 10_000_000) as blob:
        yield blob


def read(part) -> bytes:
    with part.open() as file:
        return file.read()


def test_every_part_is_met_once_in_order_and_holds_its_content(kind):
    container, content = kind
    with a_blob(content) as blob:
        found = [read(part) for part in container.parts(blob, 0)]
    assert len(found) == len(CONTENTS)
    assert all(expected in got for expected, got in zip(CONTENTS, found, strict=True))


def test_names_are_unique_among_sisters_and_positions_only_grow(kind):
    container, content = kind
    with a_blob(content) as blob:
        parts = list(container.parts(blob, 0))
    assert len({part.name for part in parts}) == len(parts)
    positions = [part.next for part in parts]
    assert positions == sorted(set(positions))
    assert positions[0] > 0


def test_a_walk_resumed_behind_any_part_gives_just_the_rest_under_the_same_names(kind):
    container, content = kind
    with a_blob(content) as blob:
        whole = [(part.name, part.next, read(part)) for part in container.parts(blob, 0)]
    for done, (_, position, _) in enumerate(whole, 1):
        with a_blob(content) as blob:
            rest = [(part.name, part.next, read(part)) for part in container.parts(blob, position)]
        assert rest == whole[done:]


def test_reading_parts_late_or_not_at_all_does_not_disturb_the_walk(kind):
    container, content = kind
    with a_blob(content) as blob:
        in_turn = [read(part) for part in container.parts(blob, 0)]
        parts = list(container.parts(blob, 0))
        assert [read(part) for part in reversed(parts)] == in_turn[::-1]
        halfway = []
        for part in container.parts(blob, 0):
            with part.open() as file:
                halfway.append(file.read(5))
        assert halfway == [got[:5] for got in in_turn]


def test_a_part_is_read_under_a_limit_of_the_caller(kind):
    container, content = kind
    with a_blob(content) as blob:
        part = next(container.parts(blob, 0))
        with part.open() as file, read_once(file, 1000) as inner:
            assert CONTENTS[0] in inner.bytes


def test_a_spooled_container_is_walked_as_one_in_memory(kind, monkeypatch):
    container, content = kind
    with a_blob(content) as blob:
        in_memory = [(part.name, read(part)) for part in container.parts(blob, 0)]
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 10)
    with a_blob(content) as blob:
        assert [(part.name, read(part)) for part in container.parts(blob, 0)] == in_memory


def test_every_container_is_in_the_table():
    assert {type(container) for container in CONTAINERS.values()} == {
        type(container) for container, _ in KINDS.values()
    }
