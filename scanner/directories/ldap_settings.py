"""Where an LDAP directory is, and as whom it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class LdapSettings:
    """`base` is the root of a domain: only of a domain that lies below it whole can be said who has left.

    `service` names the attribute of the service that a person works in. `ca_file` names the authority behind the
    server's certificate where it is not one of the system's. `timeout` is in seconds.
    """

    host: str
    base: str
    username: str
    password: str = field(repr=False)
    port: int = 636
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    service: str = "department"
    ca_file: str | None = None
    timeout: int = 30
