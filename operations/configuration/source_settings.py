"""The kinds of source as they are configured: where each lies, as whom it is read, and how gently."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, Discriminator, Field, PositiveInt, Tag, model_validator

from domain.errors import ConfigurationError
from operations.configuration.section import Section
from operations.configuration.working_hours import read_hours

_Name = Annotated[str, Field(min_length=1)]


def _understood(written: str) -> str:
    read_hours(written)
    return written


class _Courteous(Section):
    """What every source may be given: hours in which it is left alone, and how many requests a second it may get."""

    quiet_hours: tuple[Annotated[str, AfterValidator(_understood)], ...] = ()
    requests_a_second: Annotated[float, Field(ge=0)] = 0.0


class Disposable(Section):
    """`dispose` lets what was approved be moved into the source's quarantine, `allow_purge` be deleted there later."""

    dispose: bool = False
    allow_purge: bool = False


class FolderSettings(_Courteous, Disposable):
    """A folder of this machine, a mounted share included. `only` narrows it to one file of that name."""

    name: _Name
    is_mail: ClassVar[bool] = False
    kind: Literal["filesystem"] = "filesystem"
    root: Path
    only: str | None = None

    @property
    def place(self) -> bytes:
        """Where it really lies: what the inventory knows the source by."""
        root = os.fsencode(self.root.resolve())
        return root if self.only is None else os.path.join(root, os.fsencode(self.only))

    def rooted(self, folder: Path) -> Self:
        """The same with its path made absolute below a folder."""
        return self.model_copy(update={"root": folder / at_home(self.root)})


class MailFileSettings(_Courteous):
    """A folder in which the mailboxes of people are kept as files: Maildir, mbox, PST, or trees of messages.

    The name of a top folder or file is its owner's, unless `owners` says otherwise.
    """

    name: _Name
    is_mail: ClassVar[bool] = True
    kind: Literal["mailfile"]
    root: Path
    owners: dict[str, str] = {}  # noqa: RUF012  pydantic copies it

    @property
    def place(self) -> bytes:
        """Where it really lies."""
        return os.fsencode(self.root.resolve())

    def rooted(self, folder: Path) -> Self:
        """The same with its path made absolute below a folder."""
        return self.model_copy(update={"root": folder / at_home(self.root)})


class _Account(_Courteous):
    """An account on a server. The password is alone in a file that only this program's own account can read."""

    username: _Name
    password_file: Path
    connections: PositiveInt = Field(default=4, le=64)

    def rooted(self, folder: Path) -> Self:
        """The same with the path of its password made absolute below a folder."""
        return self.model_copy(update={"password_file": folder / at_home(self.password_file)})

    def password(self) -> str:
        """Raises ConfigurationError where it is not there, or open to others."""
        return secret_in(self.password_file)


class _DisposingAccount(_Account, Disposable):
    """What is disposed of there is moved by an account of its own, `dispose_username`: who scans may not write."""

    dispose_username: str = ""
    dispose_password_file: Path | None = None

    def rooted(self, folder: Path) -> Self:
        """The same with the paths of its passwords made absolute below a folder."""
        file = self.dispose_password_file
        own = {} if file is None else {"dispose_password_file": folder / at_home(file)}
        return super().rooted(folder).model_copy(update=own)

    @model_validator(mode="after")
    def _own_account(self) -> Self:
        if self.dispose and (not self.dispose_username or self.dispose_password_file is None):
            raise ValueError(
                "dispose needs a dispose_username and its dispose_password_file: an account that may write"
            )
        if self.dispose_username == self.username:
            raise ValueError("dispose_username must be another account than the one that scans, which may not write")
        return self

    def dispose_password(self) -> str:
        """Raises ConfigurationError where it is not there, or open to others."""
        if self.dispose_password_file is None:
            raise ConfigurationError("The source has no dispose_password_file. Write there what opens it for disposal.")
        return secret_in(self.dispose_password_file)


class ShareSettings(_DisposingAccount):
    """A share of a Windows or Samba server, or a folder in it, read by SMB 3.

    Without `file_rights` every file counts as open to those who can read its folder.
    """

    name: _Name
    is_mail: ClassVar[bool] = False
    kind: Literal["smb"]
    server: _Name
    share: _Name
    path: str = ""
    domain: str = ""
    port: Annotated[int, Field(gt=0, lt=65_536)] = 445
    restore_access_time: bool = False
    file_rights: bool = True

    @property
    def place(self) -> bytes:
        """The address of the share, in the small letters that say the same to Windows."""
        path = self.path.replace("\\", "/").strip("/")
        return f"smb://{self.server}:{self.port}/{self.share}/{path}".rstrip("/").lower().encode()


class MailServerSettings(_DisposingAccount):
    """Mailboxes on an IMAP server: only those that are named here are read."""

    name: _Name
    is_mail: ClassVar[bool] = True
    kind: Literal["imap"]
    server: _Name
    mailboxes: tuple[_Name, ...] = Field(min_length=1)
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    port: Annotated[int, Field(gt=0, lt=65_536)] = 993
    master_separator: str | None = None
    ca_file: Path | None = None

    @property
    def place(self) -> bytes:
        """The address of the server, as this account sees it."""
        return f"imap://{self.username}@{self.server}:{self.port}".lower().encode()

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.tls == "none" and self.server not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("tls may be 'none' only on this machine: passwords and mail would travel in the clear")
        return self


