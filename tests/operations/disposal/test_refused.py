"""Every way to disposal that lacks an approval, a second person, a typed count or a leave is refused."""

from __future__ import annotations

import pytest
from disposal_estate import ALEX, IGGY, MORGAN, RUTH, A, B, content
from fastapi.routing import APIRoute
from sqlalchemy import insert, select

from domain.actor import Actor, Proof, Verb
from domain.disposal import Fate, Refusal
from domain.review import BatchState, Stage, VerdictState
from inventory import reviews
from inventory.engine import reading, writing
from inventory.tables import ManifestRow
from operations.access import RefusedError
from operations.disposal.manifests import manifest_of, signed
from operations.signing import signing_key
from web.app import pages_of


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"approvals": ()}, "lacks an approval"),
        ({"approvals": ((Stage.FIRST, RUTH),)}, "one person gave two"),
        ({"second": True}, "lacks an approval"),
        ({"second": True, "approvals": ((Stage.FIRST, ALEX), (Stage.SECOND, ALEX))}, "one person gave two"),
        ({"state": BatchState.PROPOSED}, "only|is proposed"),
        ({"state": BatchState.APPROVED_ONCE, "second": True}, "is approved-once"),
        ({"state": BatchState.VOID}, "is void"),
    ],
)
def test_no_manifest_without_every_approval_by_another(estate, how, why):
    batch = estate.approved([A], **how)
    with pytest.raises(RefusedError, match=why):
        estate.plan(batch)
    assert dict(content(estate.root))["Housing/a.txt"] == b"first"


@pytest.mark.parametrize("actor", [RUTH, ALEX, MORGAN], ids=lambda one: one.account)
def test_who_took_part_in_the_decision_neither_plans_nor_runs_nor_purges(estate, actor):
    both = Actor(actor.account, (*actor.grants, *IGGY.grants), Proof.PASSWORD)
    how = {"second": True, "approvals": ((Stage.FIRST, ALEX), (Stage.SECOND, MORGAN))}
    batch = estate.approved([A], **how)
    with pytest.raises(RefusedError, match="took part"):
        estate.plan(batch, both)
    manifest, _ = estate.plan(batch)
    with pytest.raises(RefusedError, match="took part"):
        estate.run(manifest, actor=both)
    estate.run(manifest)
    estate.later()
    with pytest.raises(RefusedError, match="took part"):
        estate.purge(manifest, actor=both)
    assert len(estate.in_quarantine()) == 1


def test_only_by_ones_own_sign_in(estate):
    manifest = estate.planned([A])
    unsigned = Actor("iggy", IGGY.grants, Proof.OPERATING_SYSTEM)
    with pytest.raises(RefusedError, match="own sign-in"):
        estate.run(manifest, actor=unsigned)
    assert estate.in_quarantine() == set()


@pytest.mark.parametrize("typed", [0, 1, 3])
def test_another_number_than_was_shown_is_refused(estate, typed):
    manifest = estate.planned([A, B])
    with pytest.raises(RefusedError, match="number typed"):
        estate.run(manifest, typed)
    estate.run(manifest)
    estate.later()
    with pytest.raises(RefusedError, match="number typed"):
        estate.purge(manifest, typed)
    assert len(estate.in_quarantine()) == 2


def test_no_page_of_a_browser_and_nothing_of_the_api_disposes():
    """However a request is forged, there is nothing that it could ask for: whoever disposes sits at the terminal."""
    needs = {(route.openapi_extra or {}).get("x-needs") for route in pages_of().routes if isinstance(route, APIRoute)}
    assert Verb.APPROVE_DISPOSAL in needs
    assert not needs & {Verb.RUN_DISPOSAL, Verb.PURGE, Verb.RESTORE}


def test_a_forged_manifest_is_refused(estate):
    manifest = estate.planned([A])
    with writing(estate.trail.database) as connection:
        connection.exec_driver_sql("UPDATE manifest SET signature = body")
    with pytest.raises(RefusedError, match="not what was signed"):
        estate.run(manifest)
    assert estate.in_quarantine() == set()


