from __future__ import annotations

import io
import os
import random
import struct
import tracemalloc
import warnings
import zipfile
import zlib
from datetime import UTC, datetime

import pyppmd
import pytest
from backports import zstd

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import read_once
from scanner.budget import MIB
from scanner.containers.archive import ZipContainer
from scanner.containers.naming import unique

NOTE = b"Ann Example, 12 Mill Lane\n" * 40


def parts_of(blob, after=0):
    return list(ZipContainer().parts(blob, after))


def read(part) -> bytes:
    with part.open() as file:
        return file.read()


def trouble_in_reading(part) -> ProblemCode:
    with pytest.raises(ItemTroubleError) as caught:
        read(part)
    return caught.value.problem.code


def walk(blob, after=0):
    """The parts, and what the walk ended in."""
    parts = []
    try:
        for part in ZipContainer().parts(blob, after):
            parts.append(part)  # noqa: PERF402  what was met before the trouble is kept
    except ItemTroubleError as trouble:
        return parts, trouble.problem.code
    return parts, None


def walked(blob, after=0) -> tuple[dict[str, bytes], ProblemCode | None]:
    """What was read, by name, and what the walk ended in."""
    parts, code = walk(blob, after)
    return {part.name: read(part) for part in parts}, code


def a_zip_of(method: int, packed: bytes, content: bytes, **told) -> bytes:
    """One member, packed by hand. `told` changes what the directory tells of it: size, crc, name, extra, flags."""
    size, crc = told.get("size", len(content)), told.get("crc", zlib.crc32(content))
    name, extra, flags = told.get("name", b"a.txt"), told.get("extra", b""), told.get("flags", 0)
    local = told.get("local", name)
    common = struct.pack("<HHHHHLLL", 63, flags, method, 0x6000, 0x4EA1, crc, len(packed), size)
    header = b"PK\3\4" + common + struct.pack("<HH", len(local), 0) + local
    record = b"PK\1\2" + struct.pack("<H", 63) + common + struct.pack("<HHHHHLL", len(name), len(extra), 0, 0, 0, 0, 0)
    record += name + extra
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(record), len(header) + len(packed), 0)
    return header + packed + record + end


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


