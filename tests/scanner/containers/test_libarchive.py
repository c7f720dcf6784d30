from __future__ import annotations

import io
import os
import random
import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime

import libarchive
import py7zr
import pytest

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob, read_once
from scanner.containers.libarchive import AR, CAB, CPIO, ISO, LHA, RAR, SEVEN_ZIP
from scanner.encryption import is_encrypted

NOTE = b"Ann Example, 12 Mill Lane\n" * 40
CONTENTS = {
    "a.txt": NOTE,
    "folder/b.txt": NOTE[::-1] * 3,
    "empty.txt": b"",
    "c.bin": random.Random(4).randbytes(70_000),
}
WHEN = datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)


def a_7z(contents: dict[str, bytes], *, filters=None, password=None, header=False) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", filters=filters, password=password, header_encryption=header) as archive:
        for name, content in contents.items():
            archive.writestr(content, name)
    return out.getvalue()


def by_libarchive(kind: str, contents: dict[str, bytes], **told) -> bytes:
    out = bytearray()

    def write(piece: bytes) -> int:
        out.extend(piece)
        return len(piece)

    with libarchive.custom_writer(write, kind) as archive:
        for name, content in contents.items():
            archive.add_file_from_memory(name, len(content), content, mtime=int(WHEN.timestamp()), **told)
    return bytes(out)


def a_rar4(contents: dict[str, bytes], archive_flags: int = 0, file_flags: int = 0, method: int = 0x30) -> bytes:
    """Nothing in it is packed (technote.txt of RAR 4)."""
    out = b"Rar!\x1a\x07\x00" + _rar4_block(0x73, archive_flags, bytes(6))
    for name, content in contents.items():
        body = struct.pack("<LLBLLBBHL", len(content), len(content), 2, zlib.crc32(content), 0x512D6355, 20, method,
                           len(name), 0x20) + name.encode()  # fmt: skip
        out += _rar4_block(0x74, 0x8000 | file_flags, body) + content
    return out + _rar4_block(0x7B, 0x4000, b"")


def _rar4_block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def a_rar5(contents: dict[str, bytes], archive_flags: int = 0) -> bytes:
    """Nothing in it is packed (RAR 5.0 archive format)."""
    out = b"Rar!\x1a\x07\x01\x00" + _rar5_block(_number(1) + _number(0) + _number(archive_flags))
    for name, content in contents.items():
        told = [_number(2), _number(2), _number(len(content)), _number(6), _number(len(content)), _number(0o644)]
        told += [struct.pack("<LL", int(WHEN.timestamp()), zlib.crc32(content)), _number(0), _number(1)]
        out += _rar5_block(b"".join(told) + _number(len(name.encode())) + name.encode()) + content
    return out + _rar5_block(_number(5) + _number(0) + _number(0))


def _rar5_block(body: bytes) -> bytes:
    head = _number(len(body)) + body
    return struct.pack("<L", zlib.crc32(head)) + head


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def a_cab(contents: dict[str, bytes], flags: int = 0) -> bytes:
    """Nothing in it is packed, and no block has a checksum ([MS-CAB] 2)."""
    content = b"".join(contents.values())
    entries, at = b"", 0
    for name, member in contents.items():
        entries += struct.pack("<LLHHHH", len(member), at, 0, 0x512D, 0x6355, 0x20) + name.encode() + b"\0"
        at += len(member)
    blocks = [content[start : start + 32_768] for start in range(0, len(content), 32_768)]
    following = b"next.cab\0disk 2\0" if flags & 2 else b""
    begin = 36 + len(following) + 8 + len(entries)
    folder = struct.pack("<LHH", begin, len(blocks), 0)
    stored = b"".join(struct.pack("<LHH", 0, len(block), len(block)) + block for block in blocks)
    size = begin + len(stored)
    head = struct.pack(
        "<4sLLLLLBBHHHHH", b"MSCF", 0, size, 0, begin - len(entries), 0, 3, 1, 1, len(contents), flags, 7, 0
    )
    return head + following + folder + entries + stored


