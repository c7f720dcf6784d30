from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tracemalloc
import zlib
from datetime import UTC, datetime

import pytest
from backports import zstd

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import read_once
from scanner.budget import MIB
from scanner.containers.compressed import CompressedContainer

NOTE = b"Ann Example, 12 Mill Lane\n" * 40
LONG = random.Random(1).randbytes(400_000)


def an_lz4(content: bytes) -> bytes:
    """One frame with one block that is not packed and a checksum of nothing (LZ4 frame format 1.6)."""
    return b"\x04\x22\x4d\x18\x60\x40\x82" + struct.pack("<L", len(content) | 1 << 31) + content + bytes(4)


PACKED = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda content: lzma.compress(content, lzma.FORMAT_ALONE),
    "zstd": zstd.compress,
}
TELLS_ITS_END = ["gzip", "bzip2", "xz", "zstd"]


def walked(blob, after=0) -> tuple[list[tuple[str, bytes | str]], ProblemCode | None]:
    """The parts, read as they come, or why they could not be, and what the walk ended in."""
    found: list[tuple[str, bytes | str]] = []
    try:
        for part in CompressedContainer().parts(blob, after):
            try:
                with part.open() as file, read_once(file, 100_000_000) as inner:
                    found.append((part.name, inner.bytes))
            except ItemTroubleError as trouble:
                found.append((part.name, trouble.problem.code))
    except ItemTroubleError as trouble:
        return found, trouble.problem.code
    return found, None


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("content", [NOTE, b"", LONG], ids=["short", "empty", "long"])
def test_every_kind_is_one_part_that_holds_it_all(files, kind, content):
    with files.blob_of(PACKED[kind](content)) as blob:
        assert walked(blob) == ([("content", content)], None)
        assert next(CompressedContainer().parts(blob, 0)).packed == blob.size
        assert walked(blob, 1) == ([], None)


def test_lz4_is_unpacked_too(files):
    with files.blob_of(an_lz4(NOTE)) as blob:
        assert walked(blob) == ([("content", NOTE)], None)


def a_gzip(content: bytes, name: bytes, extra: bytes = b"", seconds: int = 1_600_000_000) -> bytes:
    flags = (8 if name else 0) | (4 if extra else 0)
    head = struct.pack("<BBBBLBB", 0x1F, 0x8B, 8, flags, seconds, 0, 3)
    head += (struct.pack("<H", len(extra)) + extra if extra else b"") + (name + b"\0" if name else b"")
    packer = zlib.compressobj(wbits=-15)
    tail = struct.pack("<LL", zlib.crc32(content), len(content))
    return head + packer.compress(content) + packer.flush() + tail


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (b"letter.txt", "letter.txt"),
        ("größe.txt".encode(), "größe.txt"),
        (b"gr\xf6\xdfe.txt", "größe.txt"),
        (b"../../etc/passwd", "../../etc/passwd"),
        (b"\x1b[31m\n", "\x1b[31m\n"),
        (b"", "content"),
    ],
)
@pytest.mark.parametrize("extra", [b"", b"AB\2\0xx"])
def test_a_gzip_header_tells_name_and_time(files, name, expected, extra):
    with files.blob_of(a_gzip(NOTE, name, extra)) as blob:
        (part,) = CompressedContainer().parts(blob, 0)
        assert (part.name, part.modified) == (expected, datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC))
        assert part.open().read() == NOTE


def test_a_gzip_header_without_a_time_tells_none(files):
    with files.blob_of(a_gzip(NOTE, b"", seconds=0)) as blob:
        assert next(CompressedContainer().parts(blob, 0)).modified is None


