"""Mailboxes that are opened for disposal: by whom, and what is said where they cannot be."""

from __future__ import annotations

import pytest
from dovecot_servers import Dovecot, a_message
from imap_servers import between
from mail_estate import a_mail_estate, on_dovecot
from pydantic import TypeAdapter, ValidationError

from domain.disposal import Fate
from operations.access import RefusedError
from operations.configuration.source_settings import SourceSettings
from operations.disposal.ready import readiness

SERVER = {
    "name": "mail", "kind": "imap", "server": "mail.example.gov.uk", "username": "scan", "password_file": "scan",
    "mailboxes": ["alice"],
}  # fmt: skip
TENANT = {
    "name": "m365", "kind": "graph", "tenant": "council.example", "client": "scan", "secret_file": "scan",
    "mailboxes": ["alice@council.example"],
}  # fmt: skip
REFUSED = [
    (SERVER, {}, "needs a dispose_username"),
    (SERVER, {"dispose_username": "mover"}, "needs a dispose_username"),
    (SERVER, {"dispose_username": "scan", "dispose_password_file": "mover"}, "another account"),
    (TENANT, {}, "needs a dispose_client"),
    (TENANT, {"dispose_client": "mover"}, "needs a dispose_client"),
    (TENANT, {"dispose_client": "scan", "dispose_secret_file": "mover"}, "another application"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "more", "why"), REFUSED)
def test_disposal_of_mail_needs_a_credential_of_its_own(source, more, why):
    settings = TypeAdapter(SourceSettings)
    settings.validate_python(source)
    with pytest.raises(ValidationError, match=why):
        settings.validate_python(source | {"dispose": True} | more)


def told(estate) -> str:
    return next(line for _, line in readiness(estate.settings))


@pytest.mark.servers
def test_what_a_mail_server_promises_is_told_before_anybody_relies_on_it(tmp_path, dovecot: Dovecot):
    estate = a_mail_estate(tmp_path, *on_dovecot(dovecot))
    promised = told(estate)
    assert "quarantine in the folder 'Muniment quarantine'" in promised
    assert "moved whole (MOVE)" in promised
    (tmp_path / "disposer").write_text("another password")
    refused = told(estate)
    assert "does not let in the account that disposes" in refused
    assert "another password" not in refused
    estate.trail.database.dispose()


@pytest.mark.servers
def test_a_server_that_cannot_expunge_one_message_alone_refuses_and_says_so(tmp_path, dovecot: Dovecot):
    """And the approved messages wait, for others to act on the manifest."""
    dovecot.deliver("alice", "INBOX", a_message(1), "S")
    with between(dovecot.port) as proxy:
        proxy.bend = lambda piece: piece.replace(b"UIDPLUS", b"UIDLESS")
        estate = a_mail_estate(tmp_path, *on_dovecot(dovecot, proxy.port))
        assert "lacks UIDPLUS" in told(estate)
        manifest = estate.planned([estate.by_content[a_message(1)]])
        with pytest.raises(RefusedError, match="lacks UIDPLUS"):
            estate.run(manifest)
        assert [fate for fate, _ in estate.fates(manifest).values()] == [Fate.PLANNED]
        proxy.bend = lambda _: None
        assert "does not answer" in told(estate)
        estate.trail.database.dispose()
