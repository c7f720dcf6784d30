"""`[disposal]`: whether anything may be moved or removed at all, how long it can be put back, and how much at once."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, PositiveInt, StringConstraints

from domain.disposal import MAIL_QUARANTINE, QUARANTINE
from operations.configuration.section import Section

_MailFolder = Annotated[str, StringConstraints(pattern=rf"^{re.escape(MAIL_QUARANTINE)}[A-Za-z0-9 _-]*$")]
_Folder = Annotated[str, StringConstraints(pattern=rf"^{re.escape(QUARANTINE)}[A-Za-z0-9._-]*$")]


class DisposalSettings(Section):
    """Nothing is disposed of unless this is `enabled` and the source says `dispose = true`; what is in quarantine is
    purged only where the source says `allow_purge = true`, and not before `quarantine_days` are over.

    `quarantine` is the folder's name, directly below the root of each source, `mail_quarantine` at the top of each
    mailbox. One run takes `most_items` files and `most_gb` at most, so that a mistake is small. Backups hold what was
    purged for `backup_days` more, which certificates say. With `stub` a small text file stays in the place of what
    was archived or transferred from a folder, and says in which package that is and whom to ask for it: `stub_ask`,
    else the organisation.
    """

    enabled: bool = False
    quarantine: _Folder = QUARANTINE
    mail_quarantine: _MailFolder = MAIL_QUARANTINE
    quarantine_days: int = Field(default=60, ge=30, le=180)
    backup_days: int | None = Field(default=None, ge=0, le=3_650)
    most_items: int = Field(default=1_000, ge=1, le=10_000)
    most_gb: PositiveInt = 100
    stub: bool = False
    stub_ask: Annotated[str, StringConstraints(max_length=200)] = ""

    @property
    def most_bytes(self) -> int:
        return self.most_gb * 1_000_000_000
