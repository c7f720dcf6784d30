"""What it takes to reach one share: the server, the account, and how gently."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SmbSettings:
    r"""The share `\\server\share`, from the folder `path` down, as one account sees it.

    `connections` is the most that are kept to one server at a time. Every connection is signed, and encrypted where the
    server asks for it. With `restore_access_time` what was read gets back the time of access that it had: the one thing
    that is then written, which needs the right to write attributes and moves the time of change; so that one is no sign
    of a change any more. With `file_rights` those of each file are read too, where it is new or has changed.
    """

    server: str
    share: str
    path: str = ""
    username: str = ""
    password: str = field(default="", repr=False)
    domain: str = ""
    port: int = 445
    connections: int = 4
    restore_access_time: bool = False
    file_rights: bool = True

    @property
    def account(self) -> str:
        return f"{self.domain}\\{self.username}" if self.domain else self.username
