"""Bytes held, spooled or left where they lie are the same bytes."""

from __future__ import annotations

from io import BytesIO, RawIOBase

import pytest

from scanner.blob import hashed, read_once, where_it_lies

CONTENT = bytes(range(256)) * 9000


class Stream(RawIOBase):
    """Bytes that come once, as from the net."""

    def __init__(self, content: bytes) -> None:
        self._content = BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        return self._content.readinto(buffer)


@pytest.fixture(autouse=True)
def memory_is_small(monkeypatch):
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 1000)


def test_what_lies_has_the_digest_and_the_bytes_of_a_copy():
    with read_once(BytesIO(CONTENT), len(CONTENT)) as copy:
        lying = hashed(where_it_lies(BytesIO(CONTENT)))
        assert (lying.digest, lying.size, lying.head) == (copy.digest, copy.size, copy.head)
        assert (lying.lies, copy.lies) == (True, False)


def test_what_lies_has_no_path_by_which_it_could_be_opened_anew(tmp_path):
    (tmp_path / "store").write_bytes(CONTENT)
    with open(tmp_path / "store", "rb") as file:
        assert hashed(where_it_lies(file)).path is None


@pytest.mark.parametrize(
    "file", [BytesIO(CONTENT[:1000]), BytesIO(b""), Stream(CONTENT)], ids=["small", "empty", "stream"]
)
def test_what_is_small_or_cannot_seek_is_copied_from_its_beginning(file):
    assert where_it_lies(file) is None
    with read_once(file, len(CONTENT)) as copy:
        assert copy.bytes == CONTENT[: copy.size]
        assert not copy.lies
