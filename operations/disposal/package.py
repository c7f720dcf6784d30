"""Packages for an archive or another body, by BagIt 1.0 (RFC 8493): written, read again, and only then given a name.

Until all of it was read back it stands under a name that begins with a dot and ends in .part, and without the file that
would make it a package; what a run that was killed left of it is begun anew.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from domain.disposal import RefusedFileError
from domain.errors import MunimentError
from domain.packing import (
    Format,
    Left,
    LeftOut,
    Package,
    PackageFacts,
    Packed,
    Packing,
    Renamed,
    Unpacked,
    UnpackedError,
)
from operations.disposal.package_check import faults
from operations.disposal.package_names import PAYLOAD, PackageNames
from operations.disposal.package_tags import DECLARATION, DECLARED, TAG_MANIFEST, TagWriter, tag_files, tag_manifest
from scanner.blob import chunks, digest_of
from scanner.pronom import format_of

Open = Callable[[Packing], BinaryIO]
"""Opens the very file that was approved, for reading. Raises RefusedFileError, MunimentError or OSError."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NAME_REFUSED = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.EEXIST, errno.ENOTDIR)
_WHY = {
    errno.ENOSPC: Unpacked.FULL, errno.EDQUOT: Unpacked.FULL, errno.EFBIG: Unpacked.FULL,
    errno.EACCES: Unpacked.DENIED, errno.EPERM: Unpacked.DENIED, errno.EROFS: Unpacked.DENIED,
    errno.EEXIST: Unpacked.TAKEN, errno.ENOTEMPTY: Unpacked.TAKEN,
    errno.ENOENT: Unpacked.GONE, errno.ENOTDIR: Unpacked.GONE, errno.ESTALE: Unpacked.GONE,
    errno.ENOTCONN: Unpacked.GONE, errno.ENODEV: Unpacked.GONE, errno.EHOSTDOWN: Unpacked.GONE,
}  # fmt: skip


