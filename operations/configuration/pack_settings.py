"""`[[pack]]` and `[smtp]`: reports that are made by the timetable, kept for a while, and mailed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from operations.configuration.section import Section
from operations.configuration.source_settings import at_home, secret_in

Address = Annotated[str, Field(pattern=r"^[^\s@,;<>]+@[^\s@,;<>]+$", max_length=254)]
"""Without a character that could begin another header or another address."""
Format = Literal["html", "xlsx", "ods", "csv", "json", "pdf"]


class SmtpSettings(Section):
    """The server that takes mail. Without TLS nothing but a server on this machine is spoken to."""

    server: Annotated[str, Field(min_length=1)] = "localhost"
    sender: Address
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    port: Annotated[int, Field(gt=0, lt=65_536)] = 587
    username: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None
    seconds: PositiveInt = 60
    most_mb: PositiveInt = 20

    @model_validator(mode="after")
    def _is_guarded(self) -> Self:
        if bool(self.username) is (self.password_file is None):
            raise ValueError("write username and password_file, or neither")
        if self.tls == "none" and self.server not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("tls = 'none' is for a server on this machine; write tls = 'starttls' or 'implicit'")
        return self

    def rooted(self, folder: Path) -> Self:
        lies = {name: path and folder / at_home(path) for name, path in
                (("password_file", self.password_file), ("ca_file", self.ca_file))}  # fmt: skip
        return self.model_copy(update=lies)

    def password(self) -> str:
        """Raises ConfigurationError where it is not there, or open to others."""
        return secret_in(self.password_file) if self.password_file else ""


class PackSettings(Section):
    """Reports (none named: all that need nothing more), each in these formats, each time in a folder of their own
    below `folder`, kept for `keep_days`. `mail_to` is told; what is `publishable` goes along, anything else stays.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    reports: tuple[str, ...] = ()
    formats: Annotated[tuple[Format, ...], Field(min_length=1)] = ("html", "csv")
    service: str | None = None
    scope: Literal["all", "caldicott"] = "all"
    publishable: bool = False
    folder: Path | None = None
    mail_to: tuple[Address, ...] = ()
    keep_days: PositiveInt = 90

    def rooted(self, folder: Path) -> Self:
        return self.model_copy(update={"folder": self.folder and folder / at_home(self.folder)})
