"""What the doctor says of connections that others on the network could read, or answer in a server's place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from inventory.address import is_over_network, parsed
from operations.config import Settings
from operations.configuration.web_settings import is_loopback
from operations.health.check import Check, Health


def transport_checks(settings: Settings) -> Iterator[Check]:
    """A check for each that leaves this machine without proof of who answers; nothing where none does."""
    database = settings.inventory.url
    if is_over_network(database) and not _proves_itself(database):
        seen = "its server is not asked for a certificate: what is sent could go to somebody else"
        mend = "Add ?sslmode=verify-full&sslrootcert=FILE to inventory.url: docs/operator.md"
        yield Check("inventory", Health.ADVICE, seen, mend)
    tika = urlsplit(settings.tika.server or "")
    if tika.scheme == "http" and not is_loopback(tika.hostname or ""):
        seen = "what it is given to read goes over the network in the clear"
        yield Check(
            "Tika", Health.ADVICE, seen, "Start it on this machine, or have a server that speaks HTTPS before it."
        )


def _proves_itself(url: str) -> bool:
    parts = parsed(url)
    mode = parts.query.get("sslmode", os.environ.get("PGSSLMODE", ""))
    return mode == "verify-full" or is_loopback(parts.host or "")