class MicrosoftSettings(_Courteous, Disposable):
    """Mailboxes, OneDrives and SharePoint sites of a Microsoft 365 tenant, each named, read as an application.

    The application shows the secret in `secret_file`, or the certificate and key in `certificate_file` (PEM). Messages
    are disposed of by another application, `dispose_client`: what scans may not write.
    """

    name: _Name
    is_mail: ClassVar[bool] = False
    kind: Literal["graph"]
    tenant: _Name
    client: _Name
    secret_file: Path | None = None
    certificate_file: Path | None = None
    dispose_client: str = ""
    dispose_secret_file: Path | None = None
    dispose_certificate_file: Path | None = None
    mailboxes: tuple[_Name, ...] = ()
    onedrives: tuple[_Name, ...] = ()
    sites: tuple[_Name, ...] = ()
    archives: bool = True
    connections: PositiveInt = Field(default=8, le=64)
    authority: str = "https://login.microsoftonline.com"
    base: str = "https://graph.microsoft.com/v1.0"
    ca_file: Path | None = None

    @property
    def place(self) -> bytes:
        """The tenant, as this application sees it."""
        return f"graph://{self.client}@{self.tenant}".lower().encode()

    def rooted(self, folder: Path) -> Self:
        """The same with the paths of its credentials made absolute below a folder."""
        own = ("secret_file", "certificate_file", "dispose_secret_file", "dispose_certificate_file", "ca_file")
        files = {name: getattr(self, name) for name in own}
        return self.model_copy(update={name: folder / at_home(path) for name, path in files.items() if path})

    @model_validator(mode="after")
    def _one_credential(self) -> Self:
        if (self.secret_file is None) == (self.certificate_file is None):
            raise ValueError("a graph source needs either a secret_file or a certificate_file")
        return self

    @model_validator(mode="after")
    def _own_application(self) -> Self:
        has_one = (self.dispose_secret_file is None) != (self.dispose_certificate_file is None)
        if self.dispose and not (self.dispose_client and has_one):
            raise ValueError("dispose needs a dispose_client, and its dispose_secret_file or dispose_certificate_file")
        if self.dispose_client == self.client:
            raise ValueError("dispose_client must be another application than the one that scans, which may not write")
        return self


def _kind(values: Any) -> str:
    return str(values.get("kind", "filesystem") if isinstance(values, dict) else getattr(values, "kind", ""))


SourceSettings = Annotated[
    Annotated[FolderSettings, Tag("filesystem")]
    | Annotated[ShareSettings, Tag("smb")]
    | Annotated[MailServerSettings, Tag("imap")]
    | Annotated[MailFileSettings, Tag("mailfile")]
    | Annotated[MicrosoftSettings, Tag("graph")],
    Discriminator(
        _kind,
        custom_error_type="kind",
        custom_error_message="there is no such kind of source; there are filesystem, smb, imap, mailfile and graph",
    ),
]
"""Any kind of source; without a kind it is a folder."""


class MailSettings(Section):
    """Mail is people's correspondence: its content is read only where a data protection impact assessment says so.

    `closed` are words beside the built-in ones whose folders are never opened; `excluded` are whole paths of folders.
    `on_shares`: a mailbox that was put away as a file among others, on a share, is read like any other file there.
    """

    content: bool = False
    on_shares: bool = True
    dpia_reference: str = ""
    closed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    @property
    def policy(self) -> str:
        """What a scan records of the policy that it went by."""
        return f"content allowed by {self.dpia_reference.strip()}" if self.content else "headers and sizes alone"

    @model_validator(mode="after")
    def _assessed(self) -> Self:
        if self.content and not self.dpia_reference.strip():
            raise ValueError("content needs the dpia_reference of the impact assessment that allows it")
        return self


def at_home(path: Path) -> Path:
    """The path, ~ written out. Raises ConfigurationError where nobody knows where that is."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ConfigurationError(f"source: the home folder in {path} is not known; write the whole path") from error


def secret_in(path: Path) -> str:
    """The one line of a file that nobody else may read. Raises ConfigurationError that says how to mend it."""
    lines = private_text(path).splitlines()
    if len(lines) != 1 or not lines[0]:
        raise ConfigurationError(f"The password file {path} must hold the password and nothing else, on one line.")
    return lines[0]


def private_text(path: Path) -> str:
    """What stands in a file that nobody else may read. Raises ConfigurationError that says how to mend it."""
    try:
        mode = path.stat().st_mode
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise ConfigurationError(f"The password file {path} is missing. Write the password into it, alone.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"The password file {path} cannot be read. Write the password into it, alone."
        ) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigurationError(f"The password file {path} is open to others. Mend it with: chmod 600 {path}")
    return text
