"""`[audit]`: where the head of the audit trail goes every day, out of reach of those who keep the trail."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from operations.configuration.pack_settings import Address
from operations.configuration.section import Section
from operations.configuration.source_settings import at_home


class AuditSettings(Section):
    """The timetable's step `head` writes the signed head into a new file of `head_folder`, where nobody should be able
    to change or remove it who administers this machine or its database, and mails it to `head_mail_to`, by `[smtp]`.
    A service at `stamp_url` stamps it with the time (RFC 3161); `stamp_roots` are the certificates that vouch for that.
    """

    head_folder: Path | None = None
    head_mail_to: tuple[Address, ...] = ()
    stamp_url: Annotated[str, StringConstraints(pattern=r"^https?://[!-~]+$")] | None = None
    stamp_roots: Path | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.stamp_url is None) != (self.stamp_roots is None):
            raise ValueError("stamp_url and stamp_roots go together: name both, or neither")
        return self

    def rooted(self, folder: Path) -> Self:
        paths = {"head_folder": self.head_folder, "stamp_roots": self.stamp_roots}
        return self.model_copy(update={name: path and folder / at_home(path) for name, path in paths.items()})
