from __future__ import annotations

import io
import random
import struct
import tracemalloc

import pytest

from scanner.formats.ole_object import PackedFile, packed_file


def native(name: str, content: bytes, path: str = "C:\\Temp\\x") -> bytes:
    """[MS-OLEDS] 2.3.6, as the Windows packager writes it."""
    label, where = name.encode("cp1252") + b"\0", path.encode() + b"\0"
    inner = struct.pack("<H", 2) + label + where + struct.pack("<HHI", 0, 3, len(where)) + where
    inner += struct.pack("<I", len(content)) + content
    return struct.pack("<I", len(inner)) + inner


def taken_out(content: bytes) -> PackedFile | None:
    return packed_file(io.BytesIO(content), len(content))


def test_a_packed_file_comes_under_its_own_name(files):
    stream = native("Lëtter.txt", b"Dear Ann")
    found = taken_out(files.an_ole({"\x01CompObj": b"x", "\x01Ole10Native": stream}))
    assert (found.name, found.content) == ("Lëtter.txt", b"Dear Ann")


def test_the_folders_of_the_one_who_packed_it_are_no_part_of_the_name(files):
    found = taken_out(files.an_ole({"\x01Ole10Native": native("", b"x" * 9_000, "C:\\Users\\ann\\scan.pdf")}))
    assert (found.name, found.content) == ("scan.pdf", b"x" * 9_000)


@pytest.mark.parametrize("name", ["CONTENTS", "Package", "package_stream"])
def test_a_stream_that_is_the_file_itself_is_taken_whole(files, name):
    found = taken_out(files.an_ole({"\x01Ole": b"x", name: b"%PDF-1.4 ..."}))
    assert (found.name, found.content) == ("", b"%PDF-1.4 ...")


def test_a_document_that_is_a_compound_file_is_left_as_it_is(files):
    assert taken_out(files.an_ole({"WordDocument": b"x" * 600, "\x01CompObj": b"y"})) is None
    assert taken_out(files.an_ole({"WordDocument": b"x" * 600, "CONTENTS": b"y"})) is None
    assert taken_out(files.an_ole({"WordDocument": b"x" * 600, "\x01Ole10Native": native("a", b"b")})) is None


@pytest.mark.parametrize("stream", [b"", b"\0" * 5, b"\0" * 400, native("a.txt", b"Dear Ann")[:-3], b"x" * 900])
def test_a_packer_that_cannot_be_understood_leaves_the_object_as_it_is(files, stream):
    assert taken_out(files.an_ole({"\x01Ole10Native": stream})) is None


@pytest.mark.parametrize("content", [b"", b"not one at all", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(3000)])
def test_what_is_no_compound_file_holds_nothing(content):
    assert taken_out(content) is None


def test_chains_that_run_in_circles_end_and_take_no_more_than_the_file(files):
    whole = bytearray(files.an_ole({"\x01Ole10Native": native("a.txt", b"x" * 6_000)}))
    table = 512
    for sector in range(1, 12):
        struct.pack_into("<I", whole, table + 4 * sector, sector)  # Each follows itself.
    tracemalloc.start()
    taken_out(bytes(whole))
    for at in range(512, len(whole) - 128, 128):
        if whole[at : at + 4] == b"R\0o\0":
            struct.pack_into("<I", whole, at + 120, 0x7FFFFF00)
    assert taken_out(bytes(whole)) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize(("at", "value"), [(30, 40), (30, 12), (44, 0xFFFFFFF0), (64, 0x7FFFFFFF), (72, 1 << 30)])
def test_a_header_that_claims_more_than_the_file_has_is_not_followed(files, at, value):
    whole = bytearray(files.an_ole({"\x01Ole10Native": native("a.txt", b"x")}))
    struct.pack_into("<I" if at > 40 else "<H", whole, at, value)
    taken_out(bytes(whole))


def test_damage_anywhere_never_raises(files):
    whole = files.an_ole({"\x01Ole10Native": native("a.txt", b"Dear Ann"), "\x01Ole": b"x" * 5_000})
    for seed in range(800):
        chance = random.Random(seed)
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(min(len(damaged), 4_000))] = chance.randrange(256)
        taken_out(bytes(damaged[: chance.randint(1, len(damaged))] if seed % 3 == 0 else damaged))
