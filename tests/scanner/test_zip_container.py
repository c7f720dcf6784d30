from __future__ import annotations

import io
import os
import warnings
import zipfile
from datetime import UTC, datetime

import pytest

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import read_once
from scanner.containers.archive import ZipContainer
from scanner.containers.naming import unique


def parts_of(blob):
    return list(ZipContainer().parts(blob, 0))


def trouble_in_reading(part) -> ProblemCode:
    with pytest.raises(ItemTroubleError) as caught:
        part.open().read()
    return caught.value.problem.code


def test_a_member_tells_its_size_its_packed_size_and_its_time(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a.txt", (2019, 5, 1, 12, 30, 0)), b"x" * 10_000, zipfile.ZIP_DEFLATED)
    with files.blob_of(out.getvalue()) as blob:
        (part,) = parts_of(blob)
    assert (part.size, part.modified) == (10_000, datetime(2019, 5, 1, 12, 30, tzinfo=UTC))
    assert part.packed < 100


def test_an_encrypted_member_is_named_as_such_and_its_sisters_are_read(files):
    archive = files.with_encrypted_flag(files.a_zip({"secret.txt": b"s", "open.txt": b"o"}), b"secret.txt")
    with files.blob_of(archive) as blob:
        secret, plain = parts_of(blob)
        assert secret.problem.code is ProblemCode.ENCRYPTED
        assert trouble_in_reading(secret) is ProblemCode.ENCRYPTED
        assert plain.open().read() == b"o"


def test_names_that_climb_out_are_names_and_nothing_is_written(files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["../../etc/passwd", "/etc/passwd", "C:\\windows\\x", "a/../b"]
    with files.blob_of(files.a_zip(dict.fromkeys(names, b"x"))) as blob:
        parts = parts_of(blob)
        assert [part.name for part in parts] == names
        assert all(part.open().read() == b"x" for part in parts)
    assert os.listdir(tmp_path) == []


def test_folders_are_no_parts_and_links_are_not_read(files):
    link = zipfile.ZipInfo("link")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("folder/", b"")
        archive.writestr(link, b"/etc/passwd")
        archive.writestr("file", b"x")
    with files.blob_of(out.getvalue()) as blob:
        assert [(part.name, part.problem and part.problem.code) for part in parts_of(blob)] == [
            ("link", ProblemCode.LINK),
            ("file", None),
        ]


def test_members_of_one_name_are_told_apart_and_each_is_itself(files):
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for number in range(3):
            archive.writestr("same.txt", str(number))
    with files.blob_of(out.getvalue()) as blob:
        assert [(part.name, part.open().read()) for part in parts_of(blob)] == [
            ("same.txt", b"0"),
            ("same.txt (2)", b"1"),
            ("same.txt (3)", b"2"),
        ]


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


@pytest.mark.parametrize("cut", [30, 60, 100, -5, -30])
def test_an_archive_without_the_end_of_its_list_is_corrupt(files, cut):
    with files.blob_of(files.a_zip({"a.txt": b"x" * 100, "b.txt": b"y" * 100})[:cut]) as blob:
        with pytest.raises(ItemTroubleError) as caught:
            parts_of(blob)
        assert caught.value.problem.code is ProblemCode.CORRUPT


def test_damage_anywhere_in_an_archive_is_an_answer_or_a_named_problem(files):
    whole = files.a_zip({"a.txt": os.urandom(50), "b.txt": b"y" * 300})
    for at in range(len(whole)):
        with files.blob_of(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]) as blob:
            try:
                for part in parts_of(blob):
                    part.open().read()
            except ItemTroubleError as error:
                assert error.problem.code in {"corrupt", "encrypted", "unsupported"}  # noqa: PT017  or it is read


def test_a_member_that_unpacks_beyond_the_callers_limit_is_stopped_there(files):
    with files.blob_of(files.a_zip({"bomb": bytes(50_000_000)})) as blob:
        (part,) = parts_of(blob)
        with pytest.raises(ItemTroubleError) as caught, part.open() as file, read_once(file, 1_000_000):
            pass
        assert caught.value.problem.limit == "bytes"
