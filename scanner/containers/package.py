"""What is inside documents of the office suites: pictures, other documents, objects that hold files; and what is in an
electronic book beside its pages.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import BinaryIO

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.container import Part
from scanner.containers.naming import unique
from scanner.formats.epub import is_book, outside_the_spine
from scanner.formats.ole_object import MAGIC, PackedFile, packed_file
from scanner.formats.package import Attributes, Handlers, Member, Package, PackageError, open_package, value_of
from scanner.streams import as_file

_TYPES = "[Content_Types].xml"
_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_TEXT_TYPE = "application/vnd.oasis.opendocument.text"
_HELD = 64 * MIB
"""How large an object or a document in a folder may be: it is held at once to be taken apart or put together."""
_MOST_TYPES = 10_000
_LEVELS = 3

_FOLDERS = re.compile(r"(?:^|/)(?:media|embeddings)/(?!_rels/)")
_OWN = re.compile(
    r"\.(?:xml|rels|vml|bin|odttf|fntdata|sigs|psmdcp)$|(?:^|/)thumbnail\.[a-z]+$"
    r"|^(?:docprops|customui|_xmlsignatures|\[trash\])/"
)
"""What a package of Office Open XML consists of, in lower case, unless it stands in one of those folders."""
_OWN_ODF = re.compile(
    r"^(?:META-INF|Thumbnails|ObjectReplacements|Configurations2|Basic|Scripts|Dialogs|Fonts)/"
    r"|^(?:mimetype|layout-cache|manifest\.rdf|[^/]*\.xml)$"
)
"""What a package of OpenDocument consists of."""
_OBJECT = re.compile(r"(?:/embeddings/.*\.(?:bin|ole)|^/[^./]*)$")

_CODES = {
    "encrypted": Problem(ProblemCode.ENCRYPTED),
    "packing": Problem(ProblemCode.UNSUPPORTED),
    "large part": Problem(ProblemCode.LIMIT, "expanded"),
    "many members": Problem(ProblemCode.LIMIT, "parts"),
}
"""What is wrong with a package for which none of its reasons stands here is that it is damaged."""


@dataclass(frozen=True, slots=True)
class PackageContainer:
    """The members that are files of their own; a position is an index into them.

    A file that was packed into an object stands for it, its own name behind the object's. A document of OpenDocument
    that lies in a folder of the package comes as a package. The picture of what the document looks like is no part.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        try:
            package = open_package(blob)
        except PackageError as error:
            raise _trouble(error) from error
        inside = list(_inside(package))
        names = list(unique(found.name for found in inside))
        taken = frozenset(names)
        for index, (found, name) in enumerate(zip(inside, names, strict=True)):
            if index >= after:
                yield _part(package, found, name, index + 1, taken)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A document in a folder of its package, with all that lies below."""

    name: str
    members: list[Member] = field(default_factory=list)


def _inside(package: Package) -> Iterator[Member | _Folder]:
    if package.find(_TYPES) is None and package.find(_CONTENT) is not None:
        yield from _inside_odf(package)
        return
    if is_book(package):
        yield from outside_the_spine(package)
        return
    for member in package.members:
        name = member.name.lower()
        if _FOLDERS.search(name) or not _OWN.search(name):
            yield member


def _inside_odf(package: Package) -> Iterator[Member | _Folder]:
    names = frozenset(package.names)
    folders: dict[str, _Folder] = {}
    for member in package.members:
        folder = _folder_of(member.name, names)
        if _OWN_ODF.search(member.name):
            continue
        if folder is None:
            yield member
        elif folder in folders:
            folders[folder].members.append(member)
        else:
            folders[folder] = _Folder(folder, [member])
            yield folders[folder]


def _folder_of(name: str, names: AbstractSet[str]) -> str | None:
    """The outermost folder that a member lies in which is a document itself: "Object 1"."""
    steps = name.split("/", _LEVELS)[:-1]
    folders = ("/".join(steps[: depth + 1]) for depth in range(len(steps)))
    return next((folder for folder in folders if f"{folder}/{_CONTENT}" in names), None)


def _part(package: Package, found: Member | _Folder, name: str, following: int, taken: AbstractSet[str]) -> Part:
    if isinstance(found, _Folder):
        packed = sum(member.packed for member in found.members)
        return Part(name, following, partial(_put_together, package, found), packed=packed)
    held = _held(package, found)
    if held is None:
        problem = Problem(ProblemCode.ENCRYPTED) if found.is_encrypted else None
        opened = partial(_opened, package, found)
        return Part(name, following, opened, found.size, found.packed, problem=problem)
    inner = _free(f"{name}/{held.name}", taken) if held.name else name
    return Part(inner, following, partial(_taken_out, package, found), len(held.content), found.packed)


def _free(name: str, taken: AbstractSet[str]) -> str:
    """The name, made another where a member has it: only a package that is made to deceive has such a one."""
    while name in taken:
        name += " (inside)"
    return name


def _opened(package: Package, member: Member) -> BinaryIO:
    return as_file(_pieces(package, member))


def _pieces(package: Package, member: Member) -> Generator[bytes, None, None]:
    try:
        yield from package.pieces(member, member.size)
    except PackageError as error:
        raise _trouble(error) from error


def _held(package: Package, member: Member) -> PackedFile | None:
    """The file that was packed into an object, where the member is one; that it is damaged shows when it is read."""
    if not _OBJECT.search(f"/{member.name.lower()}") or member.size > _HELD:
        return None
    try:
        if not next(package.pieces(member), b"").startswith(MAGIC):
            return None
        return packed_file(BytesIO(package.read(member)), member.size)
    except PackageError:
        return None


def _taken_out(package: Package, member: Member) -> BinaryIO:
    held = _held(package, member)
    if held is None:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    return BytesIO(held.content)


def _put_together(package: Package, folder: _Folder) -> BinaryIO:
    """The document of a folder as a package of its own, always the same bytes for the same members."""
    if sum(member.size for member in folder.members) > _HELD:
        raise ItemTroubleError(ProblemCode.LIMIT, "expanded")
    out = BytesIO()
    names = unique(member.name.removeprefix(f"{folder.name}/") for member in folder.members)
    try:
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(zipfile.ZipInfo("mimetype"), _kind(package, folder))
            for member, name in zip(folder.members, names, strict=True):
                if name != "mimetype":
                    archive.writestr(zipfile.ZipInfo(name), package.read(member))
    except PackageError as error:
        raise _trouble(error) from error
    out.seek(0)
    return out


def _kind(package: Package, folder: _Folder) -> str:
    """What the manifest says that the document of a folder is (ODF 1.3 part 2, 4.3); else it is taken for a text."""
    kinds: dict[str, str] = {}

    def meet(attributes: Attributes) -> None:
        if len(kinds) < _MOST_TYPES:
            kinds[value_of(attributes, "full-path").strip("/")] = value_of(attributes, "media-type")

    handlers = Handlers({"file-entry": meet}, {}, lambda _: None)
    manifest = package.find(_MANIFEST)
    try:
        if manifest is not None:
            package.parse(manifest, lambda _: handlers, _HELD)
    except PackageError:  # Whatever it still says of a folder is not known then.
        pass
    kind = kinds.get(folder.name, "")
    return kind if kind.startswith("application/") and kind.isascii() else _TEXT_TYPE


def _trouble(error: PackageError) -> ItemTroubleError:
    problem = _CODES.get(error.reason, Problem(ProblemCode.CORRUPT))
    return ItemTroubleError(problem.code, problem.limit)
