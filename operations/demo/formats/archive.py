"""Zip archives. Members come as bytes: `format.render` has written them."""

from __future__ import annotations

import zipfile
from io import BytesIO

from operations.demo.document import Archive
from operations.demo.formats.repack import member


def write_zip(archive: Archive) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for inner in archive.members:
            assert isinstance(inner.content, bytes)
            packed.writestr(member(inner.name, inner.modified or archive.dated), inner.content)
    return file.getvalue()
