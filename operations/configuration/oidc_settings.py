"""`[web.oidc]`: sign-in by the organisation's own accounts, and what their groups mean here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import Field, PositiveInt, field_validator, model_validator

from domain.account import fault_of_roles
from domain.actor import ROLES, TECHNICAL, Role
from operations.configuration.section import Section
from operations.configuration.source_settings import at_home, secret_in

_Text = Annotated[str, Field(min_length=1, max_length=1000)]
_ON_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


class GroupSettings(Section):
    """A group of the provider's, by its id as tokens tell it, and the role and services that its members have here."""

    id: _Text
    role: Role
    services: tuple[_Text, ...] = ()


class OidcSettings(Section):
    """`address` is where browsers reach the web application: the provider sends people back to it.

    Without any `group`, accounts have the roles that administrators gave them. With some, groups alone decide, at each
    sign-in; technical roles only with `technical_by_group`. `make_accounts` makes one for who has none yet. What
    `principal_claims` tell, SIDs and ids of Entra ID, is compared with the rights of files, before anybody sees what is
    in them; what `mailbox_claims` tell are the addresses of their own mailbox, into which they may look here. Name only
    claims that nobody can set for themself. A token must tell one of the values in `acr`, and one of those in `amr`,
    where any are named, and by `fresh_minutes` that somebody signed in there no longer ago.
    """

    issuer: _Text
    client_id: _Text
    client_secret_file: Path
    address: _Text
    title: _Text = "your work account"
    scopes: tuple[str, ...] = ("openid", "profile")
    groups_claim: str = "groups"
    name_claim: str = "preferred_username"
    principal_claims: tuple[str, ...] = ("groups", "onprem_sid", "oid")
    mailbox_claims: tuple[str, ...] = ()
    acr: tuple[_Text, ...] = ()
    amr: tuple[_Text, ...] = ()
    fresh_minutes: PositiveInt | None = None
    make_accounts: bool = False
    technical_by_group: bool = False
    group: tuple[GroupSettings, ...] = ()
    ca_file: Path | None = None
    seconds: PositiveInt = 10

    @field_validator("issuer", "address")
    @classmethod
    def _guarded(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _ON_THIS_MACHINE):
            raise ValueError("write an address that begins with https://")
        return url

    @model_validator(mode="after")
    def _plain(self) -> Self:
        technical = [one.role for one in self.group if one.role in TECHNICAL]
        if technical and not self.technical_by_group:
            raise ValueError(f"group: the role {technical[0]} is given by group only with technical_by_group = true")
        if unknown := [one.role for one in self.group if one.role not in ROLES]:
            raise ValueError(f"group: {fault_of_roles(frozenset(unknown))}")
        if "openid" not in self.scopes:
            raise ValueError("scopes: 'openid' must be one of them")
        return self

    @property
    def returns_to(self) -> str:
        """What is to be registered with the provider as the address that it sends people back to."""
        return self.address.rstrip("/") + "/sign-in/returned"

    def rooted(self, folder: Path) -> Self:
        lies = {name: path and folder / at_home(path) for name, path in
                (("client_secret_file", self.client_secret_file), ("ca_file", self.ca_file))}  # fmt: skip
        return self.model_copy(update=lies)

    def client_secret(self) -> str:
        """Raises ConfigurationError where it is not there, or open to others."""
        return secret_in(self.client_secret_file)
