"""Office files are zip files that say when they were written; here they do not."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO

_NEVER = (1980, 1, 1, 0, 0, 0)


def without_times(packed: bytes) -> bytes:
    """The same members in the same order, each dated at the beginning of the zip calendar."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(packed)) as before, zipfile.ZipFile(target, "w") as after:
        for info in before.infolist():
            after.writestr(member(info.filename), before.read(info), info.compress_type)
    return target.getvalue()


def member(name: str, modified: datetime | None = None) -> zipfile.ZipInfo:
    """The directory entry of a member, equal on every system; seconds are even, as the format has them."""
    info = zipfile.ZipInfo(name, modified.timetuple()[:6] if modified else _NEVER)
    info.create_system = 0
    info.external_attr = 0
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
