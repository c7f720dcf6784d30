from __future__ import annotations

import struct
from random import Random

from mail_builders import a_compound

from scanner.formats.ole import open_ole

LARGE = bytes(range(256)) * 100
TREE = {"large": LARGE, "Small": b"small", "empty": b"", "a": {"b": {"c": b"deep", "d": b"x" * 5000}}}


def test_streams_and_storages_are_read_by_name_whatever_its_case(files):
    with files.blob_of(a_compound(TREE)) as blob:
        ole = open_ole(blob)
        inner = ole.children(ole.children(ole.entries["A"])["B"])
        assert {name: ole.read(entry) for name, entry in inner.items()} == {"C": b"deep", "D": b"x" * 5000}
        assert (ole.head("LARGE", 300), ole.read(ole.entries["LARGE"])) == (LARGE[:300], LARGE)
        assert (ole.head("small"), ole.head("empty"), ole.head("none")) == (b"small", b"", b"")
        assert not ole.is_short()


def test_a_file_cut_within_a_stream_is_short(files):
    whole = a_compound({"large": LARGE})
    for cut in (1, 1000, 20_000):
        with files.blob_of(whole[:-cut]) as blob:
            assert open_ole(blob).is_short()


def test_chains_and_trees_that_run_in_a_circle_end(files):
    whole = bytearray(a_compound({"large": LARGE, "other": {"x": b"y"}}))
    for index in range(128, 256):
        struct.pack_into("<I", whole, 512 + index * 4, 30)
    for at in range(512 * 9, 512 * 10, 128):
        struct.pack_into("<III", whole, at + 68, 1, 1, 0)
    struct.pack_into("<I", whole, 512 * 9 + 128 + 120, 0xFFFFFFF0)
    with files.blob_of(bytes(whole)) as blob:
        ole = open_ole(blob)
        assert len(ole.read(ole.entries["LARGE"])) <= len(ole.chains) * ole.sector
        assert ole.is_short()
        assert set(ole.children(ole.root)) == {"LARGE", "ROOT ENTRY"}


def test_tables_beyond_those_in_the_header_are_followed_and_not_in_a_circle(files):
    whole = bytearray(a_compound({"large": LARGE}))
    (first,) = struct.unpack_from("<I", whole, 76)
    # The header's list is emptied and stands in a sector of its own, behind the rest, that leads back to itself.
    extra = (len(whole) - 512) // 512
    struct.pack_into("<109I", whole, 76, *[0xFFFFFFFF] * 109)
    struct.pack_into("<II", whole, 68, extra, 1)
    whole += struct.pack("<128I", first, *range(1, 8), *[0xFFFFFFFF] * 119, extra)
    with files.blob_of(bytes(whole)) as blob:
        ole = open_ole(blob)
        assert ole.read(ole.entries["LARGE"]) == LARGE


def test_cut_or_flipped_it_never_raises(files):
    chance = Random(2)
    whole = a_compound(TREE)
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(10):
            broken[chance.randrange(6000)] ^= 1 << chance.randrange(8)
        with files.blob_of(bytes(broken[: chance.randrange(len(broken))])) as blob:
            if ole := open_ole(blob):
                ole.is_short()
                assert all(len(ole.read(entry)) <= len(whole) for entry in ole.directory)