def an_lha(contents: dict[str, bytes]) -> bytes:
    """Nothing in it is packed, headers of level 0."""
    out = b""
    for name, content in contents.items():
        body = (
            b"-lh0-"
            + struct.pack("<LLLBBB", len(content), len(content), 0x512D6355, 0x20, 0, len(name))
            + name.encode()
        )
        body += struct.pack("<H", _crc16(content))
        out += bytes([len(body), sum(body) & 0xFF]) + body + content
    return out + b"\0"


def _crc16(content: bytes) -> int:
    crc = 0
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc


def flat(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {name.rpartition("/")[2]: content for name, content in contents.items()}


KINDS = {
    "7z": (SEVEN_ZIP, a_7z(CONTENTS), CONTENTS),
    "7z not packed": (SEVEN_ZIP, a_7z(CONTENTS, filters=[{"id": py7zr.FILTER_COPY}]), CONTENTS),
    "rar 4": (RAR, a_rar4(CONTENTS), CONTENTS),
    "rar 5": (RAR, a_rar5(CONTENTS), CONTENTS),
    "cab": (CAB, a_cab(CONTENTS), CONTENTS),
    "iso": (ISO, by_libarchive("iso9660", CONTENTS), CONTENTS),
    "cpio": (CPIO, by_libarchive("cpio_newc", CONTENTS), CONTENTS),
    "old cpio": (CPIO, by_libarchive("cpio", CONTENTS), CONTENTS),
    "lha": (LHA, an_lha(CONTENTS), CONTENTS),
    "ar": (AR, by_libarchive("ar_svr4", flat(CONTENTS)), flat(CONTENTS)),
}


def walk(container, blob, after=0):
    """The parts, each read as it came, or why it could not be, and what the walk ended in."""
    found = []
    try:
        for part in container.parts(blob, after):
            found.append((part, outcome_of(part)))  # noqa: PERF401  what was met before the trouble is kept
    except ItemTroubleError as trouble:
        return found, trouble.problem.code
    return found, None


def outcome_of(part) -> bytes | str:
    try:
        with part.open() as file:
            return file.read()
    except ItemTroubleError as trouble:
        return trouble.problem.code


def walked(container, blob, after=0) -> tuple[dict[str, bytes | str], ProblemCode | None]:
    found, code = walk(container, blob, after)
    return {part.name: outcome for part, outcome in found}, code


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


def test_every_member_is_there_with_its_content(files, kind):
    container, archive, contents = kind
    with files.blob_of(archive) as blob:
        assert walked(container, blob) == (contents, None)


def test_a_member_tells_its_size_and_that_of_the_archive_for_its_packed_one(files, kind):
    container, archive, contents = kind
    with files.blob_of(archive) as blob:
        for part in container.parts(blob, 0):
            assert (part.size, part.packed) == (len(contents[part.name]), blob.size)


@pytest.mark.parametrize("name", ["rar 5", "cpio", "ar", "iso"])
def test_a_time_in_utc_is_told(files, name):
    container, archive, _ = KINDS[name]
    with files.blob_of(archive) as blob:
        assert {part.modified for part in container.parts(blob, 0)} == {WHEN}


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "Europe/London"])
@pytest.mark.parametrize("name", ["rar 4", "cab"])
def test_a_time_of_an_unknown_clock_is_taken_for_utc_wherever_it_is_read(name, zone):
    script = (
        "import sys; from io import BytesIO; from scanner.blob import read_once;"
        "from scanner.containers.libarchive import CAB, RAR\n"
        "with read_once(BytesIO(sys.stdin.buffer.read()), 10**6) as blob:\n"
        "    for part in (CAB if blob.head[:4] == b'MSCF' else RAR).parts(blob, 0): print(part.modified)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], input=KINDS[name][1], env={"TZ": zone}, capture_output=True, check=True
    )
    assert set(ran.stdout.decode().splitlines()) == {"2020-09-13 12:26:42+00:00"}


