"""Which files are trivial by their name or size alone: the T of ROT."""

from __future__ import annotations

import re
from fnmatch import translate

_NAMES: dict[str, tuple[str, ...]] = {
    "temporary file": ("*.tmp", "*.temp", "~*.tmp", "*.laccdb", "*.ldb", ".~lock.*#", "~wr?????.*"),
    "leftover of an open document": ("~$*",),
    "thumbnail cache": ("thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", ".picasa.ini"),
    "folder display settings": ("desktop.ini", ".ds_store", ".directory", ".localized", "icon\r"),
    "metadata of a Mac": ("._*", ".apdisk", ".volumeicon.icns"),
    "unfinished download": ("*.crdownload", "*.part", "*.partial", "*.opdownload"),
    "crash dump": ("*.dmp", "*.mdmp", "*.hdmp", "*.stackdump", "hs_err_pid*.log"),
    "editor's swap file": (".*.swp", ".*.swo", "*~"),
    "installer": ("*.msi", "*.msix", "*.msu", "*setup*.exe", "*install*.exe"),
    "build leftover": ("*.pyc", "*.pyo"),
}
"""Patterns of the whole name without regard to case, by the reason a report shows. `*.bak` and `*.old` are left out:
what somebody set aside may be the only copy of a record. So is `*.log`: some are kept as evidence.
"""

_PATTERNS = tuple(
    (reason, re.compile("|".join(translate(name) for name in names), re.IGNORECASE)) for reason, names in _NAMES.items()
)


def trivial_reason(name: str, size: int) -> str | None:
    """Why a file of this name (without its folder) and size in bytes is trivial; None where it may be a record."""
    for reason, pattern in _PATTERNS:
        if pattern.match(name):
            return reason
    return "empty file" if size == 0 else None
