from __future__ import annotations

import random
import struct

import pytest

from domain.content import Content
from domain.errors import Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.memo import MemoExtractor

LETTER = "Dear Zoë Example,\r\nyour appointment is on Tuesday."
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)


def a_dbase3(*memos: bytes) -> bytes:
    blocks = [(memo + b"\x1a\x1a").ljust(-(-(len(memo) + 2) // 512) * 512, b"\0") for memo in memos]
    return struct.pack("<I", 1 + sum(map(len, blocks)) // 512).ljust(512, b"\0") + b"".join(blocks)


def a_dbase4(*memos: bytes, block: int = 512, mark: int = 0x0008FFFF) -> bytes:
    blocks = [struct.pack("<II", mark, len(memo) + 8) + memo for memo in memos]
    held = b"".join(written.ljust(-(-len(written) // block) * block, b"\0") for written in blocks)
    head = struct.pack("<I", 1 + len(held) // block).ljust(20, b"\0") + struct.pack("<H", block)
    return head.ljust(max(block, 512), b"\0") + held


def a_foxpro(*memos: tuple[int, bytes], block: int = 64) -> bytes:
    blocks = [struct.pack(">II", kind, len(memo)) + memo for kind, memo in memos]
    held = b"".join(written.ljust(-(-len(written) // block) * block, b"\0") for written in blocks)
    return struct.pack(">I2xH", (512 + len(held)) // block, block).ljust(512, b"\0") + held


def read(files, content: bytes) -> Content:
    with files.blob_of(content) as blob:
        return MemoExtractor().extract(blob, "application/octet-stream", 1_000_000)


@pytest.mark.parametrize(
    "content",
    [
        a_dbase3(LETTER.encode("cp1252"), b"See room 12"),
        a_dbase4(LETTER.encode("cp1252"), b"See room 12"),
        a_dbase4(LETTER.encode("cp1252"), b"See room 12", block=1024),
        a_foxpro((1, LETTER.encode("cp1252")), (1, b"See room 12")),
        a_foxpro((1, LETTER.encode("cp1252")), (1, b"See room 12"), block=1),
    ],
)
def test_memos_of_each_kind_are_read(files, content):
    found = read(files, content)
    assert found.text == "Dear Zoë Example,\nyour appointment is on Tuesday.\nSee room 12\n"
    assert (found.problem, found.reader, found.places[0].name) == (None, "memo", "memos")


def test_lines_broken_for_the_screen_are_lines(files):
    assert read(files, a_dbase3(b"Dear Zoe\x8d\nExample")).text == "Dear Zoe\nExample\n"


def test_a_picture_or_an_object_among_them_is_said(files):
    found = read(files, a_foxpro((0, PICTURE), (1, b"See room 12")))
    assert (found.text, found.problem) == ("See room 12\n", Problem(ProblemCode.LIMIT, "blobs"))


def test_what_stands_in_blocks_that_are_free_again_is_read(files):
    gone = struct.pack("<II", 9, 1) + b"Old note on Zoe Example"
    content = a_dbase4(b"See room 12") + gone.ljust(512, b"\0") + a_dbase4(b"See room 13")[512:]
    assert read(files, content).text == "See room 12\nOld note on Zoe Example\nSee room 13\n"


def test_a_file_without_memos_is_empty(files):
    assert read(files, a_dbase3()).text == ""


@pytest.mark.parametrize("content", [b"", b"no memos", b"x" * 2000, bytes(2000)])
def test_what_is_no_such_file_escalates(files, content):
    with pytest.raises(EscalateError):
        read(files, content)


@pytest.mark.parametrize("content", [a_dbase4(LETTER.encode(), PICTURE), a_foxpro((1, LETTER.encode()), (0, PICTURE))])
def test_damage_of_any_kind_is_read_or_escalated(files, content):
    chance = random.Random(7)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.choice([*range(30), *range(512, 540), chance.randrange(len(content))])] = chance.randrange(
                256
            )
        try:
            found = read(files, bytes(damaged[: chance.randint(500, len(content))]))
        except EscalateError:
            continue
        assert isinstance(found.text, str)
