"""The messages of a Maildir, by names that stay when somebody reads them.

The end of a message's name (`:2,S`) says who has seen it, not what it is (https://cr.yp.to/proto/maildir.html), and a
new one moves from `new` to `cur` when a client sees it.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.item import Item
from scanner.sources.descriptors import OpenFolders, closing_descriptor, open_listing

_PARTS = {b"cur": b"new", b"new": b"cur"}
_FLAGS = re.compile(rb"[:;!]2,[A-Za-z]*\Z")  # A file system that cannot say ":" is given ";" or "!" instead.
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CALENDAR = range(-62_135_596_800, 253_402_300_800)  # The seconds that a datetime reaches.


def is_part(folders: OpenFolders, folder: bytes) -> bool:
    """Whether it is the `cur` or `new` of a Maildir: beside it lie the other and `tmp`."""
    above, _, name = folder.rpartition(b"/")
    try:
        for beside in (_PARTS[name], b"tmp"):
            os.close(open_listing(folders.open(above), beside))
    except (KeyError, OSError):
        return False
    return True


def messages(folders: OpenFolders, part: bytes) -> dict[bytes, bytes]:
    """Where every message of a Maildir lies now, by its name without flags: in that part of it, or else the other."""
    above, _, name = part.rpartition(b"/")
    found: dict[bytes, bytes] = {}
    for each in (_PARTS[name], name):
        folder = above + b"/" + each if above else each
        with suppress(OSError), closing_descriptor(open_listing(folders.open(above), each)) as opened:
            names = named(os.fsencode(entry) for entry in os.listdir(opened))
            found |= {plain: folder + b"/" + full for plain, full in names.items()}
    return found


def named(names: Iterable[bytes]) -> Mapping[bytes, bytes]:
    """Whole names by what they are without flags. A second of one name, as a broken copy leaves it, stays whole."""
    found: dict[bytes, bytes] = {}
    for name in sorted(names):
        plain = _FLAGS.sub(b"", name)
        found[name if plain in found else plain] = name
    return found


def without_flags(items: Iterable[Item]) -> Iterator[Item]:
    """The messages of one part, in the order of their names."""
    by_name = {item.ref.name: item for item in items}
    for plain, full in sorted(named(by_name).items()):
        item = by_name[full]
        ref = replace(item.ref, locator=item.ref.folder + b"/" + plain)
        seconds = 0 if item.modified is None else (item.modified - _EPOCH) // timedelta(seconds=1)
        yield replace(item, ref=ref, version=version_of(item.size, seconds) if item.version else b"")


def version_of(size: int, modified: int) -> bytes:
    """Of a message, by its size and the second it was written in: what moves a file moves its other times."""
    seconds = modified if modified in _CALENDAR else 0
    return hashlib.blake2b(f"{size} {seconds}".encode(), digest_size=8).digest()
