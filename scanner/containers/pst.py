"""Outlook's stores (PST, OST): every item in every folder is a part, an internet message made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

import pypff

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.naming import unique
from scanner.formats.mapi import Name
from scanner.formats.mapi_mail import as_mail
from scanner.formats.pst import damage_named, read_item, store_names
from scanner.sources.mail_policy import MailPolicy

_MOST_FOLDERS = 100_000
_MOST_MISSING = 100_000
_LONGEST_PATH = 1000
_CONTENT_COUNT = 0x3602
# The lowest five bits of an identifier say what a node is ([MS-PST] 2.2.2.1); a search only points at items elsewhere.
_KIND, _SEARCH_FOLDER = 0x1F, 0x03


def opened_store(blob: Blob) -> Any:
    """The store as libpff sees it, which reads from the blob's file for as long as an item of it is in use."""
    store = pypff.file()
    store.open_file_object(blob.file)
    return store


@dataclass(frozen=True, slots=True)
class PstContainer:
    """The items folder by folder, a folder before those in it; a position is an index into them.

    An item is named by its folder's path and its number in the store, since its subject may name people. As many
    parts are yielded as the folders announce: one that cannot be opened, or is missing, is a part that is corrupt. One
    that a damaged folder lists twice is two parts; a walk resumed between them gives both one name, and they are one.
    A password is asked by Outlook alone and is no key: what is in the store is read all the same. A folder that
    `policy` keeps closed is one part with that problem, and nothing in or below it is opened; it takes the positions
    that it would take open, so that a walk goes on in the same place under another policy.
    """

    open_store: Callable[[Blob], Any] = opened_store
    policy: MailPolicy | None = None

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        """The items before position `after` are counted but not opened."""
        with damage_named():
            store = self.open_store(blob)
        names, page = store_names(store), _code_page(store)
        position, given = 0, set[str]()
        for folder in _folders(store, self.policy):
            is_ahead = position + folder.count > max(after, position)
            if folder.closed is not None and is_ahead and folder.path not in given:
                yield _shut(folder, position + folder.count)
                given.add(folder.path)
            for index in range(max(0, after - position), folder.count if folder.closed is None else 0):
                part = _part(folder, index, position + index + 1, names, page)
                yield part if part.name not in given else replace(part, name=f"{part.name} ({index + 1})")
                given.add(part.name)
            position += folder.count


@dataclass(frozen=True, slots=True)
class _Folder:
    """So many items under a path; without `holder` they are announced but cannot be reached. With `closed` they are not
    to be opened, and the path is that of the folder that is closed by its name.
    """

    path: str
    count: int
    holder: Any = None
    closed: Problem | None = None

    def item(self, index: int) -> Any:
        if self.holder is None:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        with damage_named():
            return self.holder.get_sub_message(index)


@dataclass(frozen=True, slots=True)
class _Orphans:
    """The items that no folder leads to any more, seen as a folder."""

    store: Any

    def get_sub_message(self, index: int) -> Any:
        return self.store.get_orphan_item(index)


def _shut(folder: _Folder, following: int) -> Part:
    assert folder.closed is not None
    return Part(folder.path, following, partial(_unopened, folder.closed), problem=folder.closed)


def _part(folder: _Folder, index: int, following: int, names: Mapping[int, Name], page: int) -> Part:
    try:
        item = folder.item(index)
        with damage_named():
            number = item.identifier
    except ItemTroubleError as trouble:
        kind = "missing" if folder.holder is None else "unreadable"
        opening = partial(_unopened, trouble.problem)
        return Part(_joined(folder.path, f"{kind}-{index + 1}"), following, opening, problem=trouble.problem)
    return Part(_joined(folder.path, str(number)), following, partial(_opened, item, names, page))


def _unopened(problem: Problem) -> BinaryIO:
    raise ItemTroubleError(problem.code, problem.limit)


def _opened(item: Any, names: Mapping[int, Name], page: int) -> BinaryIO:
    return BytesIO(as_mail(read_item(item, names, page)))


def _folders(store: Any, policy: MailPolicy | None) -> Iterator[_Folder]:
    """Every folder, then what no folder leads to, and last what is announced and missing, so that a count that lies
    hides nothing. Always in the same order, each folder once.
    """
    with damage_named():
        pending: list[tuple[str, Any, Problem | None]] = [("", store.get_root_folder(), None)]
    missing: list[_Folder] = []
    seen: set[int] = set()
    while pending:
        path, holder, closed = pending.pop()
        identifier = _number(lambda: holder.identifier)  # noqa: B023  called at once
        if identifier in seen or identifier & _KIND == _SEARCH_FOLDER:
            continue
        seen.add(identifier)
        reachable = _number(lambda: holder.number_of_sub_messages)  # noqa: B023
        yield _Folder(path, reachable, holder, closed)
        lost = min(_number(lambda: _announced(holder)) - reachable, _MOST_MISSING)  # noqa: B023
        missing += [_Folder(path, lost, closed=closed)] if lost > 0 else []
        below, unreadable = _below(path, holder)
        missing += [replace(folder, path=path, closed=closed) if closed else folder for folder in unreadable]
        for inner_path, inner in reversed(below):
            shut = closed or (policy and policy.problem_in_store(inner_path.split("/")))
            pending.append((path if closed else inner_path, inner, shut or None))
    yield _Folder("orphans", _number(lambda: store.number_of_orphan_items), _Orphans(store))
    yield from missing


def _below(path: str, holder: Any) -> tuple[list[tuple[str, Any]], list[_Folder]]:
    """The folders in a folder with their paths, and one part for each that cannot be read."""
    found: list[tuple[str, Any]] = []
    unreadable: list[_Folder] = []
    count = _number(lambda: holder.number_of_sub_folders, otherwise=-1)
    if count < 0:
        unreadable.append(_Folder(_joined(path, "folders"), 1))
    for number in range(min(count, _MOST_FOLDERS)):
        try:
            with damage_named():
                inner = holder.get_sub_folder(number)
                found.append((inner.name or f"folder-{number + 1}", inner))
        except ItemTroubleError:
            unreadable.append(_Folder(_joined(path, f"folder-{number + 1}"), 1))
    names = unique(name.replace("/", "_") for name, _ in found)
    return [(_joined(path, name), inner) for name, (_, inner) in zip(names, found, strict=True)], unreadable


def _announced(holder: Any) -> int:
    """How many items the folder's own properties say there are (PidTagContentCount)."""
    found = holder.get_record_set(0)
    entries = (found.get_entry(number) for number in range(found.number_of_entries))
    return next((entry.data_as_integer for entry in entries if entry.entry_type == _CONTENT_COUNT), 0)


def _number(read: Callable[[], int], otherwise: int = 0) -> int:
    try:
        with damage_named():
            return read() or 0
    except ItemTroubleError:
        return otherwise


def _joined(path: str, name: str) -> str:
    """A path that grew beyond reason keeps its end: the numbers of items tell them apart without it."""
    return f"{path}/{name}"[-_LONGEST_PATH:] if path else name


def _code_page(store: Any) -> int:
    """That of the 8-bit strings of a store of Outlook 97 to 2002."""
    with suppress(ItemTroubleError, ValueError), damage_named():
        found = store.ascii_codepage
        text = found.decode("ascii") if isinstance(found, bytes) else str(found)
        return int(text.lower().removeprefix("cp").removeprefix("windows-"))
    return 1252