@pytest.mark.parametrize("kind", TELLS_ITS_END)
def test_streams_behind_each_other_are_one(files, kind):
    pack = PACKED[kind]
    with files.blob_of(pack(NOTE) + pack(b"") + pack(LONG) + pack(b"end")) as blob:
        assert walked(blob) == ([("content", NOTE + LONG + b"end")], None)


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz"])
def test_zeros_behind_a_stream_are_padding_and_anything_else_is_named(files, kind):
    with files.blob_of(PACKED[kind](NOTE) + bytes(70_000)) as blob:
        assert walked(blob) == ([("content", NOTE)], None)
    with files.blob_of(PACKED[kind](NOTE) + b"something else") as blob:
        assert walked(blob) == ([("content", NOTE)], ProblemCode.CORRUPT)


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz", "zstd"])
def test_of_a_stream_cut_short_what_is_before_is_read_and_the_damage_is_named(files, kind):
    whole = PACKED[kind](LONG) if kind != "bzip2" else bz2.compress(LONG, 1)
    with files.blob_of(whole[: len(whole) * 9 // 10]) as blob:
        ((_, content),), code = walked(blob)
        assert len(content) > 100_000
        assert LONG.startswith(content)
        assert code is ProblemCode.CORRUPT


def test_the_damage_is_named_also_where_the_walk_is_taken_up_behind_the_part(files):
    with files.blob_of(gzip.compress(LONG)[:-100_000]) as blob:
        assert walked(blob, 1) == ([], ProblemCode.CORRUPT)


def test_a_part_that_is_read_when_the_walk_is_over_names_its_damage_itself(files):
    with files.blob_of(gzip.compress(LONG)[:-100_000]) as blob:
        (part,) = CompressedContainer().parts(blob, 0)
        with pytest.raises(ItemTroubleError) as caught:
            part.open().read()
        assert caught.value.problem.code is ProblemCode.CORRUPT


def test_a_wrong_checksum_is_named(files):
    packed = bytearray(gzip.compress(LONG))
    packed[-8] ^= 1
    with files.blob_of(bytes(packed)) as blob:
        ((_, content),), code = walked(blob)
        assert LONG.startswith(content)
        assert code is ProblemCode.CORRUPT


@pytest.mark.parametrize(
    "head", [b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"\x5d\0\0", b"LZIP", b"PK", b""]
)
def test_what_only_begins_like_a_stream_is_corrupt(files, head):
    with files.blob_of(head + b"but it is none") as blob:
        ((_, code),), _ = walked(blob)
        assert code in {"corrupt", "limit"}


@pytest.mark.parametrize("kind", PACKED)
def test_flipped_bits_and_lost_ends_come_out_as_named_problems(files, kind):
    chance = random.Random(3)
    whole = PACKED[kind](NOTE + LONG[:5000])
    for _ in range(120):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(min(len(damaged), chance.randrange(1, 9))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with files.blob_of(bytes(damaged)) as blob:
            found, code = walked(blob)
            assert {code, *(got for _, got in found if isinstance(got, str))} <= {
                None,
                "corrupt",
                "limit",
                "unsupported",
            }


@pytest.mark.parametrize("kind", ["gzip", "bzip2", "xz", "zstd"])
def test_a_bomb_is_stopped_by_the_callers_limit(files, kind):
    with files.blob_of(PACKED[kind](bytes(60 * MIB))) as blob:
        part = next(CompressedContainer().parts(blob, 0))
        assert part.packed < 100_000
        with pytest.raises(ItemTroubleError) as caught, part.open() as file, read_once(file, 1_000_000):
            pass
        assert caught.value.problem.limit == "bytes"


def test_a_stream_of_gibibytes_is_read_in_little_memory(files):
    packer = zlib.compressobj(9, wbits=-15)
    again = packer.compress(bytes(64 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    with (
        files.blob_of(gzip.compress(b"")[:10] + again * 64) as blob,
        next(CompressedContainer().parts(blob, 0)).open() as file,
    ):
        tracemalloc.start()
        size = sum(len(file.read(MIB)) for _ in range(600))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert size == 600 * MIB
    assert peak < 8 * MIB


def test_an_xz_stream_that_asks_for_too_much_memory_passes_a_limit(files):
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}]
    packed = bytearray(lzma.compress(NOTE, filters=filters))
    at = packed.find(b"\x21\x01", 12) + 2
    packed[at] = 40
    packed[12 + 8 : 12 + 12] = struct.pack("<L", zlib.crc32(packed[12 : 12 + 8]))
    with files.blob_of(bytes(packed)) as blob:
        assert walked(blob)[0] == [("content", ProblemCode.LIMIT)]


def test_ten_thousand_empty_streams_are_soon_walked(files):
    with files.blob_of(gzip.compress(b"") * 10_000 + gzip.compress(NOTE)) as blob:
        assert walked(blob) == ([("content", NOTE)], None)


def test_reading_goes_on_where_another_reader_has_moved_the_file(files):
    with files.blob_of(gzip.compress(LONG)) as blob:
        part = next(CompressedContainer().parts(blob, 0))
        out = io.BytesIO()
        with part.open() as file:
            while piece := file.read(50_000):
                out.write(piece)
                blob.file.seek(3)
    assert out.getvalue() == LONG