def write_package(items: Iterable[Packing], open_verified: Open, target: Path, facts: PackageFacts) -> Package:
    """Pack files into a new folder of the target; the originals of those that are `packed` may go then.

    A file that cannot be opened, or is not what was approved, is left out, and the package says so. Raises
    UnpackedError where there is no package: nothing has its name then.
    """
    if not _NAME.fullmatch(facts.name):
        raise UnpackedError(Unpacked.NAME)
    chosen = tuple(items)
    with _at_target():
        bag = _Bag(_prepared(target, facts.name, sum(one.size for one in chosen)))
        try:
            for packing in chosen:
                bag.add(packing, open_verified)
            return bag.named(target / facts.name, facts)
        finally:
            # Nothing is there any more where it has its name.
            shutil.rmtree(bag.folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Bag:
    folder: Path
    names: PackageNames = field(default_factory=PackageNames)
    packed: list[Packed] = field(default_factory=list)
    left_out: list[Left] = field(default_factory=list)

    def add(self, packing: Packing, open_verified: Open) -> None:
        if packing.ref.part:
            self.left_out.append(Left(packing.item, LeftOut.A_PART))
            return
        try:
            with _opened(packing, open_verified) as source:
                self.packed.append(self._copied(packing, source))
        except _LeftError as left:
            self.left_out.append(left.left)

    def _copied(self, packing: Packing, source: BinaryIO) -> Packed:
        path, descriptor, renamed = self._made(packing)
        try:
            sha256 = _poured(packing, source, descriptor)
        except _LeftError:
            os.unlink(self.folder / path)
            raise
        known = Format(packing.pronom, media_type=packing.media_type) if packing.pronom else None
        return Packed(packing, path, packing.size, sha256, renamed, format_of(self.folder / path) or known)

    def _made(self, packing: Packing) -> tuple[str, int, Renamed | None]:
        """A new file of the package; under another name where the target cannot hold its own."""
        path, renamed = self.names.of(packing)
        try:
            return path, self._new(path), renamed
        except OSError as error:
            if error.errno not in _NAME_REFUSED:
                raise
        path = self.names.aside(packing)
        return path, self._new(path), Renamed.REFUSED_THERE

    def _new(self, path: str) -> int:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.open(place, _NEW, 0o666)

    def named(self, final: Path, facts: PackageFacts) -> Package:
        """Finish the package, read all of it again, and give it its name."""
        if not self.packed:
            raise UnpackedError(Unpacked.EMPTY, tuple(self.left_out))
        digest = self._tagged(facts)
        if faults(self.folder, digest):
            raise UnpackedError(Unpacked.DIFFERS, tuple(self.left_out))
        _refuse_taken(final)
        os.rename(self.folder, final)
        _sync(final.parent)
        return Package(str(final), digest, tuple(self.packed), tuple(self.left_out))

    def _tagged(self, facts: PackageFacts) -> str:
        """Write the tag files, the declaration last; the SHA-256 of the manifest of them all."""
        names = [self._wrote(name, write) for name, write in tag_files(facts, self.packed, self.left_out)]
        manifest = tag_manifest(self.folder, names)
        self._wrote(TAG_MANIFEST, lambda file: file.write(manifest))
        self._wrote(DECLARATION, lambda file: file.write(DECLARED))
        for place, _, _ in os.walk(self.folder):
            _sync(Path(place))
        return hashlib.sha256(manifest.encode()).hexdigest()

    def _wrote(self, name: str, write: TagWriter) -> str:
        with os.fdopen(self._new(name), "w", encoding="utf-8", newline="") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        return name


class _Hash(Protocol):
    def update(self, data: bytes, /) -> None: ...


class _LeftError(Exception):
    """A file is left out; the next one is packed."""

    def __init__(self, left: Left) -> None:
        super().__init__(left.why)
        self.left = left


@contextmanager
def _opened(packing: Packing, open_verified: Open) -> Iterator[BinaryIO]:
    try:
        source = open_verified(packing)
    except RefusedFileError as error:
        raise _LeftError(Left(packing.item, LeftOut.NOT_OPENED, error.refusal)) from error
    except (MunimentError, OSError) as error:
        raise _LeftError(Left(packing.item, LeftOut.NOT_OPENED)) from error
    with source:
        yield source


def _poured(packing: Packing, source: BinaryIO, descriptor: int) -> bytes:
    """Read a file once, hashed in both ways and written on the way; its SHA-256, if it is what was approved."""
    sha256 = hashlib.sha256()
    with os.fdopen(descriptor, "wb") as file:
        digest = digest_of(_through(file, sha256, _read(packing, source)))
        size = file.tell()
        _keep(file, packing)
    if (digest, size) != (packing.blake3, packing.size):
        raise _LeftError(Left(packing.item, LeftOut.CHANGED))
    return sha256.digest()


def _through(file: BinaryIO, sha256: _Hash, pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        sha256.update(piece)
        file.write(piece)
        yield piece


def _read(packing: Packing, source: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file; what goes wrong here is the source's trouble, and no other file's."""
    try:
        yield from chunks(source)
    except OSError as error:
        raise _LeftError(Left(packing.item, LeftOut.NOT_READ)) from error


def _keep(file: BinaryIO, packing: Packing) -> None:
    """Have the disk hold it, with the time that it was last changed at where the disk can."""
    file.flush()
    if packing.modified is not None:
        moment = packing.modified.timestamp()
        with suppress(OSError):
            os.utime(file.fileno(), (moment, moment))
    os.fsync(file.fileno())


def _prepared(target: Path, name: str, size: int) -> Path:
    """The folder that the package is made in, quite empty."""
    _refuse_taken(target / name)
    if shutil.disk_usage(target).free < size:
        raise UnpackedError(Unpacked.FULL)
    making = target / f".{name}.part"
    if making.is_dir() and not making.is_symlink():
        shutil.rmtree(making)
    making.mkdir()
    (making / PAYLOAD).mkdir()
    return making


def _refuse_taken(final: Path) -> None:
    if os.path.lexists(final):
        raise UnpackedError(Unpacked.TAKEN)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _at_target() -> Iterator[None]:
    """What the target refuses, by name."""
    try:
        yield
    except OSError as error:
        raise UnpackedError(_WHY.get(error.errno or 0, Unpacked.FAILED)) from error
