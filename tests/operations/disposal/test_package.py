"""Packages as known software reads them, and what becomes of one when its target or a file of it fails."""

from __future__ import annotations

import base64
import csv
import json
import os
import shutil
import unicodedata
from datetime import UTC, datetime
from io import BytesIO

import bagit
import pytest
from blake3 import blake3
from small_disks import small_disk

from domain.disposal import Refusal, RefusedFileError
from domain.item import ItemRef
from domain.packing import Left, LeftOut, PackageFacts, PackageKind, Packing, Renamed, Unpacked, UnpackedError
from operations.disposal import package
from operations.disposal.package import write_package
from operations.disposal.package_check import faults

MADE = datetime(2026, 11, 20, 10, tzinfo=UTC)
FACTS = PackageFacts(
    "archive-2026-0003", PackageKind.ARCHIVE, "Millbrook Council", MADE, 17, "County Record Office",
    ({"batch": 4, "reason": "historic value", "proposer": "amy.marsh", "approvers": ["j.thornbury"]},),
    ('{"number": 9, "act": "batch.approved"}',),
)  # fmt: skip


def a_packing(item: int, locator: bytes, content: bytes, **told) -> Packing:
    ref = ItemRef("shares", locator)
    modified = datetime(2014, 3, 2, 9, 30, tzinfo=UTC)
    return Packing(**{"item": item, "ref": ref, "size": len(content), "blake3": blake3(content).digest(),
                      "modified": modified, "media_type": "text/plain", "pronom": "x-fmt/111"} | told)  # fmt: skip


class Shelf:
    """Files by their locators, and how they are opened."""

    def __init__(self, *files: tuple[bytes, bytes], **told) -> None:
        self.contents = dict(files)
        self.items = [a_packing(number, locator, content, **told) for number, (locator, content) in enumerate(files, 1)]

    def open(self, packing: Packing) -> BytesIO:
        return BytesIO(self.contents[packing.ref.locator])

    def pack(self, target, facts=FACTS, opening=None):
        return write_package(self.items, opening or self.open, target, facts)


THREE = ((b"Planning/2004/plan.txt", b"a plan"), (b"Planning/minutes.pdf", b"%PDF of minutes"), (b"empty", b""))


def standing(target) -> list[str]:
    return sorted(os.listdir(target))