@pytest.mark.parametrize(
    "change",
    ["action = 'archive'", "service = 'Education'", "planner = 'ruth'", "number = 9"],
    ids=lambda change: change.partition(" ")[0],
)
def test_a_signed_manifest_in_a_row_that_says_otherwise_is_refused(estate, change):
    """What is acted by is the row: its signature is of no use where it says something else, such as a number of its
    own for what was signed and done before.
    """
    manifest = estate.planned([A])
    with writing(estate.trail.database) as connection:
        row = connection.execute(select(ManifestRow.__table__)).mappings().one()
        name, _, value = change.partition(" = ")
        forged = dict(row) | {"batch": 99} | {name: int(value) if value.isdigit() else value.strip("'")}
        if name == "number":
            connection.execute(insert(ManifestRow).values(forged))
        else:
            connection.exec_driver_sql(f"UPDATE manifest SET {change}")
    with reading(estate.trail.database) as connection:
        found = manifest_of(connection, 9 if name == "number" else manifest.number)
    with pytest.raises(RefusedError, match="not what was signed"):
        signed(found, signing_key(estate.settings))


def test_a_batch_that_was_voided_since_is_not_run(estate):
    manifest = estate.planned([A])
    with writing(estate.trail.database) as connection:
        reviews.set_batch_state(connection, manifest.batch, BatchState.VOID)
    with pytest.raises(RefusedError, match="is void"):
        estate.run(manifest)


def test_a_verdict_that_was_taken_back_since_is_refused(estate):
    manifest = estate.planned([A, B])
    first, _ = estate.at(manifest)
    with writing(estate.trail.database) as connection:
        reviews.set_verdict_state(connection, [first.planned.verdict], VerdictState.SUPERSEDED)
    estate.run(manifest)
    assert estate.fates(manifest) == {A: (Fate.REFUSED, Refusal.VERDICT), B: (Fate.QUARANTINED, None)}


def test_what_the_schedule_says_otherwise_by_now_is_refused(estate):
    manifest = estate.planned([A])
    path = estate.settings.retention.schedule
    with writing(estate.trail.database) as connection:
        connection.exec_driver_sql("DELETE FROM account")  # so that the new version needs no approvals
    path.write_text(path.read_text().replace("P1Y", "P2Y"))
    estate.run(manifest)
    assert estate.fates(manifest) == {A: (Fate.REFUSED, Refusal.SCHEDULE)}


def test_a_schedule_that_nobody_approved_disposes_of_nothing(estate):
    manifest = estate.planned([A])
    path = estate.settings.retention.schedule
    path.write_text(path.read_text().replace("P1Y", "P2Y"))
    with pytest.raises(RefusedError, match="not approved"):
        estate.run(manifest)


@pytest.mark.parametrize("section", ["disposal", "source"])
def test_nothing_goes_where_it_is_not_switched_on(estate, section):
    manifest = estate.planned([A])
    if section == "disposal":
        off = estate.settings.disposal.model_copy(update={"enabled": False})
        estate.settings = estate.settings.model_copy(update={"disposal": off})
        with pytest.raises(RefusedError, match="switched off"):
            estate.run(manifest)
    else:
        off = estate.settings.sources[0].model_copy(update={"dispose": False})
        estate.settings = estate.settings.over([off])
        estate.run(manifest)
        assert estate.fates(manifest) == {A: (Fate.PLANNED, Refusal.SOURCE)}
    assert estate.in_quarantine() == set()


def test_nothing_is_purged_where_its_source_does_not_allow_it(estate):
    manifest = estate.planned([A])
    estate.run(manifest)
    estate.later()
    off = estate.settings.sources[0].model_copy(update={"allow_purge": False})
    estate.settings = estate.settings.over([off])
    estate.purge(manifest)
    assert estate.fates(manifest) == {A: (Fate.QUARANTINED, Refusal.PURGE_OFF)}
    assert len(estate.in_quarantine()) == 1
