"""Which container walks what."""

from __future__ import annotations

from collections.abc import Mapping

from scanner.container import Container
from scanner.containers.archive import ZipContainer
from scanner.containers.compressed import CompressedContainer
from scanner.containers.flat_odf import FlatOdfContainer
from scanner.containers.libarchive import AR, CAB, CPIO, ISO, LHA, RAR, SEVEN_ZIP
from scanner.containers.mail import MailContainer
from scanner.containers.mbox import MboxContainer
from scanner.containers.msg import MsgContainer
from scanner.containers.package import PackageContainer
from scanner.containers.pdf import PdfContainer
from scanner.containers.pst import PstContainer
from scanner.containers.tar import TarContainer
from scanner.containers.tnef import TnefContainer

_PACKED = CompressedContainer()
_MAIL = MailContainer()

CONTAINERS: Mapping[str, Container] = {
    "application/zip": ZipContainer(),
    "application/x-tar": TarContainer(),
    "application/gzip": _PACKED,
    "application/x-bzip2": _PACKED,
    "application/x-xz": _PACKED,
    "application/x-lzma": _PACKED,
    "application/zstd": _PACKED,
    "application/x-lz4": _PACKED,
    "application/x-lzip": _PACKED,
    "application/x-compress": _PACKED,
    "application/x-7z-compressed": SEVEN_ZIP,
    "application/vnd.rar": RAR,
    "application/vnd.ms-cab-compressed": CAB,
    "application/x-iso9660-image": ISO,
    "application/x-cpio": CPIO,
    "application/x-lha": LHA,
    "application/x-archive": AR,
    "application/vnd.debian.binary-package": AR,
    "application/pdf": PdfContainer(),
    "message/rfc822": _MAIL,
    "message/x-emlx": _MAIL,
    "multipart/related": _MAIL,
    "application/mbox": MboxContainer(),
    "application/vnd.ms-outlook": MsgContainer(),
    "application/vnd.ms-tnef": TnefContainer(),
    "application/vnd.ms-outlook-pst": PstContainer(),
}
"""Media type to container: the kinds whose parts are items of their own."""

FAMILIES: tuple[tuple[str, Container], ...] = (
    ("application/vnd.openxmlformats-officedocument.", PackageContainer()),
    ("application/vnd.ms-word.", PackageContainer()),
    ("application/vnd.ms-excel.", PackageContainer()),
    ("application/vnd.ms-powerpoint.", PackageContainer()),
    ("application/vnd.ms-visio.", PackageContainer()),
    ("application/vnd.oasis.opendocument.flat.", FlatOdfContainer()),
    ("application/vnd.oasis.opendocument.", PackageContainer()),
    ("application/vnd.sun.xml.", PackageContainer()),
)
"""What a media type begins with, and the container of that family: the first that fits."""


def container_for(media_type: str) -> Container | None:
    """The walker of what is inside a media type, or None where nothing is."""
    if media_type in CONTAINERS:
        return CONTAINERS[media_type]
    return next((container for start, container in FAMILIES if media_type.startswith(start)), None)
