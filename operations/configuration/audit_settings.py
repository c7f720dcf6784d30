"""`[audit]`: where the head of the audit trail goes every day, out of reach of those who keep the trail."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from operations.configuration.pack_settings import Address
from operations.configuration.section import Section
from operations.configuration.source_settings import at_home


class AuditSettings(Section):
    """The timetable's step `head` writes the signed head into a new file of `head_folder`, where nobody should be able
    to change or remove it who administers this machine or its database, and mails it to `head_mail_to`, by `[smtp]`.
    """

    head_folder: Path | None = None
    head_mail_to: tuple[Address, ...] = ()

    def rooted(self, folder: Path) -> Self:
        return self.model_copy(update={"head_folder": self.head_folder and folder / at_home(self.head_folder)})
