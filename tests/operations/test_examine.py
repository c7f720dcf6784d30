"""Large stores are read where they lie: never copied, hashed once, and noticed when they change."""

from __future__ import annotations

import gzip
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import py7zr
import pytest
from builders import a_zip, an_item, an_mbox
from fakes import OrderedExtractor, ShoutedWords

from domain.content import Content
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.examination import Batch, Cursor, Examination, Outcome
from domain.item import Item
from operations.examine import Toolkit, examine
from scanner.blob import Blob
from scanner.budget import GIB, MIB, Budget
from scanner.extractor import Extractor
from scanner.extractors import FAST
from scanner.source import Opened
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.memory import MemorySource

BY_ONE = Budget(batch_parts=1)
CHANGED = Problem(ProblemCode.CHANGED)


class Counted(BytesIO):
    """Bytes that know how many of them were read."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.count = 0

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(size)
        self.count += len(piece)
        return piece

    def readline(self, size: int | None = -1) -> bytes:
        line = super().readline(size)
        self.count += len(line)
        return line


@dataclass
class Shelf:
    """A source of one item, in a version that is told to it."""

    content: bytes
    version: bytes = b"v1"
    seekable: bool = True
    name: str = "memory"
    count: int = 0

    def list(self) -> Iterator:
        return iter(())

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        with Counted(self.content) as file:
            file.seekable = lambda: self.seekable
            yield Opened(file, self.version, len(self.content))
            self.count = file.count


def tools_over(source, budget: Budget = BY_ONE, extractor: Extractor | None = None) -> Toolkit:
    def extractor_for(media_type: str) -> Extractor | None:
        return None if FAST.get(media_type, "") is None else extractor or OrderedExtractor()

    return Toolkit({source.name: source}, ShoutedWords(), "pipeline 1", extractor_for, budget=budget)


def walked(tools: Toolkit, item: Item) -> list[Batch]:
    batches = [examine(item, tools)]
    while (rest := batches[-1].rest) is not None:
        batches.append(examine(item, tools, rest))
    return batches


def found_in(batches: list[Batch]) -> dict[tuple[str, ...], Examination]:
    return {one.item.ref.part: one for batch in batches for one in batch.examinations}


def problems_of(batches: list[Batch]) -> dict[tuple[str, ...], Problem]:
    return {part: one.problem for part, one in found_in(batches).items() if one.problem is not None}


def listed(folder: Path) -> tuple[FilesystemSource, Item]:
    """A share with one file in it."""
    source = FilesystemSource("share", os.fsencode(folder))
    (listing,) = source.list()
    (item,) = listing.items
    return source, item


@pytest.fixture
def large(monkeypatch):
    """Whatever is larger than a kilobyte is large."""
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 1000)


def a_tape(packing: str = "") -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packing}") as archive:
        for name, content in MEMBERS.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    return out.getvalue()


def a_7z() -> bytes:
    out = BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for name, content in MEMBERS.items():
            archive.writestr(content, name)
    return out.getvalue()


MEMBERS = {f"{number}.txt": b"note NAMED " + os.urandom(400).hex().encode() for number in range(6)}
STORES: dict[str, Callable[[], bytes]] = {
    "s.zip": lambda: a_zip(MEMBERS),
    "s.tar": a_tape,
    "s.7z": a_7z,
    "s.gz": lambda: gzip.compress(os.urandom(900)),
    "s.mbox": lambda: an_mbox(20),
}


@pytest.mark.parametrize("name", STORES)
def test_a_store_comes_out_where_it_lies_as_it_does_in_memory(name, tmp_path, monkeypatch):
    content = STORES[name]()
    held = tools_over(MemorySource("share", {name.encode(): content}))
    expected = found_in(walked(held, an_item(name.encode(), len(content), "share")))
    monkeypatch.setattr("scanner.blob._IN_MEMORY", len(content) - 1)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")  # No copy can be made.
    (tmp_path / name).write_bytes(content)
    source, item = listed(tmp_path)
    found = found_in(walked(tools_over(source), item))

    def told(examinations):
        return {part: (one.outcome, one.problem, one.digest, one.findings) for part, one in examinations.items()}

    assert told(found) == told(expected)
    assert len(found) > 1
    assert not problems_of(walked(tools_over(source), item))


def test_a_later_batch_of_a_store_does_not_read_its_outer_bytes_again(large):
    shelf = Shelf(an_mbox(100, "x" * 100_000))
    tools = tools_over(shelf)
    rest, reads = None, []
    for _ in range(5):
        rest = examine(an_item(), tools, rest).rest
        reads.append(shelf.count)
    assert reads[0] > len(shelf.content)
    assert max(reads[1:]) < len(shelf.content) / 3


@pytest.mark.parametrize(("now", "is_hashed"), [(b"v1", False), (b"v2", True), (b"", True)])
def test_a_store_is_hashed_again_only_where_its_version_is_not_known_to_be_the_same(large, now, is_hashed):
    shelf = Shelf(an_mbox(100, "x" * 100_000))
    rest = examine(an_item(), tools_over(shelf)).rest
    shelf.version = now
    again = examine(an_item(), tools_over(shelf), rest)
    assert (shelf.count > len(shelf.content)) == is_hashed
    assert not problems_of([again])
    assert again.rest.digest == rest.digest


def test_a_batch_whose_clock_was_used_up_by_hashing_ends_before_the_first_part(large):
    batch = examine(an_item(), tools_over(Shelf(an_mbox(100)), Budget(seconds=1e-9)))
    assert set(found_in([batch])) == {()}
    assert (batch.rest.at, batch.rest.version) == ((0,), b"v1")


def test_a_cursor_that_was_kept_without_a_version_is_proved_by_the_digest(large):
    shelf = Shelf(an_mbox(100))
    rest = replace(examine(an_item(), tools_over(shelf)).rest, version=b"")
    assert not problems_of([examine(an_item(), tools_over(shelf), rest)])
    shelf.content = an_mbox(101)
    assert problems_of([examine(an_item(), tools_over(shelf), rest)]) == {(): CHANGED}


def test_what_cannot_seek_is_copied(large):
    shelf = Shelf(an_mbox(20), seekable=False)
    assert len(found_in(walked(tools_over(shelf), an_item()))) == 21


def test_a_store_that_changes_between_batches_is_told(large, tmp_path):
    store = tmp_path / "s.mbox"
    store.write_bytes(an_mbox(50))
    source, item = listed(tmp_path)
    rest = examine(item, tools_over(source)).rest
    store.write_bytes(an_mbox(51))
    (told,) = examine(item, tools_over(source), rest).examinations
    assert (told.problem, told.outcome, told.begun) == (CHANGED, Outcome.PARTIAL, True)


def test_a_store_that_was_touched_between_batches_is_walked_on(large, tmp_path):
    store = tmp_path / "s.mbox"
    store.write_bytes(an_mbox(5))
    source, item = listed(tmp_path)
    first = examine(item, tools_over(source))
    os.utime(store, ns=(1, 1))
    batches = [first, examine(item, tools_over(source), first.rest)]
    assert batches[1].rest.version != first.rest.version
    while (rest := batches[-1].rest) is not None:
        batches.append(examine(item, tools_over(source), rest))
    assert (len(found_in(batches)), problems_of(batches)) == (6, {})


def test_a_store_that_changes_while_it_is_read_is_told_and_nothing_of_that_batch_is_kept(large, tmp_path):
    store = tmp_path / "s.mbox"
    store.write_bytes(an_mbox(50))
    source, item = listed(tmp_path)

    class Meddler:
        version = "meddler 1"

        def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
            os.truncate(store, 1500)
            return Content(blob.bytes.decode())

    (told,) = examine(item, tools_over(source, Budget(), Meddler())).examinations
    assert told.problem == CHANGED


def test_the_time_of_access_of_a_store_stays_as_it_was(large, tmp_path):
    store = tmp_path / "s.zip"
    store.write_bytes(a_zip({**MEMBERS, "noise.bin": os.urandom(2 * MIB)}))
    os.utime(store, ns=(1, 10**18))
    source, item = listed(tmp_path)
    walked(tools_over(source), item)
    assert store.stat().st_atime_ns == 1


def a_sparse_mbox(path: Path) -> None:
    """Two messages, the second with three gibibytes of nothing behind it, and three more behind that."""
    with path.open("wb") as file:
        file.write(an_mbox(2, "a long note " * 10_000))
        file.seek(3 * GIB)
        file.write(b"\n" + an_mbox(3, "NAMED"))


def a_sparse_zip(path: Path) -> None:
    with path.open("wb") as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr("before.txt", b"one")
        archive.start_dir = 3 * GIB  # Where the next member goes.
        archive.writestr("after.txt", b"two NAMED")


def test_a_mailbox_of_three_gibibytes_is_walked_past_what_is_too_large_in_it(tmp_path):
    a_sparse_mbox(tmp_path / "s.mbox")
    source, item = listed(tmp_path)
    batches = walked(tools_over(source, Budget(bytes=8 * MIB)), item)
    found = found_in(batches)
    assert len(found) == 6
    assert sum(one.assessment.personal for one in found.values()) == 3
    assert list(problems_of(batches).values()) == [Problem(ProblemCode.LIMIT, "bytes")]
    assert found[()].outcome is Outcome.EXAMINED


def test_an_archive_of_three_gibibytes_is_walked(tmp_path):
    a_sparse_zip(tmp_path / "s.zip")
    source, item = listed(tmp_path)
    batches = walked(tools_over(source, Budget()), item)
    assert {part: one.assessment.personal for part, one in found_in(batches).items()} == {
        (): False, ("before.txt",): False, ("after.txt",): True,
    }  # fmt: skip
    assert not problems_of(batches)
    assert found_in(batches)[()].traits.pronom == "x-fmt/263"


@pytest.mark.parametrize(("head", "limit"), [(b"", "bytes"), (an_mbox(900), "store"), (a_zip(MEMBERS), "store")])
def test_a_sparse_file_of_a_terabyte_is_named_by_its_limit_unread(tmp_path, head, limit):
    with (tmp_path / "vast").open("wb") as file:
        file.write(head)
        file.truncate(2**40)
    source, item = listed(tmp_path)
    assert problems_of([examine(item, tools_over(source))]) == {(): Problem(ProblemCode.LIMIT, limit)}


def test_a_small_file_that_grew_to_a_large_one_is_named_by_its_limit():
    source = MemorySource("memory", {b"a.txt": b"x" * 2 * MIB})
    batch = examine(an_item(size=3), tools_over(source, Budget(bytes=MIB)), Cursor())
    assert problems_of([batch]) == {(): Problem(ProblemCode.LIMIT, "bytes")}


class _Growing(MemorySource):
    """A file that is written to until it was opened so many times."""

    opened = 0
    settles = 3

    @contextmanager
    def open(self, item):
        _Growing.opened += 1
        with MemorySource.open(self, item) as opened:
            yield opened
        if _Growing.opened < self.settles:
            raise ItemTroubleError(ProblemCode.CHANGED)


@pytest.mark.parametrize(("settles", "problems"), [(3, {}), (4, {(): CHANGED})])
def test_what_changes_while_it_is_read_is_read_twice_more(monkeypatch, settles, problems):
    monkeypatch.setattr(_Growing, "settles", settles)
    monkeypatch.setattr(_Growing, "opened", 0)
    batch = examine(an_item(b"a.txt"), tools_over(_Growing("memory", {b"a.txt": b"text"})))
    assert problems_of([batch]) == problems
    assert _Growing.opened == 3
