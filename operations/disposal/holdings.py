"""The kinds of source that can dispose, and how each is opened with its quarantine. All others refuse."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from domain.disposal import IN_QUARANTINE, UNDER_WAY, Disposal, Refusal, RefusedFileError
from inventory import disposals as kept
from inventory.engine import Database, reading
from operations.config import Settings
from operations.configuration.source_settings import (
    Disposable,
    FolderSettings,
    MailServerSettings,
    MicrosoftSettings,
    ShareSettings,
    SourceSettings,
)
from operations.disposal.filesystem import FileTree
from operations.disposal.holding import Holding, Journal, Watch, no_journal, unwatched
from operations.disposal.mail_opening import open_graph, open_imap
from operations.disposal.quarantine import open_quarantine

Opener = Callable[[Any, Settings, Watch, Journal], AbstractContextManager[Holding]]
"""Takes the settings of a source, all settings, who watches, and its journal. Raises RefusedError where the source
cannot be disposed of safely, or not now, and says why; RefusedFileError (source) where it never can.
"""


def open_holding(
    source: SourceSettings, settings: Settings, watch: Watch = unwatched, journal: Journal = no_journal
) -> AbstractContextManager[Holding]:
    """A source with its quarantine, which is made where there is none yet. Raises as its `Opener` does."""
    if not can_dispose(source):
        raise RefusedFileError(Refusal.SOURCE)
    return _OPENERS[type(source)](source, settings, watch, journal)


def journal_of(database: Database, source: str) -> Journal:
    """What of a source is in quarantine, or on its way."""

    def journal() -> Sequence[Disposal]:
        with reading(database) as connection:
            known = kept.disposals(connection, fates=(*IN_QUARANTINE, *UNDER_WAY))
            return [one for one in known if one.planned.ref.source == source]

    return journal


def can_dispose(source: SourceSettings | None) -> bool:
    """Whether sources of this kind can at all."""
    return type(source) in _OPENERS and getattr(source, "only", None) is None


def is_told_to(source: SourceSettings | None) -> bool:
    """Whether the configuration lets files be taken from there."""
    return isinstance(source, Disposable) and source.dispose and can_dispose(source)


@contextmanager
def _folder(source: FolderSettings, settings: Settings, watch: Watch, journal: Journal) -> Iterator[Holding]:
    root, name = os.fsencode(source.root), settings.disposal.quarantine
    with open_quarantine(source.name, root, name, is_known=bool(journal())) as opened:
        yield FileTree(opened, watch)


@contextmanager
def _share(source: ShareSettings, settings: Settings, watch: Watch, journal: Journal) -> Iterator[Holding]:
    from operations.disposal.smb_quarantine import open_share  # noqa: PLC0415
    from scanner.sources.smb.settings import SmbSettings  # noqa: PLC0415  its library is only loaded where it is used

    account = SmbSettings(
        source.server, source.share, source.path, source.dispose_username, source.dispose_password(), source.domain,
        source.port, connections=1, restore_access_time=source.restore_access_time,
    )  # fmt: skip
    name, is_known = settings.disposal.quarantine, bool(journal())
    with open_share(source.name, account, name, watch, is_known=is_known) as opened:
        yield opened


_OPENERS: Mapping[type, Opener] = {
    FolderSettings: _folder, ShareSettings: _share, MailServerSettings: open_imap, MicrosoftSettings: open_graph,
}  # fmt: skip
