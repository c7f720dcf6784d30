"""What passes for the copy of a file in its package, before the file is destroyed."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from blake3 import blake3

from domain.disposal import Refusal, RefusedFileError
from domain.item import ItemRef
from domain.packing import Package, PackageFacts, PackageKind, Packing
from operations.disposal.package import write_package
from operations.disposal.package_check import sha256_of
from operations.disposal.package_standing import Packages

MADE = datetime(2026, 11, 20, 10, tzinfo=UTC)
FACTS = PackageFacts("archive-2026-0003", PackageKind.ARCHIVE, "Millbrook Council", MADE, 17)
COPY, ANOTHER = "data/shares/Planning/plan.txt", "data/shares/Planning/a copy.txt"


@pytest.fixture
def packed(tmp_path) -> Package:
    """Two files of the same bytes."""
    content = b"the plan"
    locators = enumerate((b"Planning/plan.txt", b"Planning/a copy.txt"), 1)
    files = [
        Packing(item, ItemRef("shares", locator), len(content), blake3(content).digest(), MADE)
        for item, locator in locators
    ]
    return write_package(files, lambda _: BytesIO(content), tmp_path, FACTS)


def read(packed: Package, packages: Packages) -> list[Path]:
    return list(packages.read(packed.path, 1, packed.packed[0].sha256))


def pointing(package: Path, path: str) -> None:
    """Have the package list the copy at another path, in manifests that agree with each other."""
    items, tags = package / "metadata/items.csv", package / "tagmanifest-sha256.txt"
    before = sha256_of(items)
    items.write_text(items.read_text().replace(COPY, path))
    tags.write_text(tags.read_text().replace(before, sha256_of(items)))


def beside(package: Path) -> Path:
    """The original, as it lies in quarantine."""
    original = package.parent / "original"
    original.write_bytes(b"the plan")
    return original


def to_an_absolute_path(package: Path) -> None:
    pointing(package, str(beside(package)))


def out_of_the_package(package: Path) -> None:
    pointing(package, f"data/../../{beside(package).name}")


def to_a_tag_file(package: Path) -> None:
    (package / "more.txt").write_bytes(b"the plan")
    pointing(package, "more.txt")


def to_the_copy_of_another(package: Path) -> None:
    pointing(package, ANOTHER)


def by_a_linked_folder(package: Path) -> None:
    folder = package / "data/shares/Planning"
    folder.rename(package.parent / "elsewhere")
    folder.symlink_to(package.parent / "elsewhere")


def by_a_link(package: Path) -> None:
    (package / COPY).unlink()
    (package / COPY).symlink_to(beside(package))


def listed_without_digests(package: Path) -> None:
    (package / "tagmanifest-sha256.txt").write_text("")


CHANGES = (
    to_an_absolute_path, out_of_the_package, to_a_tag_file, to_the_copy_of_another, by_a_linked_folder, by_a_link,
    listed_without_digests,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_is_only_a_file_of_its_own_in_the_package_itself(packed, change):
    """Even where the trail told of the package as it is then."""
    assert read(packed, told_of(packed)) == [Path(packed.path).resolve() / COPY]
    change(Path(packed.path))
    with pytest.raises(RefusedFileError) as refused:
        read(packed, told_of(packed))
    assert refused.value.refusal is Refusal.PACKAGE_GONE


def told_of(packed, place: Path | None = None) -> Packages:
    return Packages(place, frozenset({sha256_of(Path(packed.path) / "tagmanifest-sha256.txt"), "another"}))


@pytest.mark.parametrize("told", [(), ("another",)])
def test_a_package_is_the_one_that_the_trail_tells_of(packed, told):
    assert len(read(packed, Packages(digests=frozenset({packed.digest, "another"})))) == 1
    with pytest.raises(RefusedFileError):
        read(packed, Packages(digests=frozenset(told)))


def test_what_an_earlier_release_packed_is_known_by_its_name_alone_and_read_where_it_is_said_to_stand(
    packed, monkeypatch
):
    monkeypatch.chdir(Path(packed.path).parent)  # It is not looked for where the command happens to be run.
    sha256 = packed.packed[0].sha256
    with pytest.raises(RefusedFileError, match="--packages"):
        told_of(packed).read(FACTS.name, 1, sha256)
    assert len(told_of(packed, Path(packed.path).parent).read(FACTS.name, 1, sha256)) == 1