def rows(path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_package_is_a_valid_bag_with_all_that_is_known_of_its_files(tmp_path):
    made = Shelf(*THREE).pack(tmp_path)
    folder = tmp_path / FACTS.name
    assert made.path == str(folder)
    bag = bagit.Bag(str(folder))
    assert bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Payload-Oxum"] == "21.3"
    assert bag.info["Source-Organization"] == "Millbrook Council"
    assert (folder / "data/shares/Planning/2004/plan.txt").read_bytes() == b"a plan"
    assert (folder / "data/shares/Planning/2004/plan.txt").stat().st_mtime == 1393752600
    assert ([one.packing.item for one in made.packed], made.left_out, made.bytes) == ([1, 2, 3], (), 21)
    told = json.loads((folder / "metadata/decisions.json").read_text())
    assert (told["kind"], told["decisions"][0]["proposer"], told["left_out"]) == ("archive", "amy.marsh", [])
    assert (folder / "metadata/history.jsonl").read_text() == FACTS.history[0] + "\n"
    assert standing(tmp_path) == [FACTS.name]


def test_the_metadata_has_the_columns_of_droid_and_a_row_for_every_folder(tmp_path):
    made = Shelf(*THREE, misnamed=True).pack(tmp_path)
    found = rows(tmp_path / FACTS.name / "metadata/droid.csv")
    assert list(found[0]) == [
        "ID", "PARENT_ID", "URI", "FILE_PATH", "NAME", "METHOD", "STATUS", "SIZE", "TYPE", "EXT", "LAST_MODIFIED",
        "EXTENSION_MISMATCH", "SHA256_HASH", "FORMAT_COUNT", "PUID", "MIME_TYPE", "FORMAT_NAME", "FORMAT_VERSION",
    ]  # fmt: skip
    assert [(row["ID"], row["PARENT_ID"], row["TYPE"], row["NAME"]) for row in found] == [
        ("1", "", "Folder", "data"), ("2", "1", "Folder", "shares"), ("3", "2", "Folder", "Planning"),
        ("4", "3", "Folder", "2004"), ("5", "4", "File", "plan.txt"), ("6", "3", "File", "minutes.pdf"),
        ("7", "2", "File", "empty"),
    ]  # fmt: skip
    plan = found[4]
    assert plan["SHA256_HASH"] == made.packed[0].sha256.hex()
    assert (plan["PUID"], plan["FORMAT_COUNT"], plan["EXT"]) == ("x-fmt/111", "1", "txt")
    assert (plan["LAST_MODIFIED"], plan["EXTENSION_MISMATCH"]) == ("2014-03-02T09:30:00", "true")
    assert (plan["URI"], plan["SIZE"]) == ("file:/data/shares/Planning/2004/plan.txt", "6")
    assert (tmp_path / FACTS.name / "metadata/droid.csv").read_text().startswith('"ID","PARENT_ID",')


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"
FORMATS = [
    (b"a.pdf", PDF, ("Signature", "1", "fmt/18", "Acrobat PDF 1.4 - Portable Document Format", "1.4", "false")),
    (b"a.doc", PDF, ("Signature", "1", "fmt/18", "Acrobat PDF 1.4 - Portable Document Format", "1.4", "true")),
    (b"a.csv", b"a,b\n1,2\n", ("Extension", "1", "x-fmt/18", "Comma Separated Values", "", "false")),
    (b"a.zzz", b"a plan\n", ("Text", "1", "x-fmt/111", "Plain Text File", "", "true")),
    (b"a.zzz", bytes(range(1, 50)), ("", "0", "", "", "", "false")),
]


@pytest.mark.parametrize(("name", "content", "told"), FORMATS, ids=[case[2][0] or "unknown" for case in FORMATS])
def test_the_metadata_says_what_format_a_file_is_of_and_how_that_was_told(tmp_path, name, content, told):
    Shelf((name, content), pronom="").pack(tmp_path)
    row = rows(tmp_path / FACTS.name / "metadata/droid.csv")[-1]
    columns = ("METHOD", "FORMAT_COUNT", "PUID", "FORMAT_NAME", "FORMAT_VERSION", "EXTENSION_MISMATCH")
    assert tuple(row[column] for column in columns) == told
    assert rows(tmp_path / FACTS.name / "metadata/items.csv")[0]["pronom"] == told[2]


def test_where_nothing_tells_formats_the_metadata_has_what_the_inventory_knows(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "format_of", lambda _path: None)
    Shelf((b"a.txt", b"a plan")).pack(tmp_path)
    row = rows(tmp_path / FACTS.name / "metadata/droid.csv")[-1]
    assert [row[column] for column in ("METHOD", "FORMAT_COUNT", "PUID", "MIME_TYPE", "FORMAT_NAME")] == [
        "", "1", "x-fmt/111", "text/plain", ""
    ]  # fmt: skip


NAMES = [
    ("not UTF-8", b"a\xff.txt", Renamed.NOT_TEXT),
    ("a line break", b"a\nb.txt", Renamed.NOT_PORTABLE),
    ("an escape", b"a\x1b[31m.txt", Renamed.NOT_PORTABLE),
    ("from right to left", "a\u202etxt.exe".encode(), Renamed.NOT_PORTABLE),
    ("a per cent", b"100%0A.txt", Renamed.NOT_PORTABLE),
    ("a star", b"*a.txt", Renamed.NOT_PORTABLE),
    ("a device", b"Minutes/con.txt", Renamed.NOT_PORTABLE),
    ("a space behind", b"a.txt ", Renamed.NOT_PORTABLE),
    ("a point behind", b"folder./a.txt", Renamed.NOT_PORTABLE),
    ("a home", b"~root", Renamed.NOT_PORTABLE),
    ("above", b"../../a.txt", Renamed.NOT_PORTABLE),
    ("a long name", ("é" * 130 + ".txt").encode(), Renamed.TOO_LONG),
    ("a long path", b"/".join([b"x" * 200] * 6) + b"/a.txt", Renamed.TOO_LONG),
    ("two spaces", b"a  b.txt", None),
    ("letters apart", unicodedata.normalize("NFD", "café.txt").encode(), None),
    ("another script", "план.txt".encode(), None),
    ("a hash", b"#1.txt", None),
    ("a formula", b"=1+1.txt", None),
]


@pytest.mark.parametrize(("name", "why"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_a_file_keeps_its_name_where_every_system_can_hold_it_and_else_the_package_says_what_it_was(
    tmp_path, name, why
):
    made = Shelf((name, b"content"), (b"beside.txt", b"x")).pack(tmp_path)
    assert bagit.Bag(made.path).validate()
    assert [one.renamed for one in made.packed] == [why, None]
    row = rows(tmp_path / FACTS.name / "metadata/items.csv")[0]
    assert base64.b64decode(row["original_path_base64"]) == name
    assert (tmp_path / FACTS.name / row["path"]).read_bytes() == b"content"
    assert row["renamed"] == (why or "")
    assert row["path"].startswith("data/_renamed/item-1" if why else "data/shares/")


ALIKE = [
    ("in case", [b"Plan.txt", b"plan.TXT"]),
    ("in case of a folder", [b"Plans/a.txt", b"plans/b.txt"]),
    ("in how letters are composed", ["é.txt".encode(), unicodedata.normalize("NFD", "é.txt").encode()]),
    ("by a sharp s", ["straße.txt".encode(), b"STRASSE.txt"]),
    ("a folder as a file", [b"Plans", b"plans/b.txt"]),
    ("a file as a folder", [b"plans/b.txt", b"Plans"]),
]


@pytest.mark.parametrize("names", [case[1] for case in ALIKE], ids=[case[0] for case in ALIKE])
def test_names_that_other_systems_take_for_one_are_told_apart(tmp_path, names):
    made = Shelf(*((name, name) for name in names)).pack(tmp_path)
    assert [one.renamed for one in made.packed] == [None, Renamed.SAME_NAME]
    folded = [unicodedata.normalize("NFC", one.path).casefold() for one in made.packed]
    assert len(set(folded)) == 2
    for one in made.packed:
        assert (tmp_path / FACTS.name / one.path).read_bytes() == one.packing.ref.locator
    assert bagit.Bag(made.path).validate()


def test_a_source_that_is_called_as_the_folder_for_renamed_files_takes_nothing_from_them(tmp_path):
    files = [a_packing(1, b"a\xff", b"one"), a_packing(2, b"item-1", b"two", ref=ItemRef("_renamed", b"item-1"))]
    made = write_package(files, lambda one: BytesIO({1: b"one", 2: b"two"}[one.item]), tmp_path, FACTS)
    assert [one.path for one in made.packed] == ["data/_renamed/item-1", "data/_renamed/item-2"]
    assert bagit.Bag(made.path).validate()


def test_a_name_that_the_target_refuses_is_another_there(tmp_path, monkeypatch):
    real = os.open

    def refusing(path, flags, *rest, **more):
        if str(path).endswith("plan.txt"):
            raise OSError(package.errno.EINVAL, "Invalid argument")
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refusing)
    made = Shelf(*THREE).pack(tmp_path)
    assert [one.renamed for one in made.packed] == [Renamed.REFUSED_THERE, None, None]
    assert made.packed[0].path == "data/_renamed/item-1.txt"


def refuse(packing: Packing) -> BytesIO:
    raise RefusedFileError(Refusal.HELD)


class Failing(BytesIO):
    def read(self, *_):
        raise OSError(package.errno.EIO, "Input/output error")


LEFT = [
    ("changed", lambda _: BytesIO(b"another plan"), LeftOut.CHANGED, None),
    ("the same size", lambda _: BytesIO(b"a plaN"), LeftOut.CHANGED, None),
    ("cut short", lambda _: BytesIO(b"a pla"), LeftOut.CHANGED, None),
    ("not read", lambda _: Failing(), LeftOut.NOT_READ, None),
    ("refused", refuse, LeftOut.NOT_OPENED, Refusal.HELD),
    ("gone", lambda _: open("/none/such", "rb"), LeftOut.NOT_OPENED, None),  # noqa: SIM115
]


@pytest.mark.parametrize(("opening", "why", "refusal"), [case[1:] for case in LEFT], ids=[case[0] for case in LEFT])
def test_a_file_that_is_not_what_was_approved_is_left_out_and_the_others_are_packed(tmp_path, opening, why, refusal):
    shelf = Shelf(*THREE)
    made = shelf.pack(tmp_path, opening=lambda one: opening(one) if one.item == 1 else shelf.open(one))
    assert made.left_out == (Left(1, why, refusal),)
    assert [one.packing.item for one in made.packed] == [2, 3]
    assert bagit.Bag(made.path).validate()
    told = json.loads((tmp_path / FACTS.name / "metadata/decisions.json").read_text())
    assert told["left_out"] == [{"item": 1, "why": why, "refusal": refusal}]


def test_a_part_of_a_file_is_not_packed_alone(tmp_path):
    shelf = Shelf(*THREE)
    shelf.items[0] = a_packing(1, b"", b"", ref=ItemRef("shares", b"a.zip", ("b.txt",)))
    assert shelf.pack(tmp_path).left_out == (Left(1, LeftOut.A_PART),)


def test_where_nothing_could_be_packed_there_is_no_package(tmp_path):
    with pytest.raises(UnpackedError) as refused:
        Shelf(*THREE).pack(tmp_path, opening=refuse)
    assert refused.value.why is Unpacked.EMPTY
    assert [left.item for left in refused.value.left_out] == [1, 2, 3]
    assert standing(tmp_path) == []


@pytest.mark.parametrize("name", ["", "../out", "a/b", ".hidden", "-rf", "a b", "x" * 101, "a\n"])
def test_a_name_of_a_package_that_could_be_a_path_is_refused(tmp_path, name):
    with pytest.raises(UnpackedError, match="letters, digits"):
        Shelf(*THREE).pack(tmp_path, PackageFacts(name, PackageKind.TRANSFER, "M", MADE, 1))
    assert standing(tmp_path) == []


@pytest.mark.parametrize("kind", ["folder", "empty folder", "file", "dangling link"])
def test_what_stands_at_the_target_is_never_replaced(tmp_path, kind):
    place = tmp_path / FACTS.name
    if kind.endswith("folder"):
        place.mkdir()
    if kind == "folder":
        (place / "kept").write_text("kept")
    if kind == "file":
        place.write_text("kept")
    if kind == "dangling link":
        place.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UnpackedError) as refused:
        Shelf(*THREE).pack(tmp_path)
    assert refused.value.why is Unpacked.TAKEN
    assert standing(tmp_path) == [FACTS.name]
    assert kind != "folder" or os.listdir(place) == ["kept"]


def test_what_appears_at_the_target_meanwhile_is_not_replaced_either(tmp_path):
    shelf = Shelf(*THREE)

    def opening(packing: Packing) -> BytesIO:
        (tmp_path / FACTS.name).mkdir(exist_ok=True)
        return shelf.open(packing)

    with pytest.raises(UnpackedError) as refused:
        shelf.pack(tmp_path, opening=opening)
    assert refused.value.why is Unpacked.TAKEN
    assert os.listdir(tmp_path / FACTS.name) == []
    assert standing(tmp_path) == [FACTS.name]


def test_a_target_that_is_not_there_or_goes_away_is_named(tmp_path):
    with pytest.raises(UnpackedError) as refused:
        Shelf(*THREE).pack(tmp_path / "none")
    assert refused.value.why is Unpacked.GONE
    target, shelf = tmp_path / "target", Shelf(*THREE)
    target.mkdir()

    def opening(packing: Packing) -> BytesIO:
        if packing.item == 2:
            shutil.rmtree(target)
            target.write_text("something else is mounted here")
        return shelf.open(packing)

    with pytest.raises(UnpackedError) as refused:
        shelf.pack(target, opening=opening)
    assert refused.value.why is Unpacked.GONE
    assert target.read_text() == "something else is mounted here"


def test_a_target_that_is_too_small_or_fills_up_is_named_and_nothing_is_left_there():
    with small_disk(4) as disk:
        with pytest.raises(UnpackedError) as refused:
            Shelf((b"large.bin", b"x" * 5_000_000)).pack(disk.folder)
        assert refused.value.why is Unpacked.FULL
        shelf = Shelf((b"one.bin", b"x" * 1_000_000), (b"two.bin", b"y" * 1_000_000))

        def opening(packing: Packing) -> BytesIO:
            if packing.item == 2:
                disk.fill(but=100_000)
            return shelf.open(packing)

        with pytest.raises(UnpackedError) as refused:
            shelf.pack(disk.folder, opening=opening)
        assert refused.value.why is Unpacked.FULL
        assert standing(disk.folder) == ["ballast"]
        disk.make_room()
        assert bagit.Bag(shelf.pack(disk.folder).path).validate()


def test_a_target_that_may_not_be_written_to_is_named(tmp_path, monkeypatch):
    def denied(*_, **__):
        raise PermissionError(package.errno.EACCES, "Permission denied")

    monkeypatch.setattr(package.Path, "mkdir", denied)
    with pytest.raises(UnpackedError) as refused:
        Shelf(*THREE).pack(tmp_path)
    assert refused.value.why is Unpacked.DENIED


def test_what_the_disk_does_not_give_back_is_no_package(tmp_path, monkeypatch):
    real = package.faults

    def flipped(folder, digest):
        with (folder / "data/shares/empty").open("ab") as file:
            file.write(b"!")
        return real(folder, digest)

    monkeypatch.setattr(package, "faults", flipped)
    with pytest.raises(UnpackedError) as refused:
        Shelf(*THREE).pack(tmp_path)
    assert refused.value.why is Unpacked.DIFFERS
    assert standing(tmp_path) == []


@pytest.mark.parametrize("item", [1, 2, 3])
def test_a_run_that_was_killed_leaves_nothing_that_looks_whole_and_is_begun_anew(tmp_path, item):
    shelf = Shelf(*THREE)
    child = os.fork()
    if child == 0:
        package.format_of = lambda _path: None  # It has threads, which a fork does not.
        shelf.pack(tmp_path, opening=lambda one: os._exit(9) if one.item == item else shelf.open(one))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert standing(tmp_path) == [f".{FACTS.name}.part"]
    assert "bagit.txt" not in os.listdir(tmp_path / f".{FACTS.name}.part")
    assert bagit.Bag(shelf.pack(tmp_path).path).validate()
    assert standing(tmp_path) == [FACTS.name]


def test_every_change_to_a_package_is_found_when_it_is_read_again(tmp_path):
    made = Shelf(*THREE).pack(tmp_path)
    folder = tmp_path / FACTS.name
    assert faults(folder, made.digest) == ()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        name, old = path.relative_to(folder).as_posix(), path.read_bytes()
        path.write_bytes(old + b" ")
        assert name in faults(folder, made.digest)
        path.unlink()
        if name not in ("tagmanifest-sha256.txt", "manifest-sha256.txt"):
            assert name in faults(folder, made.digest)
        path.write_bytes(old)
    for name in ("data/more.txt", "more.txt"):
        (folder / name).write_text("more")
        assert faults(folder, made.digest) == (name,)
        (folder / name).unlink()
    assert faults(folder, made.digest) == ()
