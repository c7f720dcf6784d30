"""What files are called in a package: their own names wherever every system can hold these, and tell them apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.packing import Packing, Renamed

PAYLOAD = "data"
ASIDE = f"{PAYLOAD}/_renamed"
"""Where files lie that could not keep their names."""

_LONGEST_NAME, _LONGEST_PATH = 255, 1_000
_UNPORTABLE = re.compile(r'[<>:"\\|?*%~$]|^ | $|\.$')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}")


@dataclass(slots=True)
class PackageNames:
    """The names given so far. Two that differ in case or in how letters are composed are one name on other systems."""

    _spelt: dict[str, str] = field(default_factory=lambda: {_folded(ASIDE): "", _folded(PAYLOAD): PAYLOAD})

    def of(self, packing: Packing) -> tuple[str, Renamed | None]:
        """The path of a file in the package, and why it is not its own where it is not."""
        path, why = _own_path(packing)
        if why is None and not self._takes(path):
            why = Renamed.SAME_NAME
        return (path, None) if why is None else (self.aside(packing), why)

    def aside(self, packing: Packing) -> str:
        """A path that can stand anywhere, by the file's number."""
        extension = packing.ref.name[packing.ref.name.rfind(b".") :] if b"." in packing.ref.name else b""
        kept = _EXTENSION.fullmatch(extension.decode("ascii", "replace"))
        return f"{ASIDE}/item-{packing.item}{kept[0].lower() if kept else ''}"

    def _takes(self, path: str) -> bool:
        """Whether nothing else has this path, nor a folder of it another spelling."""
        folders = list(_folders(path))
        if _folded(path) in self._spelt or any(self._spelt.get(_folded(one), one) != one for one in folders):
            return False
        # What is a file has no spelling as a folder, so nothing can be put below it.
        self._spelt |= {_folded(one): one for one in folders} | {_folded(path): ""}
        return True


def _own_path(packing: Packing) -> tuple[str, Renamed | None]:
    try:
        path = f"{PAYLOAD}/{packing.ref.source}/{packing.ref.locator.decode()}"
    except UnicodeDecodeError:
        return "", Renamed.NOT_TEXT
    names = path.split("/")
    if not all(_is_portable(name) for name in names):
        return path, Renamed.NOT_PORTABLE
    too_long = len(path.encode()) > _LONGEST_PATH or any(len(name.encode()) > _LONGEST_NAME for name in names)
    return path, Renamed.TOO_LONG if too_long else None


def _is_portable(name: str) -> bool:
    """Whether Windows, macOS and a line of a manifest can hold the name."""
    is_odd = name in ("", ".", "..") or _UNPORTABLE.search(name) or _DEVICE.fullmatch(name)
    return not is_odd and name.isprintable()


def _folders(path: str) -> Iterator[str]:
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", path).casefold())