def test_a_member_tells_its_size_its_packed_size_and_its_time(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a.txt", (2019, 5, 1, 12, 30, 0)), b"x" * 10_000, zipfile.ZIP_DEFLATED)
    with files.blob_of(out.getvalue()) as blob:
        (part,) = parts_of(blob)
    assert (part.size, part.modified) == (10_000, datetime(2019, 5, 1, 12, 30, tzinfo=UTC))
    assert part.packed < 100


def test_a_time_in_utc_goes_before_that_of_an_unknown_clock(files):
    seconds = int(datetime(2021, 7, 1, 9, 15, tzinfo=UTC).timestamp())
    filetime = (seconds + 11_644_473_600) * 10_000_000
    for extra in (
        struct.pack("<HHBl", 0x5455, 5, 1, seconds),
        struct.pack("<HHLHHQQQ", 0x000A, 32, 0, 1, 24, filetime, 0, 0),
    ):
        with files.blob_of(a_zip_of(0, NOTE, NOTE, extra=extra)) as blob:
            assert parts_of(blob)[0].modified == datetime(2021, 7, 1, 9, 15, tzinfo=UTC)


def test_an_encrypted_member_is_named_as_such_and_its_sisters_are_read(files):
    archive = files.with_encrypted_flag(files.a_zip({"secret.txt": b"s", "open.txt": b"o"}), b"secret.txt")
    with files.blob_of(archive) as blob:
        secret, plain = parts_of(blob)
        assert secret.problem.code is ProblemCode.ENCRYPTED
        assert trouble_in_reading(secret) is ProblemCode.ENCRYPTED
        assert read(plain) == b"o"


def test_names_that_climb_out_or_would_print_badly_are_names_and_nothing_is_written(files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\windows\\x",
        "a/../b",
        "two\nlines",
        "\x1b[31mred",
        "\u202etxt.exe",
    ]
    with files.blob_of(files.a_zip(dict.fromkeys(names, b"x"))) as blob:
        parts = parts_of(blob)
        assert [part.name for part in parts] == names
        assert all(read(part) == b"x" for part in parts)
    assert os.listdir(tmp_path) == []


def test_folders_are_no_parts_and_neither_links_nor_devices_are_read(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("folder/", b"")
        for name, mode in (("link", 0o120777), ("pipe", 0o010644), ("device", 0o060644)):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, mode << 16
            archive.writestr(entry, b"/etc/passwd")
        archive.writestr("file", b"x")
    with files.blob_of(out.getvalue()) as blob:
        parts = parts_of(blob)
        assert [(part.name, part.problem and part.problem.code) for part in parts] == [
            ("link", ProblemCode.LINK),
            ("pipe", ProblemCode.NOT_A_FILE),
            ("device", ProblemCode.NOT_A_FILE),
            ("file", None),
        ]
        assert trouble_in_reading(parts[0]) is ProblemCode.LINK


def test_what_is_called_a_folder_but_has_content_is_read(files):
    with files.blob_of(files.a_zip({"hidden/": NOTE})) as blob:
        assert walked(blob) == ({"hidden/": NOTE}, None)


def test_members_of_one_name_are_told_apart_also_behind_where_a_walk_is_taken_up(files):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for number in range(3):
            archive.writestr("same.txt", str(number))
    with files.blob_of(out.getvalue()) as blob:
        parts = parts_of(blob)
        expected = [("same.txt", b"0"), ("same.txt (2)", b"1"), ("same.txt (3)", b"2")]
        assert [(part.name, read(part)) for part in parts] == expected
        assert [(part.name, read(part)) for part in parts_of(blob, parts[0].next)] == expected[1:]


@pytest.mark.parametrize("names", [["a"] * 50, ["a", "a (2)", "a", "a"], ["a (2)", "a", "a"]])
def test_made_names_never_meet_given_ones(names):
    made = list(unique(names))
    assert len(set(made)) == len(names)
    assert all(new.startswith(old) for new, old in zip(made, names, strict=True))


def test_a_name_in_utf_8_that_does_not_say_so_is_read_as_people_see_it(files):
    archive = files.a_zip({"caf__.txt": b"x", "caf___.txt": b"x"})
    archive = archive.replace(b"caf__.txt", "café.txt".encode()).replace(b"caf___.txt", b"caf\x82\x82\x82.txt")
    with files.blob_of(archive) as blob:
        assert [part.name for part in parts_of(blob)] == ["café.txt", "caféééé.txt"[:6] + ".txt"]


@pytest.mark.parametrize(
    ("name", "flags", "extra", "expected"),
    [
        (b"caf\xff.txt", 0x800, b"", "caf\\xff.txt"),
        (
            b"caf_.txt",
            0,
            struct.pack("<HHBL", 0x7075, 14, 1, zlib.crc32(b"caf_.txt")) + "café.txt".encode(),
            "café.txt",
        ),
        (b"caf_.txt", 0, struct.pack("<HHBL", 0x7075, 14, 1, 7) + "café.txt".encode(), "caf_.txt"),
        (b"a.txt\0.exe", 0, b"", "a.txt"),
        (b"", 0, b"", "unnamed"),
        (b"a.txt", 0, b"\x75\x70\xff\xff", "a.txt"),
    ],
)
def test_no_name_makes_an_archive_unreadable(files, name, flags, extra, expected):
    with files.blob_of(a_zip_of(0, NOTE, NOTE, name=name, flags=flags, extra=extra)) as blob:
        assert walked(blob) == ({expected: NOTE}, None)


def test_the_name_in_the_directory_goes_before_that_at_the_member(files):
    with files.blob_of(a_zip_of(0, NOTE, NOTE, name=b"listed.txt", local=b"other.exe")) as blob:
        assert walked(blob) == ({"listed.txt": NOTE}, None)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_the_standard_library_packs_is_unpacked(files, method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.txt", NOTE * 3000)
        archive.writestr("empty.txt", b"")
    with files.blob_of(out.getvalue()) as blob:
        assert walked(blob) == ({"a.txt": NOTE * 3000, "empty.txt": b""}, None)


def a_ppmd_stream(content: bytes) -> bytes:
    packer = pyppmd.Ppmd8Encoder(6, 1 << 20, 0)
    return struct.pack("<H", 5) + packer.encode(content) + packer.flush(endmark=True)


@pytest.mark.parametrize(
    ("method", "packed"),
    [(93, zstd.compress(NOTE)), (20, zstd.compress(NOTE)), (98, a_ppmd_stream(NOTE))],
    ids=["zstd", "zstd of old", "ppmd"],
)
def test_what_libarchive_unpacks_is_unpacked(files, method, packed):
    with files.blob_of(a_zip_of(method, packed, NOTE)) as blob:
        assert walked(blob) == ({"a.txt": NOTE}, None)


@pytest.mark.parametrize("method", [1, 6, 9, 97, 1234])
def test_what_nobody_unpacks_is_named(files, method):
    with files.blob_of(a_zip_of(method, b"xyz", NOTE)) as blob:
        assert trouble_in_reading(parts_of(blob)[0]) is ProblemCode.UNSUPPORTED


def test_an_lzma_member_that_asks_for_a_huge_dictionary_is_refused(files):
    head = b"\x09\x14\x05\x00" + struct.pack("<BL", 0x5D, 0xFFFFFFF0)
    with files.blob_of(a_zip_of(14, head + bytes(50), NOTE)) as blob:
        assert trouble_in_reading(parts_of(blob)[0]) is ProblemCode.LIMIT


@pytest.mark.parametrize(
    "told", [{"size": len(NOTE) - 1}, {"size": len(NOTE) + 1}, {"crc": 7}, {"size": 0}, {"size": 0xFFFFFFFF}]
)
@pytest.mark.parametrize("method", [0, 8])
def test_a_member_that_is_not_what_the_directory_tells_is_corrupt(files, method, told):
    packed = deflated(NOTE) if method else NOTE
    with files.blob_of(a_zip_of(method, packed, NOTE, **told)) as blob:
        assert trouble_in_reading(parts_of(blob)[0]) is ProblemCode.CORRUPT


def test_a_broken_member_leaves_its_sisters_be(files):
    archive = bytearray(files.a_zip({"a.txt": NOTE, "b.txt": os.urandom(300), "c.txt": NOTE[::-1]}))
    archive[archive.find(b"b.txt") + 100] ^= 1
    with files.blob_of(bytes(archive)) as blob:
        first, broken, last = parts_of(blob)
        assert (read(first), trouble_in_reading(broken), read(last)) == (NOTE, ProblemCode.CORRUPT, NOTE[::-1])


def a_large_zip(content: bytes) -> bytes:
    """An archive of the large kind (zip64), whose old end record tells nothing."""
    small = a_zip_of(0, content, content, extra=b"")
    at = small.find(b"PK\1\2")
    record = bytearray(small[at:-22])
    struct.pack_into("<LL", record, 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", record, 30, 28)
    struct.pack_into("<L", record, 42, 0xFFFFFFFF)
    record += struct.pack("<HHQQQ", 1, 24, len(content), len(content), 0)
    end64 = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 63, 63, 0, 0, 1, 1, len(record), at)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, at + len(record), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return small[:at] + bytes(record) + end64 + locator + end


def test_no_size_is_told_that_no_inventory_could_hold(files):
    archive = bytearray(a_large_zip(NOTE))
    struct.pack_into("<Q", archive, archive.find(struct.pack("<HHQ", 1, 24, len(NOTE))) + 4, 2**64 - 1)
    with files.blob_of(bytes(archive)) as blob:
        (part,) = parts_of(blob)
        assert part.size == 2**63 - 1
        assert trouble_in_reading(part) is ProblemCode.CORRUPT


def test_an_archive_of_the_large_kind_is_read_also_behind_something_else(files):
    for before in (b"", b"MZ" + bytes(700)):
        with files.blob_of(before + a_large_zip(NOTE)) as blob:
            assert walked(blob) == ({"a.txt": NOTE}, None)


@pytest.mark.parametrize("before", [b"", b"MZ the program that unpacks it" + bytes(5000)])
@pytest.mark.parametrize("behind", [b"", b"junk", b"junk PK\5\6 and more junk", b"PK\5\6" + bytes(18)])
def test_what_stands_before_or_behind_an_archive_does_not_hide_it(files, before, behind):
    with files.blob_of(before + files.a_zip({"a.txt": NOTE}) + behind) as blob:
        assert walked(blob) == ({"a.txt": NOTE}, None)


def test_a_comment_that_looks_like_the_end_does_not_hide_the_archive(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", NOTE)
        archive.comment = b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, 46, 20, 0) + b" PK\1\2"
    with files.blob_of(out.getvalue()) as blob:
        assert walked(blob) == ({"a.txt": NOTE}, None)


def test_an_archive_that_stands_behind_another_hides_none_of_it(files):
    with files.blob_of(files.a_zip({"a.txt": b"first", "b.txt": b"too"}) + files.a_zip({"a.txt": b"second"})) as blob:
        assert walked(blob) == ({"a.txt": b"first", "b.txt": b"too", "a.txt (2)": b"second"}, None)
        second = parts_of(blob)[1]
        assert walked(blob, second.next) == ({"a.txt (2)": b"second"}, None)


def test_an_empty_archive_has_no_parts(files):
    with files.blob_of(files.a_zip({})) as blob:
        assert walked(blob) == ({}, None)


@pytest.mark.parametrize("cut", [-5, -30, -80])
def test_without_its_directory_the_members_are_found_and_the_archive_is_corrupt(files, cut):
    whole = files.a_zip({"a.txt": NOTE, "folder/": b"", "b.txt": NOTE[::-1]})
    with files.blob_of(whole[:cut]) as blob:
        assert walked(blob) == ({"a.txt": NOTE, "b.txt": NOTE[::-1]}, ProblemCode.CORRUPT)
        (first, _), _ = walk(blob)
        assert walked(blob, first.next) == ({"b.txt": NOTE[::-1]}, ProblemCode.CORRUPT)


class _Unseekable(io.RawIOBase):
    """Makes zipfile write the sizes behind the members."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:
        self.written += piece
        return len(piece)


def test_members_whose_size_stands_behind_them_are_found_without_the_directory(files):
    out = _Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("a.txt", NOTE), ("b.txt", NOTE * 9), ("c.txt", NOTE[::-1])):
            archive.writestr(name, content)
    expected = {"a.txt": NOTE, "b.txt": NOTE * 9, "c.txt": NOTE[::-1]}
    with files.blob_of(bytes(out.written)) as blob:
        assert walked(blob) == (expected, None)
    with files.blob_of(bytes(out.written[:-30])) as blob:
        assert walked(blob) == (expected, ProblemCode.CORRUPT)


def test_a_directory_damaged_halfway_loses_no_member(files):
    archive = bytearray(files.a_zip({"a.txt": b"1", "b.txt": b"2", "c.txt": b"3"}))
    archive[archive.rfind(b"PK\1\2")] ^= 0xFF
    with files.blob_of(bytes(archive)) as blob:
        assert walked(blob) == ({"a.txt": b"1", "b.txt": b"2", "c.txt": b"3"}, ProblemCode.CORRUPT)


def test_one_file_of_a_set_is_read_as_far_as_it_goes_and_named_unsupported(files):
    whole = files.a_zip({"a.txt": NOTE, "b.txt": b"2" * 900})
    first = b"PK\7\x08" + whole[: whole.find(b"b.txt") + 10]
    last = bytearray(whole)
    struct.pack_into("<H", last, len(last) - 22 + 4, 1)
    with files.blob_of(first) as blob:
        parts, code = walk(blob)
        assert (read(parts[0]), trouble_in_reading(parts[1]), code) == (NOTE, "corrupt", "unsupported")
    with files.blob_of(bytes(last)) as blob:
        assert walked(blob) == ({"a.txt": NOTE, "b.txt": b"2" * 900}, ProblemCode.UNSUPPORTED)


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"no archive at all", b"PK\5\6", b"PK\3\4" * 5000])
def test_what_is_no_archive_is_corrupt(files, content):
    with files.blob_of(content) as blob:
        assert walk(blob) == ([], ProblemCode.CORRUPT)


def test_damage_anywhere_in_an_archive_is_an_answer_or_a_named_problem(files):
    whole = files.a_zip({"a.txt": os.urandom(50), "b.txt": b"y" * 300})
    for at in range(len(whole)):
        with files.blob_of(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]) as blob:
            assert _codes(blob) <= {"corrupt", "encrypted", "unsupported", "link", "not-a-file", "limit"}


def test_many_bits_flipped_or_an_end_cut_off_are_named_problems_too(files):
    chance = random.Random(20)
    whole = files.a_zip({f"{number}.txt": chance.randbytes(40) * 3 for number in range(12)})
    for _ in range(300):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with files.blob_of(bytes(damaged)) as blob:
            assert _codes(blob) <= {"corrupt", "encrypted", "unsupported", "link", "not-a-file", "limit"}


def _codes(blob) -> set[str]:
    parts, code = walk(blob)
    codes = {code} if code else set()
    for part in parts:
        try:
            read(part)
        except ItemTroubleError as trouble:
            codes.add(trouble.problem.code)
    return codes


def test_a_member_that_unpacks_beyond_the_callers_limit_is_stopped_there(files):
    with files.blob_of(files.a_zip({"bomb": bytes(50_000_000)})) as blob:
        (part,) = parts_of(blob)
        with pytest.raises(ItemTroubleError) as caught, part.open() as file, read_once(file, 1_000_000):
            pass
        assert caught.value.problem.limit == "bytes"


def test_a_member_of_four_gibibytes_is_read_in_little_memory(files):
    packer = zlib.compressobj(9, wbits=-15)
    again = packer.compress(bytes(64 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = again * 64 + packer.flush()
    archive = a_zip_of(8, packed, b"", size=0xFFFFFFFE)
    with files.blob_of(archive) as blob, parts_of(blob)[0].open() as file:
        tracemalloc.start()
        size = sum(len(file.read(MIB)) for _ in range(700))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert size == 700 * MIB
    assert peak < 8 * MIB


def test_members_that_share_their_bytes_are_read_and_the_archive_is_named(files):
    packed = deflated(bytes(MIB))
    one = a_zip_of(8, packed, bytes(MIB))
    at = one.find(b"PK\1\2")
    records = one[at:-22] * 50
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 50, 50, len(records), at, 0)
    # What every member says of its packed size is true, and yet there is not so much in the file.
    with files.blob_of(one[:at] + records + end) as blob:
        parts, code = walk(blob)
        assert (len(parts), code) == (50, ProblemCode.CORRUPT)
        assert read(parts[49]) == bytes(MIB)


def test_a_packed_size_that_is_a_lie_does_not_lift_the_limit_of_the_ratio(files):
    archive = bytearray(a_zip_of(8, deflated(NOTE), NOTE))
    struct.pack_into("<L", archive, archive.find(b"PK\1\2") + 20, 0xFFFFFFF0)
    with files.blob_of(bytes(archive)) as blob:
        parts, code = walk(blob)
        assert parts[0].packed == blob.size
        assert code is ProblemCode.CORRUPT


def test_a_walk_through_thirty_thousand_members_is_taken_up_anywhere(files):
    with files.blob_of(files.a_zip(dict.fromkeys((f"{number}.txt" for number in range(30_000)), b"x"))) as blob:
        parts = parts_of(blob)
        assert len(parts) == 30_000
        rest = parts_of(blob, parts[20_000].next)
        assert [part.name for part in rest] == [part.name for part in parts[20_001:]]
