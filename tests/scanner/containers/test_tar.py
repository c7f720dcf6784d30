from __future__ import annotations

import gzip
import io
import os
import random
import struct
import tarfile
from datetime import UTC, datetime

import pytest

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import read_once
from scanner.containers.tar import TarContainer

NOTE = b"Ann Example, 12 Mill Lane\n" * 40


def an_entry(name: str, size: int = 0, **told) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime = size, 1_600_000_000
    for key, value in told.items():
        setattr(entry, key, value)
    return entry


def a_tar(*members: tuple[tarfile.TarInfo, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=kind) as archive:
        for entry, content in members:
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def a_tar_of(contents: dict[str, bytes], kind: int = tarfile.PAX_FORMAT) -> bytes:
    return a_tar(*((an_entry(name, len(content)), content) for name, content in contents.items()), kind=kind)


def a_header(name: bytes, size: bytes, flag: bytes = b"0", **fields: bytes) -> bytes:
    """A header by hand. `fields` are put where `at_` and a number say."""
    block = bytearray(512)
    block[: len(name)] = name
    block[100:108], block[124:136], block[136:148] = b"0000644\0", size.ljust(12, b"\0"), b"13727020000\0"
    block[156:157] = flag
    block[257:265] = b"ustar  \0"
    for key, field in fields.items():
        at = int(key.removeprefix("at_"))
        block[at : at + len(field)] = field
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def padded(content: bytes) -> bytes:
    return content.ljust(-(-len(content) // 512) * 512, b"\0")


def walk(blob, after=0):
    """The parts, and what the walk ended in."""
    parts = []
    try:
        for part in TarContainer().parts(blob, after):
            parts.append(part)  # noqa: PERF402  what was met before the trouble is kept
    except ItemTroubleError as trouble:
        return parts, trouble.problem.code
    return parts, None


def read(part) -> bytes:
    with part.open() as file:
        return file.read()


def walked(blob, after=0) -> tuple[dict[str, bytes], ProblemCode | None]:
    parts, code = walk(blob, after)
    return {part.name: read(part) for part in parts}, code


def trouble_in_reading(part) -> ProblemCode:
    with pytest.raises(ItemTroubleError) as caught:
        read(part)
    return caught.value.problem.code


@pytest.mark.parametrize("kind", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_kind_of_archive_gives_name_content_size_and_time(files, kind):
    long = "folder/" * 30 + "a.txt" if kind != tarfile.USTAR_FORMAT else "folder/" * 20 + "a.txt"
    contents = {long: NOTE, "empty.txt": b"", "b.bin": os.urandom(1024)}
    with files.blob_of(a_tar_of(contents, kind)) as blob:
        assert walked(blob) == (contents, None)
        first = walk(blob)[0][0]
    assert (first.size, first.packed, first.modified) == (
        len(NOTE),
        len(NOTE),
        datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC),
    )


def test_an_archive_from_before_posix_is_read(files):
    old = bytearray(a_header(b"a.txt", b"%o" % len(NOTE), b"\0"))
    old[257:265] = bytes(8)
    old[148:156] = b" " * 8
    old[148:156] = b"%06o\0 " % sum(old)
    with files.blob_of(bytes(old) + padded(NOTE) + bytes(1024)) as blob:
        assert walked(blob) == ({"a.txt": NOTE}, None)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("größe.txt".encode(), "größe.txt"),
        (b"gr\xf6\xdfe.txt", "größe.txt"),
        (b"two\nlines \x1b[31m", "two\nlines \x1b[31m"),
        (b"../../etc/passwd", "../../etc/passwd"),
        (b"/etc/passwd", "/etc/passwd"),
        (b"", "unnamed"),
    ],
)
def test_a_name_is_a_name_whatever_is_in_it(files, name, expected, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with files.blob_of(a_header(name, b"%o" % len(NOTE)) + padded(NOTE) + bytes(1024)) as blob:
        assert walked(blob) == ({expected: NOTE}, None)
    assert os.listdir(tmp_path) == []


def test_folders_are_no_parts_and_neither_links_nor_devices_are_read(files):
    kinds = {
        "folder": tarfile.DIRTYPE, "symbolic": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "pipe": tarfile.FIFOTYPE,
        "characters": tarfile.CHRTYPE, "blocks": tarfile.BLKTYPE,
    }  # fmt: skip
    members = [(an_entry(name, type=kind, linkname="/etc/passwd"), b"") for name, kind in kinds.items()]
    with files.blob_of(a_tar(*members, (an_entry("a.txt", len(NOTE)), NOTE))) as blob:
        parts, code = walk(blob)
    assert [(part.name, part.problem and part.problem.code) for part in parts] == [
        ("symbolic", ProblemCode.LINK),
        ("hard", ProblemCode.LINK),
        ("pipe", ProblemCode.NOT_A_FILE),
        ("characters", ProblemCode.NOT_A_FILE),
        ("blocks", ProblemCode.NOT_A_FILE),
        ("a.txt", None),
    ]
    assert code is None
    assert trouble_in_reading(parts[0]) is ProblemCode.LINK


def test_a_link_that_tells_a_size_hides_nothing_whether_it_has_a_body_or_not(files):
    link = a_header(b"link", b"%o" % len(NOTE), b"1")
    file = a_header(b"a.txt", b"%o" % len(NOTE)) + padded(NOTE)
    for archive in (link + file, link + padded(NOTE[::-1]) + file):
        with files.blob_of(archive + bytes(1024)) as blob:
            parts, code = walk(blob)
            assert ([part.name for part in parts], read(parts[1]), code) == (["link", "a.txt"], NOTE, None)


def test_members_of_one_name_are_told_apart_also_behind_where_a_walk_is_taken_up(files):
    archive = a_tar(*((an_entry("same.txt", 1), b"%d" % number) for number in range(3)))
    expected = {"same.txt": b"0", "same.txt (2)": b"1", "same.txt (3)": b"2"}
    with files.blob_of(archive) as blob:
        assert walked(blob) == (expected, None)
        assert list(walked(blob, walk(blob)[0][0].next)[0]) == list(expected)[1:]


def test_what_a_pax_header_tells_goes_before_the_header(files):
    entry = an_entry("a.txt", len(NOTE), pax_headers={"path": "zoë.txt", "mtime": "1500000000.25"})
    with files.blob_of(a_tar((entry, NOTE))) as blob:
        ((part,), code) = walk(blob)
        assert (part.name, read(part), code) == ("zoë.txt", NOTE, None)
        assert part.modified == datetime(2017, 7, 14, 2, 40, 0, 250_000, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        b"99999 path=x\n",
        b"x",
        b"9 path=\n",
        b"0 path=x\n",
        b"-5 path=x\n",
        b"11 size=1e9\n",
        b"12 mtime=xx\n",
        b" " * 300,
    ],
)
def test_a_pax_header_that_makes_no_sense_costs_no_member(files, said):
    archive = a_header(b"pax", b"%o" % len(said), b"x") + padded(said) + a_tar_of({"a.txt": NOTE})
    with files.blob_of(archive) as blob:
        assert walked(blob)[0] == {"a.txt": NOTE}


def test_archives_behind_each_other_are_one(files):
    with files.blob_of(a_tar_of({"a.txt": b"1"}) + a_tar_of({"a.txt": b"2", "b.txt": b"3"})) as blob:
        assert walked(blob) == ({"a.txt": b"1", "a.txt (2)": b"2", "b.txt": b"3"}, None)


def test_what_is_no_archive_behind_the_end_of_one_is_named(files):
    with files.blob_of(a_tar_of({"a.txt": NOTE}) + b"something else" * 100) as blob:
        assert walked(blob) == ({"a.txt": NOTE}, ProblemCode.CORRUPT)


def test_a_damaged_header_costs_one_member_and_the_archive_is_named_wherever_the_walk_is_taken_up(files):
    archive = bytearray(
        a_tar_of({"a.txt": NOTE, "b.txt": NOTE * 9, "c.txt": NOTE, "d.txt": b"4"}, tarfile.USTAR_FORMAT)
    )
    archive[archive.find(b"b.txt") + 130] ^= 1
    with files.blob_of(bytes(archive)) as blob:
        assert walked(blob) == ({"a.txt": NOTE, "c.txt": NOTE, "d.txt": b"4"}, ProblemCode.CORRUPT)
        parts, _ = walk(blob)
        assert walked(blob, parts[1].next) == ({"d.txt": b"4"}, ProblemCode.CORRUPT)


@pytest.mark.parametrize("cut", [1024 + 512 + 5, 1024 + 512 * 4, 1024 + 512 * 2 + 100])
def test_of_an_archive_cut_short_all_before_is_read(files, cut):
    whole = a_tar_of({"a.txt": b"x" * 1000, "b.txt": b"y" * 5000, "c.txt": b"z"}, tarfile.USTAR_FORMAT)
    with files.blob_of(whole[:cut]) as blob:
        parts, code = walk(blob)
        assert read(parts[0]) == b"x" * 1000
        assert all(trouble_in_reading(part) is ProblemCode.CORRUPT for part in parts[1:])
        assert code is ProblemCode.CORRUPT


def test_an_archive_without_its_end_marks_is_whole(files):
    whole = a_tar_of({"a.txt": b"x" * 1024}, tarfile.USTAR_FORMAT)
    with files.blob_of(whole[: 512 + 1024]) as blob:
        assert walked(blob) == ({"a.txt": b"x" * 1024}, None)


@pytest.mark.parametrize("size", [b"\x80" + b"\xff" * 11, b"\xff" * 12, b"77777777777\0", b"not a number"])
def test_an_absurd_size_is_damage(files, size):
    archive = a_tar_of({"a.txt": NOTE}, tarfile.USTAR_FORMAT)[: 512 + 1536] + a_header(b"b.txt", size) + bytes(5000)
    with files.blob_of(archive) as blob:
        parts, code = walk(blob)
        assert read(parts[0]) == NOTE
        assert all(trouble_in_reading(part) is ProblemCode.CORRUPT for part in parts[1:])
        assert all(part.size < 2**63 for part in parts)
        assert code is ProblemCode.CORRUPT


def a_sparse_of_gnu(size: int, stretches: list[tuple[int, bytes]]) -> bytes:
    """GNU's old way: four places of the map in the header, and the others in blocks behind it."""
    pairs = [_numeric(at) + _numeric(len(content)) for at, content in stretches]
    stored = b"".join(content for _, content in stretches)
    rest = [pairs[at : at + 21] for at in range(4, len(pairs), 21)]
    blocks = [b"".join(some).ljust(504, b"\0") + bytes([some is not rest[-1]]) + bytes(7) for some in rest]
    told = {"at_386": b"".join(pairs[:4]), "at_482": bytes([bool(rest)]), "at_483": _numeric(size)}
    return a_header(b"disk.img", b"%o" % len(stored), b"S", **told) + b"".join(blocks) + padded(stored)


def _numeric(number: int) -> bytes:
    return b"%011o\0" % number if number < 8**11 else b"\x80" + number.to_bytes(11, "big")


def a_sparse_of_pax(version: str, size: int, stretches: list[tuple[int, bytes]]) -> bytes:
    numbers = [str(number) for at, content in stretches for number in (at, len(content))]
    stored = b"".join(content for _, content in stretches)
    told = {"GNU.sparse.name": "disk.img", "GNU.sparse.realsize": str(size)}
    if version == "1.0":
        told |= {"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}
        stored = padded("\n".join([str(len(stretches)), *numbers, ""]).encode()) + stored
    elif version == "0.1":
        told |= {"GNU.sparse.numblocks": str(len(stretches)), "GNU.sparse.map": ",".join(numbers)}
    else:
        keys = ("GNU.sparse.offset", "GNU.sparse.numbytes")
        said = b"".join(_record(keys[place % 2], number) for place, number in enumerate(numbers))
        said += _record("GNU.sparse.size", str(size)) + _record("path", "disk.img")
        header = a_header(b"x", b"%o" % len(said), b"x") + padded(said)
        return header + a_header(b"GNUSparseFile.0/disk.img", b"%o" % len(stored)) + padded(stored)
    return a_tar((an_entry("GNUSparseFile.0/disk.img", len(stored), pax_headers=told), stored))[:-1024].rstrip(b"\0")


def _record(key: str, value: str) -> bytes:
    record = f" {key}={value}\n"
    length = len(record) + len(str(len(record) + 2))
    return f"{length}{record}".encode()


STRETCHES = [(at * 1000, b"%04d" % at * 30) for at in range(1, 60)]


@pytest.mark.parametrize("version", ["gnu", "0.0", "0.1", "1.0"])
def test_the_holes_of_a_sparse_file_are_zeros(files, version):
    content = bytearray(70_000)
    for at, stretch in STRETCHES:
        content[at : at + len(stretch)] = stretch
    sparse = a_sparse_of_gnu(70_000, STRETCHES) if version == "gnu" else a_sparse_of_pax(version, 70_000, STRETCHES)
    with files.blob_of(padded(sparse) + a_tar_of({"a.txt": NOTE})) as blob:
        assert walked(blob) == ({"disk.img": bytes(content), "a.txt": NOTE}, None)


@pytest.mark.parametrize("version", ["gnu", "0.0", "0.1", "1.0"])
def test_a_sparse_file_of_a_tebibyte_tells_so_and_how_little_of_it_there_is(files, version):
    stretches = [(0, b"Ann Example"), (2**40 - 3, b"end")]
    sparse = a_sparse_of_gnu(2**40, stretches) if version == "gnu" else a_sparse_of_pax(version, 2**40, stretches)
    with files.blob_of(padded(sparse) + bytes(1024)) as blob:
        ((part,), code) = walk(blob)
        assert (part.size, code) == (2**40, None)
        assert part.packed < 2048
        with part.open() as file:
            assert file.read(20) == b"Ann Example".ljust(20, b"\0")
        with pytest.raises(ItemTroubleError) as caught, part.open() as file, read_once(file, 5_000_000):
            pass
        assert caught.value.problem.limit == "bytes"


@pytest.mark.parametrize(
    "stretches",
    [[(50, b"x" * 10), (20, b"y")], [(90, b"x" * 20)], [(0, b"x" * 10), (5, b"y")]],
    ids=["back", "beyond", "over"],
)
@pytest.mark.parametrize("version", ["gnu", "0.1", "1.0"])
def test_a_map_that_cannot_be_is_corrupt_and_the_next_member_is_read(files, version, stretches):
    sparse = a_sparse_of_gnu(100, stretches) if version == "gnu" else a_sparse_of_pax(version, 100, stretches)
    with files.blob_of(padded(sparse) + a_tar_of({"a.txt": NOTE})) as blob:
        (broken, note), code = walk(blob)
        assert (trouble_in_reading(broken), read(note), code) == (ProblemCode.CORRUPT, NOTE, None)


@pytest.mark.parametrize("told", [b"999999999999\n1\n", b"x\n", b"", b"1\n5\n", b"1\n-1\n5\n"])
def test_a_map_before_the_content_that_makes_no_sense_is_corrupt(files, told):
    said = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "500"}
    with files.blob_of(a_tar((an_entry("a", len(told), pax_headers=said), told))) as blob:
        assert trouble_in_reading(walk(blob)[0][0]) is ProblemCode.CORRUPT


def test_flipped_bits_and_lost_ends_come_out_as_named_problems_and_never_hang(files):
    chance = random.Random(5)
    whole = padded(a_sparse_of_gnu(70_000, STRETCHES)) + a_tar_of(
        {"n" * 150: NOTE, "b.txt": b"2" * 3000, "c.txt": b"3"}
    )
    for _ in range(400):
        damaged = bytearray(whole[: chance.randrange(len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 20)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with files.blob_of(bytes(damaged)) as blob:
            for part in walk(blob)[0]:
                part.name.encode()
                try:
                    with part.open() as file, read_once(file, 1_000_000):
                        pass
                except ItemTroubleError as trouble:
                    assert trouble.problem.code in {"corrupt", "limit", "link", "not-a-file"}  # noqa: PT017


def test_a_walk_through_ten_thousand_members_is_taken_up_anywhere(files):
    member = a_header(b"a.txt", b"1") + padded(b"x")
    with files.blob_of(member * 10_000) as blob:
        parts, _ = walk(blob)
        assert len(parts) == 10_000
        rest, _ = walk(blob, parts[6000].next)
        assert [part.name for part in rest] == [part.name for part in parts[6001:]]


@pytest.mark.parametrize("content", [b"", bytes(10_240), bytes(700)])
def test_nothing_but_zeros_is_an_empty_archive(files, content):
    with files.blob_of(content) as blob:
        assert walked(blob) == ({}, None)


@pytest.mark.parametrize("content", [b"no archive", gzip.compress(NOTE, mtime=0), struct.pack("<200L", *range(200))])
def test_what_is_no_archive_is_corrupt(files, content):
    with files.blob_of(content) as blob:
        assert walked(blob) == ({}, ProblemCode.CORRUPT)