def test_names_are_read_where_the_locale_is_the_bare_one_of_a_service():
    script = (
        "import sys; from io import BytesIO; from scanner.blob import read_once;"
        "from scanner.containers.libarchive import SEVEN_ZIP\n"
        "with read_once(BytesIO(sys.stdin.buffer.read()), 10**6) as blob:\n"
        "    for part in SEVEN_ZIP.parts(blob, 0): print(ascii(part.name))"
    )
    archive = by_libarchive("7zip", {"größe/日本.txt": NOTE})
    ran = subprocess.run(
        [sys.executable, "-c", script], input=archive, env={"LC_ALL": "C"}, capture_output=True, check=True
    )
    assert ran.stdout.decode().strip() == ascii("größe/日本.txt")
    assert ran.stderr == b""


class _Counting(io.BytesIO):
    taken = 0

    def read(self, size=-1, /):
        content = super().read(size)
        self.taken += len(content)
        return content


@pytest.mark.parametrize("name", ["7z", "cpio", "rar 5", "cab"])
def test_parts_that_are_read_as_they_come_are_read_in_one_pass(name):
    container, archive, contents = KINDS[name]
    blob = Blob(file := _Counting(archive), len(archive), b"")
    for part in container.parts(blob, 0):
        with part.open() as content:
            assert content.read() == contents[part.name]
    # A pass of its own for every part would be four times the archive and more.
    assert file.taken < 2 * len(archive) + 300_000


def test_what_was_begun_goes_on_where_the_walk_has_gone_further(files, kind):
    container, archive, contents = kind
    with files.blob_of(archive) as blob:
        walk_on = container.parts(blob, 0)
        opened = [(part.name, part.open()) for part in walk_on]
        begun = []
        for part in container.parts(blob, 0):
            file = part.open()
            begun.append((part.name, file, file.read(7)))
        for name, file in opened:
            assert file.read() == contents[name]
        for name, file, head in begun:
            assert head + file.read() == contents[name]


def test_members_of_one_name_are_told_apart(files):
    member = by_libarchive("cpio_newc", {"same.txt": b"0"})
    archive = member[: member.find(b"070701", 6)] * 3 + member[member.find(b"070701", 6) :]
    with files.blob_of(archive) as blob:
        assert walked(CPIO, blob) == ({"same.txt": b"0", "same.txt (2)": b"0", "same.txt (3)": b"0"}, None)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "two\nlines", "\x1b[31m", "\u202etxt.exe"])
def test_a_name_is_a_name_and_nothing_is_written(files, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for container, archive in ((RAR, a_rar5({name: NOTE})), (CPIO, by_libarchive("cpio_newc", {name: NOTE}))):
        with files.blob_of(archive) as blob:
            assert walked(container, blob) == ({name: NOTE}, None)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("raw", "expected"), [(b"gr\x94\xe1e.txt", "größe.txt"), (b"?" * 9, "?" * 9)])
def test_a_name_that_is_not_utf_8_is_text_all_the_same(files, raw, expected):
    archive = by_libarchive("cpio_newc", {"?" * 9: NOTE}).replace(b"?" * 9, raw)
    with files.blob_of(archive) as blob:
        assert list(walked(CPIO, blob)[0]) == [expected]


def test_neither_links_nor_devices_are_read(files):
    out = bytearray()
    with libarchive.custom_writer(lambda piece: out.extend(piece) or len(piece), "cpio_newc") as archive:
        archive.add_file_from_memory("folder", 0, b"", filetype=libarchive.entry.FileType.DIRECTORY)
        archive.add_file_from_memory(
            "link", 0, b"", filetype=libarchive.entry.FileType.SYMBOLINK_LINK, linkpath="/etc/passwd"
        )
        archive.add_file_from_memory("pipe", 0, b"", filetype=libarchive.entry.FileType.NAMED_PIPE)
        archive.add_file_from_memory("device", 0, b"", filetype=libarchive.entry.FileType.BLOCK_DEVICE)
        archive.add_file_from_memory("a.txt", len(NOTE), NOTE)
    with files.blob_of(bytes(out)) as blob:
        expected = {"link": "link", "pipe": "not-a-file", "device": "not-a-file", "a.txt": NOTE}
        assert walked(CPIO, blob) == (expected, None)


