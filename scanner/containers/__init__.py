"""Which container walks what."""

from __future__ import annotations

from scanner.container import Container
from scanner.containers.archive import ZipContainer
from scanner.containers.mail import MailContainer
from scanner.containers.mbox import MboxContainer

CONTAINERS: dict[str, Container] = {
    "application/zip": ZipContainer(),
    "message/rfc822": MailContainer(),
    "application/mbox": MboxContainer(),
}
"""Media type to container: the kinds whose parts are items of their own."""
