"""The folders of a mailbox as places in a source: what a server calls them, and what a locator calls them.

A name travels in modified UTF-7 (RFC 3501, 5.1.3) and is parted by whatever character the server likes. In a locator it
is UTF-8 parted by `/`; a `/` inside a name, and every byte of a name that is not proper modified UTF-7, is written as
%XX, so that no two folders share a locator.
"""

from __future__ import annotations

import binascii
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from domain.errors import Problem
from scanner.sources.imap.responses import Listed
from scanner.sources.mail_policy import MailPolicy

_SHIFTED = re.compile(rb"&([A-Za-z0-9+,]*)-")
_UNWRITABLE = re.compile(r"[^\x20-\x7e]+|&")
_UNSAFE = re.compile(rb"[%/\x00-\x1f\x7f]")
_UNSAFE_AS_IT_CAME = re.compile(rb"[%&/\x00-\x1f\x7f-\xff]")
_AWAY = frozenset({"\\noselect", "\\nonexistent"})

_Path = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What is listed as one tree: an account, or a folder in another namespace, told by the `/` in its title.

    `login` is the account that it is read as.
    """

    title: str
    login: str

    @property
    def locator(self) -> bytes:
        return b"/".join(map(_escaped, self.names))

    @property
    def names(self) -> list[str]:
        return self.title.split("/")

    @property
    def account(self) -> str | None:
        """Whose it is, where that is known."""
        return None if self.is_shared else self.title

    @property
    def is_shared(self) -> bool:
        return "/" in self.title


@dataclass(frozen=True, slots=True)
class Place:
    """A folder: its locator, the server's name for it where it can be opened, the folders in it that stay closed."""

    locator: bytes
    name: bytes | None
    closed: tuple[tuple[bytes, Problem], ...] = ()


def places(mailbox: Mailbox, found: Iterable[Listed], foreign: Sequence[bytes], policy: MailPolicy) -> list[Place]:
    """A mailbox's folders in the order of their names, with those that only hold others; what is closed is named
    where it lies and nothing below it is.

    `foreign` are the beginnings of the names of other people's folders, which are no part of an account.
    """
    names: dict[_Path, bytes | None] = {(): None}
    closed: dict[_Path, Problem] = {}
    for path, folder in sorted(_own(mailbox, found, foreign), key=lambda pair: pair[0]):
        reach = _reach(path, folder.flags, policy, closed)
        for depth in range(reach + 1):
            names.setdefault(path[:depth], None)
        if reach == len(path):
            names[path] = None if _AWAY & folder.flags else folder.name
    within: defaultdict[_Path, list[_Path]] = defaultdict(list)
    for path in sorted(closed):
        within[path[:-1]].append(path)
    at = {path: b"/".join((mailbox.locator, *path)) for path in (*names, *closed)}
    return [
        Place(at[path], names[path], tuple((at[shut], closed[shut]) for shut in within[path])) for path in sorted(names)
    ]


def decoded(name: bytes) -> str | None:
    """Text of modified UTF-7; None where it is not what an encoder would have written."""
    try:
        text = "".join(_unshifted(name))
    except (UnicodeDecodeError, binascii.Error):
        return None
    return text if encoded(text) == name else None


def encoded(name: str) -> bytes:
    """Modified UTF-7 of text."""
    return _UNWRITABLE.sub(_shifted, name).encode("ascii")


def _own(mailbox: Mailbox, found: Iterable[Listed], foreign: Sequence[bytes]) -> Iterator[tuple[_Path, Listed]]:
    """What is the mailbox's, by the path below its top."""
    top = tuple(map(_escaped, mailbox.names))
    for folder in found:
        path = tuple(map(_component, folder.name.split(folder.separator) if folder.separator else [folder.name]))
        if mailbox.is_shared:
            if path[: len(top)] == top:
                yield path[len(top) :], folder
        elif not any(folder.name.startswith(prefix) or folder.name + folder.separator == prefix for prefix in foreign):
            yield path, folder


def _reach(path: _Path, uses: frozenset[str], policy: MailPolicy, closed: dict[_Path, Problem]) -> int:
    """How many names of a path are open; what closes the next is noted in `closed`."""
    texts = [unquote(name.decode()) for name in path]
    for depth in range(1, len(path) + 1):
        problem = closed.get(path[:depth]) or policy.problem_of(texts[:depth], uses if depth == len(path) else ())
        if problem is not None:
            closed[path[:depth]] = problem
            return depth - 1
    return len(path)


def _component(name: bytes) -> bytes:
    text = decoded(name)
    if text is None:
        return _UNSAFE_AS_IT_CAME.sub(_percent, name)
    return _escaped(text)


def _escaped(name: str) -> bytes:
    if name in ("", ".", ".."):
        return name.replace(".", "%2E").encode() or b"%"
    return _UNSAFE.sub(_percent, name.encode("utf-8", "surrogatepass"))


def _percent(match: re.Match[bytes]) -> bytes:
    return b"%%%02X" % match[0][0]


def _unshifted(name: bytes) -> Iterator[str]:
    end = 0
    for shift in _SHIFTED.finditer(name):
        yield name[end : shift.start()].decode("ascii")
        base = shift[1].replace(b",", b"/")
        yield binascii.a2b_base64(base + b"=" * (-len(base) % 4)).decode("utf-16-be") if base else "&"
        end = shift.end()
    yield name[end:].decode("ascii")


def _shifted(match: re.Match[str]) -> str:
    if match[0] == "&":
        return "&-"
    base = binascii.b2a_base64(match[0].encode("utf-16-be", "surrogatepass"), newline=False)
    return "&" + base.rstrip(b"=").replace(b"/", b",").decode() + "-"
