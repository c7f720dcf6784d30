"""Which container walks what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scanner.container import Container
from scanner.containers.archive import ZipContainer
from scanner.containers.compressed import CompressedContainer
from scanner.containers.flat_odf import FlatOdfContainer
from scanner.containers.libarchive import AR, CAB, CPIO, ISO, LHA, RAR, SEVEN_ZIP
from scanner.containers.mail import MailContainer
from scanner.containers.mbox import MboxContainer
from scanner.containers.msg import MsgContainer
from scanner.containers.old_office import OldOfficeContainer
from scanner.containers.package import PackageContainer
from scanner.containers.pdf import PdfContainer
from scanner.containers.pst import PstContainer
from scanner.containers.signed import SignedContainer
from scanner.containers.sqlite import SqliteContainer
from scanner.containers.tar import TarContainer
from scanner.containers.tnef import TnefContainer
from scanner.sources.mail_policy import MailPolicy

_PACKED = CompressedContainer()
_MAIL = MailContainer()
_PACKAGE = PackageContainer()
_OLD_OFFICE = OldOfficeContainer()

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
    "application/pkcs7-signature": SignedContainer(),
    "application/vnd.sqlite3": SqliteContainer(),
    "application/msword": _OLD_OFFICE,
    "application/vnd.ms-excel": _OLD_OFFICE,
    "application/vnd.ms-powerpoint": _OLD_OFFICE,
    "application/epub+zip": _PACKAGE,
    "application/x-ibooks+zip": _PACKAGE,
}
"""Media type to container: the kinds whose parts are items of their own."""

FAMILIES: tuple[tuple[str, Container], ...] = (
    ("application/vnd.openxmlformats-officedocument.", _PACKAGE),
    ("application/vnd.ms-word.", _PACKAGE),
    # Those of Excel 2 to 4 begin alike, and are no packages.
    ("application/vnd.ms-excel.sheet.macroEnabled.", _PACKAGE),
    ("application/vnd.ms-excel.sheet.binary.", _PACKAGE),
    ("application/vnd.ms-powerpoint.", _PACKAGE),
    ("application/vnd.ms-visio.", _PACKAGE),
    ("application/vnd.oasis.opendocument.flat.", FlatOdfContainer()),
    ("application/vnd.oasis.opendocument.", _PACKAGE),
    ("application/vnd.sun.xml.", _PACKAGE),
)
"""What a media type begins with, and the container of that family: the first that fits."""


def container_for(media_type: str, mail: MailPolicy | None = None) -> Container | None:
    """The walker of what is inside a media type, or None where nothing is. It goes by the policy for mail."""
    if media_type in CONTAINERS:
        container = CONTAINERS[media_type]
        return replace(container, policy=mail) if mail and isinstance(container, PstContainer) else container
    return next((container for start, container in FAMILIES if media_type.startswith(start)), None)


def walks_all_inside(media_type: str) -> bool:
    """Whether everything inside is a part of its own; of old Office files only the pictures are."""
    container = container_for(media_type)
    return container is not None and container is not _OLD_OFFICE
