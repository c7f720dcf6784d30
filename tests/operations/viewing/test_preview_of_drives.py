"""Files of OneDrive and SharePoint: shown to those whom their permissions of the moment name, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from graph_servers import CLIENT, SECRET, TENANT, Graph, running_graph
from previewed import CANARY, LETTER, a_classifier

from domain.access import UNTOLD
from domain.actor import Actor, Grant, Proof, Role
from domain.admission import of_directory, of_mailbox
from domain.audit import Act
from domain.preview import Preview, Withheld
from inventory.audit import latest
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations import wiring
from operations.config import Detection, InventorySettings, Organisation, Settings
from operations.configuration.preview_settings import PreviewSettings
from operations.configuration.source_settings import MicrosoftSettings
from operations.people.audit import Trail
from operations.scanning.sources import source_of
from operations.viewing import preview as module
from operations.viewing.preview import preview
from scanner.sources.graph.drive_rights import rights_of
from scanner.sources.graph.source import GraphSource

REVIEWER = Actor("rosa.lind", (Grant(Role.REVIEWER, frozenset({"Planning"})),), Proof.PASSWORD)
OWNER, TEAM, OTHER = (f"{digit * 8}-0000-4000-8000-{'0' * 12}" for digit in "abc")
ROSA, CASE = "rosa.lind@council.example", "Case/letter.txt"


def granted(*roles: str, **to: dict[str, str]) -> dict[str, Any]:
    return {"roles": list(roles or ("read",)), "grantedToV2": to}


def linked(scope: str, *to: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"roles": ["read"], "link": {"scope": scope, "type": "view", **more}, "grantedToIdentitiesV2": list(to)}


def a_user(key: str = OWNER) -> dict[str, dict[str, str]]:
    return {"user": {"id": key, "displayName": "Rosa Lind"}}


def a_group(key: str = TEAM, claim: str = "c:0t.c|tenant|{}") -> dict[str, dict[str, str]]:
    return {"group": {"id": key}, "siteUser": {"id": "7", "loginName": claim.format(key)}}


MEMBERS = {"siteGroup": {"id": "5", "loginName": "Planning Members"}, "user": {"displayName": "Planning Members"}}
M365 = "c:0o.c|federateddirectoryclaimprovider|{}"


@pytest.mark.parametrize(
    ("permission", "principals"),
    [
        (granted(**a_user()), [of_directory(OWNER)]),
        (granted("owner", **a_user(OWNER.upper())), [of_directory(OWNER)]),
        (granted("write", **a_group()), [of_directory(TEAM)]), (granted(**a_group(claim=M365)), [of_directory(TEAM)]),
        (granted(**a_group(claim=M365 + "_o")), [UNTOLD.principal]),
        (granted(group={"id": TEAM}), [UNTOLD.principal]), (granted(**MEMBERS), [UNTOLD.principal]),
        (granted(**MEMBERS | a_user()), [UNTOLD.principal]), (granted(**a_user("7")), [UNTOLD.principal]),
        (granted(application={"id": OWNER}), [UNTOLD.principal]),
        (granted("sp.restrictedView", **a_user()), [UNTOLD.principal]),
        (granted(), [UNTOLD.principal]), ({"roles": "read", "grantedToV2": a_user()}, [UNTOLD.principal]),
        ({"roles": [], "grantedToV2": a_user()}, [UNTOLD.principal]), ({}, [UNTOLD.principal]),
        (linked("users", a_user(), a_group()), [of_directory(OWNER), of_directory(TEAM)]),
        (linked("users", a_user(), preventsDownload=True), [UNTOLD.principal]),
        (linked("anonymous"), [UNTOLD.principal]), (linked("organization", a_user()), [UNTOLD.principal]),
        (granted(**a_user()) | {"expirationDateTime": "2030-01-01T00:00:00Z"}, [UNTOLD.principal]),
        (granted(**a_user()) | {"link": "x"}, [UNTOLD.principal]),
    ],
)  # fmt: skip
def test_a_permission_names_those_alone_of_whom_it_is_certain_who_they_are(permission, principals):
    assert [one.principal for one in rights_of([permission])] == principals
    assert all(one.allows for one in rights_of([permission]))


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """Fetched and read in this process: to begin others takes seconds."""
    monkeypatch.setattr(module, "alone", lambda work, *_: work())
    monkeypatch.setattr(wiring, "classifier_of", lambda *_: a_classifier())


@dataclass(frozen=True)
class Stand:
    """A letter in a OneDrive, scanned, and somebody who asks for it."""

    graph: Graph
    drive: str
    trail: Trail
    settings: Settings
    number: int

    def ask(self, *ids: str, settings: Settings | None = None) -> Preview:
        return preview(REVIEWER, self.trail, settings or self.settings, self.number, set(map(of_directory, ids)))


@pytest.fixture
def stand(trail, tmp_path) -> Iterator[Stand]:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with running_graph() as graph:
        drive = graph.add_onedrive(ROSA)
        graph.put(drive, CASE, LETTER.encode())
        graph.permit(drive, CASE, granted("owner", **a_user()))
        source = MicrosoftSettings(
            name="m365", kind="graph", tenant=TENANT, client=CLIENT, secret_file=secret, onedrives=(ROSA,),
            authority=graph.authority, base=graph.base, ca_file=graph.ca_file,
        )  # fmt: skip
        settings = Settings(
            organisation=Organisation(name="Wexcombe County Council"), detection=Detection(model="none"),
            inventory=InventorySettings(url=f"sqlite:///{tmp_path / 'i.db'}", key_file=tmp_path / "k"),
            source=(source,), preview=PreviewSettings(drives=("m365",)),
        )  # fmt: skip
        yield Stand(graph, drive, trail, settings, scanned(trail, source))


def scanned(trail: Trail, told: MicrosoftSettings) -> int:
    source, now = source_of(told), datetime(2026, 11, 1, 9, tzinfo=UTC)
    place = Place(told.name, told.place)
    recorder = Recorder(trail.database, place, Pipeline("p", "l"), now.date(), lambda _: "Planning")
    recorder.begin(now, "detector 1", "key 1")
    for listing in source.list():
        recorder.note(listing)
    recorder.settle()
    recorder.finish(now, complete=True)
    source.close()
    (number,) = [held.number for held in Inventory(trail.database).held() if held.record.size]
    return number


def test_it_is_shown_to_its_owner_and_to_a_group_it_is_shared_with_and_written_down(stand):
    shown = stand.ask(OWNER)
    assert ("".join(one.text for one in shown.pieces), shown.why, shown.changed) == (LETTER, None, False)
    stand.graph.permit(stand.drive, CASE, granted(**MEMBERS), granted(**a_group()))
    assert CANARY in "".join(one.text for one in stand.ask(OTHER, TEAM).pieces)
    assert [one.act for one in latest(stand.trail.database, 2)] == [Act.CONTENT_VIEWED, Act.CONTENT_VIEWED]


@pytest.mark.parametrize(
    ("permissions", "why"),
    [
        ([granted("owner", **a_user())], Withheld.REFUSED), ([], Withheld.BY_OTHERS),
        ([granted("owner", **a_user()), granted(**MEMBERS)], Withheld.BY_OTHERS),
        ([linked("anonymous")], Withheld.BY_OTHERS), ([linked("organization")], Withheld.BY_OTHERS),
    ],
)  # fmt: skip
def test_nobody_else_is_shown_it_and_each_is_told_why(stand, permissions, why):
    stand.graph.permit(stand.drive, CASE, *permissions)
    shown = stand.ask(OTHER)
    assert (shown.why, shown.pieces) == (why, ())
    assert "/content" not in "".join(stand.graph.asked)


def test_permissions_that_were_taken_away_while_it_was_fetched_count(stand, monkeypatch):
    from operations.viewing import preview_fetching  # noqa: PLC0415

    copied = preview_fetching._copied

    def taken_away(source, errand):
        told = copied(source, errand)
        stand.graph.permit(stand.drive, CASE)
        return told

    monkeypatch.setattr(preview_fetching, "_copied", taken_away)
    assert stand.ask(OWNER).why is Withheld.BY_OTHERS


def test_where_permissions_are_not_told_nothing_is_shown_and_it_is_said(stand):
    stand.graph.fail("permissions", 403)
    shown = stand.ask(OWNER)
    assert shown.why is Withheld.UNKNOWN
    assert "not known for certain" in shown.sentence


def test_a_drive_that_tells_no_permissions_of_its_own_lets_nobody_in(stand, monkeypatch):
    monkeypatch.setattr(GraphSource, "rights_now", lambda *_: None)
    assert stand.ask(OWNER).why is Withheld.UNKNOWN
    assert "/content" not in "".join(stand.graph.asked)


def test_nothing_is_asked_of_the_tenant_for_whom_nothing_could_be_shown(stand, monkeypatch):
    def never(*_: object) -> bytes:
        raise AssertionError("it was fetched")

    monkeypatch.setattr(module, "alone", never)
    assert stand.ask().why is Withheld.NOBODY
    mine = preview(REVIEWER, stand.trail, stand.settings, stand.number, {of_mailbox(ROSA), "S-1-5-21-1-2-3-4"})
    assert mine is not None
    assert mine.why is Withheld.NOBODY
    closed = stand.settings.model_copy(update={"preview": PreviewSettings()})
    assert stand.ask(OWNER, settings=closed).why is Withheld.IN_A_DRIVE
    assert "preview.drives" in stand.ask(OWNER, settings=closed).sentence


def test_who_fetches_keeps_the_way_through_proxies_and_who_parses_has_no_way_out(stand, monkeypatch):
    given = []
    monkeypatch.setattr(module, "alone", lambda work, *limits: (given.append(limits[-1]), work())[1])
    assert stand.ask(OWNER).why is None
    fetching, parsing = given
    assert all(name.startswith(fetching.variables) for name in ("HTTPS_PROXY", "no_proxy", "KRB5CCNAME"))
    assert (fetching.network, parsing.network, parsing.variables) == (True, False, ())
