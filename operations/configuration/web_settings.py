"""`[web]`: where the web application listens, how long sign-ins last, and who signs people in."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from operations.configuration.oidc_settings import OidcSettings
from operations.configuration.section import Section
from operations.configuration.source_settings import at_home

_LEAST_CONTRAST = 4.5
"""Of white on it, by WCAG 2.2, 1.4.3."""

_Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$", max_length=253)]


class WebSettings(Section):
    """`hosts` are the names that it is reached by; `colour` is that of the organisation, behind white letters.

    Whatever is not on this machine reaches it by HTTPS alone: its own, by `certificate` and `certificate_key`, or that
    of a server before it (`behind_tls`), whose addresses are `proxies`. `tries` are how many sign-ins one address has
    in a quarter of an hour; `passwords` false leaves `[web.oidc]` alone. `broken_passwords` is a list of
    such as nobody is let have: a line for each, or sorted SHA-1 digests as Have I Been Pwned gives them out.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8580, ge=1, le=65_535)
    hosts: tuple[_Name, ...] = ()
    behind_tls: bool = False
    proxies: tuple[str, ...] = ()
    certificate: Path | None = None
    certificate_key: Path | None = None
    colour: Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")] = "#1d5a94"
    idle_minutes: int = Field(default=30, ge=5, le=120)
    hours: int = Field(default=8, ge=1, le=12)
    body_kb: int = Field(default=4096, ge=64, le=65_536)
    tries: int = Field(default=30, ge=5, le=1000)
    passwords: bool = True
    broken_passwords: Path | None = None
    oidc: OidcSettings | None = None

    @field_validator("colour")
    @classmethod
    def _readable(cls, colour: str) -> str:
        if (contrast := contrast_with_white(colour)) < _LEAST_CONTRAST:
            raise ValueError(
                f"white on {colour} has a contrast of {contrast:.1f}, and needs {_LEAST_CONTRAST}; take a darker colour"
            )
        return colour.lower()

    @field_validator("proxies")
    @classmethod
    def _addressed(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for one in proxies:
            try:
                ip_network(one)
            except ValueError as error:
                raise ValueError(f"{one!r} is no address; write such as 10.1.2.3 or 10.1.2.0/24") from error
        return proxies

    @model_validator(mode="after")
    def _guarded(self) -> Self:
        if (self.certificate is None) is not (self.certificate_key is None):
            raise ValueError("write certificate and certificate_key, or neither")
        if not self.passwords and self.oidc is None:
            raise ValueError("passwords = false leaves no way to sign in; write [web.oidc] too")
        return self

    @property
    def tls(self) -> bool:
        """Whether browsers speak to it by HTTPS."""
        return self.behind_tls or self.certificate is not None

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def whole(self) -> timedelta:
        return timedelta(hours=self.hours)

    def rooted(self, folder: Path) -> Self:
        lies = {name: path and folder / at_home(path) for name, path in
                (("certificate", self.certificate), ("certificate_key", self.certificate_key),
                 ("broken_passwords", self.broken_passwords))}  # fmt: skip
        return self.model_copy(update={**lies, "oidc": self.oidc and self.oidc.rooted(folder)})


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine reach what listens there."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def contrast_with_white(colour: str) -> float:
    """By the formula of WCAG 2.2: relative luminance of sRGB."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
