"""The kinds of directory as they are configured: who in the organisation stands behind an account."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Discriminator, Field, PositiveInt, Tag, model_validator

from operations.configuration.section import Section
from operations.configuration.source_settings import at_home, secret_in

_Text = Annotated[str, Field(min_length=1)]


class NoDirectorySettings(Section):
    """None but the accounts of this machine."""

    kind: Literal["none"] = "none"
    refresh_days: ClassVar[int] = 0

    def rooted(self, folder: Path) -> Self:  # noqa: ARG002  it has no path
        return self


class StaffSettings(Section):
    """A CSV file of staff, read at every scan."""

    kind: Literal["staff"]
    file: Path
    refresh_days: ClassVar[int] = 0

    def rooted(self, folder: Path) -> Self:
        return self.model_copy(update={"file": folder / at_home(self.file)})


class LdapDirectorySettings(Section):
    """An LDAP server. What it said of an account holds for `refresh_days`."""

    kind: Literal["ldap"]
    server: _Text
    base: _Text
    username: _Text
    password_file: Path
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    port: Annotated[int, Field(gt=0, lt=65_536)] = 636
    ca_file: Path | None = None
    service_attribute: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")] = "department"
    seconds: PositiveInt = 30
    refresh_days: Annotated[int, Field(ge=0)] = 30

    def rooted(self, folder: Path) -> Self:
        ca_file = self.ca_file and folder / at_home(self.ca_file)
        return self.model_copy(update={"password_file": folder / at_home(self.password_file), "ca_file": ca_file})

    def password(self) -> str:
        """Raises ConfigurationError where it is not there, or open to others."""
        return secret_in(self.password_file)

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        if self.tls == "none" and self.server not in ("localhost", "127.0.0.1", "::1"):
            raise ValueError("tls may be 'none' only on this machine: the password would travel in the clear")
        return self


def _kind(values: Any) -> str:
    return str(values.get("kind", "none") if isinstance(values, dict) else getattr(values, "kind", ""))


DirectorySettings = Annotated[
    Annotated[NoDirectorySettings, Tag("none")]
    | Annotated[StaffSettings, Tag("staff")]
    | Annotated[LdapDirectorySettings, Tag("ldap")],
    Discriminator(
        _kind,
        custom_error_type="kind",
        custom_error_message="there is no such kind of directory; there are none, staff and ldap",
    ),
]
"""Any kind of directory; without a kind there is none."""