def a_cpio_member(name: str, content: bytes, links: int = 1) -> bytes:
    """A member in the new ASCII format; those of one inode are one file, whose content only the last one carries."""
    fields = [7, 0o100644, 0, 0, links, 0, len(content), 0, 0, 0, 0, len(name) + 1, 0]
    head = b"070701" + b"".join(b"%08X" % field for field in fields) + name.encode() + b"\0"
    return head.ljust(-(-len(head) // 4) * 4, b"\0") + content.ljust(-(-len(content) // 4) * 4, b"\0")


def test_the_content_of_hard_links_in_a_cpio_archive_is_read_where_it_is(files):
    members = [a_cpio_member("a.txt", b"", 3), a_cpio_member("b.txt", b"", 3), a_cpio_member("c.txt", NOTE, 3)]
    with files.blob_of(b"".join(members) + a_cpio_member("TRAILER!!!", b"")) as blob:
        assert walked(CPIO, blob) == ({"a.txt": b"", "b.txt": "link", "c.txt": NOTE}, None)


def test_an_encrypted_7z_names_each_member_or_itself_where_not_even_names_can_be_read(files):
    with files.blob_of(a_7z({"a.txt": NOTE, "b.txt": NOTE}, password="secret")) as blob:
        assert not is_encrypted(blob, "application/x-7z-compressed")
        assert walked(SEVEN_ZIP, blob) == ({"a.txt": "encrypted", "b.txt": "encrypted"}, None)
    with files.blob_of(a_7z({"a.txt": NOTE}, password="secret", header=True)) as blob:
        assert is_encrypted(blob, "application/x-7z-compressed")
        assert walked(SEVEN_ZIP, blob) == ({}, ProblemCode.ENCRYPTED)


def test_an_encrypted_rar_names_each_member_or_itself_where_not_even_names_can_be_read(files):
    with files.blob_of(a_rar4({"a.txt": NOTE}, file_flags=0x04)) as blob:
        assert not is_encrypted(blob, "application/vnd.rar")
        assert walked(RAR, blob) == ({"a.txt": "encrypted"}, None)
    with files.blob_of(a_rar4({"a.txt": NOTE}, archive_flags=0x80)) as blob:
        assert is_encrypted(blob, "application/vnd.rar")
        assert walked(RAR, blob) == ({}, ProblemCode.ENCRYPTED)


def test_a_rar_of_a_packing_that_nobody_knows_is_unsupported(files):
    with files.blob_of(a_rar4({"a.txt": NOTE}, method=0x39)) as blob:
        assert walked(RAR, blob)[0] == {"a.txt": "unsupported"}


@pytest.mark.parametrize(
    ("container", "archive"),
    [(RAR, a_rar4(CONTENTS, 1)), (RAR, a_rar5(CONTENTS, 1)), (CAB, a_cab(CONTENTS, 2))],
    ids=["rar 4", "rar 5", "cab"],
)
def test_the_first_file_of_a_set_is_read_as_far_as_it_goes_and_named_unsupported(files, container, archive):
    with files.blob_of(archive) as blob:
        found, code = walked(container, blob)
        assert found["a.txt"] == NOTE
        assert code is ProblemCode.UNSUPPORTED
    with files.blob_of(archive[:-40_000]) as blob:
        found, code = walked(container, blob)
        assert found.get("a.txt") in (NOTE, None)
        assert code is ProblemCode.UNSUPPORTED


def a_7z_of_folders(contents: dict[str, bytes]) -> bytes:
    """Every member is packed by itself."""
    out = io.BytesIO(a_7z({}))
    for name, content in contents.items():
        out.seek(0)
        with py7zr.SevenZipFile(out, "a") as archive:
            archive.writestr(content, name)
    return out.getvalue()


def test_a_member_whose_damage_ends_a_pass_leaves_its_sisters_be(files):
    contents = {f"{number}.txt": NOTE + b"%d" % number for number in range(3)}
    archive = bytearray(a_7z_of_folders(contents))
    archive[40:60] = bytes(20)
    with files.blob_of(bytes(archive)) as blob:
        assert walked(SEVEN_ZIP, blob) == (contents | {"0.txt": "corrupt"}, None)


def test_an_archive_of_nothing_but_damaged_members_ends_in_a_named_problem(files):
    contents = {f"{number}.txt": NOTE + b"%d" % number for number in range(60)}
    archive = bytearray(a_7z(contents))
    archive[40:60] = bytes(20)
    with files.blob_of(bytes(archive)) as blob:
        found, code = walked(SEVEN_ZIP, blob)
        assert set(found.values()) == {"corrupt"}
        assert code is ProblemCode.CORRUPT


@pytest.mark.parametrize("name", ["cpio", "ar", "lha", "rar 4", "rar 5"])
def test_of_an_archive_cut_short_what_is_before_is_read(files, name):
    container, archive, contents = KINDS[name]
    with files.blob_of(archive[: archive.find(contents["c.bin"]) + 30_000]) as blob:
        found, code = walked(container, blob)
        assert found["a.txt"] == NOTE
        assert found.get("c.bin", "corrupt") == "corrupt"
        assert "corrupt" in {code, *(got for got in found.values() if isinstance(got, str))}


def test_flipped_bits_and_lost_ends_come_out_as_named_problems(files, kind):
    container, archive, _ = kind
    chance = random.Random(11)
    for _ in range(40):
        damaged = bytearray(archive[: chance.randrange(len(archive))] if chance.random() < 0.3 else archive)
        for _ in range(min(len(damaged), chance.randrange(1, 20))):
            span = len(damaged) if chance.random() < 0.5 else min(len(damaged), 300)
            damaged[chance.randrange(span) - chance.choice((0, span))] = chance.randrange(256)
        with files.blob_of(bytes(damaged)) as blob:
            found, code = walked(container, blob)
            codes = {code, *(got for got in found.values() if isinstance(got, str))}
            assert codes <= {None, "corrupt", "encrypted", "unsupported", "limit", "link", "not-a-file"}


@pytest.mark.parametrize("content", [b"", b"not an archive", bytes(40_000), NOTE])
def test_what_is_no_archive_of_its_kind_is_corrupt(files, kind, content):
    with files.blob_of(content) as blob:
        assert walked(kind[0], blob) == ({}, ProblemCode.CORRUPT)


def test_nothing_is_taken_for_another_kind_and_no_local_file_is_opened(files, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_bytes(NOTE)
    listing = f"#mtree\n{secret} type=file contents={secret}\n".encode()
    for container, *_ in KINDS.values():
        with files.blob_of(listing) as blob:
            assert walked(container, blob) == ({}, ProblemCode.CORRUPT)
    with files.blob_of(KINDS["cpio"][1]) as blob:
        assert walked(SEVEN_ZIP, blob) == ({}, ProblemCode.CORRUPT)


def test_a_bomb_is_stopped_by_the_callers_limit(files):
    with files.blob_of(a_7z({"bomb": bytes(10_000_000)})) as blob:
        part = next(SEVEN_ZIP.parts(blob, 0))
        assert (part.size, part.packed) == (10_000_000, blob.size)
        with pytest.raises(ItemTroubleError) as caught, part.open() as file, read_once(file, 1_000_000):
            pass
        assert caught.value.problem.limit == "bytes"


def test_behind_a_member_left_halfway_the_next_is_read_by_whatever_way(files, kind, monkeypatch):
    monkeypatch.setattr("scanner.containers.libarchive._WORTH_A_PASS", 1000)
    container, archive, contents = kind
    with files.blob_of(archive) as blob:
        for part in container.parts(blob, 0):
            with part.open() as file:
                assert file.read(5) == contents[part.name][:5]


def test_an_error_of_the_file_itself_is_not_called_damage(files):
    class Broken(io.BytesIO):
        def read(self, size=-1, /):
            raise OSError(5, "Input/output error")

    blob = Blob(Broken(KINDS["cpio"][1]), len(KINDS["cpio"][1]), b"")
    with pytest.raises(OSError, match="Input/output error"):
        next(CPIO.parts(blob, 0))


def test_no_name_and_nothing_libarchive_says_is_logged(files, caplog):
    with caplog.at_level(0):
        for container, archive, _ in KINDS.values():
            with files.blob_of(archive[: len(archive) // 2]) as blob:
                walked(container, blob)
    assert caplog.records == []
