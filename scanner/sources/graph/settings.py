"""Where a Graph source reads, as which application, and which mailboxes, drives and sites it may."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit

from domain.errors import ConfigurationError

_PERSON = re.compile(r"[^\s/@\x00-\x1f]+@[^\s/@\x00-\x1f]+")
_SITE = re.compile(r"[A-Za-z0-9.-]+(?:/[^/\x00-\x1f?#]+)*")


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """What is read is named, one by one: `mailboxes` and `onedrives` by the person's or shared mailbox's user name,
    `sites` as "council.sharepoint.com/sites/Housing", whose document libraries are read and whose subsites are not.

    The application shows either a `secret` or a `certificate`: the text of a PEM file with its key and certificate.
    With `archives`, the archive of each mailbox is looked for. `authority` and `base` are those of the cloud that the
    tenant is in; `ca_file` names the authority behind their certificates where it is not one of the system's. `timeout`
    is in seconds. `connections` is how many may fetch at once, in whatever mailboxes; no mailbox sees more than four.
    """

    tenant: str
    client: str
    secret: str = field(default="", repr=False)
    certificate: str = field(default="", repr=False)
    mailboxes: tuple[str, ...] = ()
    onedrives: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    archives: bool = True
    connections: int = 8
    authority: str = "https://login.microsoftonline.com"
    base: str = "https://graph.microsoft.com/v1.0"
    ca_file: str | None = None
    timeout: float = 60.0

    def __post_init__(self) -> None:
        if bool(self.secret) == bool(self.certificate):
            raise ConfigurationError("A Graph source needs either a secret or a certificate: set one of them.")
        if any(urlsplit(url).scheme != "https" for url in (self.authority, self.base)):
            raise ConfigurationError("A Graph source reads by https alone: write authority and base with https://.")
        if not re.fullmatch(r"[A-Za-z0-9.-]+", self.tenant) or not self.client:
            raise ConfigurationError("A Graph source needs the tenant's id or domain and the application's client id.")
        if not (self.mailboxes or self.onedrives or self.sites) or self.connections < 1:
            raise ConfigurationError("A Graph source needs a mailbox, a OneDrive or a site, and a connection at least.")
        if not all(map(_PERSON.fullmatch, (*self.mailboxes, *self.onedrives))):
            raise ConfigurationError(
                "A Graph source names mailboxes and OneDrives by user name, as in name@example.org."
            )
        self._separate_sites()

    def _separate_sites(self) -> None:
        """Where one site lies in another, a library of one could bear the name of the other."""
        names = sorted({f"{site.casefold()}/" for site in self.sites})
        if not all(map(_SITE.fullmatch, self.sites)):
            raise ConfigurationError("A Graph source names a site as in council.sharepoint.com/sites/Housing.")
        if any(inner.startswith(outer) for outer, inner in pairwise(names)):
            raise ConfigurationError(
                "A Graph source names a site that lies in another: put it into a source of its own."
            )
