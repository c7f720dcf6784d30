"""Makes the sources that the configuration names. Importing a network library waits until one is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeGuard
from zoneinfo import ZoneInfo

from operations.configuration.source_settings import (
    FolderSettings,
    MailFileSettings,
    MailServerSettings,
    MailSettings,
    MicrosoftSettings,
    ShareSettings,
    SourceSettings,
    private_text,
    secret_in,
)
from operations.configuration.working_hours import read_hours
from operations.scanning.courtesy import Courtesy
from operations.scanning.throttle import Throttle
from scanner.source import RemoteSource, Source
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.mail_policy import MailPolicy

_UNASSESSED = MailSettings()


def source_of(settings: SourceSettings, mail: MailSettings = _UNASSESSED, *, reads: bool = True) -> Source:
    """The source, not yet connected. Where nothing of it is opened, `reads` is false, only what a listing tells anyway
    is asked for.

    Raises ConfigurationError where its password is not to be had.
    """
    match settings:
        case FolderSettings():
            only = None if settings.only is None else os.fsencode(settings.only)
            return FilesystemSource(settings.name, os.fsencode(settings.root), only)
        case ShareSettings():
            return _share(settings, reads=reads)
        case MailServerSettings():
            return _mail_server(settings, policy_of(mail))
        case MailFileSettings():
            return _mail_files(settings, policy_of(mail))
        case MicrosoftSettings():
            return _microsoft(settings, policy_of(mail))


def near(sources: Iterable[SourceSettings], mail: MailSettings) -> Mapping[str, Source]:
    """Those that a worker can open itself: it has no password and no connection of any other."""
    return {one.name: source_of(one, mail) for one in sources if isinstance(one, FolderSettings | MailFileSettings)}


def courtesy_of(settings: SourceSettings, timezone: str) -> Courtesy:
    """How a source is to be read. What lies on this machine needs no turns unless it was given a rate."""
    at_once = getattr(settings, "connections", 1)
    throttled = settings.requests_a_second > 0 or not isinstance(settings, FolderSettings | MailFileSettings)
    judges = not isinstance(settings, MicrosoftSettings)  # It says so itself, of each mailbox apart.
    throttle = Throttle(at_once, settings.requests_a_second, judges=judges) if throttled else None
    return Courtesy(tuple(map(read_hours, settings.quiet_hours)), ZoneInfo(timezone), throttle)


@contextmanager
def opened(
    sources: Iterable[SourceSettings], mail: MailSettings, *, reads: bool = True
) -> Iterator[Mapping[str, Source]]:
    """All of them by name; what they have open is closed at the end."""
    made: dict[str, Source] = {}
    try:
        for one in sources:
            made[one.name] = source_of(one, mail, reads=reads)
        yield made
    finally:
        for source in made.values():
            if is_remote(source):
                source.close()


def is_remote(source: Source) -> TypeGuard[RemoteSource]:
    return hasattr(source, "fetch")


def policy_of(mail: MailSettings) -> MailPolicy:
    """What correspondence may be read, in any kind of source."""
    return MailPolicy(mail.content, mail.closed, mail.excluded)


def _share(settings: ShareSettings, *, reads: bool) -> Source:
    from scanner.sources.smb.settings import SmbSettings  # noqa: PLC0415
    from scanner.sources.smb.source import SmbSource  # noqa: PLC0415  its library is only loaded where it is used

    return SmbSource(settings.name, SmbSettings(
        settings.server, settings.share, settings.path, settings.username, settings.password(), settings.domain,
        settings.port, settings.connections, settings.restore_access_time,
        file_rights=settings.file_rights and reads,
    ))  # fmt: skip


def _mail_server(settings: MailServerSettings, policy: MailPolicy) -> Source:
    from scanner.sources.imap.settings import ImapSettings, Tls  # noqa: PLC0415
    from scanner.sources.imap.source import ImapSource  # noqa: PLC0415

    ca_file = None if settings.ca_file is None else str(settings.ca_file)
    return ImapSource(settings.name, ImapSettings(
        settings.server, settings.username, settings.password(), settings.mailboxes, settings.port, Tls(settings.tls),
        settings.master_separator, settings.connections, ca_file,
    ), policy)  # fmt: skip


def _microsoft(settings: MicrosoftSettings, policy: MailPolicy) -> Source:
    from scanner.sources.graph.settings import GraphSettings  # noqa: PLC0415
    from scanner.sources.graph.source import GraphSource  # noqa: PLC0415

    return GraphSource(settings.name, GraphSettings(
        settings.tenant, settings.client,
        secret_in(settings.secret_file) if settings.secret_file else "",
        private_text(settings.certificate_file) if settings.certificate_file else "",
        settings.mailboxes, settings.onedrives, settings.sites, settings.archives, settings.connections,
        settings.authority, settings.base, str(settings.ca_file) if settings.ca_file else None,
    ), policy)  # fmt: skip


def _mail_files(settings: MailFileSettings, policy: MailPolicy) -> Source:
    from scanner.sources.mailfile import MailFileSource  # noqa: PLC0415

    return MailFileSource(settings.name, os.fsencode(settings.root), settings.owners, policy)
