"""Opens mailboxes for disposal, with a credential that only disposal has; their libraries are loaded only then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from operations.access import RefusedError
from operations.config import Settings
from operations.configuration.source_settings import MailServerSettings, MicrosoftSettings, private_text, secret_in
from operations.disposal.holding import Holding, Journal, Watch
from operations.disposal.mail import MailHolding
from operations.scanning.sources import policy_of

if TYPE_CHECKING:
    from scanner.sources.graph.settings import GraphSettings
    from scanner.sources.imap.settings import ImapSettings


@contextmanager
def open_imap(source: MailServerSettings, settings: Settings, watch: Watch, journal: Journal) -> Iterator[Holding]:
    """Raises RefusedError where the server cannot do it safely, or what messages say may not be read."""
    from operations.disposal.imap import ImapPost  # noqa: PLC0415

    _refuse_unread(source.name, settings)
    post = ImapPost(
        source.name, _imap(source), policy_of(settings.mail), settings.disposal.mail_quarantine, journal
    )  # fmt: skip
    with closing(post):
        post.refuse_unsafe()
        yield MailHolding(post, watch)


@contextmanager
def open_graph(source: MicrosoftSettings, settings: Settings, watch: Watch, _journal: Journal) -> Iterator[Holding]:
    """Raises RefusedError likewise. Drives are not opened: what lies in them is refused."""
    from operations.disposal.graph import GraphPost  # noqa: PLC0415
    from operations.disposal.graph_client import MovingClient  # noqa: PLC0415
    from scanner.sources.graph.mailboxes import MailTree  # noqa: PLC0415
    from scanner.sources.graph.message_ids import MessageIds  # noqa: PLC0415

    _refuse_unread(source.name, settings)
    client, policy = MovingClient(source.name, _graph(source)), policy_of(settings.mail)
    trees = [MailTree(source.name, one, client, policy, MessageIds(), archive=False) for one in source.mailboxes]
    with closing(
        GraphPost(source.name, client, {tree.locator: tree for tree in trees}, settings.disposal.mail_quarantine)
    ) as post:
        post.refuse_unsafe()
        yield MailHolding(post, watch)


def _graph(source: MicrosoftSettings) -> GraphSettings:
    from scanner.sources.graph.settings import GraphSettings  # noqa: PLC0415

    return GraphSettings(
        source.tenant, source.dispose_client,
        secret_in(source.dispose_secret_file) if source.dispose_secret_file else "",
        private_text(source.dispose_certificate_file) if source.dispose_certificate_file else "",
        source.mailboxes, source.onedrives, source.sites, archives=False, authority=source.authority,
        base=source.base, ca_file=str(source.ca_file) if source.ca_file else None,
    )  # fmt: skip


def _imap(source: MailServerSettings) -> ImapSettings:
    from scanner.sources.imap.settings import ImapSettings, Tls  # noqa: PLC0415

    ca_file = None if source.ca_file is None else str(source.ca_file)
    return ImapSettings(
        source.server, source.dispose_username, source.dispose_password(), source.mailboxes, source.port,
        Tls(source.tls), source.master_separator, source.connections, ca_file,
    )  # fmt: skip


def _refuse_unread(source: str, settings: Settings) -> None:
    """Raises RefusedError while the policy for mail does not let messages be compared with what was approved."""
    if not settings.mail.content:
        raise RefusedError(
            f"Messages of {source!r} cannot be compared with what was approved while [mail] content = false, so "
            "nothing is disposed of there."
        )
