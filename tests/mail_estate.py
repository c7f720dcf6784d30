"""Mailboxes with messages that are due, an inventory that knows them, and the people who decide on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import disposal_estate
from disposal_estate import SCHEDULE, SOURCE, Estate
from dovecot_servers import DISPOSER, DISPOSER_PASSWORD, PASSWORD, Dovecot
from graph_servers import CLIENT, DISPOSER_SECRET, SECRET, TENANT, Graph
from graph_servers import DISPOSER as GRAPH_DISPOSER
from inventories import an_inventory_at

from domain.audit import AuditKey
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.config import load_settings
from operations.keys import new_secret
from operations.people.audit import Trail
from operations.scanning.sources import opened

_CONFIG = """\
[organisation]
name = "Averham Council"

[inventory]
url = "{url}"

[retention]
schedule = "schedule.toml"

[mail]
content = true
dpia_reference = "DPIA 7"

[disposal]
enabled = true

[[source]]
name = "{source}"
dispose = true
allow_purge = true
{place}
"""


@dataclass
class MailEstate(Estate):
    """As an Estate of files, but that what is listed are messages, and found are their locators by their bytes."""

    by_content: dict[bytes, bytes] = field(default_factory=dict)

    def list(self) -> None:
        with opened(self.settings.sources, self.settings.mail) as sources:
            source = sources[SOURCE]
            place = Place(SOURCE, self.settings.sources[0].place)
            recorder = Recorder(
                self.trail.database, place, Pipeline("pipeline 1", "limits 1"), date(2026, 3, 2), lambda _: "Housing"
            )
            recorder.begin(self.now, "detector 1", "key 1")
            items = []
            for listing in source.list():
                items += [item for item in listing.items if item.problem is None]
                for _ in recorder.note(listing):
                    pass
            recorder.settle()
            recorder.finish(self.now, complete=True)
            read = source.fetch(items)
            self.by_content |= {content: item.ref.locator for item, content in read if isinstance(content, bytes)}
        held = Inventory(self.trail.database).held()
        self.found |= {one.record.ref.locator: one.number for one in held}


def a_mail_estate(folder: Path, place: str, secrets: Mapping[str, str], url: str = "") -> MailEstate:
    """Of the mailboxes at a `place`, as the configuration says it; `secrets` are the files it names."""
    for name, secret in secrets.items():
        (folder / name).write_text(secret)
        (folder / name).chmod(0o600)
    url = url or f"sqlite:///{folder / 'inventory.db'}"
    (folder / "schedule.toml").write_text(SCHEDULE.replace("Housing/**", "**"))
    (folder / "muniment.toml").write_text(_CONFIG.format(url=url, source=SOURCE, place=place))
    settings = load_settings(folder / "muniment.toml")
    new_secret(settings.inventory.key_file)
    key = AuditKey(new_secret(settings.inventory.audit_key_file))
    estate = MailEstate(folder, settings, Trail(an_inventory_at(url), key))
    estate.list()
    disposal_estate.populate(estate, folder)
    return estate


def on_graph(graph: Graph, mailbox: str) -> tuple[str, dict[str, str]]:
    """A mailbox of Microsoft 365, and another application for disposal."""
    place = f"""\
kind = "graph"
tenant = "{TENANT}"
client = "{CLIENT}"
secret_file = "scan"
mailboxes = ["{mailbox}"]
archives = false
authority = "{graph.authority}"
base = "{graph.base}"
ca_file = "{graph.ca_file}"
dispose_client = "{GRAPH_DISPOSER}"
dispose_secret_file = "disposer"
"""
    return place, {"scan": SECRET, "disposer": DISPOSER_SECRET}


def on_dovecot(server: Dovecot, port: int = 0) -> tuple[str, dict[str, str]]:
    """Alice's mailbox, scanned as herself."""
    place = f"""\
kind = "imap"
server = "127.0.0.1"
port = {port or server.port}
tls = "none"
username = "alice"
password_file = "scan"
mailboxes = ["alice"]
master_separator = "*"
dispose_username = "{DISPOSER}"
dispose_password_file = "disposer"
"""
    return place, {"scan": PASSWORD, "disposer": DISPOSER_PASSWORD}
